/** The header and first rows of a file, for guessing what it is. */
import readSheets from 'read-excel-file/node'
import { RingmapError } from '@ringmap/model/errors'
import { fileKind } from './file-kind.ts'
import { lookAt } from './file-to-read.ts'
import { headShape, recoded } from './head-shape.ts'
import { sheetHeads, sheetRows } from './read-workbook.ts'
import { BROKEN_LINE, scanRecords, splitRecord } from './record-scan.ts'
import { columnNames } from './table-shape.ts'
import { byteSurveyor, statedEncoding } from './text-encoding.ts'

/** Rows looked at. */
export const SAMPLE_ROWS = 1000

export interface TableSample {
  /** As case.yaml will name it. */
  readonly file: string
  /** Null for files that are no workbook, and for workbooks of one sheet. */
  readonly sheet: string | null
  readonly columns: readonly string[]
  readonly repeated: readonly string[]
  /** Filled cells of the rows over the headings: whose statement it is. */
  readonly above: readonly (readonly string[])[]
  /** Cells trimmed; empty ones are ''. */
  readonly rows: readonly (readonly string[])[]
}

/** One sample for a text file, one for each filled sheet of a workbook. @throws RingmapError like the reader */
export async function sampleFile(path: string, file: string): Promise<TableSample[]> {
  const at = { source: file, shown: file, path, delimiter: 'auto' } as const
  const { head, size } = await lookAt(at)
  const kind = fileKind(head, false)
  if (kind.kind === 'refused') throw new RingmapError('source_kind', { source: file, file, what: kind.what, hint: kind.hint })
  if (kind.kind === 'workbook') return await sampleWorkbook(path, file)
  const stated = statedEncoding(head, 'auto')
  const shape = headShape(at, { head, size }, stated)
  const surveyor = byteSurveyor()
  surveyor.push(head)
  const survey = surveyor.end()
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const text = recoded(head.subarray(bom), stated ?? (survey.utf8 || survey.damaged || head.length < size ? 'utf-8' : 'windows-1252'))
  const { columns, repeated } = columnNames(shape.header)
  const rows: string[][] = []
  const above: string[][] = []
  let record = 0
  scanRecords(text, 0, shape.delimiter.charCodeAt(0), head.length === size, (bytes, start, end, fields, flaw) => {
    record++
    if (record <= shape.header_row - shape.header_rows) above.push(filledCells(splitRecord(bytes.toString('utf8', start, end), shape.delimiter)))
    if (record > shape.header_row && fields >= columns.length && flaw <= BROKEN_LINE) {
      rows.push(splitRecord(bytes.toString('utf8', start, end), shape.delimiter).slice(0, columns.length).map((cell) => cell.trim()))
    }
    return rows.length < SAMPLE_ROWS
  })
  return [{ file, sheet: null, columns, repeated, above, rows }]
}

async function sampleWorkbook(path: string, file: string): Promise<TableSample[]> {
  const sheets = (await readSheets(path).catch(() => [])).map((sheet) => sheet.sheet)
  const samples: TableSample[] = []
  for (const sheet of sheets) {
    const rows = (await sheetRows(path, { source: file, shown: file, sheet })).map((row) => row.map((cell) => cell?.trim() ?? ''))
    const first = rows.findIndex((row) => row.some((cell) => cell !== ''))
    if (first < 0) continue
    const width = rows.reduce((most, row) => Math.max(most, row.findLastIndex((cell) => cell !== '') + 1), 0)
    const heads = sheetHeads(rows, first, width)
    const { header } = heads
    const { columns, repeated } = columnNames(heads.names)
    const below = rows.slice(header + 1, header + 1 + SAMPLE_ROWS).filter((row) => row.some((cell) => cell !== ''))
    samples.push({ file, sheet: sheets.length > 1 ? sheet : null, columns, repeated, above: rows.slice(first, heads.first).map(filledCells), rows: below.map((row) => columns.map((_, i) => row[i] ?? '')) })
  }
  if (samples.length === 0) throw new RingmapError('source_unreadable', { source: file, file, what: 'it is a damaged workbook, or holds nothing', hint: 'Open it in a spreadsheet, save it again, and name that file.' })
  return samples
}

function filledCells(row: readonly string[]): string[] {
  return row.map((cell) => cell.trim()).filter((cell) => cell !== '')
}
