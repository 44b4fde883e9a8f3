/** The whole batch run over one table of records: prepare, compare, learn, weigh, look across clusters, weigh again, cluster. */
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Database } from '@ringmap/store/database'
import type { DrawnPatterns } from './chance-agreement.ts'
import { contradictions, type ContradictoryColumn } from './contradictions.ts'
import { combinedPairs } from './combined-pairs.ts'
import { compareAll, compareListed, type CompareOptions } from './compare-all.ts'
import { DIFFERENT } from './comparison-kinds.ts'
import type { CompareJob, ComparedPairs } from './compare-range.ts'
import type { KeptParts } from '../incremental/stored-arrays.ts'
import { expectedBest, missedPairs } from './expected-quality.ts'
import { growingU32, push, taken } from './growing-array.ts'
import { guardedClusters, type Clusters, type Links } from './guarded-clusters.ts'
import type { LinkPlan } from './link-plan.ts'
import { withRelatives } from './relatives.ts'
import type { MatchModel } from './match-model.ts'
import { modelFor } from './model-file.ts'
import { LinkThreads, WORTH_A_THREAD } from './link-threads.ts'
import { neighbourPairs } from './neighbour-pairs.ts'
import { strongestFirst } from './ordered-links.ts'
import { pairWeightsOn } from './pair-weights.ts'
import { prepareRecords, type PreparedRecords } from './prepared-records.ts'
import { relearned } from './relearn.ts'
import { mixedWithMatches, withoutMatches } from './strangers.ts'
import { sharedCopy } from './shared-arrays.ts'
import { comparedInSql, expectedBelow, pairsReaching, weighInSql, withinBelow, withoutRulePairs } from './sql-pairs.ts'
import { chanceOf, changing, possiblePairs, trainModel } from './train.ts'

export interface LinkBatchOptions extends WorkOptions {
  readonly plan: LinkPlan
  /** Source of each record; needed where the plan compares between sources. */
  readonly source: Uint8Array | null
  readonly workers: number
  /** `sql`: pairs of the rules are made, compared and weighed by DuckDB, which spills to disk; slower, and the same. */
  readonly engine?: 'arrays' | 'sql' | undefined
  /** With `sql`: least weight, in bits, of the pairs that are given back, where it is less than what clusters ask for. */
  readonly least?: number | undefined
  readonly seed: number
  /** Bits; without it the threshold is chosen by the model. */
  readonly threshold?: number | undefined
  /** A model trained before; nothing is learned then. */
  readonly model?: MatchModel | undefined
  /** Where compared parts are kept, with the engine of arrays. */
  readonly keep?: ((job: CompareJob) => KeptParts) | undefined
  readonly cannot_link?: ((a: number, b: number) => boolean) | undefined
  /** Columns in which a person never differs by more than a slip. */
  readonly contradictory?: readonly ContradictoryColumn[] | undefined
}

export interface LinkedBatch {
  readonly prepared: PreparedRecords
  /** Those of the rules (or all there are), then those found across clusters. */
  readonly pairs: ComparedPairs
  /** How many of the pairs, the first, are of the rules. */
  readonly from_rules: number
  /** Whether all possible pairs were compared. */
  readonly all_pairs: boolean
  readonly links: Links
  /** Clusters of the first pass, over which values are counted. */
  readonly groups: Uint32Array
  readonly model: MatchModel
  readonly threshold: number
  /** Bits at which the model expects the best F1. */
  readonly best_threshold: number
  /** Whether the threshold was chosen by the model. */
  readonly chosen: boolean
  readonly clusters: Clusters
  /** Columns that parted records. */
  readonly contradictory: readonly ContradictoryColumn[]
  /** Pairs of one person that no rule found, as the rules' overlap says; a lower bound. */
  readonly missed_pairs: number
  /** Pairs of one person among those compared, as the model expects. */
  readonly expected_pairs: number
}

/** Where so many pairs are possible all of them are compared; blocking would only lose some. */
export const ALL_PAIRS = 1_500_000
/** Least weight of links that are followed when pairs are looked for across clusters, and that count when groups are joined: at even odds or nearly. */
export const COUNTS_FROM = -2

