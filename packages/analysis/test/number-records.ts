/** Records of numbers from plain calls, put together one by one. */
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
  const list = [...pairs.values()].flatMap(([a, b, first, last]) => [[a, b, first, last], [b, a, first, last]] as const).sort((x, y) => x[0] - y[0] || x[1] - y[1])
  const days = [...active].map(([key, contacts]) => [...key.split(' ').map(Number), contacts.size] as [number, number, number]).sort((x, y) => x[0] - y[0] || x[1] - y[1])
  return {
    numbers,
    contacts: { numbers, offsets: offsetsOf(numbers, list), contact: Uint32Array.from(list, (p) => p[1]), first: Float64Array.from(list, (p) => p[2]), last: Float64Array.from(list, (p) => p[3]), total: list.length },
    activity: { offsets: offsetsOf(numbers, days), day: Uint32Array.from(days, (d) => d[1]), contacts: Float64Array.from(days, (d) => d[2]), days: days.reduce((most, d) => Math.max(most, d[1] + 1), 0) },
  }
}

function offsetsOf(numbers: number, rows: readonly (readonly [number, ...number[]])[]): Uint32Array {
  const offsets = new Uint32Array(numbers + 1)
  for (const [number] of rows) offsets[number + 1]++
  for (let v = 0; v < numbers; v++) offsets[v + 1] += offsets[v]
  return offsets
}
