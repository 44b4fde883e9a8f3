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
  /** Whether equality of a rare value weighs more than of a common one. */
  readonly term_frequency: boolean
}

export interface MatchModel {
  /** Log2 of the odds that two records taken at random are the same. */
  readonly prior: number
  readonly comparisons: readonly ComparisonModel[]
}

/** Level of comparison c in a pattern. */
export function levelIn(pattern: number, c: number): number {
  return Math.floor(pattern / LEVEL_BASE ** c) % LEVEL_BASE
}

/** Levels of all patterns: `levels[pattern * comparisons + c]`. */
export function levelsOf(patterns: Float64Array, comparisons: number): Uint8Array {
  const levels = new Uint8Array(patterns.length * comparisons)
  patterns.forEach((pattern, p) => {
    let rest = pattern
    for (let c = 0; c < comparisons; c++) {
      levels[p * comparisons + c] = rest % LEVEL_BASE
      rest = Math.floor(rest / LEVEL_BASE)
    }
  })
  return levels
}

/** Bits of a level: log2 of m over u; nothing for a missing value. */
export function bits(comparison: ComparisonModel, level: number): number {
  return level === MISSING ? 0 : Math.log2((comparison.m[level] as number) / (comparison.u[level] as number))
}

/** Bits of each pattern, prior included, before term frequencies. */
export function patternBits(model: MatchModel, levels: Uint8Array): Float64Array {
  const count = model.comparisons.length
  const table = model.comparisons.map((comparison) => Float64Array.from(LEVELS[comparison.kind], (_, level) => bits(comparison, level)))
  const out = new Float64Array(levels.length / count)
  for (let p = 0; p < out.length; p++) {
    let sum = model.prior
    for (let c = 0; c < count; c++) sum += (table[c] as Float64Array)[levels[p * count + c] as number] as number
    out[p] = sum
  }
  return out
}

/** Probability from bits of odds. */
export function probability(weight: number): number {
  return weight > 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight)
}

export function exactLevel(kind: ComparisonKind): number {
  return LEVELS[kind].length - 1
}
