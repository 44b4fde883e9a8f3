/** The jobs that a pool knows: each makes, from shared columns, a function that does one unit. */
import type { StopSignal } from '@ringmap/model/progress'
import type { BatchNet } from './betweenness-batch.ts'
import { accumulatorOf, chunkOf } from './betweenness-chunks.ts'
import { countPaths, samplerScratch, type SampleNet } from './path-sampler.ts'

export interface JobInputs {
  /** Unit: a chunk of sources; its sums go to place `unit` of `sums`. */
  readonly 'betweenness-chunks': { readonly net: BatchNet; readonly sums: Float64Array }
  /** Unit: STREAMS_OF_UNIT streams of drawn paths from `first` on; counts are added up. */
  readonly 'path-streams': { readonly net: SampleNet; readonly seed: number; readonly first: number; readonly streams: number; readonly count: Uint32Array }
}
export type JobName = keyof JobInputs

/** Enough paths that counting them into shared memory costs nothing beside. */
export const STREAMS_OF_UNIT = 32

type Unit = (unit: number) => void

export function jobOf(name: JobName, input: JobInputs[JobName], signal: StopSignal): Unit {
  return JOBS[name](input as never, signal)
}

const JOBS: { readonly [K in JobName]: (input: JobInputs[K], signal: StopSignal) => Unit } = {
  'betweenness-chunks': ({ net, sums }) => {
    const accumulator = accumulatorOf(net)
    return (unit) => chunkOf(accumulator, net.nodes, unit, sums.subarray(unit * net.nodes, (unit + 1) * net.nodes))
  },
  'path-streams': ({ net, seed, first, streams, count }) => {
    const scratch = samplerScratch(net.nodes)
    const own = new Uint32Array(net.nodes)
    return (unit) => {
      own.fill(0)
      for (let s = unit * STREAMS_OF_UNIT; s < Math.min((unit + 1) * STREAMS_OF_UNIT, streams); s++) countPaths(net, seed, first + s, scratch, own)
      for (let v = 0; v < own.length; v++) if (own[v] > 0) Atomics.add(count, v, own[v])
    }
  },
}
