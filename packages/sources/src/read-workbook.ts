/** A sheet of an Excel workbook into a table: dates as ISO 8601, numbers with all their digits, rows numbered as Excel shows them. */
import { open } from 'node:fs/promises'
import { readSheet, SheetNotFoundError } from 'read-excel-file/node'
import readSheets from 'read-excel-file/node'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import type { Cell, Database } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'
import { fileSha256 } from './file-hash.ts'
import { fileFailure, type FileToRead, type ReadFile } from './file-to-read.ts'
import { mergedHeads, mergedHeadsIssue } from './merged-heads.ts'
import { columnNames, titlesAbove } from './table-shape.ts'
import { REASON_TITLE } from './row-counter.ts'

/** Bytes of the unpacked workbook; it is held in memory whole. */
const UNPACKED_LIMIT = 1_500_000_000

/** @throws RingmapError sheet_missing, source_empty, source_unreadable, too_large, interrupted */
export async function readWorkbook(database: Database, file: FileToRead, size: number, work: WorkOptions): Promise<ReadFile> {
  try {
    const sha256 = await fileSha256(file.path, work)
    await refuseHuge(file, size)
    work.progress?.(`reading ${file.source}`, 0, size)
    const rows = await sheetRows(file.path, file)
    work.progress?.(`storing ${file.source}`, size, size)
    const filled = rows.findIndex((row) => row.some((cell) => cell !== null))
    if (filled < 0) throw new RingmapError('source_empty', { source: file.source, file: file.shown })
    const width = rows.reduce((most, row) => Math.max(most, row.findLastIndex((cell) => cell !== null) + 1), 0)
    const heads = sheetHeads(rows, filled, width)
    const { header } = heads
    const { columns, repeated } = columnNames(heads.names)
    const table = name(file.table)
    await database.run(sql`CREATE OR REPLACE TABLE ${table} (row BIGINT, ${joined(columns.map((column) => sql`${name(column)} VARCHAR`))})`)
    await database.append('rejected_row', titles(rows, heads.first, file.source))
    const stored = await database.append(file.table, filledRows(rows, header, width))
    const rejected = [...titles(rows, heads.first, file.source)].length
    return {
      columns, repeated, rows: stored, rejected, encoding: 'xlsx', delimiter: '', sheet: file.sheet ?? null, sha256, size_bytes: size,
      issues: [...(heads.first === header ? [] : [mergedHeadsIssue(file, heads.first + 1, heads.names)]), ...(rejected === 0 ? [] : [{
        code: 'row_rejected' as const, source: file.source, file: file.shown, column: null, count: rejected, message: `Set aside: ${rejected} × ${REASON_TITLE}.`,
        examples: [...titles(rows, heads.first, file.source)].slice(0, 10).map((row) => ({ row: row[1] as number, value: row[3] as string })),
      }])],
    }
  } catch (error) {
    throw fileFailure(error, file)
  }
}

/** Where the headings of a sheet stand (rows from 0; `header` is the last of them) and what they are. */
export function sheetHeads(rows: readonly (readonly (string | null)[])[], filled: number, width: number): { readonly first: number; readonly header: number; readonly names: string[] } {
  const words = (place: number): string[] | undefined => (rows[place] === undefined ? undefined : Array.from({ length: width }, (_, i) => rows[place]?.[i] ?? ''))
  const first = filled + titlesAbove(rows.slice(filled, filled + 60).map((row) => row.map((cell) => cell ?? '')))
  const plain = words(first) ?? []
  const merged = mergedHeads(plain, words(first + 1), words(first + 2))
  return merged === null ? { first, header: first, names: plain } : { first, header: first + 1, names: merged }
}

function* titles(rows: readonly (string | null)[][], header: number, source: string): Generator<Cell[]> {
  for (let i = 0; i < header; i++) {
    const text = (rows[i] ?? []).filter((cell) => cell !== null).join('\t')
    if (text !== '') yield [source, i + 1, REASON_TITLE, text]
  }
}

