/** What each job of a pool is given, in shared columns; `pool-jobs.ts` does them. */
import type { Csr } from '@ringmap/graph/csr'
import type { Measure } from '@ringmap/model/finding'
import type { ChunkNet } from './betweenness-chunks.ts'
import type { CurrentFlowAnyOptions } from './current-flow.ts'
import type { CurrentFlowInputs } from './current-flow-plan.ts'
import type { DistanceNet } from './distance-chunks.ts'
import type { LeidenRuns } from './leiden-runs.ts'
import type { MeasureOptions } from './measure-options.ts'
import type { SampleNet } from './path-sampler.ts'
import type { StabilityOptions } from './stability.ts'

export interface JobInputs extends CurrentFlowInputs {
  /** Unit: a chunk of sources; its sums go to place `unit` of `sums`. */
  readonly 'betweenness-chunks': { readonly net: ChunkNet; readonly sums: Float64Array }
  /** Unit: STREAMS_OF_UNIT streams of drawn paths from `first` on; counts are added up. */
  readonly 'path-streams': { readonly net: SampleNet; readonly seed: number; readonly first: number; readonly streams: number; readonly count: Uint32Array }
  /** Unit: a chunk of sources; what its searches add goes to place `unit` of `sums`, reached, distance and harmonic of every node. */
  readonly 'distance-chunks': { readonly net: DistanceNet; readonly sums: Float64Array }
  /** Unit: a run with a seed of its own. */
  readonly 'leiden-runs': LeidenRuns
  /** Unit: a copy of the network, with lost or added evidence; the values of a measure on it go to place `unit` of `values`. */
  readonly 'copy-values': {
    readonly measure: Measure
    readonly csr: Csr
    readonly run: Omit<MeasureOptions, 'progress' | 'signal'>
    readonly copies: Pick<StabilityOptions, 'seed' | 'thinned' | 'people'>
    readonly values: Float64Array
  }
  /** Unit: a copy that was made elsewhere; current flow in it goes to `values[unit]`, a value a node of that copy. */
  readonly 'flow-of-copies': { readonly nets: readonly Csr[]; readonly flow: FlowOfCopy; readonly values: readonly Float64Array[] }
}

/** How current flow is taken in each copy; see `currentFlow`. */
export type FlowOfCopy = Pick<CurrentFlowAnyOptions, 'seed' | 'samples' | 'exact_up_to'>

export type JobName = keyof JobInputs
