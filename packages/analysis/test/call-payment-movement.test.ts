import { expect, it } from 'vitest'
import { below, seeded, type Random } from '@ringmap/model/random'
import { callPaymentMovement, type Doings } from '../src/call-payment-movement.ts'

const HOUR = 3_600_000
const SPAN = 90 * 24 * HOUR

function doings(seed: number, planted: number): { doings: Doings; groups: string[] } {
  const random = seeded(seed)
  const persons = 200
  const calls: [number, number, number][] = Array.from({ length: 4000 }, () => pair(random, persons))
  const payments: [number, number, number][] = Array.from({ length: 1200 }, () => pair(random, persons))
  const moves: [number, number][] = Array.from({ length: 1500 }, () => [below(random, persons), random() * SPAN])
  const groups: string[] = []
  for (let g = 0; g < planted; g++) {
    const [x, y, z] = [below(random, 60), 60 + below(random, 60), 120 + below(random, 80)]
    groups.push([x, y, z].join(' '))
    for (let n = 0; n < 4; n++) {
      const at = random() * (SPAN - 72 * HOUR)
      calls.push([x, y, at])
      payments.push([y, z, at + random() * 20 * HOUR])
      moves.push([z, at + (22 + random() * 20) * HOUR])
    }
  }
  calls.sort((a, b) => a[2] - b[2])
  payments.sort((a, b) => a[2] - b[2])
  moves.sort((a, b) => a[1] - b[1])
  return {
    groups, doings: {
      persons, calls: { a: Uint32Array.from(calls, (c) => c[0]), b: Uint32Array.from(calls, (c) => c[1]), at: Float64Array.from(calls, (c) => c[2]) },
      payments: { source: Uint32Array.from(payments, (c) => c[0]), target: Uint32Array.from(payments, (c) => c[1]), at: Float64Array.from(payments, (c) => c[2]) },
      moves: { who: Uint32Array.from(moves, (m) => m[0]), at: Float64Array.from(moves, (m) => m[1]) },
    },
  }
}

function pair(random: Random, persons: number): [number, number, number] {
  const a = below(random, persons)
  return [a, (a + 1 + below(random, persons - 1)) % persons, random() * SPAN]
}

it('call, payment and movement of planted threes are found, rarest first, and by chance next to none', () => {
  let [hit, of, others, nothing] = [0, 0, 0, 0]
  for (const seed of [1, 2, 3]) {
    const planted = doings(seed, 8)
    const found = callPaymentMovement(planted.doings, { seed: 1 })
    hit += planted.groups.filter((group) => found.some(({ people }) => people.join(' ') === group)).length
    of += planted.groups.length
    others += found.filter(({ people }) => !planted.groups.includes(people.join(' '))).length
    nothing += callPaymentMovement(doings(seed + 10, 0).doings, { seed: 1 }).length
    for (const { occurrences } of found)
      for (const [call, payment, move] of occurrences) {
        const { calls, payments, moves } = planted.doings
        expect(calls.at[call] < payments.at[payment] && payments.at[payment] < moves.at[move]).toBe(true)
      }
  }
  process.stdout.write(`call, payment, movement: ${hit} of ${of} planted, ${others} others, ${nothing} where nothing was planted\n`)
  expect(hit / of).toBeGreaterThanOrEqual(0.8)
  expect(others).toBeLessThanOrEqual(2)
  expect(nothing).toBeLessThanOrEqual(1)
})
