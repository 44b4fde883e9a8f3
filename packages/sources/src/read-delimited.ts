/** CSV and its kin into a table: one pass over the bytes says whether DuckDB can read the file as it is, else a cleaned copy is read. */
import type { Hash } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { invariant, RingmapError } from '@ringmap/model/errors'
import type { Issue } from '@ringmap/model/issue'
import type { WorkOptions } from '@ringmap/model/progress'
import type { Database } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { writeCleanCopy, type CleanCopy } from './clean-copy.ts'
import { fileChunks } from './file-hash.ts'
import { headShape } from './head-shape.ts'
import { fileFailure, type FileToRead, type ReadFile } from './file-to-read.ts'
import { mergedHeadsIssue } from './merged-heads.ts'
import { RowCounter } from './row-counter.ts'
import { recordScanner } from './record-scan.ts'
import { columnNames, type TableShape } from './table-shape.ts'
import { byteSurveyor, statedEncoding, type ByteSurvey, type Encoding } from './text-encoding.ts'

interface Opened {
  readonly size: number
  readonly head: Buffer
  readonly hash: Hash
}

/** @throws RingmapError source_empty, source_unreadable, source_changed, interrupted */
export async function readDelimited(database: Database, file: FileToRead, opened: Opened, work: WorkOptions): Promise<ReadFile> {
  const stated = statedEncoding(opened.head, file.encoding)
  const shape = headShape(file, opened, stated)
  const { columns, repeated } = columnNames(shape.header)
  const table = name(file.table)
  try {
    const { survey, counter } = await surveyFile(file, opened, shape, stated, work)
    const encoding = stated ?? (survey.utf8 || survey.damaged ? 'utf-8' : 'windows-1252')
    const asItIs = encoding === 'utf-8' ? survey.utf8 : encoding === 'windows-1252' && survey.ascii
    const flawed = !asItIs || survey.zeros || !counter.plain || /[*?[\]{}]/.test(file.path)
    work.progress?.(`storing ${file.source}`, 0, 0)
    const read = flawed
      ? await readCleaned(database, file, { encoding, shape, columns, table, recode: !asItIs || survey.zeros }, work)
      : await readAsItIs(database, file, { shape, columns, table, counter })
    return {
      columns, repeated, rows: read.rows, rejected: read.rejected, encoding, delimiter: shape.delimiter, sheet: null, sha256: opened.hash.digest('hex'), size_bytes: opened.size,
      issues: [...(shape.header_rows === 1 ? [] : [mergedHeadsIssue(file, shape.header_row - 1, shape.header)]), ...issuesOf(file, read, stated === null && encoding === 'windows-1252', columns.length)],
    }
  } catch (error) {
    throw fileFailure(error, file)
  }
}

/** Hash, encoding and records in one pass. Records of UTF-16 are counted when it has been brought to UTF-8. */
async function surveyFile(file: FileToRead, opened: Opened, shape: TableShape, stated: Encoding | null, work: WorkOptions): Promise<{ survey: ByteSurvey; counter: RowCounter }> {
  const wide = stated === 'utf-16le' || stated === 'utf-16be'
  const surveyor = byteSurveyor()
  const counter = new RowCounter(file, shape)
  const scanner = recordScanner(shape.delimiter.charCodeAt(0), counter.sink)
  let done = 0
  for await (const chunk of fileChunks(file.path, work)) {
    opened.hash.update(chunk)
    if (!wide) {
      surveyor.push(chunk)
      scanner.push(done === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk)
    }
    done += chunk.length
    work.progress?.(`reading ${file.source}`, done, opened.size)
  }
  scanner.end()
  if (done !== opened.size) throw new RingmapError('source_changed', { source: file.source, file: file.shown })
  return { survey: wide ? { ascii: false, utf8: false, zeros: false, damaged: false } : surveyor.end(), counter }
}

interface Target {
  readonly shape: TableShape
  readonly columns: readonly string[]
  readonly table: Sql
}

