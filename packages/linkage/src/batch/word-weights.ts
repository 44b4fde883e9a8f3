/** What the words of a column are worth: a rare word says more than one that stands in every second record (Robertson & Sparck Jones 1976). */
import type { Field } from './fields.ts'
import { buffer } from './shared-arrays.ts'

/** The field with the bits of each word at the place where it begins. */
export function withWordWeights(field: Field): Field {
  const { units, offsets } = field.pool
  const records = recordsOfWords(field)
  const total = field.counts.reduce((sum, n) => sum + n, 0)
  const weights = new Float32Array(buffer(units.length * 4))
  field.values.forEach((value, code) => {
    putWordBits(weights, offsets[code] as number, value, (word) => records.get(word) ?? 0, total)
  })
  return { ...field, pool: { ...field.pool, weights } }
}

/**
 * Puts the bits of each word of a value where it begins.
 *
 * @param at where the value begins.
 * @param often in how many records a word is.
 * @param total values of the column in all records.
 */
export function putWordBits(weights: Float32Array, at: number, value: string, often: (word: string) => number, total: number): void {
  let begin = at
  for (const word of value.split(' ')) {
    weights[begin] = Math.log2(1 + total / Math.max(often(word), 1))
    begin += word.length + 1
  }
}

/** How many records have each word. */
export function recordsOfWords({ values, counts }: Field): ReadonlyMap<string, number> {
  const records = new Map<string, number>()
  values.forEach((value, code) => { for (const word of new Set(value.split(' '))) records.set(word, (records.get(word) ?? 0) + (counts[code] as number)) })
  return records
}
