/** The shape of a delimited file from its first records: delimiter, where the header stands, what the columns are called. */
import type { SourceMapping } from '@ringmap/model/case-file'
import { mergedHeads } from './merged-heads.ts'
import { scanRecords, SOUND, splitRecord, BROKEN_LINE, TOO_LONG } from './record-scan.ts'

const DELIMITERS = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]
/** Records looked at. */
const SAMPLE = 60

export interface TableShape {
  readonly delimiter: Delimiter
  /** 1-based record number of the header; above it stand only titles, as operators print over their call records. */
  readonly header_row: number
  /** 2 where the headings stand in two rows; `header_row` is the lower one. */
  readonly header_rows: 1 | 2
  readonly header: readonly string[]
}

interface Sample {
  readonly text: string
  readonly fields: number
  readonly sound: boolean
}

/**
 * @param head the first bytes in UTF-8 (or another superset of ASCII), without a byte order mark.
 * @param whole whether the file ends with them.
 * @returns null when there is no record that is not blank; `'too long'` when the first record has no end.
 */
export function tableShape(head: Buffer, whole: boolean, stated: SourceMapping['delimiter']): TableShape | 'too long' | null {
  const announced = /^sep=([,;\t|])\r?\n/i.exec(head.subarray(0, 8).toString('latin1'))?.[1]
  const candidates = stated !== 'auto' ? [stated] : announced !== undefined ? [announced as Delimiter] : DELIMITERS
  let best: { delimiter: Delimiter; samples: Sample[]; mode: number; share: number } | null = null
  for (const delimiter of candidates) {
    const samples = sample(head, whole, delimiter)
    if (samples === 'too long') return 'too long'
    const filled = samples.filter((record) => record.text.trim() !== '')
    if (filled.length === 0) return null
    const { mode, share } = modalFields(filled)
    const score = mode > 1 ? share : 0
    if (best === null || score > best.share + 0.05 || (Math.abs(score - best.share) <= 0.05 && mode > best.mode)) best = { delimiter, samples, mode, share: score }
  }
  if (best === null) return null
  const index = headerIndex(best.samples, best.delimiter, best.mode, announced !== undefined)
  const { delimiter } = best
  const [header, second, third] = best.samples.slice(index, index + 3).map((record) => splitRecord(record.text, delimiter))
  if (header === undefined) return null
  const merged = mergedHeads(header, second, third)
  return merged === null ? { delimiter, header_row: index + 1, header_rows: 1, header } : { delimiter, header_row: index + 2, header_rows: 2, header: merged }
}

function sample(head: Buffer, whole: boolean, delimiter: Delimiter): Sample[] | 'too long' {
  const samples: Sample[] = []
  let endless = false
  let filled = 0
  scanRecords(head, 0, delimiter.charCodeAt(0), whole, (bytes, start, end, fields, flaw) => {
    endless = flaw === TOO_LONG
    if (endless) return false
    const text = bytes.toString('utf8', start, end)
    samples.push({ text, fields, sound: flaw === SOUND || flaw === BROKEN_LINE })
    if (text.trim() !== '') filled++
    return filled < SAMPLE
  })
  return endless && filled === 0 ? 'too long' : samples
}

function modalFields(records: readonly Sample[]): { mode: number; share: number } {
  const counts = new Map<number, number>()
  for (const record of records) if (record.sound) counts.set(record.fields, (counts.get(record.fields) ?? 0) + 1)
  let mode = 1
  let most = 0
  for (const [fields, count] of counts) if (count > most || (count === most && fields > mode)) [mode, most] = [fields, count]
  return { mode, share: most / records.length }
}

/** The first filled record that is no title. */
function headerIndex(samples: readonly Sample[], delimiter: Delimiter, mode: number, announced: boolean): number {
  const first = samples.findIndex((record, i) => record.text.trim() !== '' && !(announced && i === 0))
  if (mode < 4 || first < 0) return first
  return first + titlesAbove(samples.slice(first).map((record) => splitRecord(record.text, delimiter)))
}

/**
 * How many rows stand above the header: at most two cells filled in the first row where others fill four or more, and a full row of words
 * further down, which is the header.
 */
export function titlesAbove(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => row.filter((cell) => cell.trim() !== ''))
  const most = filled.reduce((longest, row) => Math.max(longest, row.length), 0)
  if (most < 4 || (filled[0]?.length ?? 0) > 2) return 0
  const found = filled.findIndex((row) => row.length > 2 && row.length >= most * 0.6)
  const words = filled[found]?.filter((cell) => /\p{L}/u.test(cell) && !/^\d[\d .:/+-]*$/.test(cell)).length ?? 0
  return found > 0 && words >= (filled[found]?.length ?? 0) * 0.8 ? found : 0
}

/** Names for the table: one line each, none empty, none twice (without regard to case, as SQL compares them); `row` belongs to the row number. */
export function columnNames(header: readonly string[]): { readonly columns: string[]; readonly repeated: string[] } {
  const columns: string[] = []
  const taken = new Set(['row'])
  const spellings = new Map<string, string[]>()
  header.forEach((cell, i) => {
    const wanted = cell.replaceAll(/[\0\ufeff]/g, '').replaceAll(/\s+/g, ' ').trim() || `column_${i + 1}`
    const folded = wanted.toLowerCase()
    if (cell.trim() !== '') spellings.set(folded, [...(spellings.get(folded) ?? []), wanted])
    let name = wanted
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted} (${n})`
    taken.add(name.toLowerCase())
    columns.push(name)
  })
  const repeated = [...spellings.values()].filter((written) => written.length > 1).flatMap((written) => [...new Set(written)])
  return { columns, repeated }
}
