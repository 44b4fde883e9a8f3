/**
 * Collective influence (Morone & Makse 2015): CI(v) = (k(v) - 1) * sum over u at distance exactly l of (k(u) - 1), k the number of contacts. Who holds the
 * giant part together at a distance: it finds people of few contacts who stand between busy quarters.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { stepsAround } from './steps-around.ts'
import { undirected } from './undirected.ts'

export interface CollectiveInfluenceOptions extends WorkOptions {
  /** Distance l; default 2, for networks of police size. */
  readonly distance?: number
}

export function collectiveInfluence(given: Csr, options: CollectiveInfluenceOptions = {}): Float64Array {
  const csr = undirected(given)
  const { nodes, offsets } = csr
  const far = options.distance ?? 2
  const value = new Float64Array(nodes)
  const around = stepsAround(csr, far)
  const { queue } = around
  for (let v = 0; v < nodes; v++) {
    if ((v & 1023) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('collective influence', v, nodes)
    }
    const own = offsets[v + 1] - offsets[v] - 1
    if (own <= 0) continue
    const met = around.walk(v)
    let sum = 0
    for (let i = around.outermost(); i < met; i++) sum += offsets[queue[i] + 1] - offsets[queue[i]] - 1
    value[v] = own * sum
  }
  return value
}
