/** A second look at the model once there are clusters: how values spread over clusters, how pairs within clusters agree, how pairs across them do. */
import type { ComparedPairs, CompareJob } from './compare-range.ts'
import { LEVELS, MISSING } from './comparison-kinds.ts'
import { MOST_DIFFERENT, withDifferent } from './expectation.ts'
import { exactLevel, levelsOf, type MatchModel } from './match-model.ts'
import type { Field } from './fields.ts'
import { distinctGroups } from './term-frequencies.ts'

/** Pairs within clusters that are needed to learn from them. */
const FEWEST = 50

/** New m from pairs within clusters, new chance of equality from values counted once a cluster. The prior is left to the caller. */
export function relearned(job: CompareJob, fields: readonly Field[], pairs: Pick<ComparedPairs, 'left' | 'right' | 'pattern' | 'patterns'>, model: MatchModel, cluster: Uint32Array): MatchModel {
  const count = model.comparisons.length
  const levels = levelsOf(pairs.patterns, count)
  const within = new Float64Array(pairs.patterns.length)
  for (let i = 0; i < pairs.left.length; i++) if (cluster[pairs.left[i] as number] === cluster[pairs.right[i] as number]) within[pairs.pattern[i] as number] = (within[pairs.pattern[i] as number] as number) + 1
  const comparisons = model.comparisons.map((comparison, c) => {
    const last = exactLevel(comparison.kind)
    const spread = distinctGroups(fields[c] as Field, cluster)
    let equal = 0
    for (const n of spread.counts) equal += n * (n - 1)
    const exact = Math.max(1e-9, Math.min(0.999, equal / Math.max(spread.total * (spread.total - 1), 1)))
    const rest = 1 - (comparison.u[last] as number)
    const u = comparison.u.map((share, level) => (level === MISSING ? 0 : level === last ? exact : (share / rest) * (1 - exact)))
    const sums = new Float64Array(LEVELS[comparison.kind].length)
    for (let p = 0; p < within.length; p++) sums[levels[p * count + c] as number] = (sums[levels[p * count + c] as number] as number) + (within[p] as number)
    let total = 0
    sums.forEach((n, level) => { if (level !== MISSING) total += n + 0.5 })
    const m = total > FEWEST ? withDifferent(sums.map((n, level) => (level === MISSING ? 0 : (n + 0.5) / total)), 0, MOST_DIFFERENT) : comparison.m
    return { ...comparison, m, u }
  })
  return { ...model, comparisons }
}
