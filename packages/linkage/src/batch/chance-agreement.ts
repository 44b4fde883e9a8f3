/** How often two different records agree by chance (u): equality from the frequencies of values, other levels from pairs drawn at random. */
import { seeded, below } from '@ringmap/model/random'
import { comparer, type CompareJob } from './compare-range.ts'
import { LEVELS, MISSING } from './comparison-kinds.ts'
import { levelsOf } from './match-model.ts'
import type { Field } from './fields.ts'

/** Pairs drawn; where there are not more, all are taken. */
const DRAWN = 600_000

export interface DrawnPatterns {
  readonly patterns: readonly number[]
  /** Pairs by the place of their pattern. */
  readonly counts: ReadonlyMap<number, number>
}

/** u of each comparison by level; level 0 (missing) is left at 0. */
export function chanceAgreement(job: CompareJob, fields: readonly Field[], { patterns, counts }: DrawnPatterns): Float64Array[] {
  return levelCounts(job, patterns, counts).map((seen, c) => withExact(seen, exactChance(fields[(job.comparisons[c] as CompareJob['comparisons'][number]).field] as Field)))
}

/** Patterns of pairs drawn at random, and how many pairs have each. */
export function drawnPatterns(job: CompareJob, seed: number): DrawnPatterns {
  const compare = comparer(job)
  const counts = new Map<number, number>()
  const add = (a: number, b: number): void => {
    if (job.source !== null && job.source[a] === job.source[b]) return
    const id = compare.pattern(a, b)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const n = job.records
  if ((n * (n - 1)) / 2 <= DRAWN) {
    for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) add(a, b)
  } else {
    const random = seeded(seed)
    for (let i = 0; i < DRAWN; i++) {
      const a = below(random, n)
      const b = below(random, n)
      if (a !== b) add(a, b)
    }
  }
  return { patterns: compare.patterns, counts }
}

/** Pairs by comparison and level, from pairs by place of their pattern; level 0 (missing) is left at 0. */
export function levelCounts(job: CompareJob, patterns: readonly number[], counts: ReadonlyMap<number, number>): Float64Array[] {
  const levels = levelsOf(Float64Array.from(patterns), job.comparisons.map(({ kind }) => ({ kind, given: null })))
  return job.comparisons.map(({ kind }, c) => {
    const seen = new Float64Array(LEVELS[kind].length)
    for (const [id, count] of counts) {
      const level = levels[id * job.comparisons.length + c] as number
      seen[level] = (seen[level] as number) + count
    }
    seen[MISSING] = 0
    return seen
  })
}

/** Probability that two records with a value have the same: sum of n(n-1) over N(N-1). */
export function exactChance(field: Field): number {
  let filled = 0
  let equal = 0
  for (const n of field.counts) {
    filled += n
    equal += n * (n - 1)
  }
  return filled < 2 ? 0 : equal / (filled * (filled - 1))
}

/** Half a pair is added to every level, so that what was not drawn is rare and not impossible. */
export function withExact(seen: Float64Array, exact: number): Float64Array {
  const last = seen.length - 1
  const others = seen.reduce((sum, count, level) => (level === MISSING || level === last ? sum : sum + count + 0.5), 0)
  const drawn = others + (seen[last] as number)
  const u = seen.map((count, level) => (level === MISSING || level === last ? 0 : ((count + 0.5) / others)))
  const equal = Math.min(0.999, Math.max(exact, 0.5 / Math.max(drawn, 1) / 10, 1e-9))
  return u.map((share, level) => (level === last ? equal : share * (1 - equal)))
}
