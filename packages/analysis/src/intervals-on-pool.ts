/** Intervals of ranks over a pool of workers, each measuring whole copies of the network: the same as `rankIntervals` alone. */
import type { Csr } from '@ringmap/graph/csr'
import type { WorkOptions } from '@ringmap/model/progress'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from './measure-catalogue.ts'
import type { MeasureOptions } from './measure-options.ts'
import { rankIntervals, type RankIntervals, type StabilityOptions } from './stability.ts'
import { sharedCsr, sharedFloats } from './shared-columns.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface PooledIntervalOptions extends WorkOptions, Pick<StabilityOptions, 'seed' | 'thinned' | 'people'> {
  readonly copies: number
  readonly run: Omit<MeasureOptions, 'progress' | 'signal'>
}

/** @param value of the measure on the network itself. Memory: 8 bytes a node and copy. */
export async function intervalsOnPool(csr: Csr, measure: CataloguedMeasure, value: Float64Array, eligible: Uint8Array | null, pool: WorkerPool, options: PooledIntervalOptions): Promise<RankIntervals> {
  const { copies, run, seed, thinned, people } = options
  const values = sharedFloats(copies * csr.nodes)
  const how = { seed, ...(thinned === undefined ? {} : { thinned }), ...(people === undefined ? {} : { people }) }
  await pool.run('copy-values', { measure, csr: sharedCsr(csr), run, copies: how, values }, copies, { ...options, step: 'stability' })
  // Asked for the network itself first and then for the copies in their order.
  let asked = -1
  const known = (): Float64Array => (asked++ < 0 ? value : values.subarray((asked - 1) * csr.nodes, asked * csr.nodes))
  return rankIntervals(csr, known, eligible, { ...how, copies, direction: MEASURE_CATALOGUE[measure].direction, signal: options.signal })
}
