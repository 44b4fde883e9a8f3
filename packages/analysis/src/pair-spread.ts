/**
 * Sum over all pairs of m(i) m(j) |x(i) - x(j)| in O(n): sorted by a radix sort, then summed over the gaps between neighbours in the order, each gap
 * counted once for every pair on its two sides (Brandes & Fleischer 2005 sort for the same sum).
 * Above `SMALL` values the order is that of a 32-bit fixed point: values nearer than 2^-32 of the range may stand in the wrong order, which changes the
 * sum by less than n 2^-32 of itself at the very worst and by rounding in practice.
 */

export interface SpreadScratch {
  readonly key: Uint32Array
  readonly order: Uint32Array
  readonly other: Uint32Array
  readonly count: Uint32Array
}

const SMALL = 40

export function spreadScratch(most: number): SpreadScratch {
  return { key: new Uint32Array(most), order: new Uint32Array(most), other: new Uint32Array(most), count: new Uint32Array(most > SMALL ? 3 * 2048 : 0) }
}

export function pairSpread(values: Float64Array, counts: Float64Array, length: number, scratch: SpreadScratch): number {
  const order = length <= SMALL ? inserted(values, length, scratch) : radix(values, length, scratch)
  let total = 0
  for (let i = 0; i < length; i++) total += counts[i]
  let below = 0
  let sum = 0
  let last = values[order[0]]
  for (let i = 0; i < length; i++) {
    const at = order[i]
    const x = values[at]
    sum += (x - last) * below * (total - below)
    below += counts[at]
    last = x
  }
  return sum
}

function inserted(values: Float64Array, length: number, scratch: SpreadScratch): Uint32Array {
  const { order } = scratch
  for (let i = 0; i < length; i++) {
    const x = values[i]
    let j = i
    while (j > 0 && values[order[j - 1]] > x) {
      order[j] = order[j - 1]
      j--
    }
    order[j] = i
  }
  return order
}

function radix(values: Float64Array, length: number, scratch: SpreadScratch): Uint32Array {
  const { key, order, other, count } = scratch
  let least = values[0]
  let most = values[0]
  for (let i = 1; i < length; i++) {
    const x = values[i]
    if (x < least) least = x
    else if (x > most) most = x
  }
  const scale = most > least ? 4294967295 / (most - least) : 0
  count.fill(0)
  for (let i = 0; i < length; i++) {
    const k = ((values[i] - least) * scale) >>> 0
    key[i] = k
    count[k & 2047]++
    count[2048 + ((k >>> 11) & 2047)]++
    count[4096 + (k >>> 22)]++
  }
  let a = 0
  let b = 0
  let c = 0
  for (let d = 0; d < 2048; d++) {
    const na = count[d]
    const nb = count[2048 + d]
    const nc = count[4096 + d]
    count[d] = a
    count[2048 + d] = b
    count[4096 + d] = c
    a += na
    b += nb
    c += nc
  }
  for (let i = 0; i < length; i++) order[count[key[i] & 2047]++] = i
  for (let i = 0; i < length; i++) {
    const at = order[i]
    other[count[2048 + ((key[at] >>> 11) & 2047)]++] = at
  }
  for (let i = 0; i < length; i++) {
    const at = other[i]
    order[count[4096 + (key[at] >>> 22)]++] = at
  }
  return order
}
