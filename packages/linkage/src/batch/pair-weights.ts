/** Weight of every compared pair in bits: its pattern's, and what the rarity of the shared values adds. */
import type { ComparedPairs, CompareJob } from './compare-range.ts'
import { againstRelatives, exactLevel, levelsOf, patternBits, type MatchModel } from './match-model.ts'
import type { Field } from './fields.ts'
import { frequencyBits } from './term-frequencies.ts'

type WeighedPairs = Pick<ComparedPairs, 'left' | 'pattern' | 'patterns'>

/** @param groups clusters of an earlier pass: then a value is as common as the clusters that have it. */
export function pairWeights(job: CompareJob, fields: readonly Field[], pairs: WeighedPairs, model: MatchModel, groups: Uint32Array | null = null): Float32Array {
  return weightsOf(job, rarities(fields, model, groups), pairs, model)
}

/** Bits that each value of each comparison adds when a pair agrees on it; null where rarity counts for nothing. */
export function rarities(fields: readonly Field[], model: MatchModel, groups: Uint32Array | null): (Float32Array | null)[] {
  return model.comparisons.map((comparison, c) => (comparison.term_frequency ? frequencyBits(fields[c] as Field, comparison, groups) : null))
}

/** The same from rarities at hand. */
export function weightsOf(job: Pick<CompareJob, 'codes' | 'fields' | 'comparisons'>, rarity: readonly (Float32Array | null)[], pairs: WeighedPairs, model: MatchModel): Float32Array {
  const count = model.comparisons.length
  const levels = levelsOf(pairs.patterns, model.comparisons)
  const { match, related } = patternBits(model, levels)
  const adjusted = model.comparisons.flatMap((comparison, c) => { const bits = rarity[c]; return bits === null || bits === undefined ? [] : [{ c, exact: exactLevel(comparison.kind), field: (job.comparisons[c] as { field: number }).field, rarity: bits }] })
  const weights = new Float32Array(pairs.left.length)
  for (const { c, exact, field, rarity } of adjusted) {
    const agrees = Uint8Array.from(match, (_, p) => (levels[p * count + c] === exact ? 1 : 0))
    for (let i = 0; i < weights.length; i++) {
      if (agrees[pairs.pattern[i] as number] === 1) weights[i] = (weights[i] as number) + (rarity[job.codes[(pairs.left[i] as number) * job.fields + field] as number] as number)
    }
  }
  for (let i = 0; i < weights.length; i++) {
    const p = pairs.pattern[i] as number
    const rarity = weights[i] as number
    weights[i] = againstRelatives((match[p] as number) + rarity, (related[p] as number) + rarity)
  }
  return weights
}
