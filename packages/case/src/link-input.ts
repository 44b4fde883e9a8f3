/** Files of records as one table, in an order that does not depend on theirs: every column as text, the id of each record, and which file it is from. */
import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { readFileIntoTable } from '@ringmap/sources/read-file'
import { headingWords } from '@ringmap/sources/sniff-headers'
import type { Database } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'
import { columnIsTruth, idHeading, mayNumberRows } from './link-column-roles.ts'

export interface LinkInput {
  /** Table with `#record` (from 0), `#source` (place of the file), `#id`, then `columns`. */
  readonly table: string
  readonly records: number
  readonly columns: readonly string[]
  /** Column that names the records; null where the row does. */
  readonly id: string | null
  readonly files: readonly string[]
  /** Names of the files without ending, each once. */
  readonly stems: readonly string[]
  /** Whether the stem stands before each id, because ids of the files overlap. */
  readonly prefixed: boolean
  readonly remarks: readonly string[]
}

export interface LinkInputOptions extends WorkOptions {
  readonly id?: string | undefined
  /** Column that most likely names the records, such as the one by which a truth does. */
  readonly likely_id?: string | null | undefined
  /** Puts the stem before each id even where ids do not overlap. */
  readonly prefixed?: boolean | undefined
  /** Order of records within a file does not matter unless the row names them. */
  readonly table?: string
}

const SOURCE = name('#source')
const OWN = name('#own')

export interface ReadTable {
  readonly table: string
  readonly columns: readonly string[]
  readonly file: string
}

/** @throws RingmapError source_*, input_missing, link_settings_invalid, link_ids_repeated */
export async function readLinkInput(database: Database, paths: readonly string[], options: LinkInputOptions): Promise<LinkInput> {
  const remarks: string[] = []
  const tables: ReadTable[] = []
  for (const [i, path] of paths.entries()) tables.push(await readLinkTable(database, path, `link file ${i}`, remarks, options))
  const first = tables[0]
  if (first === undefined) throw new RingmapError('usage', { what: 'Name at least one file.' })
  const columns = commonColumns(tables)
  const id = await idColumn(database, tables, columns, options)
  const table = options.table ?? 'link_record'
  const parts = tables.map((one, i) => {
    const cells = columns.map((column) => { const found = ownColumn(one, column); return found === undefined ? sql`CAST(NULL AS VARCHAR) AS ${name(column)}` : sql`${name(found)} AS ${name(column)}` })
    const own_id = id === null ? undefined : ownColumn(one, id)
    return sql`SELECT ${i} AS ${SOURCE}, row AS ${name('#row')}, ${own_id === undefined ? sql`CAST(row AS VARCHAR)` : sql`coalesce(nullif(trim(${name(own_id)}), ''), 'row ' || row)`} AS ${name('#own')}, ${joined(cells)} FROM ${name(one.table)}`
  })
  const all = joined(parts, ' UNION ALL ')
  const repeated = await database.one<{ n: number; twice: string | null }>(sql`SELECT count(*) AS n, min(own) AS twice FROM (SELECT ${OWN} AS own FROM (${all}) GROUP BY ${SOURCE}, ${OWN} HAVING count(*) > 1)`)
  if (id !== null && (repeated?.n ?? 0) > 0) throw new RingmapError('link_ids_repeated', { column: id, count: repeated?.n ?? 0, example: repeated?.twice ?? '' })
  const shared = options.prefixed === true || tables.length > 1 && ((await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (SELECT ${OWN} FROM (${all}) GROUP BY ${OWN} HAVING count(DISTINCT ${SOURCE}) > 1)`))?.n ?? 0) > 0
  if (shared && options.prefixed !== true) remarks.push('Ids of the files overlap; the name of the file stands before each.')
  const files = tables.map((one) => one.file)
  const stems = files.map((file, i) => fileStem(file, i, files))
  const names = joined(stems.map((stem, i) => sql`(${i}, ${stem})`))
  await database.run(sql`CREATE OR REPLACE TABLE ${name(table)} AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS ${name('#record')}, * FROM (
    SELECT t.${SOURCE}, ${shared ? sql`f.stem || ':' || t.${OWN}` : sql`t.${OWN}`} AS ${name('#id')}, ${joined(columns.map((column) => sql`t.${name(column)}`))}
    FROM (${all}) t JOIN (VALUES ${names}) f(${SOURCE}, stem) USING (${SOURCE}) ORDER BY t.${SOURCE}, ${id === null ? sql`t.${name('#row')}` : sql`t.${OWN}`})`)
  for (const one of tables) await database.run(sql`DROP TABLE ${name(one.table)}`)
  const records = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${name(table)}`))?.n ?? 0
  return { table, records, columns: columns.filter((column) => column !== id), id, files, stems, prefixed: shared, remarks }
}

