/** A third kind of pair beside one person and strangers: relatives and neighbours, who share father, village or surname without being one. */
import type { ComparedPairs } from './compare-range.ts'
import { DIFFERENT } from './comparison-kinds.ts'
import { MOST_DIFFERENT, mostDifferent, shares, withDifferent } from './expectation.ts'
import { byHalf, halfOf, isMissing, levelsOf, type ComparisonModel, type MatchModel } from './match-model.ts'

const ROUNDS = 300
const SETTLED = 1e-4
/** Pairs of the starting shares that are thought to be among the relatives, and among those of one person. */
const CAUTION = 20
/** A class of fewer expected pairs is not worth having. */
const FEWEST = 50
/** Most that relatives have in common, in bits against strangers, of what one person's records do. */
const MOST_IN_COMMON = 0.7
/** A second start keeps one person's pairs from differing in more than this share, for so many rounds: until relatives have a class of their own. */
const AT_FIRST = 0.1
const HELD = 30

export interface RelativesOptions {
  /** Whether what one person's pairs look like is learned too: from two starts, of which the likelier end is kept. */
  readonly learn_match: boolean
  /** Comparisons of what changes in a life. */
  readonly changes: readonly boolean[]
}

interface Classes {
  readonly own: readonly Float64Array[]
  readonly related: readonly Float64Array[]
  readonly matches: number
  readonly relatives: number
  /** Log of how likely the patterns are, up to a constant. */
  readonly likelihood: number
}

/** What expectation maximisation works on: patterns with their counts, and the model that gives strangers. */
interface Counted {
  readonly model: MatchModel
  readonly levels: Uint8Array
  readonly counts: Float64Array
  readonly possible: number
}

/**
 * Expectation maximisation over the patterns of all compared pairs with three classes. Strangers keep their shares and number all possible pairs: blocking shows only those that agree in something, and for these
 * the ratios of the classes are what they are everywhere. How many pairs are of one person, and everything about relatives, is learned.
 *
 * @param start shares of relatives to begin with, by comparison.
 */
export function withRelatives(model: MatchModel, pairs: Pick<ComparedPairs, 'pattern' | 'patterns'>, possible: number, start: readonly Float64Array[], options: RelativesOptions): MatchModel {
  const counts = new Float64Array(pairs.patterns.length)
  for (const p of pairs.pattern) counts[p] = (counts[p] as number) + 1
  const counted: Counted = { model, levels: levelsOf(pairs.patterns, model.comparisons), counts, possible }
  const halfway = model.comparisons.map(({ m, u }) => m.map((share, level) => (share + (u[level] as number)) / 2))
  const ends = options.learn_match ? [settled(counted, start, MOST_DIFFERENT), settled(counted, halfway, AT_FIRST)] : [settled(counted, start, null)]
  const best = ends.filter((one) => areRelatives(model, one, options.changes)).reduce<Classes | null>((found, one) => (found === null || one.likelihood > found.likelihood ? one : found), null)
  if (best === null) return withoutRelatives(counted)
  const known = best.relatives >= FEWEST
  return {
    prior: Math.log2(best.matches / possible), related_prior: known ? Math.log2(best.relatives / possible) : -Infinity,
    comparisons: model.comparisons.map((comparison, c) => ({ ...comparison, m: known ? (best.own[c] as Float64Array) : comparison.m, related: known ? (best.related[c] as Float64Array) : null })),
  }
}

/** Whether the class is of relatives, or there is none. Else it is one person's pairs in disguise: those who moved, or whose two address lines changed places, differ in nothing that a person keeps. */
function areRelatives({ comparisons }: MatchModel, { own, related, relatives }: Classes, changes: readonly boolean[]): boolean {
  const differs = comparisons.some((_, c) => changes[c] !== true && (related[c]?.[DIFFERENT] as number) >= 0.5 && (own[c]?.[DIFFERENT] as number) < MOST_DIFFERENT)
  const bits = (rows: readonly Float64Array[]): number => comparisons.reduce((sum, { u, kind }, c) => sum + (rows[c] as Float64Array).reduce((of, share, level) => (isMissing(level, kind) || share === 0 ? of : of + share * Math.log2(share / (u[level] as number))), 0), 0)
  return relatives < FEWEST || differs && bits(related) <= MOST_IN_COMMON * bits(own)
}

/** How many pairs are of one person where strangers are the only others. */
function withoutRelatives(counted: Counted): MatchModel {
  const { model, counts, possible } = counted
  const match = ratios(counted, model.comparisons.map(({ m }) => m))
  let matches = Math.max(possible * 2 ** model.prior, 1)
  for (let round = 0; round < ROUNDS; round++) {
    const one = counts.reduce((sum, pairs, p) => sum + (pairs * matches * (match[p] as number)) / (matches * (match[p] as number) + possible), 0)
    const change = Math.abs(one - matches) / Math.max(one, 1)
    matches = Math.max(one, 0.5)
    if (change < SETTLED) break
  }
  return { prior: Math.log2(matches / possible), related_prior: -Infinity, comparisons: model.comparisons.map((comparison) => ({ ...comparison, related: null })) }
}

