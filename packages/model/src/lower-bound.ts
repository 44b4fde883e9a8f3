/** Binary search in numbers that ascend. */

/** First place from `from` on whose number is not below `wanted`; `to` where all of them are. */
export function lowerBound(ascending: ArrayLike<number>, wanted: number, from = 0, to: number = ascending.length): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
