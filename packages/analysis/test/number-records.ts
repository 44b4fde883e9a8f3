/** Records of numbers from plain calls, as the case prepares them in SQL. */
import { activityOf } from '../src/activity-change.ts'
import type { NumberRecords } from '../src/number-swaps.ts'

export function numberRecords(numbers: number, source: ArrayLike<number>, target: ArrayLike<number>, at: ArrayLike<number>): NumberRecords {
  const pairs = new Map<string, [number, number, number, number]>()
  const active = new Map<string, Set<number>>()
  for (let i = 0; i < source.length; i++) {
    const [a, b, when] = [source[i], target[i], at[i]]
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`
    const pair = pairs.get(key)
    if (pair === undefined) pairs.set(key, [Math.min(a, b), Math.max(a, b), when, when])
    else {
      pair[2] = Math.min(pair[2], when)
      pair[3] = Math.max(pair[3], when)
    }
    for (const [own, other] of [[a, b], [b, a]] as const) {
      const day = `${own} ${Math.floor(when)}`
      active.set(day, (active.get(day) ?? new Set()).add(other))
    }
  }
  const list = [...pairs.values()]
  const days = [...active].map(([key, contacts]) => [...key.split(' ').map(Number), contacts.size])
  return {
    numbers,
    pairs: { a: Uint32Array.from(list, (p) => p[0]), b: Uint32Array.from(list, (p) => p[1]), first: Float64Array.from(list, (p) => p[2]), last: Float64Array.from(list, (p) => p[3]) },
    activity: activityOf(numbers, Uint32Array.from(days, (d) => d[0]), Uint32Array.from(days, (d) => d[1]), Float64Array.from(days, (d) => d[2])),
  }
}
