/** One pass of expectation over all patterns for pairs of one person, of relatives, of neighbours and of strangers: how many are expected of each, and at which levels. */
import type { ComparedPairs } from './compare-range.ts'
import { isMissing, levelsOf, type MatchModel } from './match-model.ts'

/** What expectation maximisation works on: patterns with their counts, and the model that gives strangers. */
export interface Counted {
  readonly model: MatchModel
  /** Of each comparison the first row, where the tables of all stand behind one another; then the number of rows. */
  readonly starts: readonly number[]
  /** Rows of each pattern in these: `rows[pattern * comparisons + c]`. */
  readonly rows: Uint16Array
  readonly counts: Float64Array
  readonly possible: number
}

/** A class of pairs: how many there are, and their shares of the levels by comparison. */
export interface PairClass {
  readonly pairs: number
  readonly shares: readonly Float64Array[]
}

/** Patterns with the places of their levels in flat tables. */
export function counted(model: MatchModel, pairs: Pick<ComparedPairs, 'patterns' | 'counts'>, possible: number): Counted {
  const starts = model.comparisons.reduce<number[]>((list, comparison) => [...list, (list.at(-1) as number) + comparison.u.length], [0])
  const levels = levelsOf(pairs.patterns, model.comparisons)
  const rows = new Uint16Array(levels.length)
  for (let at = 0, c = 0; at < rows.length; at++) {
    rows[at] = (levels[at] as number) + (starts[c] as number)
    if (++c === model.comparisons.length) c = 0
  }
  return { model, starts, rows, counts: pairs.counts, possible }
}

/** Expected pairs of each class, in all and by level of each comparison. */
export function expectedClasses(counted: Counted, classes: readonly PairClass[]): PairClass[] {
  const { model, starts, rows, counts, possible } = counted
  const count = model.comparisons.length
  const size = starts.at(-1) as number
  const tables = ratioTables(counted, classes.map(({ shares: own }) => own))
  const many = classes.length
  const sums = new Float64Array(size * many)
  const pairs = new Float64Array(many)
  const odds = new Float64Array(many)
  const sizes = Float64Array.from(classes, (one) => one.pairs)
  for (let p = 0; p < counts.length; p++) {
    const seen = counts[p] as number
    const from = p * count
    let total = possible
    for (let k = 0; k < many; k++) {
      let mine = sizes[k] as number
      for (let at = from; at < from + count; at++) mine *= tables[k * size + (rows[at] as number)] as number
      odds[k] = mine
      total += mine
    }
    for (let k = 0; k < many; k++) {
      const expected = (seen * (odds[k] as number)) / total
      pairs[k] = (pairs[k] as number) + expected
      for (let at = from; at < from + count; at++) {
        const place = k * size + (rows[at] as number)
        sums[place] = (sums[place] as number) + expected
      }
    }
  }
  return classes.map((_, k) => ({ pairs: pairs[k] as number, shares: model.comparisons.map((__, c) => sums.slice(k * size + (starts[c] as number), k * size + (starts[c + 1] as number))) }))
}

/** Log of how likely the patterns are, up to a constant. */
export function likelihoodOf(counted: Counted, classes: readonly PairClass[]): number {
  const ratio = classes.map(({ shares: own }) => ratiosOf(counted, own))
  let likelihood = 0
  for (let p = 0; p < counted.counts.length; p++) {
    let total = counted.possible
    for (let k = 0; k < ratio.length; k++) total += (classes[k] as PairClass).pairs * ((ratio[k] as Float64Array)[p] as number)
    likelihood += (counted.counts[p] as number) * Math.log(total)
  }
  return likelihood
}

/** How many times as often as strangers a class shows each pattern. */
export function ratiosOf(counted: Counted, shares: readonly Float64Array[]): Float64Array {
  const { model, rows, counts } = counted
  const count = model.comparisons.length
  const table = ratioTables(counted, [shares])
  const out = new Float64Array(counts.length)
  for (let p = 0; p < out.length; p++) {
    let product = 1
    for (let at = p * count; at < (p + 1) * count; at++) product *= table[rows[at] as number] as number
    out[p] = product
  }
  return out
}

/** How many times as often as strangers each class reaches each level: `tables[class * rows + row]`. */
function ratioTables({ model, starts }: Counted, classes: readonly (readonly Float64Array[])[]): Float64Array {
  const size = starts.at(-1) as number
  const tables = new Float64Array(size * classes.length)
  classes.forEach((rows, k) => {
    model.comparisons.forEach(({ u, kind }, c) => u.forEach((chance, level) => { tables[k * size + (starts[c] as number) + level] = isMissing(level, kind) ? 1 : (rows[c]?.[level] as number) / chance }))
  })
  return tables
}
