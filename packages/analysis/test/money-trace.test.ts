import { array, assert, constant, integer, nat, property, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import { paymentVolume } from '@ringmap/fixtures/payment-volume'
import { leastOpening, traceMoney, TRACING_RULES } from '../src/money-trace.ts'
import type { Payments } from '../src/payment-columns.ts'

function payments(accounts: number, list: readonly (readonly [number, number, number])[]): Payments {
  return { accounts, source: Uint32Array.from(list, (p) => p[0]), target: Uint32Array.from(list, (p) => p[1]), amount: Float64Array.from(list, (p) => p[2]), at: Float64Array.from(list.keys()) }
}

/** 0 pays 1 100 (followed); 1 had 50 from 2 before, and gets 30 from 2 later; then 1 pays 3 120. */
const SMALL = payments(4, [[2, 1, 50], [0, 1, 100], [1, 3, 60], [2, 1, 30], [1, 3, 60]])

it('by hand: the three rules part the same sum differently', () => {
  // FIFO: the first 60 are 50 old and 10 of the sum; then 60 more of the sum.
  expect([...traceMoney(SMALL, 1, 'fifo').carried]).toEqual([100, 10, 60])
  expect([...traceMoney(SMALL, 1, 'fifo').held]).toEqual([0, 30, 0, 70])
  // Proportional: 60 * 100 / 150 = 40; then 60 of 120, of which 60 followed: 30.
  expect([...traceMoney(SMALL, 1, 'proportional').carried]).toEqual([100, 40, 30])
  // LIBR: the 50 go first, so 10 of the sum leave, 90 stay; then 30 are added and leave first: 30 of the sum leave.
  expect([...traceMoney(SMALL, 1, 'libr').carried]).toEqual([100, 10, 30])
  expect([...traceMoney(SMALL, 1, 'libr').held]).toEqual([0, 60, 0, 40])
})

it('a payment to itself moves nothing, and opening balances are the least that are needed', () => {
  const own = payments(3, [[0, 1, 100], [1, 1, 70], [1, 2, 150]])
  expect([...leastOpening(own)]).toEqual([100, 50, 0])
  for (const rule of TRACING_RULES) expect(traceMoney(own, 0, rule).held.reduce((a, b) => a + b)).toBe(100)
})

it('every paisa is somewhere: the sum is conserved under each rule, in cyclic ledgers too', () => {
  const ledger = integer({ min: 2, max: 8 }).chain((accounts) => tuple(constant(accounts), array(tuple(nat(accounts - 1), nat(accounts - 1), integer({ min: 1, max: 9_000_000_000_000 })), { minLength: 1, maxLength: 60 }), nat(59)))
  assert(property(ledger, ([accounts, list, pick]) => {
    const start = pick % list.length
    const given = payments(accounts, list)
    if (given.source[start] === given.target[start]) return
    for (const rule of TRACING_RULES) {
      const { carried, payments: used, held } = traceMoney(given, start, rule)
      expect(held.reduce((a, b) => a + b)).toBe(given.amount[start])
      for (const [n, i] of used.entries()) expect(carried[n]).toBeLessThanOrEqual(given.amount[i])
      expect(held.every((part) => part >= 0 && Number.isInteger(part))).toBe(true)
      // What an account holds of the sum is what came in less what went out.
      for (let account = 0; account < accounts; account++) {
        const net = [...used].reduce((sum, i, n) => sum + (given.target[i] === account ? carried[n] : 0) - (given.source[i] === account && i !== start ? carried[n] : 0), 0)
        expect(net).toBe(held[account])
      }
    }
  }), { numRuns: 300 })
})

it('in a seeded population, too', () => {
  const planted = paymentVolume(3)
  for (const rule of TRACING_RULES)
    for (const start of [10, 500, 9000]) expect(traceMoney(planted, start, rule).held.reduce((a, b) => a + b)).toBe(planted.amount[start])
})
