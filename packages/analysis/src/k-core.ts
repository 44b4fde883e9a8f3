/** Coreness: the largest k such that a node is in a part where everyone has at least k ties inside it. Batagelj & Zaversnik 2003, O(n + m). */
import type { Csr } from '@ringmap/graph/csr'
import { undirected } from './undirected.ts'

/** Of a directed network the ties are taken without direction, a pair counting once. */
export function coreness(given: Csr): Uint32Array {
  const csr = undirected(given)
  const { nodes, offsets, targets } = csr
  const core = new Uint32Array(nodes)
  let most = 0
  for (let v = 0; v < nodes; v++) {
    core[v] = offsets[v + 1] - offsets[v]
    if (core[v] > most) most = core[v]
  }
  // Nodes sorted by remaining degree; start[d] is where degree d begins, place[v] where v stands.
  const start = new Uint32Array(most + 2)
  for (let v = 0; v < nodes; v++) start[core[v] + 1]++
  for (let d = 0; d <= most; d++) start[d + 1] += start[d]
  const order = new Uint32Array(nodes)
  const place = new Uint32Array(nodes)
  const next = start.slice()
  for (let v = 0; v < nodes; v++) {
    place[v] = next[core[v]]++
    order[place[v]] = v
  }
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    const k = core[v]
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc]
      const d = core[u]
      if (d <= k) continue
      // Swap u with the first of its degree, then let that degree begin one later: u has one tie less.
      const at = start[d]
      const first = order[at]
      const from = place[u]
      order[from] = first
      place[first] = from
      order[at] = u
      place[u] = at
      start[d] = at + 1
      core[u] = d - 1
    }
  }
  return core
}
