/** Leiden's communities from many seeds: what one run found by chance another does not find again, and whoever stands at the edge of a community is now in one and now in another. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type StopSignal, type WorkOptions } from '@ringmap/model/progress'
import { memberShares } from './group-agreement.ts'
import { leiden } from './leiden.ts'
import { sharedCounts, sharedCsr } from './shared-columns.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface LeidenRunsOptions extends WorkOptions {
  /** Of the communities that are held against the others; run r has a seed of its own made from it. */
  readonly seed: number
  /** Default 20. */
  readonly runs?: number
  /** Default true. */
  readonly weighted?: boolean
  /** As for `leiden`; default 1. */
  readonly resolution?: number
}

export interface LeidenAgreement {
  /** Community of each node with the seed itself, the largest first. */
  readonly community: Uint32Array
  readonly count: number
  /** Share of the other runs in which the node is with most of its community. */
  readonly share: Float64Array
  readonly runs: number
}

/** What a unit needs; the communities of run `unit` go to place `unit` of `communities`. */
export interface LeidenRuns {
  readonly csr: Csr
  readonly seed: number
  readonly weighted: boolean
  readonly resolution: number
  readonly communities: Uint32Array
}

/** Unit: one run. */
export function leidenRun({ csr, seed, weighted, resolution, communities }: LeidenRuns, signal: StopSignal | undefined): (unit: number) => void {
  return (unit) => communities.set(leiden(csr, { seed: Math.imul(seed, 0x9e3779b1) ^ (unit + 1), weighted, resolution, signal }).community, unit * csr.nodes)
}

export function leidenAgreement(csr: Csr, options: LeidenRunsOptions): LeidenAgreement {
  const runs = options.runs ?? RUNS
  const job = jobFor(csr, options, new Uint32Array(runs * csr.nodes))
  const unit = leidenRun(job, options.signal)
  for (let r = 0; r < runs; r++) {
    options.progress?.('leiden runs', r, runs)
    unit(r)
  }
  return agreementOf(job, runs, options)
}

/** The same over a pool of workers. */
export async function leidenAgreementOnPool(csr: Csr, pool: WorkerPool, options: LeidenRunsOptions): Promise<LeidenAgreement> {
  stopIfAsked(options.signal)
  const runs = options.runs ?? RUNS
  const job = jobFor(sharedCsr(csr), options, sharedCounts(runs * csr.nodes))
  await pool.run('leiden-runs', job, runs, { ...options, step: 'leiden runs' })
  return agreementOf(job, runs, options)
}

/** Members who are with their community in fewer of the runs stand at its edge. */
export const EDGE_SHARE = 0.8

/** How clear the communities are, in words. */
export function agreementNote({ share, count, runs }: LeidenAgreement): string {
  const edge = share.reduce((sum, one) => sum + (one < EDGE_SHARE ? 1 : 0), 0)
  return `${count} communities; in ${runs} runs with other seeds ${edge} of ${share.length} nodes are with most of their community in fewer than ${EDGE_SHARE * 100} % and stand at its edge.`
}

const RUNS = 20

function jobFor(csr: Csr, { seed, weighted = true, resolution = 1 }: LeidenRunsOptions, communities: Uint32Array): LeidenRuns {
  return { csr, seed, weighted, resolution, communities }
}

function agreementOf({ csr, seed, weighted, resolution, communities }: LeidenRuns, runs: number, { signal }: WorkOptions): LeidenAgreement {
  const { community, count } = leiden(csr, { seed, weighted, resolution, signal })
  const partitions = Array.from({ length: runs }, (_, r) => communities.subarray(r * csr.nodes, (r + 1) * csr.nodes))
  return { community, count, share: memberShares(community, count, partitions), runs }
}
