/** Links from the strongest to the weakest: radix sort on the bits of their weights; equal weights keep record order. */

/** Places of the weights of at least `threshold`, best first. NaN is below everything. */
export function strongestFirst(weights: Float32Array, threshold: number): Uint32Array {
  const floats = new Uint32Array(weights.buffer, weights.byteOffset, weights.length)
  let count = 0
  for (const weight of weights) if (weight >= threshold) count++
  let order = new Uint32Array(count)
  let keys = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < weights.length; i++) {
    if (!((weights[i] as number) >= threshold)) continue
    order[at] = i
    keys[at++] = descending(floats[i] as number)
  }
  let order2 = new Uint32Array(count)
  let keys2 = new Uint32Array(count)
  for (let shift = 0; shift < 32; shift += 16) {
    const starts = new Uint32Array(65_537)
    for (let i = 0; i < count; i++) starts[(((keys[i] as number) >>> shift) & 0xffff) + 1] = (starts[(((keys[i] as number) >>> shift) & 0xffff) + 1] as number) + 1
    for (let i = 0; i < 65_536; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
    for (let i = 0; i < count; i++) {
      const bucket = ((keys[i] as number) >>> shift) & 0xffff
      const to = starts[bucket] as number
      starts[bucket] = to + 1
      keys2[to] = keys[i] as number
      order2[to] = order[i] as number
    }
    ;[keys, keys2] = [keys2, keys]
    ;[order, order2] = [order2, order]
  }
  return order
}

/** Bits of a float as a number that falls as the float rises. */
function descending(bits: number): number {
  return ((bits & 0x80000000) !== 0 ? bits : ~(bits | 0x80000000)) >>> 0
}