function* filledRows(rows: readonly (string | null)[][], header: number, width: number): Generator<Cell[]> {
  for (let i = header + 1; i < rows.length; i++) {
    const row = rows[i] ?? []
    if (row.some((cell) => cell !== null)) yield [i + 1, ...Array.from({ length: width }, (_, c) => row[c] ?? null)]
  }
}

/**
 * Cells of one sheet as text, empty ones null; row i of the answer is row i + 1 of the sheet.
 *
 * @throws RingmapError sheet_missing, source_unreadable
 */
export async function sheetRows(path: string, file: Pick<FileToRead, 'source' | 'shown' | 'sheet'>): Promise<(string | null)[][]> {
  const options = { trim: false, parseNumber: numberText }
  try {
    const rows = file.sheet === undefined ? await readSheet(path, 1, options) : await readSheet(path, file.sheet, options)
    return (rows as unknown[][]).map((row) => row.map(cellText))
  } catch (error) {
    if (error instanceof RingmapError) throw error
    const at = { source: file.source, file: file.shown }
    if (error instanceof SheetNotFoundError || (error instanceof Error && error.name === 'SheetNotFoundError')) {
      const sheets = (await readSheets(path).catch(() => [])).map((sheet) => sheet.sheet)
      throw new RingmapError('sheet_missing', { ...at, sheet: file.sheet ?? '1', sheets: sheets.join(', ') || 'none' }, { cause: error })
    }
    if (error instanceof Error && 'code' in error && /^E[A-Z]{3,}$/.test(String(error.code))) throw error
    throw new RingmapError('source_unreadable', { ...at, what: 'it is a damaged workbook, or one cut off', hint: 'Open it in a spreadsheet, save it again as .xlsx or CSV, and name that file.' }, { cause: error })
  }
}

function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  const text = cell instanceof Date ? dateText(cell) : typeof cell === 'string' ? cell : typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : JSON.stringify(cell)
  return text.trim() === '' ? null : text
}

/** `2024-03-12`, `2024-03-12 11:30:01`, or `11:30:01` for a time without a day (Excel keeps it before 1900). */
function dateText(date: Date): string {
  // Excel keeps times as fractions of a day: whole seconds come back a millisecond off.
  const second = Math.round(date.getTime() / 1000) * 1000
  const exact = Math.abs(date.getTime() - second) <= 2 ? second : date.getTime()
  const [day = '', time = ''] = new Date(exact).toISOString().replace(/(?:\.000)?Z$/, '').split('T')
  if (day < '1900-01-01') return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

/** As Excel shows a number in a cell wide enough: 15 significant digits, never an exponent. */
function numberText(written: string): string {
  if (/^-?\d+$/.test(written)) return written
  const number = Number(written)
  if (!Number.isFinite(number)) return written
  const rounded = Number.isInteger(number) ? number : Number(number.toPrecision(15))
  const text = String(rounded)
  if (!text.includes('e')) return text
  return Math.abs(rounded) >= 1 ? BigInt(rounded).toString() : rounded.toFixed(20).replace(/0+$/, '')
}

/** The directory at the end of a zip states the unpacked sizes (PKWARE APPNOTE 4.3.12 and 4.3.16). */
async function refuseHuge(file: FileToRead, size: number): Promise<void> {
  const handle = await open(file.path, 'r')
  try {
    const tail = Buffer.alloc(Math.min(size, 66_000))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0 || end + 20 > tail.length) return
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(end + 12), 4_000_000))
    await handle.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    let unpacked = 0
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50;) {
      unpacked += directory.readUInt32LE(at + 24)
      at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    }
    if (unpacked > UNPACKED_LIMIT) {
      throw new RingmapError('too_large', { what: `Workbook ${file.shown}, unpacked,`, needed: `${(unpacked / 1e9).toFixed(1)} GB`, available: `room for ${UNPACKED_LIMIT / 1e9} GB`, hint: 'Save the sheet as CSV; CSV files of any size are read.' })
    }
  } finally {
    await handle.close()
  }
}
