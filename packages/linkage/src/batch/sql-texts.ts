/** Texts as DuckDB's functions of likeness need them: one byte for each character, since these count bytes. */
import { RingmapError } from '@ringmap/model/errors'
import type { Field } from './fields.ts'

/** What keeps its own byte whether or not a column uses it: the SQL looks for these. */
const KEPT = '0123456789 @'

/** Of lists of values, which are asked for again at each weighing; null where they have too many characters. */
const known = new WeakMap<readonly string[], readonly string[] | null>()

/**
 * A text for each value of the fields, by field: characters beyond ASCII are written with bytes that stand for nothing else in the column, so that equality, common beginnings, edits and likeness are what they are.
 *
 * @throws RingmapError usage, naming the columns that use more characters than there are bytes
 */
export function byteTexts(fields: readonly Field[]): (readonly string[])[] {
  const texts = fields.map(({ values }) => {
    const text = known.get(values)
    if (text !== undefined) return text
    const written = inBytes(values)
    known.set(values, written)
    return written
  })
  const refused = fields.filter((_, f) => texts[f] === null).map(({ name }) => name)
  if (refused.length > 0) throw new RingmapError('usage', { what: `The SQL engine tells at most 127 different characters of a column apart, and there are more in ${refused.join(', ')}; run without --engine sql, or leave them out with --ignore.` })
  return texts.map((text) => text ?? [])
}

function inBytes(values: readonly string[]): readonly string[] | null {
  const used = new Set<number>()
  for (const value of values) for (let i = 0; i < value.length; i++) used.add(value.charCodeAt(i))
  const beyond = [...used].filter((unit) => unit === 0 || unit > 127).sort((a, b) => a - b)
  if (beyond.length === 0) return values
  const free = Array.from({ length: 127 }, (_, i) => i + 1).filter((unit) => !used.has(unit) && !KEPT.includes(String.fromCharCode(unit)))
  if (free.length < beyond.length) return null
  const bytes = new Map(beyond.map((unit, i) => [unit, String.fromCharCode(free[i] as number)]))
  return values.map((value) => Array.from({ length: value.length }, (_, i) => bytes.get(value.charCodeAt(i)) ?? value.charAt(i)).join(''))
}
