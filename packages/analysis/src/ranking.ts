/** Ranks from values: 1 is best, ties share the better rank (competition ranking), and rounding never decides an order. */

/** Which end of a measure is first. */
export type Direction = 'high' | 'low'

/** Values that differ by less than this share of the larger one are the same. */
export const SAME = 1e-9

/**
 * Rank of each eligible node among the eligible; 0 for the others. A value without a number (NaN) stands after all others.
 * @param eligible 1 for those who are ranked; null ranks everyone.
 */
export function ranksOf(values: Float64Array, eligible: Uint8Array | null, direction: Direction): Uint32Array {
  const order = orderOf(values, eligible, direction)
  const ranks = new Uint32Array(values.length)
  let rank = 0
  let lead = 0
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]]
    // Each group is compared with its first, so that a chain of near-equal values cannot join far ones.
    if (i === 0 || !same(lead, value)) {
      rank = i + 1
      lead = value
    }
    ranks[order[i]] = rank
  }
  return ranks
}

/** Eligible nodes, best first; equal values by node. */
export function orderOf(values: Float64Array, eligible: Uint8Array | null, direction: Direction): Uint32Array {
  let count = 0
  for (let v = 0; v < values.length; v++) if (eligible === null || eligible[v] !== 0) count++
  const order = new Uint32Array(count)
  count = 0
  for (let v = 0; v < values.length; v++) if (eligible === null || eligible[v] !== 0) order[count++] = v
  const sign = direction === 'high' ? -1 : 1
  order.sort((a, b) => {
    const x = values[a]
    const y = values[b]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return x === y ? a - b : x < y ? -sign : sign
  })
  // Values that are the same but for rounding stand in the order of their nodes, too.
  let from = 0
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && same(values[order[from]], values[order[i]])) continue
    order.subarray(from, i).sort()
    from = i
  }
  return order
}

/** Equal but for rounding; two missing numbers are the same. */
export function same(a: number, b: number): boolean {
  if (Number.isNaN(a)) return Number.isNaN(b)
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b))
}
