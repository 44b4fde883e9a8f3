/** Pairs of values compared without a case: one pair, or a file of them answered row by row in its own order. */
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { nameAdditions, type NameAdditionsFile } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { COMPARE_KINDS, kindOf, pairComparer, type CompareContext } from '@ringmap/linkage/compare/compare-pair'
import type { PairVerdict } from '@ringmap/linkage/compare/pair-verdict'
import { canonicalise } from '@ringmap/identifiers/canonicalise'
import { readFileIntoTable, type ReadFile } from '@ringmap/sources/read-file'
import { Database } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'
import { readCaseFile } from './case-file-text.ts'
import { caseFilePath } from './open-case.ts'

export { COMPARE_KINDS, kindOf, pairComparer, type CompareContext, type PairVerdict }

export interface ComparePairsOptions extends WorkOptions, CompareContext {
  /** Kind of every row, where the file has no column `kind`. */
  readonly kind?: string | undefined
}

export interface ComparedPairs {
  /** The file's own columns. */
  readonly columns: readonly string[]
  /** One for each record of the file after its header that is not blank, in file order. */
  readonly rows: readonly ComparedRow[]
  readonly remarks: readonly string[]
}

export interface ComparedRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number
  /** As written, Aadhaar numbers with the last four digits only; null for an empty cell. */
  readonly cells: readonly (string | null)[]
  /** Null for a row that could not be compared; then `reason` says why. */
  readonly verdict: PairVerdict['verdict'] | null
  readonly weight: number | null
  readonly reason: string
  readonly parts: PairVerdict['parts']
}

/** @param file CSV or workbook with the columns left and right, and kind unless one is given; `-` for stdin. @throws RingmapError usage, source_* */
export async function comparePairs(file: string, options: ComparePairsOptions): Promise<ComparedPairs> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-'))
  const database = await Database.open(':memory:')
  try {
    database.watch(options.signal)
    const path = file === '-' ? join(folder, 'pairs.csv') : file
    if (file === '-') await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }))
    await database.run(sql`CREATE TABLE rejected_row (source VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)`)
    const shown = file === '-' ? 'stdin' : basename(file)
    const read = await readFileIntoTable(database, { source: 'pairs', path, shown, encoding: 'auto', delimiter: 'auto', table: 'pairs' }, options)
    return await answered(database, read, shown, options)
  } finally {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answered(database: Database, read: ReadFile, shown: string, options: ComparePairsOptions): Promise<ComparedPairs> {
  const at = { left: placeOf(read, 'left', shown), right: placeOf(read, 'right', shown), kind: options.kind === undefined ? placeOf(read, 'kind', shown) : -1 }
  const fixed = options.kind === undefined ? null : kindOf(options.kind)
  const compare = pairComparer(options)
  const [numbers = [], ...columns] = await database.texts(sql`SELECT row, ${joined(read.columns.map((column) => name(column)))} FROM pairs ORDER BY row`)
  const rows: ComparedRow[] = []
  let unknown = 0
  for (let i = 0; i < numbers.length; i++) {
    if ((i & 0x3ff) === 0) {
      options.progress?.('comparing', i, numbers.length)
      stopIfAsked(options.signal)
    }
    const cells = columns.map((column) => column[i] ?? null)
    const kind = fixed ?? knownKind(cells[at.kind] ?? '')
    if (kind === null) unknown++
    const found = kind === null ? null : compare(kind, cells[at.left] ?? '', cells[at.right] ?? '')
    rows.push({
      row: Number(numbers[i]), cells: kind === 'aadhaar' ? cells.map((cell, c) => (c === at.left || c === at.right ? masked(cell) : cell)) : cells,
      verdict: found?.verdict ?? null, weight: found?.weight ?? null, reason: found?.reason ?? `kind "${cells[at.kind] ?? ''}" is not known`, parts: found?.parts ?? [],
    })
  }
  const rejected = await database.rows<{ row: number; reason: string }>(sql`SELECT row, reason FROM rejected_row ORDER BY row`)
  for (const one of rejected) rows.push({ row: one.row, cells: read.columns.map(() => null), verdict: null, weight: null, reason: `row could not be read: ${one.reason}`, parts: [] })
  rows.sort((a, b) => a.row - b.row)
  const remarks = [...read.issues.map((issue) => `${issue.count} rows: ${issue.message}`), ...(unknown > 0 ? [`${unknown} rows have a kind that is not known; known are ${COMPARE_KINDS.join(', ')}.`] : [])]
  return { columns: read.columns, rows, remarks }
}

function placeOf(read: ReadFile, wanted: string, shown: string): number {
  const place = read.columns.findIndex((column) => column.trim().toLowerCase() === wanted)
  if (place >= 0) return place
  throw new RingmapError('usage', { what: `${shown} has no column ${wanted}; it has ${read.columns.join(', ')}.${wanted === 'kind' ? ' Say what the values are with --as.' : ''}` })
}

function knownKind(kind: string): string | null {
  try {
    return kindOf(kind)
  } catch {
    return null
  }
}

function masked(cell: string | null): string | null {
  return cell === null ? null : canonicalise('aadhaar', cell, { region: 'IN' }).value
}

/** Spellings of a case (the key `names` of its case.yaml), or of a file that has the same keys. @throws RingmapError usage, case_missing, case_file_invalid */
export function compareContext(from: { readonly case?: string | undefined; readonly names?: string | undefined; readonly region?: string | undefined }): CompareContext {
  const file = from.case === undefined ? null : readCaseFile(caseFilePath(from.case))
  const names = [file?.names, from.names === undefined ? undefined : namesFile(from.names)].filter((one) => one !== undefined)
  return { region: from.region?.toUpperCase() ?? file?.region ?? 'IN', names: { same: names.flatMap((one) => one.same), different: names.flatMap((one) => one.different), honorifics: names.flatMap((one) => one.honorifics) }, places: names.flatMap((one) => one.places) }
}

function namesFile(path: string): NameAdditionsFile {
  try {
    return nameAdditions.parse(parse(readFileSync(path, 'utf8')) ?? {})
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
    throw new RingmapError('usage', { what: `${path} is no list of spellings (same, different, honorifics, places): ${what}` }, { cause: error })
  }
}
