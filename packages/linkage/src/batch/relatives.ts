/** A third kind of pair beside one person and strangers: relatives and neighbours, who share father, village or surname without being one. */
import { expectedClasses, likelihoodOf, ratios, type Counted, type TwoClasses } from './class-expectation.ts'
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

interface Classes extends TwoClasses {
  /** Log of how likely the patterns are, up to a constant. */
  readonly likelihood: number
}

/**
 * Expectation maximisation over the patterns of all compared pairs with three classes. Strangers keep their shares and number all possible pairs: blocking shows only those that agree in something, and for these
 * the ratios of the classes are what they are everywhere. How many pairs are of one person, and everything about relatives, is learned.
 *
 * @param start shares of relatives to begin with, by comparison.
 */
export function withRelatives(model: MatchModel, pairs: Pick<ComparedPairs, 'patterns' | 'counts'>, possible: number, start: readonly Float64Array[], options: RelativesOptions): MatchModel {
  const { counts } = pairs
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
  const first = Math.max(possible * 2 ** model.prior, 1)
  let now: TwoClasses = { own: model.comparisons.map(({ m }, c) => (differing === null ? m : bounded(m, c, differing))), related: start, matches: first, relatives: first }
  let before = now
  for (let round = 0; round < ROUNDS; round++) {
    before = now
    const { one, some, same, sums } = expectedClasses(counted, before)
    const own = differing === null ? before.own : same.map((row, c) => bounded(cautious(row, model.comparisons[c] as ComparisonModel, (model.comparisons[c] as ComparisonModel).m), c, round < HELD ? differing : MOST_DIFFERENT))
    // Relatives agree in nothing more often than one person does.
    const related = sums.map((row, c) => {
      const comparison = model.comparisons[c] as ComparisonModel
      return byHalf(cautious(row, comparison, start[c] as Float64Array), comparison, (half, second) => withDifferent(half, halfOf(own[c] as Float64Array, half.length, second)[DIFFERENT] ?? 0, 1))
    })
    now = { own, related, matches: Math.max(one, 0.5), relatives: some }
    const change = Math.abs(one - before.matches) / Math.max(one, 1) + Math.abs(some - before.relatives) / Math.max(some, 1)
    if (change < SETTLED && round > HELD) break
  }
  return { ...now, likelihood: likelihoodOf(counted, before) - now.matches - now.relatives }
}

/** Shares of counted levels, drawn a little towards given ones. */
function cautious(row: Float64Array, comparison: ComparisonModel, towards: Float64Array): Float64Array {
  return byHalf(row, comparison, (half, second) => shares(half, halfOf(towards, half.length, second), CAUTION))
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
