/** Weight of every compared pair in bits: its pattern's, and what the rarity of the shared values adds. */
import type { ComparedPairs, CompareJob } from './compare-range.ts'
import { againstRelatives, exactLevel, levelsOf, patternBits, type MatchModel } from './match-model.ts'
import type { Field } from './fields.ts'
import type { LinkThreads } from './link-threads.ts'
import { buffer, sharedCopy } from './shared-arrays.ts'
import { frequencyBits } from './term-frequencies.ts'

type WeighedPairs = Pick<ComparedPairs, 'left' | 'pattern' | 'patterns'>

/** A stretch of pairs to be weighed; all arrays but the rarities are shared with the threads that do it. */
export interface WeighTask {
  readonly from: number
  readonly to: number
  readonly left: Uint32Array
  readonly pattern: Uint32Array
  /** Bits of each pattern, as `patternBits`. */
  readonly match: Float64Array
  readonly related: Float64Array
  readonly adjusted: readonly Adjusted[]
  /** Filled from `from` to `to`. */
  readonly weights: Float32Array
}

/** A comparison whose rare values weigh more. */
interface Adjusted {
  /** Of the code matrix. */
  readonly field: number
  /** 1 for patterns that agree exactly. */
  readonly agrees: Uint8Array
  /** Bits of each value. */
  readonly rarity: Float32Array
}

type Codes = Pick<CompareJob, 'codes' | 'fields' | 'comparisons'>

/** Pairs of one task, and of one pass within it: their weights stay near the processor. */
const STRETCH = 500_000
const PASS = 4096

/** @param groups clusters of an earlier pass: then a value is as common as the clusters that have it. */
export function pairWeights(job: CompareJob, fields: readonly Field[], pairs: WeighedPairs, model: MatchModel, groups: Uint32Array | null = null): Float32Array {
  return weightsOf(job, rarities(fields, model, groups), pairs, model)
}

/** The same, shared among threads that have the job. */
export async function pairWeightsOn(threads: LinkThreads, job: CompareJob, fields: readonly Field[], pairs: WeighedPairs, model: MatchModel, groups: Uint32Array | null): Promise<Float32Array> {
  const whole = weighTask(job, rarities(fields, model, groups), pairs, model)
  const stretches = Array.from({ length: Math.ceil(pairs.left.length / STRETCH) }, (_, i) => ({ ...whole, from: i * STRETCH, to: Math.min((i + 1) * STRETCH, pairs.left.length) }))
  await Promise.all(stretches.map(async (stretch) => await threads.run({ kind: 'weigh', ...stretch }, stretches.length > 1)))
  return whole.weights
}

/** Bits that each value of each comparison adds when a pair agrees on it; null where rarity counts for nothing. */
export function rarities(fields: readonly Field[], model: MatchModel, groups: Uint32Array | null): (Float32Array | null)[] {
  return model.comparisons.map((comparison, c) => (comparison.term_frequency ? frequencyBits(fields[c] as Field, comparison, groups) : null))
}

/** The same from rarities at hand. */
export function weightsOf(job: Codes, rarity: readonly (Float32Array | null)[], pairs: WeighedPairs, model: MatchModel): Float32Array {
  const task = weighTask(job, rarity, pairs, model)
  weighRange(job, task)
  return task.weights
}

function weighTask(job: Codes, rarity: readonly (Float32Array | null)[], { left, pattern, patterns }: WeighedPairs, model: MatchModel): WeighTask {
  const count = model.comparisons.length
  const levels = levelsOf(patterns, model.comparisons)
  const { match, related } = patternBits(model, levels)
  const adjusted = model.comparisons.flatMap((comparison, c): Adjusted[] => {
    const bits = rarity[c] ?? null
    if (bits === null) return []
    const agrees = new Uint8Array(buffer(patterns.length))
    const exact = exactLevel(comparison.kind)
    for (let p = 0; p < agrees.length; p++) agrees[p] = levels[p * count + c] === exact ? 1 : 0
    return [{ field: (job.comparisons[c] as { field: number }).field, agrees, rarity: bits }]
  })
  return { from: 0, to: left.length, left, pattern, match: sharedCopy(match), related: sharedCopy(related), adjusted, weights: new Float32Array(buffer(left.length * 4)) }
}

export function weighRange(job: Codes, task: WeighTask): object {
  const { codes, fields } = job
  const { left, pattern, match, related, weights } = task
  for (let from = task.from; from < task.to; from += PASS) {
    const to = Math.min(from + PASS, task.to)
    for (const { field, agrees, rarity } of task.adjusted) {
      for (let i = from; i < to; i++) {
        if (agrees[pattern[i] as number] === 1) weights[i] = (weights[i] as number) + (rarity[codes[(left[i] as number) * fields + field] as number] as number)
      }
    }
    for (let i = from; i < to; i++) {
      const p = pattern[i] as number
      const rare = weights[i] as number
      weights[i] = againstRelatives((match[p] as number) + rare, (related[p] as number) + rare)
    }
  }
  return {}
}
