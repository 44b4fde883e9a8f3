/** Chance agreement without the pairs of one person that stand among the random ones: in a small or much repeated table they are most of what agrees nearly. */
import { levelCounts, withExact, type DrawnPatterns } from './chance-agreement.ts'
import type { CompareJob } from './compare-range.ts'
import { DIFFERENT, LEVELS } from './comparison-kinds.ts'
import { againstRelatives, exactLevel, halfOf, levelsOf, patternBits, probability, type MatchModel } from './match-model.ts'

/** Least share of a level's chance pairs that one person's must make up for the chances to be learned anew. */
const LEAST_SHARE = 0.02

/** Whether some level short of equality is reached by random pairs of one person nearly as often as by strangers. */
export function mixedWithMatches(model: MatchModel): boolean {
  const odds = 2 ** model.prior
  return model.comparisons.some(({ kind, m, u }) => LEVELS[kind].some((_, level) => level > DIFFERENT && level < exactLevel(kind) && odds * (m[level] as number) > LEAST_SHARE * (u[level] as number)))
}

/**
 * The model with chances in which each random pair counts as far as it is not of one person: the step of expectation maximisation that fixed chances leave out (Winkler 1988). Equality keeps the chance that the
 * values' frequencies over clusters give; where a comparison hangs on another, the half in which that one agrees keeps its own.
 *
 * @param drawn pairs of the same job, drawn at random.
 */
export function withoutMatches(job: CompareJob, model: MatchModel, drawn: DrawnPatterns): (model: MatchModel) => MatchModel {
  const levels = levelsOf(Float64Array.from(drawn.patterns), model.comparisons)
  return (current) => {
    const { match, related } = patternBits(current, levels)
    const strangers = new Map([...drawn.counts].map(([id, count]) => [id, count * (1 - probability(againstRelatives(match[id] as number, related[id] as number)))]))
    const seen = levelCounts(job, drawn.patterns, strangers)
    return { ...current, comparisons: current.comparisons.map((comparison, c) => {
      const size = LEVELS[comparison.kind].length
      const u = Float64Array.from(comparison.u)
      u.set(withExact(seen[c] as Float64Array, halfOf(comparison.u, size, false)[size - 1] as number))
      return { ...comparison, u }
    }) }
  }
}
