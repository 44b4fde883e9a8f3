/** The jobs that a pool knows: each makes, from shared columns, a function that does one unit. */
import type { Csr } from '@ringmap/graph/csr'
import type { StopSignal } from '@ringmap/model/progress'
import type { BatchNet } from './betweenness-batch.ts'
import { accumulatorOf, chunkOf } from './betweenness-chunks.ts'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from './measure-catalogue.ts'
import type { MeasureOptions } from './measure-entry.ts'
import { countPaths, samplerScratch, STREAMS_OF_UNIT, type SampleNet } from './path-sampler.ts'
import { copyOf, type StabilityOptions } from './stability.ts'

export interface JobInputs {
  /** Unit: a chunk of sources; its sums go to place `unit` of `sums`. */
  readonly 'betweenness-chunks': { readonly net: BatchNet; readonly sums: Float64Array }
  /** Unit: STREAMS_OF_UNIT streams of drawn paths from `first` on; counts are added up. */
  readonly 'path-streams': { readonly net: SampleNet; readonly seed: number; readonly first: number; readonly streams: number; readonly count: Uint32Array }
  /** Unit: a copy of the network, with lost or added evidence; the values of a measure on it go to place `unit` of `values`. */
  readonly 'copy-values': {
    readonly measure: CataloguedMeasure
    readonly csr: Csr
    readonly run: Omit<MeasureOptions, 'progress' | 'signal'>
    readonly copies: Pick<StabilityOptions, 'seed' | 'thinned' | 'people'>
    readonly values: Float64Array
  }
}
export type JobName = keyof JobInputs

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
  'copy-values': ({ measure, csr, run, copies, values }, signal) => (unit) => {
    values.set(MEASURE_CATALOGUE[measure].run(copyOf(csr, unit, copies), { ...run, signal }), unit * csr.nodes)
  },
}