/** Every record is sound, so the n-th row that DuckDB reads is the n-th record. */
async function readAsItIs(database: Database, file: FileToRead, target: Target & { readonly counter: RowCounter }): Promise<CleanCopy> {
  const { table, columns, counter, shape } = target
  const types = joined([sql`'row': 'BIGINT'`, ...columns.map((column) => sql`${column}: 'VARCHAR'`)].slice(1))
  const names = joined(columns.map(name))
  // Numbering as the file is read keeps it on one thread, and still costs less than writing the numbers over the stored rows afterwards.
  await storedQuickly(database, sql`CREATE OR REPLACE TABLE ${table} AS SELECT row_number() OVER () + 1 AS row, ${names}
    FROM read_csv(${resolve(file.path)}, columns = {${types}}, header = true, ${dialect(shape.delimiter, counter.line_break)}, parallel = ${!counter.broken_lines})`)
  const found = await database.one<{ n: number; first: number | null; last: number | null }>(sql`SELECT count(*) AS n, min(row) AS first, max(row) AS last FROM ${table}`)
  await checkCount(file, found?.n ?? 0, counter.good)
  invariant(counter.good === 0 || (found?.first === 2 && found.last === counter.good + 1), 'rows are numbered without gaps')
  return { rows: counter.good, rejected: 0, rejects: [], replaced: 0, replaced_rows: [], broken_lines: counter.broken_lines, reasons: new Map() }
}

/** Rows as written are stored as they are: looking for what would compress them costs more than reading, checking and storing them, and the file is a good twice as large as the CSV instead. */
async function storedQuickly(database: Database, statement: Sql): Promise<void> {
  await database.run(sql`SET disabled_compression_methods = 'dictionary,fsst'`)
  try {
    await database.run(statement)
  } finally {
    await database.run(sql`SET disabled_compression_methods = ''`)
  }
}

async function readCleaned(database: Database, file: FileToRead, target: Target & { readonly encoding: Encoding; readonly recode: boolean }, work: WorkOptions): Promise<CleanCopy> {
  const { table, columns, shape } = target
  const folder = await mkdtemp(join(tmpdir(), 'ringmap-'))
  try {
    const copy = join(folder, 'rows')
    const read = await writeCleanCopy(database, file, { shape, encoding: target.recode ? target.encoding : null, to: copy }, work)
    const types = joined([sql`'row': 'BIGINT'`, ...columns.map((column) => sql`${column}: 'VARCHAR'`)])
    await database.run(sql`CREATE OR REPLACE TABLE ${table} (row BIGINT, ${joined(columns.map((column) => sql`${name(column)} VARCHAR`))})`)
    if (read.rows > 0) {
      await storedQuickly(database, sql`INSERT INTO ${table} FROM read_csv(${copy}, columns = {${types}}, header = false, ${dialect(shape.delimiter, '\\n')}, parallel = ${!read.broken_lines})`)
    }
    await checkCount(file, (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${table}`))?.n ?? 0, read.rows)
    return read
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Everything is stated: what is left open DuckDB guesses, even with auto_detect off. */
function dialect(delimiter: string, lineBreak: string): Sql {
  return sql`delim = ${delimiter}, new_line = ${lineBreak}, quote = '"', escape = '"', auto_detect = false, compression = 'none'`
}

/** A file that grew under our hands is the user's matter; any other difference is a bug that must not pass unseen. */
async function checkCount(file: FileToRead, found: number, counted: number): Promise<void> {
  if (found === counted) return
  await stat(file.path)
  invariant(false, `${counted} rows were counted and ${found} read`)
}

function issuesOf(file: FileToRead, read: CleanCopy, guessed: boolean, columns: number): Issue[] {
  const at = { source: file.source, file: file.shown, column: null }
  const issues: Issue[] = []
  if (guessed) {
    issues.push({ ...at, code: 'encoding_guessed', count: 1, examples: [], message: 'The file is not UTF-8 and was read as Windows-1252. If names look wrong, state its encoding in case.yaml.' })
  }
  if (read.replaced > 0) {
    const examples = read.replaced_rows.map((row) => ({ row, value: null }))
    issues.push({ ...at, code: 'encoding_replaced', count: read.replaced, examples, message: 'Rows with bytes that are no text in this encoding; each such byte was replaced by the sign \ufffd.' })
  }
  if (read.rejected > 0) {
    const reasons = [...read.reasons].map(([reason, count]) => `${count} × ${reason}`).join('; ')
    issues.push({ ...at, code: 'row_rejected', count: read.rejected, examples: read.rejects, message: `Set aside whole; the header has ${columns} columns: ${reasons}.` })
  }
  return issues
}
