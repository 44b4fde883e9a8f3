/**
 * Coreness: the largest k such that a node is in a part where everyone has at least k ties inside it. Peeled level by level without a sorted queue (after
 * Dasari, Ranjan & Zubair 2014; Kabir & Madduri 2017): memory out of order is touched once an arc. O(n + m), since who is left at level k has k ties.
 */
import type { Csr } from '@ringmap/graph/csr'
import { undirected } from './undirected.ts'

/** Of a directed network the ties are taken without direction, a pair counting once. */
export function coreness(given: Csr): Uint32Array {
  const csr = undirected(given)
  const { nodes, offsets, targets } = csr
  /** Ties to those who are left; of those who are gone, the coreness. */
  const core = new Uint32Array(nodes)
  const alive = new Uint32Array(nodes)
  const queue = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    core[v] = offsets[v + 1] - offsets[v]
    alive[v] = v
  }
  let count = nodes
  for (let k = 0; count > 0; k++) {
    let left = 0
    let kept = 0
    let least = nodes
    for (let i = 0; i < count; i++) {
      const v = alive[i]
      const d = core[v]
      if (d < k) continue
      if (d === k) queue[left++] = v
      else {
        alive[kept++] = v
        if (d < least) least = d
      }
    }
    count = kept
    // Levels at which nobody leaves are passed over.
    if (left === 0) k = least - 1
    for (let i = 0; i < left; i++) {
      const v = queue[i]
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc]
        const d = core[u]
        if (d <= k) continue
        core[u] = d - 1
        if (d === k + 1) queue[left++] = u
      }
    }
  }
  return core
}