export async function readLinkTable(database: Database, path: string, table: string, remarks: string[], work: WorkOptions): Promise<ReadTable> {
  const file = basename(path)
  if (await isParquet(path)) {
    await database.run(sql`CREATE OR REPLACE TABLE ${name(table)} AS SELECT file_row_number + 2 AS row, CAST(COLUMNS(* EXCLUDE (file_row_number)) AS VARCHAR) FROM read_parquet(${resolve(path)}, file_row_number = true)`)
    const found = await database.rows<{ column_name: string }>(sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${table} ORDER BY ordinal_position`)
    return { table, file, columns: found.map((row) => row.column_name).filter((column) => column !== 'row') }
  }
  await database.run(sql`CREATE TABLE IF NOT EXISTS rejected_row (source VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)`)
  const read = await readFileIntoTable(database, { source: file, path, shown: file, encoding: 'auto', delimiter: 'auto', table }, work).catch((error: unknown) => {
    throw error instanceof RingmapError && error.code === 'source_missing' ? new RingmapError('input_missing', { file: path }, { cause: error }) : error
  })
  for (const issue of read.issues) remarks.push(`${file}: ${issue.message} (${issue.count})`)
  return { table, file, columns: read.columns }
}

async function isParquet(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
      return bytesRead === 4 && buffer.toString('latin1') === 'PAR1'
    } finally {
      await handle.close()
    }
  } catch {
    // Whatever is wrong with the path, the reader says it in words.
    return false
  }
}

/** All columns of all files, those of the same heading as one. */
function commonColumns(tables: readonly ReadTable[]): string[] {
  const seen = new Map<string, string>()
  for (const table of tables) for (const column of table.columns) if (!seen.has(headingWords(column) || column)) seen.set(headingWords(column) || column, column)
  return [...seen.values()]
}

/** The column asked for; else the first that is headed like an id and differs in every record; else one that may be an id by its heading, and of which no value occurs twice in any of the files. */
async function idColumn(database: Database, tables: readonly ReadTable[], columns: readonly string[], { id: wanted, likely_id }: LinkInputOptions): Promise<string | null> {
  if (wanted !== undefined) {
    const found = columns.find((column) => column === wanted) ?? columns.find((column) => headingWords(column) === headingWords(wanted))
    if (found === undefined) throw new RingmapError('link_settings_invalid', { file: tables[0]?.file ?? '', what: `there is no column ${wanted} to name the records; there are ${columns.join(', ')}` })
    return found
  }
  const likely = likely_id === null || likely_id === undefined ? undefined : columns.find((column) => headingWords(column) === headingWords(likely_id))
  if (likely !== undefined && await uniqueWithin(database, tables, likely)) return likely
  const open = columns.filter((one) => !columnIsTruth(one))
  for (const column of open.filter(idHeading)) if (await uniqueWithin(database, tables, column)) return column
  for (const column of open.filter((one) => mayNumberRows(one))) if (await uniqueWithin(database, tables, column) && await uniqueAcross(database, tables, column)) return column
  return null
}

function ownColumn(table: ReadTable, column: string): string | undefined {
  return table.columns.find((other) => headingWords(other) === headingWords(column))
}

/** Whether every record has a value, and none of its file the same. */
async function uniqueWithin(database: Database, tables: readonly ReadTable[], column: string): Promise<boolean> {
  for (const table of tables) {
    const own = ownColumn(table, column)
    const found = own === undefined ? null : await database.one<{ n: number; d: number; b: number }>(sql`SELECT count(*) AS n, count(DISTINCT trim(${name(own)})) AS d, count(*) - count(nullif(trim(${name(own)}), '')) AS b FROM ${name(table.table)}`)
    if (found === null || found.d !== found.n || found.b > 0) return false
  }
  return true
}

/** Whether no value occurs in two files: what does is a number that the things themselves have. */
async function uniqueAcross(database: Database, tables: readonly ReadTable[], column: string): Promise<boolean> {
  const parts = tables.map((table) => sql`SELECT trim(${name(ownColumn(table, column) ?? '')}) AS own FROM ${name(table.table)}`)
  return (await database.one<{ own: string }>(sql`SELECT own FROM (${joined(parts, ' UNION ALL ')}) GROUP BY own HAVING count(*) > 1 LIMIT 1`)) === null
}

/** Name of a file without its ending, numbered where two have the same. */
function fileStem(file: string, i: number, files: readonly string[]): string {
  const stem = file.replace(/\.[^.]+$/, '')
  return files.filter((other) => other.replace(/\.[^.]+$/, '') === stem).length > 1 ? `${stem}#${i + 1}` : stem
}
