/** Further kinds of pairs beside one person and strangers: relatives, who share father, village or surname without being one, and neighbours, who share a place. */
import { counted, expectedClasses, likelihoodOf, ratiosOf, type Counted, type PairClass } from './class-expectation.ts'
import type { ComparedPairs } from './compare-range.ts'
import { DIFFERENT } from './comparison-kinds.ts'
import { MOST_DIFFERENT, mostDifferent, shares, withDifferent } from './expectation.ts'
import { byHalf, halfOf, isMissing, type ComparisonModel, type MatchModel } from './match-model.ts'

const ROUNDS = 300
const SETTLED = 1e-4
/** Pairs of the starting shares that are thought to be among the relatives, and among those of one person. */
const CAUTION = 20
/** A class of fewer expected pairs is not worth having. */
const FEWEST = 50
/** Most that relatives have in common, in bits against strangers, of what one person's records do in what a person keeps: brothers of one house share all of their address. */
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
  readonly own: PairClass
  /** Classes beside one person and strangers: relatives first, then neighbours where these were looked for too. */
  readonly others: readonly PairClass[]
  /** Log of how likely the patterns are, up to a constant. */
  readonly likelihood: number
}

/**
 * Expectation maximisation over the patterns of all compared pairs with three classes or four. Strangers keep their shares and number all possible pairs: blocking shows only those that agree in something, and for these
 * the ratios of the classes are what they are everywhere. How many pairs are of one person, and everything about relatives and neighbours, is learned.
 *
 * A fourth class takes what else strangers have in common beyond chance (a misspelt village and its district): where there is much of it, it is likelier than relatives are, would take their place, and brothers would be left among one person's pairs.
 *
 * @param start shares of relatives to begin with, by comparison.
 */
export function withRelatives(model: MatchModel, pairs: Pick<ComparedPairs, 'patterns' | 'counts'>, possible: number, start: readonly Float64Array[], options: RelativesOptions): MatchModel {
  const seen = counted(model, pairs, possible)
  const between = (rows: readonly Float64Array[]): Float64Array[] => model.comparisons.map(({ m }, c) => m.map((share, level) => (share + (rows[c]?.[level] as number)) / 2))
  const chance = model.comparisons.map(({ u }) => u)
  const ends = options.learn_match
    ? [settled(seen, [start], MOST_DIFFERENT), settled(seen, [between(chance)], AT_FIRST)]
    : [settled(seen, model.neighbour_prior === -Infinity ? [start] : [start, model.comparisons.map((comparison) => comparison.neighbours ?? comparison.u)], null)]
  if (options.learn_match) {
    const [third] = (ends[1] as Classes).others as [PairClass]
    if (third.pairs >= FEWEST) ends.push(settled(seen, [between(third.shares), third.shares], AT_FIRST))
  }
  const best = ends.map(relativesFirst(model)).filter((one) => areRelatives(model, one, options.changes)).reduce<Classes | null>((found, one) => (found === null || one.likelihood > found.likelihood ? one : found), null)
  if (best === null) return withoutRelatives(seen)
  const [related, neighbours] = best.others.map((one) => (one.pairs >= FEWEST ? one : null))
  const prior = (one: PairClass | null | undefined): number => (one === null || one === undefined ? -Infinity : Math.log2(one.pairs / possible))
  return {
    prior: prior(best.own), related_prior: prior(related), neighbour_prior: prior(neighbours),
    comparisons: model.comparisons.map((comparison, c) => ({ ...comparison, m: related ? (best.own.shares[c] as Float64Array) : comparison.m, related: related?.shares[c] ?? null, neighbours: neighbours?.shares[c] ?? null })),
  }
}

/** Of the two classes beside one person's pairs, that which is more like these is of relatives; a class that hardly is there comes last. */
function relativesFirst({ comparisons }: MatchModel): (classes: Classes) => Classes {
  return (classes) => ({ ...classes, others: [...classes.others].sort((a, b) => Number(b.pairs >= FEWEST) - Number(a.pairs >= FEWEST) || bitsOf(comparisons, b.shares) - bitsOf(comparisons, a.shares)) })
}

