/** A second look at the model once there are clusters: how values spread over clusters, how pairs within clusters agree, how pairs across them do. */
import type { ComparedPairs, CompareJob } from './compare-range.ts'
import { MISSING } from './comparison-kinds.ts'
import { agreeingOn, twofold } from './dependences.ts'
import { mostDifferent, withDifferent } from './expectation.ts'
import { byHalf, exactLevel, halfOf, levelsOf, type MatchModel } from './match-model.ts'
import type { Field } from './fields.ts'
import { distinctGroups } from './term-frequencies.ts'

/** Pairs within clusters that are needed to learn from them. */
const FEWEST = 50

/**
 * New m from pairs within clusters, new chance of equality from values counted once a cluster. The prior is left to the caller.
 *
 * @param elsewhere pairs within clusters that are not among the pairs, by pattern.
 * @param seed of the pairs drawn for columns that hang on others.
 */
export function relearned(job: CompareJob, fields: readonly Field[], pairs: Pick<ComparedPairs, 'left' | 'right' | 'pattern' | 'patterns'>, model: MatchModel, cluster: Uint32Array, seed: number, elsewhere: Float64Array | null = null): MatchModel {
  const count = model.comparisons.length
  const levels = levelsOf(pairs.patterns, model.comparisons)
  const within = new Float64Array(pairs.patterns.length)
  for (let i = 0; i < pairs.left.length; i++) if (cluster[pairs.left[i] as number] === cluster[pairs.right[i] as number]) within[pairs.pattern[i] as number] = (within[pairs.pattern[i] as number] as number) + 1
  elsewhere?.forEach((n, p) => { within[p] = (within[p] as number) + n })
  const exact = fields.map((field) => exactAcross(field, cluster))
  const agreeing = new Map<number, Float64Array[]>()
  const comparisons = model.comparisons.map((comparison, c) => {
    const last = exactLevel(comparison.kind)
    const { given } = comparison
    const equal = exact[c] as number
    const whole = comparison.u.slice(0, last + 1)
    const rest = 1 - (whole[last] as number)
    const u = whole.map((share, level) => (level === MISSING ? 0 : level === last ? equal : (share / rest) * (1 - equal)))
    if (given !== null && !agreeing.has(given)) agreeing.set(given, agreeingOn(job, fields[given] as Field, given, seed, cluster))
    const sums = new Float64Array(comparison.m.length)
    for (let p = 0; p < within.length; p++) sums[levels[p * count + c] as number] = (sums[levels[p * count + c] as number] as number) + (within[p] as number)
    const m = byHalf(sums, comparison, (half, second) => {
      let total = 0
      half.forEach((n, level) => { if (level !== MISSING) total += n + 0.5 })
      return total > FEWEST ? withDifferent(half.map((n, level) => (level === MISSING ? 0 : (n + 0.5) / total)), 0, mostDifferent(comparison, second)) : halfOf(comparison.m, half.length, second)
    })
    return { ...comparison, m, u: given === null ? u : twofold(u, agreeing.get(given)?.[c] as Float64Array, exact[given] as number) }
  })
  return { ...model, comparisons }
}

/** Probability that records of two clusters have the same value. */
function exactAcross(field: Field, cluster: Uint32Array): number {
  const spread = distinctGroups(field, cluster)
  let equal = 0
  for (const n of spread.counts) equal += n * (n - 1)
  return Math.max(1e-9, Math.min(0.999, equal / Math.max(spread.total * (spread.total - 1), 1)))
}
