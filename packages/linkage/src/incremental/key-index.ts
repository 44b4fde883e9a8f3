/** Blocking keys as hashes in order: finds the records of a table that agree with a new one on the keys of a rule. Two keys of one hash bring together a few pairs too many, never too few. */
import { lowerBound } from '@ringmap/model/lower-bound'
import { NULL_INDEX } from '@ringmap/store/database'
import type { Field } from '../batch/fields.ts'
import { growingU32, push, taken } from '../batch/growing-array.ts'
import { rarestWords, takenOf, wordsOf, type KeyPart } from '../batch/keys.ts'
import { recordsOfWords } from '../batch/word-weights.ts'
import { bothHashes, textHash } from './text-table.ts'

/** One entry for each key of each record, in order of hash, then record. */
export interface KeyIndex {
  readonly hash: Uint32Array
  readonly record: Uint32Array
}

/** How many records have each word, by hash in order. */
export interface WordCounts {
  readonly hash: Uint32Array
  readonly count: Uint32Array
  /** Values of the column in all records. */
  readonly total: number
}

export type KeyHasher = (value: string) => readonly number[]

export function wordCounts(field: Field): WordCounts {
  const words = recordsOfWords(field)
  const { hash, record: count } = inOrder(Uint32Array.from(words.keys(), textHash), Uint32Array.from(words.values()))
  return { hash, count, total: field.counts.reduce((sum, n) => sum + n, 0) }
}

export function countOfWord({ hash, count }: WordCounts, word: string): number {
  const wanted = textHash(word)
  const at = lowerBound(hash, wanted)
  return hash[at] === wanted ? (count[at] as number) : 0
}

/**
 * Hashes of the keys that one part of a rule takes of a value. Rare words are those of the table as it was when the state was made; a word that it has once at most is a key too, for a new record may have it again.
 *
 * @param records of the table as it was.
 */
export function keyHasher(take: KeyPart, words: WordCounts | null, records: number): KeyHasher {
  if (take !== 'rare_word') {
    const keyOf = takenOf(take)
    return (value) => {
      const got = keyOf(value)
      return got === null || got === '' ? [] : typeof got === 'string' ? [textHash(got)] : got.map(textHash)
    }
  }
  if (words === null) throw new Error('broken promise: words are counted where a rule asks for rare ones')
  const often = (word: string): number => countOfWord(words, word)
  const rarest = rarestWords(often, records)
  return (value) => {
    const all = wordsOf(value)
    return [...all.filter((word) => often(word) <= 1), ...rarest(all)].map(textHash)
  }
}

/** Every combination of the keys of the parts, each once. */
export function combinedKeys(parts: readonly (readonly number[])[]): number[] {
  let keys: number[] = [...(parts[0] ?? [])]
  for (const part of parts.slice(1)) keys = keys.flatMap((key) => part.map((other) => bothHashes(key, other)))
  return keys.length > 1 ? [...new Set(keys)] : keys
}

/** @param parts of one rule: the column and what is taken of its values. */
export function keyIndex(records: number, parts: readonly { readonly field: Field; readonly hasher: KeyHasher }[]): KeyIndex {
  const hashes = parts.map(({ field, hasher }) => field.values.map(hasher))
  const keysOf = (r: number): number[] => combinedKeys(parts.map(({ field }, p) => (field.codes[r] === NULL_INDEX ? [] : (hashes[p]?.[field.codes[r] as number] ?? []))))
  const hash = growingU32()
  const record = growingU32()
  for (let r = 0; r < records; r++) for (const key of keysOf(r)) {
    push(hash, key)
    push(record, r)
  }
  return inOrder(taken(hash), taken(record))
}

/** Entries of a key: from the first place up to the second. */
export function entriesOf({ hash }: KeyIndex, key: number): readonly [number, number] {
  const from = lowerBound(hash, key)
  let to = from
  while (hash[to] === key) to++
  return [from, to]
}

/** By hash, equal ones as they came: radix sort by halves. */
function inOrder(hash: Uint32Array, record: Uint32Array): KeyIndex {
  let from = { hash, record }
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537)
    for (const key of from.hash) starts[((key >>> shift) & 0xffff) + 1] = (starts[((key >>> shift) & 0xffff) + 1] as number) + 1
    for (let i = 0; i < 65_536; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
    const to = { hash: new Uint32Array(hash.length), record: new Uint32Array(hash.length) }
    for (let i = 0; i < hash.length; i++) {
      const bucket = ((from.hash[i] as number) >>> shift) & 0xffff
      const place = starts[bucket] as number
      starts[bucket] = place + 1
      to.hash[place] = from.hash[i] as number
      to.record[place] = from.record[i] as number
    }
    from = to
  }
  return from
}
