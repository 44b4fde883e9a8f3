/** One measure over an edge list, without a case, with the interval of every rank. */
import { RingmapError } from '@ringmap/model/errors'
import type { Measure } from '@ringmap/model/finding'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from '@ringmap/analysis/measure-catalogue'
import type { MeasureEntry, NotedValues } from '@ringmap/analysis/measure-entry'
import type { MeasureOptions } from '@ringmap/analysis/measure-options'
import { copiesBytes, copySteps, networkSize, type NetworkSize } from '@ringmap/analysis/measure-size'
import { connectedComponents } from '@ringmap/analysis/components'
import { intervalsOnPool } from '@ringmap/analysis/intervals-on-pool'
import { orderOf, ranksOf } from '@ringmap/analysis/ranking'
import { rankIntervals, type RankIntervals } from '@ringmap/analysis/stability'
import type { WorkerPool } from '@ringmap/analysis/worker-pool'
import { bySize } from '@ringmap/graph/communities'
import type { Csr } from '@ringmap/graph/csr'
import { readEdgeList, refuseAbove, type EdgeListOptions } from './edge-list.ts'
import { threadsOf, withWorkers, type WorkerOptions } from './workers.ts'

export interface MeasureEdgesOptions extends EdgeListOptions, WorkerOptions {
  /** Of what is drawn at random: communities, estimates, thinned copies. */
  readonly seed: number
  /** Names of nodes that a measure starts from. */
  readonly from?: readonly string[] | undefined
  /** Copies with lost and added evidence for the interval of each rank; 0: none, and low and high equal the rank. Default: 40 or 20 where that is quick, else 0. */
  readonly copies?: number | undefined
  /** Probability that a tie is missing from a copy; default 0.2. */
  readonly thinned?: number | undefined
}

/** One value a node in every column. */
export interface MeasuredNodes {
  readonly names: readonly string[]
  readonly score: ArrayLike<number>
  readonly rank: ArrayLike<number>
  /** Interval of the rank over copies of the network; see `rankIntervals`. */
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  /** Best first; equal ones by name. */
  readonly order: Uint32Array
  readonly copies: number
  /** What was left out and how sure it is, in words. */
  readonly remarks: readonly string[]
}

/** About ten seconds for all copies. */
const COPY_STEPS = 1e9

/** @param file path, or `-` for stdin. @throws RingmapError edge_list_invalid, source_*, too_large */
export async function measureEdges(measure: Measure, file: string, options: MeasureEdgesOptions): Promise<MeasuredNodes> {
  const { names, csr, remarks } = await readEdgeList(file, options)
  const entry = MEASURE_CATALOGUE[measure]
  const size = { ...networkSize(csr), weighted: options.weight !== undefined }
  const from = startingFrom(measure, names, options.from)
  const copies = options.copies ?? copiesFor(entry, [size])
  refuseAbove(options.memory, bytesFor(entry, size, copies, options), `${entry.label} of ${size.nodes} nodes and ${size.ties} ties${copies > 0 ? ` with ${copies} copies` : ''}`)
  return await withWorkers(entry.steps(size) * (copies + 1), options, async (pool) => {
    const found = await measuredNodes(names, csr, { measure, copies, from, pool, options })
    return { ...found, remarks: [...remarks, ...found.remarks, ...withoutCopies(entry, copies)] }
  })
}

export interface HowToMeasure {
  readonly measure: Measure
  readonly copies: number
  /** Nodes that the measure starts from. */
  readonly from: readonly number[]
  readonly pool: WorkerPool | null
  readonly options: MeasureEdgesOptions
}

export async function measuredNodes(names: readonly string[], csr: Csr, { measure, copies, from, pool, options }: HowToMeasure): Promise<MeasuredNodes> {
  if (measure === 'components') return grouped(names, bySize(connectedComponents(csr).component).community, [])
  const entry = MEASURE_CATALOGUE[measure]
  const work = { csr, measure, copies, run: { weighted: options.weight !== undefined, from, seed: options.seed }, options }
  const { value, note } = await valuesOf(work, pool)
  const remarks = note === null ? [] : [note]
  if (entry.groups ?? false) return grouped(names, value, remarks)
  const rank = ranksOf(value, null, entry.direction)
  const all = { names, score: value, rank, order: orderOf(value, null, entry.direction), copies, remarks }
  return copies === 0 ? { ...all, low: rank, high: rank } : { ...all, ...await intervalOf(work, value, pool) }
}

