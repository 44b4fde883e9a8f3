import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { advanceWidth, isolate, outline, plainLine } from '../src/text-outline.ts'

/** Horizontal reach of an outline. */
function reach(path: string): { readonly left: number; readonly right: number } {
  const xs = [...path.matchAll(/(-?\d+) -?\d+/g)].map(([, x]) => Number(x))
  return { left: Math.min(...xs), right: Math.max(...xs) }
}

const parts = (path: string): number => path.split('Z').length - 1

test('conjuncts of Devanagari join and vowel signs stay', () => {
  expect(parts(outline('क्ष').path)).toBeLessThan(parts(outline('क').path) + parts(outline('ष').path) + 1)
  // मुख्य must keep its u-sign: it has one part more than मख्य.
  expect(parts(outline('मुख्य').path)).toBeGreaterThan(parts(outline('मख्य').path))
  expect(outline('कि').path.startsWith(outline('क').path)).toBe(false)
})

test('Arabic letters join', () => {
  expect(outline('اسلم').width).toBeLessThan(['ا', 'س', 'ل', 'م'].reduce((sum, letter) => sum + outline(letter).width, 0))
})

test('Urdu runs from right to left: what is written first stands at the right', () => {
  const both = outline('اسلم پرویز')
  const first = outline('اسلم')
  // The first word, moved to the right end, is found as it is.
  const shift = both.width - first.width
  const moved = first.path.replaceAll(/(-?\d+) (-?\d+)/g, (_, x: string, y: string) => `${Number(x) + shift} ${y}`)
  expect(both.path.endsWith(moved)).toBe(true)
})

test('an isolated field does not turn what stands around it', () => {
  const mixed = outline(`Handler 2 – ${isolate('اسلم')} (₹12,50,000)`)
  const tail = outline('(₹12,50,000)')
  const head = outline('Handler 2 – ')
  expect(mixed.path.startsWith(head.path)).toBe(true)
  expect(mixed.width).toBeCloseTo(head.width + outline('اسلم').width + outline(' ').width + tail.width, -1)
  expect(reach(mixed.path).right).toBeCloseTo(mixed.width - tail.width + reach(tail.path).right, -1)
})

test('brackets are mirrored in a line that runs from the right', () => {
  expect(parts(outline('اسلم (1)').path)).toBe(parts(outline('اسلم').path) + parts(outline('(1)').path))
  expect(outline('ا(').path).not.toBe(outline('ا)').path)
})

test('rupee sign, digits of three scripts and the signs we print have shapes', () => {
  expect(outline('₹12,50,000 × – … · • ° % V-7K2Q9M १२३ ۱۲۳ ٪ ।', 'bold').missing).toBe('')
  expect(outline('বাংলা').missing).not.toBe('')
})

test('bold is wider than regular', () => {
  expect(outline('Ravi Tamta', 'bold').width).toBeGreaterThan(outline('Ravi Tamta').width)
})

test('data cannot turn a line', () => {
  expect(plainLine('a\u202Eb\u2067c\u2069\u0000d\n e ')).toBe('abc d e')
  expect(isolate('x\u2069y')).toBe('\u2068xy\u2069')
})

// Printed by: createHash('sha256').update(outline(text).path).digest('hex').slice(0, 16), with harfbuzzjs 1.6.4 and the fonts of the lockfile, after the drawing had been looked at.
test.each([['मुख्य शक्ति कृष्णमूर्ति', 'bcb320696b0fbe1d'], ['محمد اسلم ٹھیکیدار', '6190764d8c804aab'], ['Ravi ₹12,50,000', '067f87cd273d2b45']])('the outline of %s is the one that was looked at', (text, golden) => {
  expect(createHash('sha256').update(outline(text).path).digest('hex').slice(0, 16)).toBe(golden)
})

test('the width alone is that of the outline, for every script and mixture', () => {
  for (const text of ['', 'Latief Mohammad', 'लतीफ़ मोहम्मद', 'لطیف محمد', 'لطیف (Latief) 42', '\u2068فیاض\u2069 · row 7', 'office fi ﬁ', '₹2,31,000', 'a\u0301b', '\u{1F600}']) {
    for (const weight of ['regular', 'bold'] as const) {
      const fresh = `${text} ${weight}`
      expect(advanceWidth(fresh, weight), fresh).toBe(outline(fresh, weight).width)
    }
  }
})
