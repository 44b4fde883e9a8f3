/** What the words of a column are worth: a rare word says more than one that stands in every second record (Robertson & Sparck Jones 1976). */
import type { Field } from './fields.ts'
import { buffer } from './similarity.ts'

/** The field with the bits of each word at the place where it begins. */
export function withWordWeights(field: Field): Field {
  const { units, offsets } = field.pool
  const records = new Map<string, number>()
  let total = 0
  field.values.forEach((value, code) => {
    const n = field.counts[code] as number
    total += n
    for (const word of new Set(value.split(' '))) records.set(word, (records.get(word) ?? 0) + n)
  })
  const weights = new Float32Array(buffer(units.length * 4))
  field.values.forEach((value, code) => {
    let at = offsets[code] as number
    for (const word of value.split(' ')) {
      weights[at] = Math.log2(1 + total / Math.max(records.get(word) ?? 1, 1))
      at += word.length + 1
    }
  })
  return { ...field, pool: { ...field.pool, weights } }
}