/** Bytes that a measure and its copies need beside the network. */
export function bytesFor(entry: MeasureEntry, size: NetworkSize, copies: number, options: MeasureEdgesOptions): number {
  return entry.bytes(size) + copiesBytes(size, (entry.groups ?? false) ? 0 : copies, threadsOf(options), entry.bytes(size))
}

/** Ends drawn in a copy where current flow is estimated: its rank moves far more with the evidence than with the drawing. */
const SAMPLES_OF_COPY = 32

interface Work {
  readonly csr: Csr
  readonly measure: CataloguedMeasure
  readonly copies: number
  readonly run: Omit<MeasureOptions, 'progress' | 'signal'>
  readonly options: MeasureEdgesOptions
}

async function valuesOf({ csr, measure, run, options }: Work, pool: WorkerPool | null): Promise<NotedValues> {
  const entry = MEASURE_CATALOGUE[measure]
  const all = { ...run, progress: options.progress, signal: options.signal }
  if (pool !== null && entry.pooled !== undefined) return await entry.pooled(csr, pool, all)
  return entry.noted?.(csr, all) ?? { value: entry.run(csr, all), note: null }
}

async function intervalOf({ csr, measure, copies, run, options }: Work, value: Float64Array, pool: WorkerPool | null): Promise<Pick<RankIntervals, 'low' | 'high'>> {
  const { seed, thinned = 0.2, progress, signal } = options
  const entry = MEASURE_CATALOGUE[measure]
  const inCopy = { ...run, samples: SAMPLES_OF_COPY }
  if (pool !== null) return await intervalsOnPool(csr, measure, value, null, pool, { seed, thinned, copies, run: inCopy, progress, signal })
  return rankIntervals(csr, (copy) => (copy === csr ? value : entry.run(copy, { ...inCopy, signal })), null, { direction: entry.direction, seed, copies, thinned, progress, signal })
}

/** What is said of low and high where there are no copies to tell them. */
export function withoutCopies(entry: MeasureEntry, copies: number): string[] {
  return copies === 0 && !(entry.groups ?? false) ? ['No copies with other evidence were made, so low and high are the rank itself; --copies 40 makes them.'] : []
}

/** Nodes of those names. @throws RingmapError usage, also where the measure needs somebody and nobody is named */
export function startingFrom(measure: Measure, names: readonly string[], from: readonly string[] = []): number[] {
  if ((MEASURE_CATALOGUE[measure].needs_from ?? false) && from.length === 0) throw new RingmapError('usage', { what: `${measure} starts from somebody: add --from NODE.` })
  return from.map((name) => {
    const node = names.indexOf(name)
    if (node === -1) throw new RingmapError('usage', { what: `There is no node ${name}, which --from names, among the ${names.length} that have a tie.` })
    return node
  })
}

/** As many for each of the networks as all of them together can have in some seconds. */
export function copiesFor(entry: MeasureEntry, sizes: readonly NetworkSize[]): number {
  if (entry.groups ?? false) return 0
  const steps = sizes.reduce((sum, size) => sum + entry.steps({ ...size, samples: SAMPLES_OF_COPY }) + copySteps(size), 0)
  return steps * 40 <= COPY_STEPS ? 40 : steps * 20 <= COPY_STEPS ? 20 : 0
}

/** Groups are numbered from 0, the largest first; their rank is that place. */
function grouped(names: readonly string[], score: ArrayLike<number>, remarks: readonly string[]): MeasuredNodes {
  const rank = Uint32Array.from({ length: score.length }, (_, v) => (score[v] as number) + 1)
  return { names, score, rank, low: rank, high: rank, order: orderOf(Float64Array.from(score), null, 'low'), copies: 0, remarks }
}
