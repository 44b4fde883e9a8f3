/** One pass of expectation over all patterns for pairs of one person, of relatives and of strangers: how many are expected of each, and at which levels. */
import { isMissing, type MatchModel } from './match-model.ts'

/** What expectation maximisation works on: patterns with their counts, and the model that gives strangers. */
export interface Counted {
  readonly model: MatchModel
  /** By pattern, as `levelsOf`. */
  readonly levels: Uint8Array
  readonly counts: Float64Array
  readonly possible: number
}

/** Shares of the levels of two classes, by comparison, and how many pairs they are. */
export interface TwoClasses {
  readonly own: readonly Float64Array[]
  readonly related: readonly Float64Array[]
  readonly matches: number
  readonly relatives: number
}

export interface ExpectedClasses {
  /** Expected pairs of one person and of relatives, in all and by level of each comparison. */
  readonly one: number
  readonly some: number
  readonly same: readonly Float64Array[]
  readonly sums: readonly Float64Array[]
}

/** Rows of a comparison in a flat table: no kind has more, twice. */
const ROWS = 16

export function expectedClasses({ model, levels, counts, possible }: Counted, classes: TwoClasses): ExpectedClasses {
  const { matches, relatives } = classes
  const count = model.comparisons.length
  const own = ratioTable(model, classes.own)
  const kin = ratioTable(model, classes.related)
  const sums = new Float64Array(count * ROWS)
  const same = new Float64Array(count * ROWS)
  let one = 0
  let some = 0
  for (let p = 0, from = 0; p < counts.length; p++, from += count) {
    let m = 1
    let r = 1
    for (let c = 0, row = 0; c < count; c++, row += ROWS) {
      const at = row + (levels[from + c] as number)
      m *= own[at] as number
      r *= kin[at] as number
    }
    m *= matches
    r *= relatives
    const total = m + r + possible
    const pairs = counts[p] as number
    const matching = (pairs * m) / total
    const related = (pairs * r) / total
    one += matching
    some += related
    for (let c = 0, row = 0; c < count; c++, row += ROWS) {
      const at = row + (levels[from + c] as number)
      sums[at] = (sums[at] as number) + related
      same[at] = (same[at] as number) + matching
    }
  }
  const byComparison = (flat: Float64Array): Float64Array[] => model.comparisons.map(({ u }, c) => flat.slice(c * ROWS, c * ROWS + u.length))
  return { one, some, same: byComparison(same), sums: byComparison(sums) }
}

/** Log of how likely the patterns are, up to a constant. */
export function likelihoodOf(counted: Counted, classes: TwoClasses): number {
  const match = ratios(counted, classes.own)
  const kin = ratios(counted, classes.related)
  let likelihood = 0
  for (let p = 0; p < match.length; p++) likelihood += (counted.counts[p] as number) * Math.log(classes.matches * (match[p] as number) + classes.relatives * (kin[p] as number) + counted.possible)
  return likelihood
}

/** How many times as often as strangers a class shows each pattern. */
export function ratios({ model, levels, counts }: Counted, rows: readonly Float64Array[]): Float64Array {
  const count = model.comparisons.length
  const table = ratioTable(model, rows)
  const out = new Float64Array(counts.length)
  for (let p = 0; p < out.length; p++) {
    let product = 1
    for (let c = 0; c < count; c++) product *= table[c * ROWS + (levels[p * count + c] as number)] as number
    out[p] = product
  }
  return out
}

/** Share of each level over that of strangers; 1 for what is missing. */
function ratioTable(model: MatchModel, rows: readonly Float64Array[]): Float64Array {
  const table = new Float64Array(model.comparisons.length * ROWS)
  model.comparisons.forEach(({ u, kind }, c) => {
    rows[c]?.forEach((share, level) => { table[c * ROWS + level] = isMissing(level, kind) ? 1 : share / (u[level] as number) })
  })
  return table
}