/** @param differing most of one person's pairs that may differ in a column during the first rounds; null where what they look like is known. */
function settled(counted: Counted, start: readonly Float64Array[], differing: number | null): Classes {
  const { model, possible } = counted
  const bounded = (row: Float64Array, c: number, most: number): Float64Array => byHalf(row, model.comparisons[c] as ComparisonModel, (half, second) => withDifferent(half, 0, mostDifferent(model.comparisons[c] as ComparisonModel, second, most)))
  let own: readonly Float64Array[] = model.comparisons.map(({ m }, c) => (differing === null ? m : bounded(m, c, differing)))
  let related = start
  let match = ratios(counted, own)
  let kin = ratios(counted, related)
  let matches = Math.max(possible * 2 ** model.prior, 1)
  let relatives = matches
  let likelihood = -Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const expected = expectedClasses(counted, match, kin, matches, relatives)
    const change = Math.abs(expected.one - matches) / Math.max(expected.one, 1) + Math.abs(expected.some - relatives) / Math.max(expected.some, 1)
    likelihood = expected.likelihood
    matches = Math.max(expected.one, 0.5)
    relatives = expected.some
    if (differing !== null) {
      const most = round < HELD ? differing : MOST_DIFFERENT
      own = expected.same.map((row, c) => bounded(cautious(row, model.comparisons[c] as ComparisonModel, (model.comparisons[c] as ComparisonModel).m), c, most))
      match = ratios(counted, own)
    }
    // Relatives agree in nothing more often than one person does.
    related = expected.sums.map((row, c) => {
      const comparison = model.comparisons[c] as ComparisonModel
      return byHalf(cautious(row, comparison, start[c] as Float64Array), comparison, (half, second) => withDifferent(half, halfOf(own[c] as Float64Array, half.length, second)[DIFFERENT] ?? 0, 1))
    })
    kin = ratios(counted, related)
    if (change < SETTLED && round > HELD) break
  }
  return { own, related, matches, relatives, likelihood: likelihood - matches - relatives }
}

/** Shares of counted levels, drawn a little towards given ones. */
function cautious(row: Float64Array, comparison: ComparisonModel, towards: Float64Array): Float64Array {
  return byHalf(row, comparison, (half, second) => shares(half, halfOf(towards, half.length, second), CAUTION))
}

/** How many times as often as strangers a class shows each pattern. */
function ratios({ model, levels, counts }: Counted, rows: readonly Float64Array[]): Float64Array {
  const count = model.comparisons.length
  const tables = model.comparisons.map((comparison, c) => (rows[c] as Float64Array).map((share, level) => (isMissing(level, comparison.kind) ? 1 : share / (comparison.u[level] as number))))
  return Float64Array.from(counts, (_, p) => {
    let product = 1
    for (let c = 0; c < count; c++) product *= (tables[c] as Float64Array)[levels[p * count + c] as number] as number
    return product
  })
}

/** Expected pairs of one person and of relatives, in all and by level of each comparison. */
function expectedClasses({ model, levels, counts, possible }: Counted, match: Float64Array, kin: Float64Array, matches: number, relatives: number): { one: number; some: number; likelihood: number; same: Float64Array[]; sums: Float64Array[] } {
  const count = model.comparisons.length
  const sums = model.comparisons.map((comparison) => new Float64Array(comparison.u.length))
  const same = model.comparisons.map((comparison) => new Float64Array(comparison.u.length))
  let one = 0
  let some = 0
  let likelihood = 0
  for (let p = 0; p < counts.length; p++) {
    const m = matches * (match[p] as number)
    const r = relatives * (kin[p] as number)
    const total = m + r + possible
    const pairs = counts[p] as number
    const matching = (pairs * m) / total
    const related = (pairs * r) / total
    one += matching
    some += related
    likelihood += pairs * Math.log(total)
    for (let c = 0; c < count; c++) {
      const level = levels[p * count + c] as number
      const row = sums[c] as Float64Array
      const mine = same[c] as Float64Array
      row[level] = (row[level] as number) + related
      mine[level] = (mine[level] as number) + matching
    }
  }
  return { one, some, likelihood, same, sums }
}

/** Relatives to begin with: between strangers and one person, as the non-matching pairs of blocks were found to be. */
export function firstRelatives(model: MatchModel, sessions: readonly { readonly u: readonly Float64Array[]; readonly left_out: readonly boolean[]; readonly others: number }[]): Float64Array[] {
  return model.comparisons.map((comparison, c) => {
    const seen = sessions.filter((session) => session.left_out[c] !== true && session.others > 100)
    const row = new Float64Array(comparison.u.length)
    for (const { u } of seen) u[c]?.forEach((share, level) => { row[level] = (row[level] as number) + share / seen.length })
    return seen.length === 0 ? comparison.u.map((share, level) => (share + (comparison.m[level] as number)) / 2) : row
  })
}
