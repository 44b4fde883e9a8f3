/** The share of all others within so many steps (Borgatti 2006, m-reach): whom word from a person gets to quickly. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

/** 0 to 1; of a directed network along directions. */
export function reachWithin(csr: Csr, steps: number, options: WorkOptions = {}): Float64Array {
  const { nodes, offsets, targets } = csr
  const value = new Float64Array(nodes)
  const met = new Uint32Array(nodes)
  const queue = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    if ((v & 1023) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('reach', v, nodes)
    }
    met[v] = v + 1
    queue[0] = v
    let from = 0
    let to = 1
    for (let step = 0; step < steps; step++) {
      let end = to
      for (let i = from; i < to; i++) {
        for (let arc = offsets[queue[i]]; arc < offsets[queue[i] + 1]; arc++) {
          const u = targets[arc]
          if (met[u] === v + 1) continue
          met[u] = v + 1
          queue[end++] = u
        }
      }
      from = to
      to = end
    }
    value[v] = nodes > 1 ? (to - 1) / (nodes - 1) : 0
  }
  return value
}
