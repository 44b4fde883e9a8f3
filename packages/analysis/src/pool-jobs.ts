/** The jobs that a pool knows: each makes, from shared columns, a function that does one unit. */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { accumulatorOf, chunkOf } from './betweenness-chunks.ts'
import { currentFlow } from './current-flow.ts'
import { CURRENT_FLOW_JOBS } from './current-flow-plan.ts'
import { distanceSearch, searchChunk } from './distance-chunks.ts'
import { leidenRun } from './leiden-runs.ts'
import { MEASURE_CATALOGUE } from './measure-catalogue.ts'
import { countPaths, samplerScratch, STREAMS_OF_UNIT } from './path-sampler.ts'
import type { JobInputs, JobName } from './pool-inputs.ts'
import { copyOf } from './stability.ts'

type Unit = (unit: number) => void

export function jobOf(name: JobName, input: JobInputs[JobName], signal: StopSignal): Unit {
  return JOBS[name](input as never, signal)
}

const JOBS: { readonly [K in JobName]: (input: JobInputs[K], signal: StopSignal) => Unit } = {
  'betweenness-chunks': ({ net, sums }, signal) => {
    const accumulator = accumulatorOf(net, { signal })
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
  'distance-chunks': ({ net, sums }, signal) => {
    const search = distanceSearch(net)
    const { reached, distance, harmonic } = search.sums
    return (unit) => {
      searchChunk(net, unit, search, () => stopIfAsked(signal))
      for (const [i, column] of [reached, distance, harmonic].entries()) sums.set(column, (3 * unit + i) * net.nodes)
    }
  },
  ...CURRENT_FLOW_JOBS,
  'leiden-runs': leidenRun,
  'copy-values': ({ measure, csr, run, copies, values }, signal) => (unit) => {
    values.set(MEASURE_CATALOGUE[measure].run(copyOf(csr, unit, copies), { ...run, signal }), unit * csr.nodes)
  },
  'flow-of-copies': ({ nets, flow, values }, signal) => (unit) => values[unit].set(currentFlow(nets[unit], { ...flow, signal }).value),
}
