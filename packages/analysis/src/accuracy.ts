/** How well an order finds the known ones: average precision, recall among the first k and ROC AUC, with equal values taken together. */
import { ranksOf, type Direction } from './ranking.ts'

/**
 * AP = sum over groups of equal values, best first, of (recall gained) * (precision up to and with the group).
 * NaN where nobody eligible is positive.
 */
export function averagePrecision(values: Float64Array, positives: Uint8Array, eligible: Uint8Array | null, direction: Direction): number {
  const groups = grouped(values, positives, eligible, direction)
  let ap = 0
  let seen = 0
  let found = 0
  for (const group of groups) {
    seen += group.size
    found += group.positives
    ap += group.positives * (found / seen)
  }
  return ap / found
}

/** Share of the positives among the first k, as its expectation where a tie runs over the edge. NaN where nobody is positive. */
export function recallAt(k: number, values: Float64Array, positives: Uint8Array, eligible: Uint8Array | null, direction: Direction): number {
  let left = k
  let found = 0
  let all = 0
  for (const group of grouped(values, positives, eligible, direction)) {
    const taken = Math.min(left, group.size)
    found += (group.positives * taken) / group.size
    left -= taken
    all += group.positives
  }
  return found / all
}

/** Share of pairs (positive, other) in the right order, half for a tie (Mann & Whitney 1947). NaN without such a pair. */
export function rocAuc(values: Float64Array, positives: Uint8Array, eligible: Uint8Array | null, direction: Direction): number {
  let right = 0
  let others = 0
  let all = 0
  for (const group of grouped(values, positives, eligible, direction).toReversed()) {
    const rest = group.size - group.positives
    right += group.positives * (others + rest / 2)
    others += rest
    all += group.positives
  }
  return right / (all * others)
}

interface Group {
  readonly size: number
  readonly positives: number
}

/** Groups of equal rank, best first. */
function grouped(values: Float64Array, positives: Uint8Array, eligible: Uint8Array | null, direction: Direction): readonly Group[] {
  const ranks = ranksOf(values, eligible, direction)
  const size = new Uint32Array(values.length + 1)
  const hits = new Uint32Array(values.length + 1)
  for (let v = 0; v < values.length; v++) {
    if (ranks[v] === 0) continue
    size[ranks[v]]++
    if (positives[v] !== 0) hits[ranks[v]]++
  }
  const groups: Group[] = []
  for (let r = 1; r <= values.length; r++) if (size[r] > 0) groups.push({ size: size[r], positives: hits[r] })
  return groups
}
