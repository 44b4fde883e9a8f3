/** Current through the members of one biconnected block, over all pairs of the component, each pair once: solved exactly. */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Blocks } from './blocks.ts'
import { groundedInverse } from './grounded-inverse.ts'
import { pairSpread, spreadScratch, type SpreadScratch } from './pair-spread.ts'

/** Memory for the largest block, used again for every other. */
export interface BlockWork {
  readonly mesh: Float64Array
  readonly inverse: Float64Array
  readonly potential: Float64Array
  readonly behind: Float64Array
  /** Number of each node inside the block at work. */
  readonly local: Uint32Array
  readonly spread: SpreadScratch
}

export function blockWork(nodes: number, most: number): BlockWork {
  return {
    mesh: new Float64Array(most * most), inverse: new Float64Array(most * most), potential: new Float64Array(most), behind: new Float64Array(most),
    local: new Uint32Array(nodes), spread: spreadScratch(most),
  }
}

/** A bridge carries a unit for each pair on its two sides. */
export function addBridge(blocks: Blocks, b: number, carried: Float64Array): void {
  const at = blocks.offsets[b]
  const pairs = blocks.behind[at] * blocks.behind[at + 1]
  carried[blocks.members[at]] += pairs
  carried[blocks.members[at + 1]] += pairs
}

/**
 * Adds S(e) of each tie e to both its ends: the sum over pairs of |potential difference| times conductance, the current that pairs send through e.
 */
export function addBlock(blocks: Blocks, b: number, weighted: boolean, work: BlockWork, carried: Float64Array, options: WorkOptions): void {
  const { members, low, high, weight, ties } = blocks
  const { mesh, potential, behind, local } = work
  const first = blocks.offsets[b]
  const size = blocks.offsets[b + 1] - first
  const from = blocks.tie_offsets[b]
  const to = blocks.tie_offsets[b + 1]
  for (let i = 0; i < size; i++) local[members[first + i]] = i
  mesh.fill(0, 0, size * size)
  for (let i = from; i < to; i++) {
    const t = ties[i]
    const w = weighted ? weight[t] : 1
    mesh[local[low[t]] * size + local[high[t]]] = w
    mesh[local[high[t]] * size + local[low[t]]] = w
  }
  const { inverse, place } = groundedInverse(size, mesh, work.inverse, options)
  for (let i = 0; i < size; i++) behind[place[i]] = blocks.behind[first + i]
  for (let i = from; i < to; i++) {
    if (((i - from) & 255) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('current-flow', i, ties.length)
    }
    const t = ties[i]
    const a = place[local[low[t]]] * size
    const z = place[local[high[t]]] * size
    for (let j = 0; j < size; j++) potential[j] = inverse[a + j] - inverse[z + j]
    const through = pairSpread(potential, behind, size, work.spread) * (weighted ? weight[t] : 1)
    carried[low[t]] += through
    carried[high[t]] += through
  }
}
