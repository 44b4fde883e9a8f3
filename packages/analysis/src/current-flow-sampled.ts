/**
 * Current-flow betweenness of large networks, estimated, with the standard error of every value (after Brandes & Fleischer 2005, who sample pairs).
 * Small blocks are solved exactly. In a large one `samples` ends are drawn in proportion to who stands behind each member, spread evenly in
 * breadth-first order; the potentials of a unit current into each are solved once, and every pair of them is used: k solves give k (k - 1) / 2 pairs.
 * Whether chance put ends near v or far from it is taken out by a control variate (Hammersley & Handscomb 1964): visits to v of a four-step walk from
 * each end, whose sum over everyone is known exactly; it cuts the error about ten times. Pairs that end at v itself send exactly one unit through its ties and are added exactly.
 * The error is that of a U-statistic from its projection (Hoeffding 1948): 2 sd(mean over j of h(i, j)) / sqrt(k), times a
 * caution. Values from small blocks alone are exact, and their error is 0.
 */
import type { Csr } from '@ringmap/graph/csr'
import type { WorkOptions } from '@ringmap/model/progress'
import { blocksOf } from './blocks.ts'
import { carriedAlone, throughNodes, type Carried, type CurrentFlowPlanOptions } from './current-flow-plan.ts'
import { undirected } from './undirected.ts'

export interface SampledOptions extends WorkOptions {
  readonly seed: number
  /** Weights are conductances above 0; default false. */
  readonly weighted?: boolean
  /** Ends drawn in each large block; 12 bytes a node and sample. Default 128. */
  readonly samples?: number
  /** Relative residual of the potentials; default 1e-4, and 1e-2 for up to 64 ends, where drawing errs far more. */
  readonly tolerance?: number
  /** Blocks of up to so many people are solved exactly, and always those of less than twice as many as are drawn; default 1200. */
  readonly exact_up_to?: number
}

export interface Sampled {
  /** As `currentFlowBetweenness`, normalised. */
  readonly value: Float64Array
  /** Standard error of each value: 95 % of the true values lie within two. */
  readonly error: Float64Array
}

/** What chance leaves out is seldom and large, so plain standard errors hold less often than they say; with this they hold (measured: see the test). */
const CAUTION = 1.4

export function currentFlowSampled(given: Csr, options: SampledOptions): Sampled {
  return sampledOf(carriedAlone(blocksOf(undirected(given)), sampling(options)))
}

const FEW = 64

export function sampling(options: SampledOptions): CurrentFlowPlanOptions {
  const samples = options.samples ?? 128
  return { ...options, samples, weighted: options.weighted ?? false, tolerance: options.tolerance ?? (samples <= FEW ? 1e-2 : 1e-4), exact_up_to: Math.max(options.exact_up_to ?? 1200, 2 * samples) }
}

export function sampledOf({ blocks, carried, variance }: Carried): Sampled {
  const nodes = carried.length
  const pairs = ((nodes - 1) * (nodes - 2)) / 2
  return { value: throughNodes(blocks, carried, true), error: variance.map((x) => (nodes > 2 ? (CAUTION * Math.sqrt(x)) / 2 / pairs : 0)) }
}
