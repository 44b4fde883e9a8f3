/** Places for a network of hundreds of thousands: each group a disc, its best linked in the middle, the discs packed side by side. */
import { packSiblings } from 'd3-hierarchy'
import { invariant } from '@ringmap/model/errors'
import type { Csr } from './csr.ts'

export interface LargePlaces {
  /** By node; chart units, y up. Nodes of a group stand about 1 apart. */
  readonly x: Float32Array
  readonly y: Float32Array
}

/** Turn from one seat to the next: seats of a sunflower fill a disc evenly (Vogel 1979). */
const GOLDEN_TURN = Math.PI * (3 - Math.sqrt(5))
/** Empty rim about a group. */
const RIM = 1.6

/**
 * Discs are packed by front chains (Wang, Wang, Dai & Wang 2006), largest first. The same for the same network and groups.
 *
 * @param group of each node, 0 to count - 1, as communities are numbered: 0 is the largest.
 */
export function largePlaces(csr: Csr, group: Uint32Array, count: number): LargePlaces {
  invariant(group.length === csr.nodes, 'every node has a group')
  const sizes = new Uint32Array(count)
  for (const g of group) sizes[g]++
  const discs = packSiblings(Array.from(sizes, (size) => ({ r: Math.sqrt(size) * 0.6 + RIM, x: 0, y: 0 })))
  const starts = new Uint32Array(count + 1)
  for (let g = 0; g < count; g++) starts[g + 1] = starts[g] + sizes[g]
  const members = new Uint32Array(csr.nodes)
  const next = starts.slice()
  for (const v of byDegree(csr)) members[next[group[v]]++] = v
  const x = new Float32Array(csr.nodes)
  const y = new Float32Array(csr.nodes)
  for (let g = 0; g < count; g++) {
    const disc = discs[g]
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const seat = i - starts[g]
      const reach = 0.6 * Math.sqrt(seat)
      x[members[i]] = disc.x + reach * Math.cos(seat * GOLDEN_TURN)
      y[members[i]] = disc.y + reach * Math.sin(seat * GOLDEN_TURN)
    }
  }
  return { x, y }
}

/** Best linked first; equals by number. */
function byDegree({ nodes, offsets }: Csr): Uint32Array {
  const most = Array.from({ length: nodes }, (_, v) => offsets[v + 1] - offsets[v]).reduce((a, b) => Math.max(a, b), 0)
  const seats = new Uint32Array(most + 2)
  for (let v = 0; v < nodes; v++) seats[most - (offsets[v + 1] - offsets[v]) + 1]++
  for (let d = 0; d <= most; d++) seats[d + 1] += seats[d]
  const order = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) order[seats[most - (offsets[v + 1] - offsets[v])]++] = v
  return order
}
