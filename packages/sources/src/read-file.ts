/** One file becomes one table of text columns with the row number that a spreadsheet shows; what cannot be read is kept apart, whole. */
import { createHash } from 'node:crypto'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import type { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import { fileKind } from './file-kind.ts'
import { lookAt, type FileToRead, type ReadFile } from './file-to-read.ts'
import { readDelimited } from './read-delimited.ts'
import { readWorkbook } from './read-workbook.ts'

export type { FileToRead, ReadFile }

/**
 * Fills the table `file.table` (row BIGINT, then a VARCHAR for each column; an empty cell is NULL) and the source's rows of `rejected_row`.
 * `row` is the 1-based record number in the file: the header counts, and so do blank and rejected records. Rows stand in file order.
 * The caller holds the transaction; nothing is left on disk besides, even on failure.
 *
 * @throws RingmapError source_missing, source_not_a_file, source_empty, source_kind, source_unreadable, source_changed, sheet_missing, interrupted
 */
export async function readFileIntoTable(database: Database, file: FileToRead, work: WorkOptions = {}): Promise<ReadFile> {
  const { size, head } = await lookAt(file)
  const kind = fileKind(head, file.encoding === 'utf-16')
  if (kind.kind === 'refused') throw new RingmapError('source_kind', { source: file.source, file: file.shown, what: kind.what, hint: kind.hint })
  await database.run(sql`DELETE FROM rejected_row WHERE source = ${file.source}`)
  if (kind.kind === 'workbook') return await readWorkbook(database, file, size, work)
  if (file.sheet !== undefined) throw new RingmapError('sheet_missing', { source: file.source, file: file.shown, sheet: file.sheet, sheets: 'no sheets: it is no workbook' })
  return await readDelimited(database, file, { size, head, hash: createHash('sha256') }, work)
}