/** What a pair of the class shows on average, in bits against strangers. @param without comparisons that are left out */
function bitsOf(comparisons: readonly ComparisonModel[], rows: readonly Float64Array[], without: readonly boolean[] = []): number {
  return comparisons.reduce((sum, { u, kind }, c) => without[c] === true ? sum : sum + (rows[c] as Float64Array).reduce((of, share, level) => (isMissing(level, kind) || share === 0 ? of : of + share * Math.log2(share / (u[level] as number))), 0), 0)
}

/** Whether the classes are of relatives and neighbours, or there are none. Else one is one person's pairs in disguise: those who moved, or whose two address lines changed places, differ in nothing that a person keeps. */
function areRelatives({ comparisons }: MatchModel, { own, others }: Classes, changes: readonly boolean[]): boolean {
  const kept = (rows: readonly Float64Array[]): number => bitsOf(comparisons, rows, changes)
  return others.every(({ pairs, shares: related }) => {
    const differs = comparisons.some((_, c) => changes[c] !== true && (related[c]?.[DIFFERENT] as number) >= 0.5 && (own.shares[c]?.[DIFFERENT] as number) < MOST_DIFFERENT)
    return pairs < FEWEST || differs && kept(related) <= MOST_IN_COMMON * kept(own.shares)
  })
}

/** How many pairs are of one person where strangers are the only others. */
function withoutRelatives(counted: Counted): MatchModel {
  const { model, counts, possible } = counted
  const match = ratiosOf(counted, model.comparisons.map(({ m }) => m))
  let matches = Math.max(possible * 2 ** model.prior, 1)
  for (let round = 0; round < ROUNDS; round++) {
    const one = counts.reduce((sum, pairs, p) => sum + (pairs * matches * (match[p] as number)) / (matches * (match[p] as number) + possible), 0)
    const change = Math.abs(one - matches) / Math.max(one, 1)
    matches = Math.max(one, 0.5)
    if (change < SETTLED) break
  }
  return { prior: Math.log2(matches / possible), related_prior: -Infinity, neighbour_prior: -Infinity, comparisons: model.comparisons.map((comparison) => ({ ...comparison, related: null, neighbours: null })) }
}

/**
 * @param start of each class beside one person's pairs.
 * @param differing most of one person's pairs that may differ in a column during the first rounds; null where what they look like is known.
 */
function settled(counted: Counted, start: readonly (readonly Float64Array[])[], differing: number | null): Classes {
  const { model, possible } = counted
  const bounded = (row: Float64Array, c: number, most: number): Float64Array => byHalf(row, model.comparisons[c] as ComparisonModel, (half, second) => withDifferent(half, 0, mostDifferent(model.comparisons[c] as ComparisonModel, second, most)))
  const first = Math.max(possible * 2 ** model.prior, 1)
  let own: PairClass = { pairs: first, shares: model.comparisons.map(({ m }, c) => (differing === null ? m : bounded(m, c, differing))) }
  let others: readonly PairClass[] = start.map((rows) => ({ pairs: first, shares: rows }))
  let before = [own, ...others]
  for (let round = 0; round < ROUNDS; round++) {
    before = [own, ...others]
    const expected = expectedClasses(counted, before)
    const change = expected.reduce((sum, { pairs }, k) => sum + Math.abs(pairs - (before[k] as PairClass).pairs) / Math.max(pairs, 1), 0)
    const [one, ...rest] = expected as [PairClass, ...PairClass[]]
    const most = round < HELD ? differing : MOST_DIFFERENT
    own = { pairs: Math.max(one.pairs, 0.5), shares: differing === null ? own.shares : one.shares.map((row, c) => bounded(cautious(row, model.comparisons[c] as ComparisonModel, (model.comparisons[c] as ComparisonModel).m), c, most as number)) }
    // Neither relatives nor neighbours agree in anything more often than one person does.
    others = rest.map(({ pairs, shares: rows }, k) => ({ pairs, shares: rows.map((row, c) => {
      const comparison = model.comparisons[c] as ComparisonModel
      return byHalf(cautious(row, comparison, start[k]?.[c] as Float64Array), comparison, (half, second) => withDifferent(half, halfOf(own.shares[c] as Float64Array, half.length, second)[DIFFERENT] ?? 0, 1))
    }) }))
    if (change < SETTLED && round > HELD) break
  }
  return { own, others, likelihood: likelihoodOf(counted, before) - own.pairs - others.reduce((sum, { pairs }) => sum + pairs, 0) }
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
