import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanForCanaries } from '../src/canary-scan.ts'
import { maskedText, maskerOf, maskText, type Masker, type Secret } from '../src/mask-text.ts'

/** Any code point, lone surrogates among them, the first ones more often. */
const anySign = fc.oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0, max: 0x10ffff })).map((point) => String.fromCodePoint(point))

const secrets: Secret[] = [
  { code: 'V-AAAAAA', value: 'Meera Bisht', scheme: 'name' },
  { code: 'V-AAAAAA', value: 'मीरा बिष्ट', scheme: 'name' },
  { code: 'V-AAAAAA', value: 'میرا بشٹ', scheme: 'name' },
  { code: 'X-BBBBBB', value: '+919876500321', scheme: 'phone' },
  { code: 'X-CCCCCC', value: 'DL3CAB1234', scheme: 'identifier' },
  { code: 'W-DDDDDD', value: 'José', scheme: 'name' },
  { code: 'X-EEEEEE', value: '42', scheme: 'identifier' },
]
const masker: Masker = maskerOf(new Map(), secrets)

test.each([
  ['Statement of MEERA  BISHT, aged 16', 'Statement of V-AAAAAA, aged 16'],
  ['meera.bisht@example.in', 'V-AAAAAA@example.in'],
  ['meerabisht1999', 'V-AAAAAA1999'],
  ['Meera Bishta and Ameera Bisht', 'Meera Bishta and Ameera Bisht'],
  ['गवाह मीरा बिष्ट ने कहा', 'गवाह V-AAAAAA ने कहा'],
  ['मीरा\u200D बिष्\u200Cट', 'V-AAAAAA'],
  ['گواہ ميرا بشٹ نے کہا', 'گواہ V-AAAAAA نے کہا'],
  ['مِیرا بَشٹ', 'V-AAAAAA'],
  ['call 98765 00321 now', 'call X-BBBBBB now'],
  ['+91-98765-00321', 'X-BBBBBB'],
  ['(+91) 98765.00321;', 'X-BBBBBB;'],
  ['0091 9876500321', 'X-BBBBBB'],
  ['09876500321', 'X-BBBBBB'],
  ['९८७६५००३२१', 'X-BBBBBB'],
  ['۹۸۷۶۵۰۰۳۲۱', 'X-BBBBBB'],
  ['91919876500321', '91X-BBBBBB'],
  ['9,876,500,321', 'X-BBBBBB'],
  ['dl 3c ab-1234', 'X-CCCCCC'],
  ['DL3CAB12345', 'DL3CAB12345'],
  ['Jose and JOSE\u0301 and Jos\u00e9', 'W-DDDDDD and W-DDDDDD and W-DDDDDD'],
  ['42', 'X-EEEEEE'],
  ['42 calls', '42 calls'],
  ['\u{1D5E0}\u{1D5F2}\u{1D5F2}\u{1D5FF}\u{1D5EE} Bisht', 'V-AAAAAA'],
  ['', ''],
])('%s', (text, expected) => {
  expect(maskText(text, masker)).toBe(expected)
})

test('values that overlap go together, and a shared value names everyone it may be', () => {
  const both = maskerOf(new Map(), [
    { code: 'V-1', value: 'Asha Rao', scheme: 'name' }, { code: 'W-2', value: 'Rao Iqbal', scheme: 'name' },
    { code: 'V-3', value: 'Sita', scheme: 'name' }, { code: 'V-4', value: 'Sita', scheme: 'name' }, { code: 'V-5', value: 'Sita Devi', scheme: 'name' },
  ])
  expect(maskText('Asha Rao Iqbal', both)).toBe('V-1 W-2')
  expect(maskText('Sita, then Sita Devi', both)).toBe('V-3/V-4, then V-5')
  expect(maskedText('Sita, then Sita Devi', both).replaced).toBe(2)
})

test('whatever surrounds it and however it is spaced, a number does not survive', () => {
  const digits = '9876500321'
  const around = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(fc.property(around, around, fc.array(fc.constantFrom('', ' ', '-', '.', '\u00A0', ') '), { minLength: 9, maxLength: 9 }), (before, after, gaps) => {
    const written = digits.split('').map((digit, i) => digit + (gaps[i] ?? '')).join('')
    const masked = maskText(before + written + after, masker)
    expect(masked.replaceAll(/\D/g, '')).not.toContain(digits)
    expect(masked).toContain('X-BBBBBB')
  }))
})

test('the leak search finds nothing in what was masked, and each value before', () => {
  const values = ['Meera Bisht', 'मीरा बिष्ट', 'میرا بشٹ', '+919876500321', 'DL3CAB1234']
  const filler = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', 'क', 'ी', 'م', '-', '7', '\n', '😀'), maxLength: 12 })
  const written = fc.constantFrom(...values).chain((value) => fc.constantFrom(value, value.toUpperCase(), value.normalize('NFD'), value.replaceAll(' ', '\u00A0 ')).map((form) => ({ value, form })))
  fc.assert(fc.property(fc.array(fc.tuple(filler, written), { minLength: 1, maxLength: 4 }), (parts) => {
    const text = parts.map(([before, { form }]) => `${before}; ${form}; `).join('')
    const bytes = (one: string): Uint8Array => new TextEncoder().encode(one)
    const found = new Set(scanForCanaries(bytes(text), 'note.txt', values).map(({ canary }) => canary))
    return parts.every(([, { value }]) => found.has(value)) && scanForCanaries(bytes(maskText(text, masker)), 'note.txt', values).length === 0
  }), { numRuns: 15 })
})

test('a text without secrets comes back as it was', () => {
  fc.assert(fc.property(fc.string({ unit: anySign, maxLength: 60 }), (text) => text === '42' || maskText(text, masker) === text))
})

test('time grows with the text, not with the number of secrets', () => {
  const many: Secret[] = Array.from({ length: 20_000 }, (_, i) => ({ code: `V-${i}`, value: `Person ${i.toString(36)} Invented`, scheme: 'name' }))
  const big = maskerOf(new Map(), many)
  const text = 'Person 7ps Invented met somebody at Person zz. '.repeat(4000)
  const { replaced } = maskedText(text, big)
  expect(replaced).toBe(4000)
})
