/** Sums and counts as they are written in India. */
import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { counted, formatAmount, formatDuration, indianGroups } from '../src/words/amount.ts'
import { say } from '../src/words/say.ts'

describe('amounts', () => {
  it.each([
    ['0', 'INR', '₹0'],
    ['5', 'INR', '₹0.05'],
    ['100', 'INR', '₹1'],
    ['12500000', 'INR', '₹1,25,000'],
    ['125000050', 'INR', '₹12,50,000.50'],
    ['-900000', 'INR', '−₹9,000'],
    ['123456789012345678901234', 'INR', '₹1,23,45,67,89,01,23,45,67,89,012.34'],
    ['99900', 'XYZ', 'XYZ 999'],
    ['99900', null, '999'],
    ['not a sum', 'INR', 'not a sum'],
  ])('%s %s -> %s', (minor, currency, text) => expect(formatAmount(minor, currency)).toBe(text))

  it('grouping only adds commas', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n }), (value) => {
      expect(indianGroups(String(value)).replaceAll(',', '')).toBe(String(value))
    }))
  })

  it('groups are of three, then of two', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n }), (value) => {
      expect(indianGroups(String(value))).toMatch(/^(\d{1,3}|\d{1,2}(,\d{2})*,\d{3})$/)
    }))
  })

  it('counts and durations', () => {
    expect(counted(1_234_567)).toBe('12,34,567')
    expect([say('count.entities', { n: 1 }), say('count.entities', { n: 2000 })]).toEqual(['1 entity', '2,000 entities'])
    expect([formatDuration(45), formatDuration(725), formatDuration(11_100)]).toEqual(['45 s', '12 min', '3 h 05 min'])
  })
})