/** Weight from which a pair across two groups counts for joining them. Above the chosen threshold a person asks for certainty: then only pairs that reach it count. */
export function countedFrom(threshold: number, best: number): number {
  return threshold > best ? threshold : COUNTS_FROM
}

/** @throws RingmapError nothing_to_compare, interrupted */
export async function linkBatch(database: Database, table: string, records: number, options: LinkBatchOptions): Promise<LinkedBatch> {
  const threads = new LinkThreads(options.workers, options.signal)
  try {
    return await linkOn(threads, database, table, records, options)
  } finally {
    await threads.close()
  }
}

async function linkOn(threads: LinkThreads, database: Database, table: string, records: number, options: LinkBatchOptions): Promise<LinkedBatch> {
  const { plan, source, seed, signal } = options
  const progress = options.progress ?? ((): void => undefined)
  const prepared = await prepareRecords(database, table, records, source, plan, seed, progress, threads)
  if (prepared.compared.length === 0) throw new RingmapError('nothing_to_compare', { what: `no column is left to compare. ${prepared.useless.map(({ column, why }) => `${column}: ${why}`).join('; ')}` })
  const { job, compared } = prepared
  threads.use(job)
  // The first chances and those without one person's pairs rest on the same draw, compared once, while the rules' pairs are.
  const drawing = options.model === undefined ? threads.run({ kind: 'draw', seed }, records >= WORTH_A_THREAD).then((drawn) => chanceOf(prepared, plan, drawn, seed)) : null
  drawing?.catch(() => undefined)
  const all = possiblePairs(records, job.source) <= ALL_PAIRS
  const on_disk = options.engine === 'sql'
  const compared_pairs = on_disk ? await comparedInSql(database, prepared) : await compareAll(job, { ...options, threads })
  const least = on_disk && !all ? Math.min(options.least ?? COUNTS_FROM, COUNTS_FROM, options.threshold ?? COUNTS_FROM) : -Infinity
  let pairs = all ? await withAllPairs(on_disk ? await pairsReaching(database, prepared, compared_pairs, least) : compared_pairs, prepared, { ...options, threads }) : compared_pairs
  if (!all && prepared.rules.length === 0) throw new RingmapError('nothing_to_compare', { what: `no blocking rule is left. ${prepared.counts.map(({ rule, refused }) => `${rule}: ${refused ?? ''}`).join('; ')}` })
  const chance = await drawing
  stopIfAsked(signal)
  progress('learning the model', 0, 0)
  let model = chance === null ? modelFor(options.model as MatchModel, prepared) : trainModel(prepared, pairs, plan, chance)
  /** Pairs of the rules that may reach the least weight under the model; with the typed arrays, and in a small table, all. */
  const fromRules = async (groups: Uint32Array | null): Promise<ComparedPairs> => {
    if (!on_disk || all) return pairs
    if (least > -Infinity) await weighInSql(database, prepared, model, groups)
    return await pairsReaching(database, prepared, compared_pairs, least)
  }
  const weighed = async (groups: Uint32Array | null): Promise<Links> => ({ left: pairs.left, right: pairs.right, weight: await pairWeightsOn(threads, job, compared, pairs, model, groups) })
  pairs = await fromRules(null)
  let links = await weighed(null)
  stopIfAsked(signal)
  const contradictory = (options.contradictory ?? []).filter(({ field }) => reliable(model, field))
  const cannot_link = either(options.cannot_link, contradictions(prepared, contradictory))
  const order = sharedCopy(strongestFirst(links.weight, COUNTS_FROM))
  const looking = on_disk && !all ? acrossInSql(database, threads, job, links, order) : threads.run({ kind: 'across', links, order }, records >= WORTH_A_THREAD)
  looking.catch(() => undefined)
  const first = guardedClusters(records, links, { threshold: 0, linked_at: COUNTS_FROM, order, cannot_link })
  const across = await looking
  pairs = combinedPairs(pairs, across)
  if (chance !== null) {
    const elsewhere = on_disk && !all ? await withinBelow(database, prepared, first.cluster, pairs.patterns.length, least) : null
    model = learnedAnew(prepared, pairs, relearned(job, compared, pairs, model, first.cluster, seed, elsewhere), plan, chance.drawn)
  }
  if (on_disk && !all) pairs = combinedPairs(await fromRules(first.cluster), across)
  const from_rules = pairs.left.length - across.left.length
  links = await weighed(first.cluster)
  stopIfAsked(signal)
  const best = expectedBest(links.weight, on_disk && !all ? await expectedBelow(database, least) : 0)
  const threshold = options.threshold ?? best.threshold
  progress('clustering', 0, 0)
  const clusters = guardedClusters(records, links, { threshold, linked_at: countedFrom(threshold, best.threshold), cannot_link })
  return { prepared, pairs, from_rules, all_pairs: all, links, groups: first.cluster, contradictory, model, threshold, best_threshold: best.threshold, chosen: options.threshold === undefined, clusters, missed_pairs: all ? 0 : missedPairs(pairs, model, links.weight, from_rules), expected_pairs: best.expected }
}

