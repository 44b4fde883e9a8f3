/** The share of all others within so many steps (Borgatti 2006, m-reach): whom word from a person gets to quickly. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { stepsAround } from './steps-around.ts'

/** 0 to 1; of a directed network along directions. */
export function reachWithin(csr: Csr, steps: number, options: WorkOptions = {}): Float64Array {
  const { nodes } = csr
  const value = new Float64Array(nodes)
  const around = stepsAround(csr, steps)
  for (let v = 0; v < nodes; v++) {
    if ((v & 1023) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('reach', v, nodes)
    }
    value[v] = nodes > 1 ? (around.walk(v) - 1) / (nodes - 1) : 0
  }
  return value
}
