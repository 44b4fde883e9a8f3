/** The kinds of comparison: which levels of agreement each knows, best last, and how a pair of dictionary values reaches one. */
import { beginning, commonPrefix, jaroWinkler, jaroWinklerAt, withinOneEdit, type TextPool } from './similarity.ts'

export const COMPARISON_KINDS = ['name', 'text', 'words', 'date', 'code', 'category', 'number', 'email'] as const
export type ComparisonKind = (typeof COMPARISON_KINDS)[number]

/** Level of a pair of which one side has no value: says nothing either way. */
export const MISSING = 0
/** Level of a pair that agrees in nothing. */
export const DIFFERENT = 1

/** Names of the levels of each kind; the place in the list is the level. The last is equality. */
export const LEVELS: Readonly<Record<ComparisonKind, readonly string[]>> = {
  name: ['missing', 'different', 'alike', 'initial', 'close', 'near', 'swapped', 'exact'],
  text: ['missing', 'different', 'alike', 'close', 'near', 'exact'],
  words: ['missing', 'different', 'some words', 'half the words', 'most words', 'exact'],
  date: ['missing', 'different', 'near year', 'same year', 'two parts', 'one slip', 'exact'],
  code: ['missing', 'different', 'same beginning', 'most of the beginning', 'one slip', 'exact'],
  category: ['missing', 'different', 'one slip', 'exact'],
  number: ['missing', 'different', 'within 10 %', 'within 1', 'exact'],
  email: ['missing', 'different', 'alike', 'close', 'same mailbox', 'exact'],
}

/** Level of two different values a and b, given by their places in the pool. Equality and absence are the caller's. */
export type LevelOf = (pool: TextPool, a: number, b: number) => number

/** Least similarity of a level. */
const NEAR = 0.92
const CLOSE = 0.85
const ALIKE = 0.75

const NAME = { alike: 2, initial: 3, close: 4, near: 5, swapped: 6 } as const
/** Level of a name that stands in the other name column. */
export const SWAPPED: number = NAME.swapped

function nameLevel(pool: TextPool, a: number, b: number): number {
  const start = beginning(pool, a, b)
  if (start === 1) return NAME.initial
  const similarity = jaroWinkler(pool, a, b)
  if (similarity >= NEAR || withinOneEdit(pool, a, b)) return NAME.near
  if (similarity >= CLOSE || start > 2) return NAME.close
  return similarity >= ALIKE ? NAME.alike : DIFFERENT
}

function textLevel(pool: TextPool, a: number, b: number): number {
  const similarity = jaroWinkler(pool, a, b)
  if (similarity >= NEAR || withinOneEdit(pool, a, b)) return 4
  return similarity >= CLOSE ? 3 : similarity >= ALIKE ? 2 : DIFFERENT
}

function codeLevel(pool: TextPool, a: number, b: number): number {
  if (withinOneEdit(pool, a, b)) return 4
  const length = Math.max(size(pool, a), size(pool, b))
  const common = commonPrefix(pool, a, b)
  if (common * 2 > length) return 3
  return common * 3 >= length && common > 1 ? 2 : DIFFERENT
}

/** Dates are eight digits, year first; what is not known of them is 00. */
function dateLevel(pool: TextPool, a: number, b: number): number {
  const { units, offsets } = pool
  const x = offsets[a] as number
  const y = offsets[b] as number
  let wrong = 0
  let year = 0
  let month = 0
  for (let i = 0; i < 8; i++) {
    if (units[x + i] === units[y + i]) continue
    wrong++
    if (i < 4) year++
    else if (i < 6) month++
  }
  const day = wrong - year - month
  // The first of January is written where only the year is known.
  if (yearAlone(units, x) || yearAlone(units, y)) return year === 0 ? 3 : Math.abs(yearOf(units, x) - yearOf(units, y)) <= 3 ? 2 : DIFFERENT
  if (wrong === 1 || withinOneEdit(pool, a, b) || (year === 0 && turned(units, x, y))) return 5
  const parts = (year === 0 ? 1 : 0) + (month === 0 ? 1 : 0) + (day === 0 ? 1 : 0)
  if (parts === 2 || (wrong === 2 && year < 2)) return 4
  // Whole dates of one year that agree in nothing else are two dates, only a little less so.
  return year === 0 ? 2 : DIFFERENT
}

function yearAlone(units: Uint16Array, x: number): boolean {
  return units[x + 4] === 48 && units[x + 6] === 48 && (units[x + 5] === 48 || (units[x + 5] === 49 && units[x + 7] === 49))
}

/** Day and month exchanged. */
function turned(units: Uint16Array, x: number, y: number): boolean {
  return units[x + 4] === units[y + 6] && units[x + 5] === units[y + 7] && units[x + 6] === units[y + 4] && units[x + 7] === units[y + 5]
}