/** Pairs across clusters where not all pairs of the rules are at hand: what the rules made is taken off by the database. */
async function acrossInSql(database: Database, threads: LinkThreads, job: CompareJob, links: Links, order: Uint32Array): Promise<ComparedPairs> {
  const { left, right } = await withoutRulePairs(database, neighbourPairs(job.records, links, order, job.source))
  return await threads.run({ kind: 'listed', left, right }, left.length >= WORTH_A_THREAD)
}

/** Rounds in which chances and the number of matches are learned from each other. */
const ROUNDS = 4

/** How many pairs are of one person and what relatives look like, once levels are known from clusters; and chances without one person's pairs, where these are many among the random ones. */
function learnedAnew({ job, compared }: PreparedRecords, pairs: ComparedPairs, start: MatchModel, plan: LinkPlan, drawn: DrawnPatterns): MatchModel {
  const settled = (model: MatchModel): MatchModel => withRelatives(model, pairs, possiblePairs(job.records, job.source), model.comparisons.map((comparison) => comparison.related ?? comparison.u), { learn_match: false, changes: changing(plan, compared) })
  let model = settled(start)
  if (!mixedWithMatches(model)) return model
  const cleaned = withoutMatches(job, model, drawn)
  for (let round = 0; round < ROUNDS; round++) model = settled(cleaned(model))
  return model
}

/** Most of one person's pairs that differ in a column whose differences part people: where more do, clerks are to blame. */
const SLIPS = 0.04

function reliable(model: MatchModel, field: string): boolean {
  const found = model.comparisons.find(({ name }) => name === field)
  return found === undefined || (found.m[DIFFERENT] as number) <= SLIPS
}

function either(one: ((a: number, b: number) => boolean) | undefined, other: ((a: number, b: number) => boolean) | null): ((a: number, b: number) => boolean) | undefined {
  if (one === undefined || other === null) return one ?? other ?? undefined
  return (a, b) => one(a, b) || other(a, b)
}

/** The rules' pairs, so that sessions can learn from them, and then all others. */
async function withAllPairs(pairs: ComparedPairs, prepared: PreparedRecords, options: CompareOptions): Promise<ComparedPairs> {
  const { records, source } = prepared.job
  const left = growingU32()
  const right = growingU32()
  // Places of the pairs once the others stand behind those of the rules, in record order.
  const order = growingU32()
  const known = new Uint32Array(records)
  let at = 0
  for (let a = 0; a < records; a++) {
    for (; pairs.left[at] === a; at++) known[pairs.right[at] as number] = at
    for (let b = a + 1; b < records; b++) {
      const place = known[b] as number
      if (pairs.left[place] === a && pairs.right[place] === b) push(order, place)
      else if (source === null || source[a] !== source[b]) {
        push(order, pairs.left.length + left.length)
        push(left, a)
        push(right, b)
      }
    }
  }
  const both = combinedPairs(pairs, await compareListed(prepared.job, taken(left), taken(right), options))
  const places = taken(order)
  const ordered = (array: Uint32Array): Uint32Array => places.map((i) => array[i] as number)
  return { ...both, left: ordered(both.left), right: ordered(both.right), pattern: ordered(both.pattern) }
}
