/** Current-flow betweenness of a network of any size: exact where its blocks can be solved, estimated with a stated error where one cannot. */
import type { Csr } from '@ringmap/graph/csr'
import type { WorkOptions } from '@ringmap/model/progress'
import { blocksOf, largestBlock, type Blocks } from './blocks.ts'
import { carriedAlone, type Carried, type CurrentFlowPlanOptions } from './current-flow-plan.ts'
import { sampledOf, sampling } from './current-flow-sampled.ts'
import { orderOf } from './ranking.ts'
import { undirected } from './undirected.ts'

export interface CurrentFlowAnyOptions extends WorkOptions {
  /** Of the ends drawn in a large block; default 1. */
  readonly seed?: number
  /** Weights are conductances above 0; default false. */
  readonly weighted?: boolean
  /** Ends drawn in a large block; default: as many as fit into about 200 MB, 64 to 768. */
  readonly samples?: number | undefined
  /** Largest block that is solved exactly; default 4000, some seconds and 256 MB. */
  readonly exact_up_to?: number
}

export interface CurrentFlow {
  /** As `currentFlowBetweenness`, normalised. */
  readonly value: Float64Array
  /** Standard error of each value, or null where all are exact. */
  readonly error: Float64Array | null
  /** Ends drawn in each block that was estimated; 0 where none was. */
  readonly samples: number
  /** Members of the largest block. */
  readonly largest_block: number
}

export const EXACT_BLOCK = 4000

export function currentFlow(given: Csr, options: CurrentFlowAnyOptions = {}): CurrentFlow {
  const blocks = blocksOf(undirected(given))
  const how = planFor(blocks, options)
  return currentFlowOf(carriedAlone(blocks, how), how)
}

/** Whether ends are drawn, and how many: as the largest block asks. */
export function planFor(blocks: Blocks, options: CurrentFlowAnyOptions): CurrentFlowPlanOptions & { readonly largest_block: number } {
  const most = largestBlock(blocks)
  const limit = options.exact_up_to ?? EXACT_BLOCK
  return { ...sampling({ ...options, seed: options.seed ?? 1, samples: options.samples ?? samplesFor(most), exact_up_to: limit }), largest_block: most }
}

export function currentFlowOf(carried: Carried, { exact_up_to: limit, samples, largest_block: most }: ReturnType<typeof planFor>): CurrentFlow {
  const { value, error } = sampledOf(carried)
  return most <= limit ? { value, error: null, samples: 0, largest_block: most } : { value, error, samples, largest_block: most }
}

/** Potentials and visits are 12 bytes a node and sample. */
export function samplesFor(nodes: number): number {
  return Math.max(64, Math.min(768, Math.floor(2 ** 24 / Math.max(1, nodes))))
}

/** How sure the values are, in words; null where they are exact. */
export function currentFlowNote({ value, error, samples, largest_block: block }: CurrentFlow): string | null {
  if (error === null) return null
  const first = orderOf(value, null, 'high').subarray(0, 100)
  const shares = Float64Array.from(first, (v) => (value[v] > 0 ? error[v] / value[v] : 0)).sort()
  const percent = (share: number): string => `${(share * 100).toPrecision(2)} %`
  return `Estimated from ${samples} drawn ends, since ${block} nodes are connected with each other in more than one way: the standard error of the first ${first.length} values is ${percent(shares[shares.length >> 1])} of the value for half of them or less, ${percent(shares[shares.length - 1])} at most.`
}
