/** Keys of blocking rules: what is taken of a value, such as its first letters, its sound or a date's year. */
import { NULL_INDEX } from '@ringmap/store/database'
import type { KeyColumn } from './blocks.ts'
import type { Field } from './fields.ts'
import { sharedU32 } from './shared-arrays.ts'
import { recordsOfWords } from './word-weights.ts'

/** A key as written in a rule: `surname`, `surname.start3`, `born.year`, `name.word`. */
export interface KeyPlan {
  readonly field: string
  readonly take: KeyPart
}

/** What can be taken of a value. */
export const KEY_PARTS = ['whole', 'start1', 'start2', 'start3', 'start4', 'start5', 'start6', 'end4', 'sound', 'word', 'word_sound', 'rare_word', 'first_word', 'last_word', 'sorted', 'year', 'year_month', 'month_day', 'mailbox', 'digits'] as const
export type KeyPart = (typeof KEY_PARTS)[number]

const TAKE: Readonly<Record<Exclude<KeyPart, `start${number}` | 'rare_word'>, (value: string) => readonly string[] | string | null>> = {
  whole: (value) => value,
  end4: (value) => (value.length < 4 ? null : value.slice(-4)),
  sound: sound,
  word: (value) => words(value),
  word_sound: (value) => [...new Set(words(value).map(sound))],
  first_word: (value) => value.split(' ', 1)[0] ?? null,
  last_word: (value) => value.split(' ').at(-1) ?? null,
  sorted: (value) => value.split(' ').sort().join(' '),
  year: (value) => (value.startsWith('0000') ? null : value.slice(0, 4)),
  year_month: (value) => (value.slice(4, 6) === '00' ? null : value.slice(0, 6)),
  month_day: (value) => (value.slice(4) === '0000' ? null : value.slice(4)),
  mailbox: (value) => value.split('@', 1)[0] ?? null,
  digits: (value) => value.replaceAll(/\D/g, '') || null,
}

/** Words of at least three letters, each once. */
function words(value: string): string[] {
  return [...new Set(value.split(' ').filter((word) => word.length > 2))]
}

/** Words of a value that make its rarest keys, and most records of such a word: so many, or the square root of all, up to a bound. */
const RAREST = 3
const RARE = [20, 200] as const

/** Words of at least two letters, each once. */
export function wordsOf(value: string): string[] {
  return [...new Set(value.split(' ').filter((word) => word.length > 1))]
}

/**
 * The words of a list that fewest records have, of those that at least two have: what a title or an address is found again by.
 *
 * @param often in how many records a word is.
 * @param records of the table.
 */
export function rarestWords(often: (word: string) => number, records: number): (words: readonly string[]) => string[] {
  const most = Math.min(RARE[1], Math.max(RARE[0], Math.sqrt(records)))
  return (words) => words.filter((word) => often(word) > 1 && often(word) <= most).sort((a, b) => often(a) - often(b) || (a < b ? -1 : 1)).slice(0, RAREST)
}

function rareWords(field: Field): (value: string) => readonly string[] {
  const records = recordsOfWords(field)
  const rarest = rarestWords((word) => records.get(word) ?? 0, field.codes.length)
  return (value) => rarest(wordsOf(value))
}

/** A coarse key of how a word sounds: first letter, then consonants folded by place of articulation, no doubles; for names of any language in Latin letters. Other scripts stay as written. */
export function sound(value: string): string {
  if (!/^[a-z0-9 ]+$/.test(value)) return value
  const folded = value.replaceAll(/ph/g, 'f').replaceAll(/[sc]h/g, 'x').replaceAll(/ck|[qc]/g, 'k').replaceAll(/gh/g, 'g').replaceAll(/(?<=[bdgkpt])h/g, '').replaceAll('z', 's').replaceAll('w', 'v').replaceAll('j', 'g')
  const first = folded[0] ?? ''
  const initial = /[aeiouy]/.test(first) ? 'a' : first
  return initial + folded.slice(1).replaceAll(/[aeiouyh ]/g, '').replaceAll(/(.)\1+/g, '$1')
}

/** What a key other than of rare words takes of a value: one key, several, or none. */
export function takenOf(take: Exclude<KeyPart, 'rare_word'>): (value: string) => readonly string[] | string | null {
  const start = /^start(\d)$/.exec(take)?.[1]
  return start === undefined ? TAKE[take as keyof typeof TAKE] : (value) => (value.length < Number(start) ? null : value.slice(0, Number(start)))
}

/** @param codes of the records whose keys are wanted: those of the field, or of some of its records. */
export function keyColumn(field: Field, take: KeyPart, codes: Uint32Array = field.codes): KeyColumn {
  if (take === 'whole') return { codes, offsets: null, distinct: field.values.length }
  const places = new Map<string, number>()
  const codeOf = (key: string): number => {
    let code = places.get(key)
    if (code === undefined) {
      code = places.size
      places.set(key, code)
    }
    return code
  }
  const taken = take === 'rare_word' ? rareWords(field) : takenOf(take)
  const keys = field.values.map((value) => {
    const got = taken(value)
    if (got === null || got === '') return NULL_INDEX
    return typeof got === 'string' ? codeOf(got) : got.map(codeOf)
  })
  return keys.every((key) => typeof key === 'number') ? oneKey(codes, Uint32Array.from(keys), places.size) : severalKeys(codes, keys, places.size)
}

function oneKey(codes: Uint32Array, keys: Uint32Array, distinct: number): KeyColumn {
  const out = sharedU32(codes.length)
  for (let r = 0; r < codes.length; r++) out[r] = codes[r] === NULL_INDEX ? NULL_INDEX : (keys[codes[r] as number] as number)
  return { codes: out, offsets: null, distinct }
}

function severalKeys(codes: Uint32Array, keys: readonly (number | readonly number[])[], distinct: number): KeyColumn {
  const lists = keys.map((key) => (typeof key !== 'number' ? key : key === NULL_INDEX ? [] : [key]))
  const offsets = sharedU32(codes.length + 1)
  codes.forEach((code, r) => { offsets[r + 1] = (offsets[r] as number) + (code === NULL_INDEX ? 0 : (lists[code]?.length ?? 0)) })
  const out = sharedU32(offsets[codes.length] as number)
  codes.forEach((code, r) => { if (code !== NULL_INDEX) out.set(lists[code] ?? [], offsets[r]) })
  return { codes: out, offsets, distinct }
}
