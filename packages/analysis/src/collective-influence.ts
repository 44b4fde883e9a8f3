/**
 * Collective influence (Morone & Makse 2015): CI(v) = (k(v) - 1) * sum over u at distance exactly l of (k(u) - 1), k the number of contacts. Who holds the
 * giant part together at a distance: it finds people of few contacts who stand between busy quarters.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { undirected } from './undirected.ts'

export interface CollectiveInfluenceOptions extends WorkOptions {
  /** Distance l; default 2, for networks of police size. */
  readonly distance?: number
}

export function collectiveInfluence(given: Csr, options: CollectiveInfluenceOptions = {}): Float64Array {
  const csr = undirected(given)
  const { nodes, offsets, targets } = csr
  const far = options.distance ?? 2
  const value = new Float64Array(nodes)
  const met = new Uint32Array(nodes)
  const queue = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    if ((v & 1023) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('collective influence', v, nodes)
    }
    const own = offsets[v + 1] - offsets[v] - 1
    if (own <= 0) continue
    met[v] = v + 1
    queue[0] = v
    let from = 0
    let to = 1
    for (let step = 0; step < far; step++) {
      let end = to
      for (let i = from; i < to; i++) {
        const u = queue[i]
        for (let arc = offsets[u]; arc < offsets[u + 1]; arc++) {
          const w = targets[arc]
          if (met[w] === v + 1) continue
          met[w] = v + 1
          queue[end++] = w
        }
      }
      from = to
      to = end
    }
    let sum = 0
    for (let i = from; i < to; i++) sum += offsets[queue[i] + 1] - offsets[queue[i]] - 1
    value[v] = own * sum
  }
  return value
}
