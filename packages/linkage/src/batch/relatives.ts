/** A third kind of pair beside one person and strangers: relatives and neighbours, who share father, village or surname without being one. */
import type { ComparedPairs } from './compare-range.ts'
import { DIFFERENT, LEVELS, MISSING } from './comparison-kinds.ts'
import { shares, withDifferent } from './expectation.ts'
import { exactLevel, levelsOf, type MatchModel } from './match-model.ts'

const ROUNDS = 300
const SETTLED = 1e-4
/** Pairs of the starting shares that are thought to be among the relatives. */
const CAUTION = 20
/** A class of fewer expected pairs is not worth having. */
const FEWEST = 50

/**
 * Expectation maximisation over the patterns of all compared pairs with three classes. Strangers keep their shares and number all possible pairs: blocking shows only those that agree in something, and for these
 * the ratios of the classes are what they are everywhere. What one person's pairs look like is kept too; how many there are, and everything about relatives, is learned.
 *
 * @param start shares of relatives to begin with, by comparison.
 */
export function withRelatives(model: MatchModel, pairs: Pick<ComparedPairs, 'pattern' | 'patterns'>, possible: number, start: readonly Float64Array[] | null): MatchModel {
  const count = model.comparisons.length
  const levels = levelsOf(pairs.patterns, count)
  const counts = new Float64Array(pairs.patterns.length)
  for (const p of pairs.pattern) counts[p] = (counts[p] as number) + 1
  const ratios = (row: (c: number) => Float64Array): Float64Array => {
    const tables = model.comparisons.map((comparison, c) => row(c).map((share, level) => (level === MISSING ? 1 : share / (comparison.u[level] as number))))
    return Float64Array.from(counts, (_, p) => {
      let product = 1
      for (let c = 0; c < count; c++) product *= (tables[c] as Float64Array)[levels[p * count + c] as number] as number
      return product
    })
  }
  const match = ratios((c) => (model.comparisons[c] as { m: Float64Array }).m)
  let related: readonly Float64Array[] | null = start
  let matches = Math.max(possible * 2 ** model.prior, 1)
  let relatives = start === null ? 0 : matches
  let kin = related === null ? null : ratios((c) => (related as readonly Float64Array[])[c] as Float64Array)
  for (let round = 0; round < ROUNDS; round++) {
    const sums = model.comparisons.map((comparison) => new Float64Array(LEVELS[comparison.kind].length))
    let one = 0
    let some = 0
    for (let p = 0; p < counts.length; p++) {
      const m = matches * (match[p] as number)
      const r = kin === null ? 0 : relatives * (kin[p] as number)
      const total = m + r + possible
      const pairs_here = counts[p] as number
      one += (pairs_here * m) / total
      if (kin === null) continue
      const expected = (pairs_here * r) / total
      some += expected
      for (let c = 0; c < count; c++) {
        const row = sums[c] as Float64Array
        const level = levels[p * count + c] as number
        row[level] = (row[level] as number) + expected
      }
    }
    const change = Math.abs(one - matches) / Math.max(one, 1) + Math.abs(some - relatives) / Math.max(some, 1)
    matches = Math.max(one, 0.5)
    relatives = some
    if (kin !== null) {
      // Relatives agree in nothing more often than one person does.
      related = sums.map((row, c) => withDifferent(shares(row, (start as readonly Float64Array[])[c] as Float64Array, CAUTION), (model.comparisons[c]?.m[DIFFERENT] ?? 0), 1))
      kin = ratios((c) => (related as readonly Float64Array[])[c] as Float64Array)
    }
    if (change < SETTLED) break
  }
  const known = related !== null && relatives >= FEWEST
  return {
    prior: Math.log2(matches / possible), related_prior: known ? Math.log2(relatives / possible) : -Infinity,
    comparisons: model.comparisons.map((comparison, c) => ({ ...comparison, related: known ? ((related as readonly Float64Array[])[c] as Float64Array) : null })),
  }
}

/** Relatives to begin with: between strangers and one person, as the non-matching pairs of blocks were found to be. */
export function firstRelatives(model: MatchModel, sessions: readonly { readonly u: readonly Float64Array[]; readonly left_out: readonly boolean[]; readonly others: number }[]): Float64Array[] {
  return model.comparisons.map((comparison, c) => {
    const seen = sessions.filter((session) => session.left_out[c] !== true && session.others > 100)
    const row = new Float64Array(exactLevel(comparison.kind) + 1)
    for (const { u } of seen) u[c]?.forEach((share, level) => { row[level] = (row[level] as number) + share / seen.length })
    return seen.length === 0 ? comparison.u.map((share, level) => (share + (comparison.m[level] as number)) / 2) : row
  })
}
