/** Layouts of operators and agencies as data files: known by their headings, mapped as the file says. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { fileSource, type FileSourceInput } from '@ringmap/model/case-file'
import type { Draft } from './sniff-draft.ts'

const layout = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()).min(2),
  above: z.record(z.string().regex(/^\w+$/), z.array(z.string()).min(1)).default({}),
  source: fileSource.pick({ entities: true, links: true, balance: true }),
})
/** As a person writes it: defaults left out. */
interface Layout {
  readonly name: string
  readonly columns: readonly string[]
  /** What stands over the headings: `{account}` in the mapping is the number after one of these words. */
  readonly above?: Readonly<Record<string, readonly string[]>>
  readonly source: Pick<FileSourceInput, 'entities' | 'links' | 'balance'>
  readonly file: string
}

const FOLDER = fileURLToPath(new URL('../templates', import.meta.url))
let known: readonly Layout[] | undefined

/** All that stand in the folder, those with most columns first: the more telling one wins. */
export function layouts(): readonly Layout[] {
  known ??= readdirSync(FOLDER).filter((file) => file.endsWith('.yaml')).sort().map((file): Layout => {
    const written = parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Layout
    layout.parse(written)
    return { ...written, file }
  }).sort((a, b) => b.columns.length - a.columns.length || a.file.localeCompare(b.file))
  return known
}

/**
 * The draft of the first layout whose columns are all there; null where none is.
 *
 * @param above filled cells of the rows over the headings.
 */
export function draftFromLayout(columns: readonly string[], file: string, above: readonly (readonly string[])[] = []): (Draft & { readonly used: readonly string[] }) | null {
  const byWords = new Map(columns.map((column) => [words(column), column]))
  const found = layouts().find((one) => one.columns.every((column) => byWords.has(words(column))))
  if (found === undefined) return null
  const notes = [`${file}: read as ${found.name}; rows with another word in the column of call types state no call`]
  const places = new Map([['{file}', file]])
  for (const [key, headings] of Object.entries(found.above ?? {})) {
    const value = numberAfter(above, headings)
    places.set(`{${key}}`, value ?? `${key} of ${file}`)
    if (value === null) notes.push(`${file}: no ${key} stands over the table (looked for ${headings.join(', ')}); write it in the mapping in place of "${key} of ${file}"`)
  }
  const asWritten = (value: unknown): unknown => {
    if (typeof value === 'string') return found.columns.includes(value) ? byWords.get(words(value)) : [...places].reduce((text, [place, put]) => text.replaceAll(place, put), value)
    if (Array.isArray(value)) return value.map(asWritten)
    return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asWritten(each)])) : value
  }
  const source = asWritten(found.source) as { entities: Record<string, Draft['entities'][string]['mapping']>; links: Draft['links'][number]['mapping'][]; balance?: NonNullable<Draft['balance']> }
  const used = found.columns.map((column) => byWords.get(words(column)) ?? column)
  return {
    what: `${found.name} (template ${found.file})`, because: used, used,
    entities: Object.fromEntries(Object.entries(source.entities).map(([alias, mapping]) => [alias, { mapping, comment: null }])),
    links: source.links.map((mapping) => ({ mapping, comment: null })),
    ...(source.balance === undefined ? {} : { balance: source.balance }),
    notes,
  }
}

/** The first number of at least six digits after one of these words, in the same cell or the next. */
function numberAfter(above: readonly (readonly string[])[], headings: readonly string[]): string | null {
  const wanted = headings.map(words)
  for (const row of above)
    for (const [i, cell] of row.entries()) {
      if (!wanted.some((heading) => words(cell).startsWith(heading))) continue
      const digits = [cell, row[i + 1] ?? ''].map((text) => /(?<!\d)\d[\d ]{4,}\d(?!\d)/.exec(text)?.[0]).find((text) => text !== undefined)
      if (digits !== undefined) return digits.replaceAll(' ', '')
    }
  return null
}

/** Letters and digits alone, small. */
function words(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
