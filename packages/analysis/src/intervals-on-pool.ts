/** Intervals of ranks over a pool of workers, each measuring whole copies of the network: the same as `rankIntervals` alone. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from './measure-catalogue.ts'
import type { MeasureOptions } from './measure-options.ts'
import type { FlowOfCopy } from './pool-inputs.ts'
import { copyOf, rankTally, type RankIntervals, type StabilityOptions } from './stability.ts'
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
  const tally = rankTally(csr, value, eligible, { direction: MEASURE_CATALOGUE[measure].direction, copies })
  for (let i = 0; i < copies; i++) {
    stopIfAsked(options.signal)
    tally.add(i, copyOf(csr, i, how), values.subarray(i * csr.nodes, (i + 1) * csr.nodes))
  }
  return tally.intervals()
}

/** Copies that are measured at once, for each worker. */
const IN_BATCH = 4

/**
 * Current flow where copies are made of more than the network (grades of links, doubts about who is who): they are made here, a batch while the workers measure the one before.
 * @param value of the measure on the network itself. Memory: a batch of copies.
 */
export async function flowIntervalsOnPool(csr: Csr, value: Float64Array, flow: FlowOfCopy, eligible: Uint8Array | null, pool: WorkerPool, options: StabilityOptions): Promise<RankIntervals> {
  const copies = options.copies ?? 40
  const batch = IN_BATCH * pool.threads
  const tally = rankTally(csr, value, eligible, { direction: options.direction, copies })
  const made = (first: number): Csr[] => Array.from({ length: Math.max(0, Math.min(batch, copies - first)) }, (_, i) => copyOf(csr, first + i, options))
  let now = made(0)
  for (let first = 0; first < copies; first += batch) {
    stopIfAsked(options.signal)
    options.progress?.('stability', first, copies)
    const values = now.map((copy) => sharedFloats(copy.nodes))
    const nets = now.map((copy) => sharedCsr({ ...copy, tie_of_edge: new Uint32Array(0) }))
    const work = pool.run('flow-of-copies', { nets, flow, values }, now.length, { signal: options.signal, step: 'stability' })
    const next = made(first + batch)
    await work
    now.forEach((copy, i) => tally.add(first + i, copy, values[i]))
    now = next
  }
  options.progress?.('stability', copies, copies)
  return tally.intervals()
}
