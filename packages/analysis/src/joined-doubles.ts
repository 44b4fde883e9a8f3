/** Nodes that may be one person under two names: in a copy of the network each such pair is one with the probability that linkage gives it. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import type { Random } from '@ringmap/model/random'
import { tieEnds } from './undirected.ts'

/** Columns of one length; a probability lies from 0 to 1. */
export interface Doubles {
  readonly one: Uint32Array
  readonly other: Uint32Array
  readonly probability: Float64Array
}

/** The ties of the joined stand at the lower node; the others have none left. The same network where no pair is drawn. */
export function joinedDoubles(csr: Csr, { one, other, probability }: Doubles, random: Random): Csr {
  const root = Uint32Array.from({ length: csr.nodes }, (_, v) => v)
  const rootOf = (v: number): number => {
    let at = v
    while (root[at] !== at) at = root[at]
    return at
  }
  let drawn = 0
  for (let i = 0; i < one.length; i++) {
    if (random() >= probability[i]) continue
    const a = rootOf(one[i])
    const b = rootOf(other[i])
    if (a === b) continue
    root[Math.max(a, b)] = Math.min(a, b)
    drawn++
  }
  if (drawn === 0) return csr
  // A lower node is always flattened before.
  for (let v = 0; v < csr.nodes; v++) root[v] = root[root[v]]
  const { low, high, weight } = tieEnds(csr)
  for (let t = 0; t < csr.tie_count; t++) {
    low[t] = root[low[t]]
    high[t] = root[high[t]]
  }
  return csrFromEdges(csr.nodes, low, high, { directed: csr.directed, weights: weight })
}
