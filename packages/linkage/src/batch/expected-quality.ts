/** What the model itself expects: the threshold of the best F1, and the pairs that blocking missed. */
import type { ComparedPairs } from './compare-range.ts'
import { againstRelatives, levelsOf, patternBits, probability, type MatchModel } from './match-model.ts'

export interface ExpectedBest {
  /** Bits. */
  readonly threshold: number
  readonly f1: number
  /** Expected pairs of one person among all. */
  readonly expected: number
}

/** Width of the steps in which thresholds are tried. */
const STEP = 0.25
const FROM = -20
const TO = 40
/** No pair is joined that is thought more likely two persons than this, however few matches there are to find. */
const LOWEST = -1

/**
 * The threshold with the highest expected F1 if the weights are true odds; it is the one whose own probability is half that F1 (Lipton, Elkan & Naryanaswamy 2014).
 *
 * @param elsewhere expected pairs of one person among others, too weak for any threshold.
 */
export function expectedBest(weights: Float32Array, elsewhere = 0): ExpectedBest {
  const size = Math.round((TO - FROM) / STEP) + 1
  const counts = new Float64Array(size)
  const expected = new Float64Array(size)
  let total = elsewhere
  for (const weight of weights) {
    if (Number.isNaN(weight)) continue
    const p = probability(weight)
    total += p
    const bin = Math.max(0, Math.min(size - 1, Math.floor((weight - FROM) / STEP)))
    counts[bin] = (counts[bin] as number) + 1
    expected[bin] = (expected[bin] as number) + p
  }
  let found = 0
  let right = 0
  let best: ExpectedBest = { threshold: 0, f1: 0, expected: total }
  for (let bin = size - 1; bin >= 0; bin--) {
    found += counts[bin] as number
    right += expected[bin] as number
    const f1 = found + total === 0 ? 0 : (2 * right) / (found + total)
    if (f1 > best.f1 && FROM + bin * STEP >= LOWEST) best = { threshold: FROM + bin * STEP, f1, expected: total }
  }
  return best
}

/**
 * Pairs of one person still missing: Chao's lower bound from how many expected matches one rule alone found and how many exactly two (Chao 1987), less what was then found across clusters.
 *
 * @param from_rules how many of the pairs, the first, came from rules.
 */
export function missedPairs(pairs: ComparedPairs, model: MatchModel, weights: Float32Array, from_rules: number): number {
  const { match, related } = patternBits(model, levelsOf(pairs.patterns, model.comparisons))
  let once = 0
  let twice = 0
  match.forEach((weight, p) => {
    const chance = probability(againstRelatives(weight, related[p] as number))
    once += chance * (pairs.by_times[p * 2] ?? 0)
    twice += chance * (pairs.by_times[p * 2 + 1] ?? 0)
  })
  let beyond = 0
  for (let i = from_rules; i < weights.length; i++) beyond += Number.isNaN(weights[i]) ? 0 : probability(weights[i] as number)
  return once < 1 ? 0 : Math.max(0, (once * once) / (2 * Math.max(twice, 1)) - beyond)
}