function yearOf(units: Uint16Array, at: number): number {
  let year = 0
  for (let i = 0; i < 4; i++) year = year * 10 + ((units[at + i] as number) - 48)
  return year
}

function numberLevel(pool: TextPool, a: number, b: number): number {
  const x = Number(textAt(pool, a))
  const y = Number(textAt(pool, b))
  const apart = Math.abs(x - y)
  if (apart <= 1) return 3
  return apart <= Math.max(Math.abs(x), Math.abs(y)) * 0.1 ? 2 : DIFFERENT
}

function emailLevel(pool: TextPool, a: number, b: number): number {
  const x = mailbox(pool, a)
  const y = mailbox(pool, b)
  const x0 = pool.offsets[a] as number
  const y0 = pool.offsets[b] as number
  if (x === y && x > 3) {
    let same = true
    for (let i = 0; i < x && same; i++) same = pool.units[x0 + i] === pool.units[y0 + i]
    if (same) return 4
  }
  if (withinOneEdit(pool, a, b)) return 4
  const similarity = jaroWinklerAt(pool.units, x0, Math.min(x, 64), y0, Math.min(y, 64))
  return similarity >= NEAR ? 3 : similarity >= CLOSE ? 2 : DIFFERENT
}

function mailbox(pool: TextPool, a: number): number {
  const from = pool.offsets[a] as number
  const end = pool.offsets[a + 1] as number
  for (let i = from; i < end; i++) if (pool.units[i] === 64) return i - from
  return end - from
}

/** Most words of a value that are looked at, and most characters of each. */
export const WORDS = 12
export const LONGEST_WORD = 32
/** Two words are the same from this similarity on. */
export const SAME_WORD = 0.9
const starts = new Uint32Array(WORDS * 2)
const lengths = new Uint32Array(WORDS * 2)
const worth = new Float64Array(WORDS * 2)

/** Share of what the words are worth that stands in words found on both sides, equal or near; a word is used once. Words with digits (models, house numbers) are found only if they are equal. */
function wordsLevel(pool: TextPool, a: number, b: number): number {
  const na = split(pool, a, 0)
  const nb = split(pool, b, WORDS)
  let used = 0
  let found = 0
  let own = 0
  let theirs = 0
  for (let j = 0; j < nb; j++) theirs += worth[WORDS + j] as number
  for (let i = 0; i < na; i++) {
    const length = lengths[i] as number
    own += worth[i] as number
    const number = hasDigit(pool.units, starts[i] as number, length)
    let best = 0
    let at = -1
    for (let j = 0; j < nb; j++) {
      if ((used & (1 << j)) !== 0 || (number && !equalAt(pool.units, starts[i] as number, length, starts[WORDS + j] as number, lengths[WORDS + j] as number))) continue
      const similarity = jaroWinklerAt(pool.units, starts[i] as number, Math.min(length, LONGEST_WORD), starts[WORDS + j] as number, Math.min(lengths[WORDS + j] as number, LONGEST_WORD))
      if (similarity > best) { best = similarity; at = j }
    }
    if (at >= 0 && best >= SAME_WORD) {
      used |= 1 << at
      found += (worth[i] as number) + (worth[WORDS + at] as number)
    }
  }
  const share = own + theirs === 0 ? 0 : found / (own + theirs)
  return share >= 0.8 ? 4 : share >= 0.5 ? 3 : share >= 0.25 ? 2 : DIFFERENT
}

function hasDigit(units: Uint16Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if ((units[i] as number) >= 48 && (units[i] as number) <= 57) return true
  return false
}

function equalAt(units: Uint16Array, a: number, la: number, b: number, lb: number): boolean {
  if (la !== lb) return false
  for (let i = 0; i < la; i++) if (units[a + i] !== units[b + i]) return false
  return true
}

function split(pool: TextPool, a: number, into: number): number {
  const end = pool.offsets[a + 1] as number
  let count = 0
  let from = pool.offsets[a] as number
  for (let i = from; i <= end && count < WORDS; i++) {
    if (i < end && pool.units[i] !== 32) continue
    if (i > from) {
      starts[into + count] = from
      lengths[into + count] = i - from
      worth[into + count] = pool.weights?.[from] ?? i - from
      count++
    }
    from = i + 1
  }
  return count
}

function size(pool: TextPool, a: number): number {
  return (pool.offsets[a + 1] as number) - (pool.offsets[a] as number)
}

function textAt(pool: TextPool, a: number): string {
  return String.fromCharCode(...pool.units.subarray(pool.offsets[a], pool.offsets[a + 1]))
}

export const LEVEL_OF: Readonly<Record<ComparisonKind, LevelOf>> = {
  name: nameLevel, text: textLevel, words: wordsLevel, date: dateLevel, code: codeLevel, number: numberLevel, email: emailLevel,
  category: (pool, a, b) => (Math.max(size(pool, a), size(pool, b)) > 3 && withinOneEdit(pool, a, b) ? 2 : DIFFERENT),
}
