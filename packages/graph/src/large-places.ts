/** Places for a network of hundreds of thousands: each group a disc, its best linked in the middle, the discs packed side by side. */
import { packSiblings } from 'd3-hierarchy'
import { invariant } from '@ringmap/model/errors'
import type { Csr } from './csr.ts'
import { grouped } from './grouped.ts'

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
  const { offsets, items } = grouped(group, count, byDegree(csr))
  const discs = packSiblings(Array.from({ length: count }, (_, g) => ({ r: Math.sqrt(offsets[g + 1] - offsets[g]) * 0.6 + RIM, x: 0, y: 0 })))
  const x = new Float32Array(csr.nodes)
  const y = new Float32Array(csr.nodes)
  for (let g = 0; g < count; g++) {
    const disc = discs[g]
    for (let i = offsets[g]; i < offsets[g + 1]; i++) {
      const seat = i - offsets[g]
      const reach = 0.6 * Math.sqrt(seat)
      x[items[i]] = disc.x + reach * Math.cos(seat * GOLDEN_TURN)
      y[items[i]] = disc.y + reach * Math.sin(seat * GOLDEN_TURN)
    }
  }
  return { x, y }
}

/** Best linked first; equals by number. */
function byDegree({ nodes, offsets }: Csr): Uint32Array {
  const short = new Uint32Array(nodes)
  let most = 0
  for (let v = 0; v < nodes; v++) {
    short[v] = offsets[v + 1] - offsets[v]
    most = Math.max(most, short[v])
  }
  for (let v = 0; v < nodes; v++) short[v] = most - short[v]
  return grouped(short, most + 1).items
}
