/** Current through the ties of one biconnected block, over all pairs of the component, each pair once: solved exactly. */
import { stopIfAsked, type StopSignal, type WorkOptions } from '@ringmap/model/progress'
import type { Blocks } from './blocks.ts'
import { groundedInverse } from './grounded-inverse.ts'
import { pairSpread, spreadScratch } from './pair-spread.ts'
import type { Columns } from './shared-columns.ts'

/** Memory for the largest block, used again for every other. */
export interface BlockWork {
  readonly mesh: Float64Array
  readonly inverse: Float64Array
  /** Number of each node inside the block at work. */
  readonly local: Uint32Array
}

export function blockWork(nodes: number, most: number, columns: Columns): BlockWork {
  return { mesh: new Float64Array(most * most), inverse: columns.floats(most * most), local: new Uint32Array(nodes) }
}

/** A bridge carries a unit for each pair on its two sides. */
export function addBridge(blocks: Blocks, b: number, carried: Float64Array): void {
  const at = blocks.offsets[b]
  const pairs = blocks.behind[at] * blocks.behind[at + 1]
  carried[blocks.members[at]] += pairs
  carried[blocks.members[at + 1]] += pairs
}

/** A block whose potentials are known: what a unit of ties needs, and where it writes. */
export interface SolvedBlock {
  readonly size: number
  /** Potentials by place: see `groundedInverse`. */
  readonly inverse: Float64Array
  /** By place: nodes that reach the block there. */
  readonly behind: Float64Array
  /** Place of both ends of each tie, and what it conducts. */
  readonly low: Uint32Array
  readonly high: Uint32Array
  readonly weight: Float64Array
  /** S(e) of each tie e: the sum over pairs of |potential difference| times conductance, the current that pairs send through e. */
  readonly through: Float64Array
}

export function solvedBlock(blocks: Blocks, b: number, weighted: boolean, work: BlockWork, columns: Columns, options: WorkOptions): SolvedBlock {
  const { mesh, local } = work
  const first = blocks.offsets[b]
  const size = blocks.offsets[b + 1] - first
  const ties = blocks.ties.subarray(blocks.tie_offsets[b], blocks.tie_offsets[b + 1])
  for (let i = 0; i < size; i++) local[blocks.members[first + i]] = i
  mesh.fill(0, 0, size * size)
  const [low, high] = [new Uint32Array(ties.length), new Uint32Array(ties.length)]
  const weight = new Float64Array(ties.length).fill(1)
  for (const [i, t] of ties.entries()) {
    if (weighted) weight[i] = blocks.weight[t]
    low[i] = local[blocks.low[t]]
    high[i] = local[blocks.high[t]]
    mesh[low[i] * size + high[i]] = mesh[high[i] * size + low[i]] = weight[i]
  }
  const { inverse, place } = groundedInverse(size, mesh, work.inverse, options)
  const behind = new Float64Array(size)
  for (let i = 0; i < size; i++) behind[place[i]] = blocks.behind[first + i]
  for (let i = 0; i < ties.length; i++) {
    low[i] = place[low[i]]
    high[i] = place[high[i]]
  }
  return { size, inverse, behind: columns.kept(behind), low: columns.kept(low), high: columns.kept(high), weight: columns.kept(weight), through: columns.floats(ties.length) }
}

/** Ties of a unit. */
const TIES = 128

export function tieUnits(block: SolvedBlock): number {
  return Math.ceil(block.low.length / TIES)
}

/** Unit: some ties of the block. */
export function tieCurrents({ size, inverse, behind, low, high, weight, through }: SolvedBlock, signal: StopSignal | undefined): (unit: number) => void {
  const potential = new Float64Array(size)
  const spread = spreadScratch(size)
  return (unit) => {
    stopIfAsked(signal)
    for (let i = unit * TIES; i < Math.min((unit + 1) * TIES, low.length); i++) {
      const a = low[i] * size
      const z = high[i] * size
      for (let j = 0; j < size; j++) potential[j] = inverse[a + j] - inverse[z + j]
      through[i] = pairSpread(potential, behind, size, spread) * weight[i]
    }
  }
}

/** Adds S(e) of each tie to both its ends, in the order of the ties. */
export function addBlock(blocks: Blocks, b: number, { through }: SolvedBlock, carried: Float64Array): void {
  for (let i = 0; i < through.length; i++) {
    const t = blocks.ties[blocks.tie_offsets[b] + i]
    carried[blocks.low[t]] += through[i]
    carried[blocks.high[t]] += through[i]
  }
}
