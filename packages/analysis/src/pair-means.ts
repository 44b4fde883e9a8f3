/** Mean distance of each of some values from the others: the part of a U-statistic that each drawn end has. Few values are compared each with each, more are sorted on 16 bits of their range. */

export interface PairMeans {
  readonly value: Float64Array
  readonly mean: Float64Array
  readonly order: Uint32Array
  readonly other: Uint32Array
  readonly key: Uint32Array
  readonly count: Uint32Array
}

export function pairMeans(most: number): PairMeans {
  return { value: new Float64Array(most), mean: new Float64Array(most), order: new Uint32Array(most), other: new Uint32Array(most), key: new Uint32Array(most), count: new Uint32Array(512) }
}

/** Up to so many values comparing all pairs is quicker than sorting (measured: half the time at 32, twice at 64). */
const FEW = 40

/** Adds to `mean` of each i the mean over the others j of |value(i) - value(j)|. */
export function addMeans(scratch: PairMeans, length: number): void {
  if (length <= FEW) addCompared(scratch, length)
  else addSorted(scratch, length)
}

function addCompared({ value, mean }: PairMeans, length: number): void {
  const four = length - (length % 4)
  for (let i = 0; i < length; i++) {
    const x = value[i]
    let a = 0, b = 0, c = 0, d = 0
    for (let j = 0; j < four; j += 4) {
      a += Math.abs(x - value[j])
      b += Math.abs(x - value[j + 1])
      c += Math.abs(x - value[j + 2])
      d += Math.abs(x - value[j + 3])
    }
    for (let j = four; j < length; j++) a += Math.abs(x - value[j])
    mean[i] += (a + b + c + d) / (length - 1)
  }
}

function addSorted(scratch: PairMeans, length: number): void {
  const { value, mean, order, other, key, count } = scratch
  let least = value[0]
  let most = value[0]
  let total = 0
  for (let i = 0; i < length; i++) {
    const x = value[i]
    total += x
    if (x < least) least = x
    else if (x > most) most = x
  }
  const scale = most > least ? 65535 / (most - least) : 0
  count.fill(0)
  for (let i = 0; i < length; i++) {
    const key16 = ((value[i] - least) * scale) | 0
    key[i] = key16
    count[key16 & 255]++
    count[256 + (key16 >>> 8)]++
  }
  let a = 0
  let b = 0
  for (let d = 0; d < 256; d++) {
    const na = count[d]
    const nb = count[256 + d]
    count[d] = a
    count[256 + d] = b
    a += na
    b += nb
  }
  for (let i = 0; i < length; i++) order[count[key[i] & 255]++] = i
  for (let i = 0; i < length; i++) other[count[256 + (key[order[i]] >>> 8)]++] = order[i]
  let below = 0
  for (let i = 0; i < length; i++) {
    const at = other[i]
    const x = value[at]
    // Those before it are lower, those behind it are higher.
    mean[at] += (x * i - below + (total - below - x) - x * (length - 1 - i)) / (length - 1)
    below += x
  }
}
