/** What the comparison of two values answers: a verdict, its weight in bits, the reason in words, and the parts that add up to the weight. */

export type Verdict = 'match' | 'review' | 'nonmatch'

export interface Part {
  /** What was compared: `ashraf ~ ashraf`, `family name`. */
  readonly on: string
  readonly left: string
  readonly right: string
  readonly level: string
  /** Bits: log2 of how much likelier this is for one person or thing than for two. */
  readonly weight: number
}

export interface PairVerdict {
  readonly verdict: Verdict
  /** Sum of the parts. Comparable within a kind; not a probability. */
  readonly weight: number
  readonly reason: string
  readonly parts: readonly Part[]
}

export function pairVerdict(verdict: Verdict, reason: string, parts: readonly Part[]): PairVerdict {
  return { verdict, weight: Math.round(parts.reduce((sum, part) => sum + part.weight, 0) * 100) / 100, reason, parts }
}

/** For values compared as a whole. */
export function wholeVerdict(verdict: Verdict, weight: number, reason: string, values: { readonly on: string; readonly left: string; readonly right: string }): PairVerdict {
  return pairVerdict(verdict, reason, [{ ...values, level: verdict, weight }])
}
