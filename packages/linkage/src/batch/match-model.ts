/** The Fellegi-Sunter model: for each comparison and level, how often pairs of one person (m) and of two (u) reach it, and the bits that follow. */
import { LEVELS, MISSING, type ComparisonKind } from './comparison-kinds.ts'
import { LEVEL_BASE } from './compare-range.ts'

export interface ComparisonModel {
  readonly name: string
  readonly kind: ComparisonKind
  /** Share of pairs of one person at each level, the missing level apart (0); sums to 1. */
  readonly m: Float64Array
  /** The same among pairs of two persons. */
  readonly u: Float64Array
  /** The same among pairs of relatives, who share some things and not others; null where the model knows none. */
  readonly related: Float64Array | null
  /** The same among pairs that share a place or the like beyond chance, and less than relatives do; null where the model knows none. */
  readonly neighbours: Float64Array | null
  /** Whether equality of a rare value weighs more than of a common one. */
  readonly term_frequency: boolean
  /** Place of the comparison that this one hangs on, as the district on the village; null for most. Its tables then hold every level twice: as things are, and, from `LEVELS[kind].length`, where that other comparison agrees exactly. */
  readonly given: number | null
}

/** What the levels of a pattern depend on. */
export type LevelShape = Pick<ComparisonModel, 'kind' | 'given'>

export interface MatchModel {
  /** Log2 of the odds that two records taken at random are the same. */
  readonly prior: number
  /** Log2 of how many pairs of relatives there are for each pair of strangers; -Infinity without such a class. */
  readonly related_prior: number
  /** The same of neighbours. */
  readonly neighbour_prior: number
  readonly comparisons: readonly ComparisonModel[]
}

/** Level of comparison c in a pattern. */
export function levelIn(pattern: number, c: number): number {
  return Math.floor(pattern / LEVEL_BASE ** c) % LEVEL_BASE
}

/** Rows of a comparison's tables. */
export function tableSize({ kind, given }: LevelShape): number {
  return LEVELS[kind].length * (given === null ? 1 : 2)
}

/** Whether the row says nothing: a value is missing. */
export function isMissing(row: number, kind: ComparisonKind): boolean {
  return row % LEVELS[kind].length === MISSING
}

/** One half of a table that holds every level twice; a table that does not has a first half alone. @param size levels of a half */
export function halfOf(table: Float64Array, size: number, second: boolean): Float64Array {
  return table.subarray(second ? size : 0, second ? size * 2 : size)
}

/** A table's halves, each changed for itself and put together again. */
export function byHalf(table: Float64Array, shape: LevelShape, change: (half: Float64Array, second: boolean) => Float64Array): Float64Array {
  if (shape.given === null) return change(table, false)
  const size = LEVELS[shape.kind].length
  const out = new Float64Array(size * 2)
  out.set(change(table.slice(0, size), false))
  out.set(change(table.slice(size), true), size)
  return out
}

/** Rows of the comparisons' tables for all patterns: `levels[pattern * comparisons + c]`. */
export function levelsOf(patterns: Float64Array, shapes: readonly LevelShape[]): Uint8Array {
  const comparisons = shapes.length
  const levels = new Uint8Array(patterns.length * comparisons)
  patterns.forEach((pattern, p) => {
    let rest = pattern
    for (let c = 0; c < comparisons; c++) {
      levels[p * comparisons + c] = rest % LEVEL_BASE
      rest = Math.floor(rest / LEVEL_BASE)
    }
  })
  // From plain levels, before any of them is moved to its second half.
  const agrees = shapes.map(({ given }) => given === null ? null : Uint8Array.from(patterns, (_, p) => (levels[p * comparisons + given] === exactLevel((shapes[given] as LevelShape).kind) ? 1 : 0)))
  shapes.forEach(({ kind }, c) => {
    agrees[c]?.forEach((yes, p) => { if (yes === 1) levels[p * comparisons + c] = (levels[p * comparisons + c] as number) + LEVELS[kind].length })
  })
  return levels
}

/** Bits of a level: log2 of m over u; nothing for a missing value. */
export function bits(comparison: ComparisonModel, level: number): number {
  return level === MISSING ? 0 : Math.log2((comparison.m[level] as number) / (comparison.u[level] as number))
}

/** Bits of each pattern before term frequencies: `match` of one person against strangers, prior included; `related` of relatives and neighbours against strangers. */
export function patternBits(model: MatchModel, levels: Uint8Array): { readonly match: Float64Array; readonly related: Float64Array } {
  const count = model.comparisons.length
  const against = (share: (comparison: ComparisonModel) => Float64Array | null): Float64Array[] => model.comparisons.map((comparison) =>
    comparison.u.map((chance, level) => (isMissing(level, comparison.kind) || share(comparison) === null ? 0 : Math.log2((share(comparison)?.[level] as number) / chance))))
  const sums = (prior: number, table: readonly Float64Array[]): Float64Array => {
    const out = new Float64Array(levels.length / count)
    for (let p = 0; p < out.length; p++) {
      let sum = prior
      for (let c = 0; c < count; c++) sum += (table[c] as Float64Array)[levels[p * count + c] as number] as number
      out[p] = sum
    }
    return out
  }
  const related = sums(model.related_prior, against((comparison) => comparison.related))
  if (model.neighbour_prior !== -Infinity) {
    const near = sums(model.neighbour_prior, against((comparison) => comparison.neighbours))
    related.forEach((one, p) => { related[p] = either(one, near[p] as number) })
  }
  return { match: sums(model.prior, against((comparison) => comparison.m)), related }
}

/** log2(2^a + 2^b) without overflow. */
function either(a: number, b: number): number {
  const more = Math.max(a, b)
  const less = Math.min(a, b)
  return less === -Infinity ? more : more + Math.log2(1 + 2 ** (less - more))
}

/** A pair's weight from its bits against strangers: being relatives is the other explanation of what agrees. */
export function againstRelatives(match: number, related: number): number {
  // Less than the last bit of 1.
  if (related < -54) return match
  return match - either(related, 0)
}

/** Probability from bits of odds. */
export function probability(weight: number): number {
  return weight > 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight)
}

export function exactLevel(kind: ComparisonKind): number {
  return LEVELS[kind].length - 1
}
