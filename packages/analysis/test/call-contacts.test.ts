import { array, assert, integer, property, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import { callContacts } from '../src/call-contacts.ts'
import { numberRecords } from './number-records.ts'

const DAY_MS = 86_400_000

it('two calls of one day are one contact-day, and the pair has a first and a last moment', () => {
  const { contacts, activity } = callContacts(3, { a: Uint32Array.of(0, 1, 2, 0, 1), b: Uint32Array.of(1, 0, 0, 1, 1), at_ms: Float64Array.of(5, 7, DAY_MS, 2.5 * DAY_MS, 9) })
  expect([...contacts.offsets]).toEqual([0, 2, 3, 4])
  expect([...contacts.contact]).toEqual([1, 2, 0, 0])
  expect([...contacts.first]).toEqual([5 / DAY_MS, 1, 5 / DAY_MS, 1])
  expect([...contacts.last]).toEqual([2.5, 1, 2.5, 1])
  expect([...activity.offsets]).toEqual([0, 3, 5, 6])
  expect([...activity.day]).toEqual([0, 1, 2, 0, 2, 1])
  expect([...activity.contacts]).toEqual([1, 1, 1, 1, 1, 1])
})

it('a service is nobody\'s contact, and the days on which it is called count', () => {
  const { contacts, activity } = callContacts(2, { a: Uint32Array.of(0), b: Uint32Array.of(1), at_ms: Float64Array.of(1) }, Uint8Array.of(0, 1))
  expect(contacts.total).toBe(0)
  expect([...activity.contacts]).toEqual([1, 1])
})

it('is what putting contacts together one by one gives, over hours and over decades', () => {
  for (const longest of [DAY_MS, 40 * 365 * DAY_MS])
    assert(property(array(tuple(integer({ min: 0, max: 7 }), integer({ min: 0, max: 7 }), integer({ min: 0, max: longest })), { minLength: 1, maxLength: 60 }), (calls) => {
      const two = calls.filter(([a, b]) => a !== b)
      const columns = (rows: typeof calls) => ({ a: Uint32Array.from(rows, ([a]) => a), b: Uint32Array.from(rows, ([, b]) => b), at_ms: Float64Array.from(rows, ([, , at]) => at) })
      const { contacts, activity } = callContacts(8, columns(calls))
      const slow = numberRecords(8, two.map(([a]) => a), two.map(([, b]) => b), two.map(([, , at]) => at / DAY_MS))
      expect(contacts).toEqual(slow.contacts)
      expect({ ...activity, days: 0 }).toEqual({ ...slow.activity, days: 0 })
    }), { numRuns: 60, seed: 3 })
})

it('says so where numbers and time are more than it can hold', () => {
  expect(() => callContacts(2 ** 25, { a: Uint32Array.of(0), b: Uint32Array.of(1), at_ms: Float64Array.of(2 ** 40 - 1) })).toThrow('do not fit')
})
