import { expect, test } from 'vitest'
import type { ChartLink } from '@ringmap/model/chart'
import { widthStep } from '@ringmap/drawing/line-style'
import { day, daySpan, indianDigits, measureWords, money } from '../src/chart-words.ts'
import { LEGEND_WORDS } from '../src/legend-words.ts'

test.each([['0', '0'], ['999', '999'], ['1000', '1,000'], ['100000', '1,00,000'], ['12345678', '1,23,45,678'], ['123456789012', '1,23,45,67,89,012']])('digits %s', (digits, expected) => {
  expect(indianDigits(digits)).toBe(expected)
})

test.each([
  ['125000000', 'INR', '₹12,50,000'], ['5', 'INR', '₹0.05'], ['-123450', 'INR', '−₹1,234.50'], ['0', 'INR', '₹0'], ['123456789012345678901', 'INR', '₹12,34,56,78,90,12,34,56,789.01'],
  ['123456789', 'USD', 'US$1,234,567.89'], ['5000', 'JPY', 'JPY 5,000'], ['1234', 'KWD', 'KWD 1.234'], ['100', null, '1'],
] as const)('%s %s', (amount, currency, expected) => {
  expect(money(amount, currency)).toBe(expected)
})

test('days are those of the zone', () => {
  const late = Date.UTC(2024, 0, 31, 20)
  expect(day(late, 'Asia/Kolkata')).toBe('1 Feb 2024')
  expect(day(late, 'UTC')).toBe('31 Jan 2024')
  expect(daySpan(late, Date.UTC(2024, 4, 2), 'UTC')).toBe('31 Jan – 2 May 2024')
  expect(daySpan(late, Date.UTC(2025, 4, 2), 'UTC')).toBe('31 Jan 2024 – 2 May 2025')
  expect(daySpan(late, null, 'UTC')).toBe('31 Jan 2024')
  expect(daySpan(null, null, 'UTC')).toBe('')
})

test('widths go by order of magnitude', () => {
  expect([0, 1, 2, 9, 10, 99, 100, 999, 1000, 1e9].map((count) => LEGEND_WORDS.width(widthStep(count).from))).toEqual(['1', '1', '2 to 9', '2 to 9', '10 to 99', '10 to 99', '100 to 999', '100 to 999', '1,000 or more', '1,000 or more'])
})

test('a doubt about two records says what it is and never how often', () => {
  const link: ChartLink = { id: 'L1', kind: 'same_as_possible', label: 'possibly the same', source: 'a', target: 'b', directed: false, count: 2, first_ms: null, last_ms: null, amount: null, currency: null, strength: 'tentative', criminal: false }
  expect(measureWords(link)).toEqual({ long: 'possibly the same', short: 'same?' })
})
