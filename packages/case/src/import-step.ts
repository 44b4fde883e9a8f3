/** The import step: changed sources are read beside the case, then taken in and mapped in one transaction, so a failure leaves the case as it was. */
import { createHash, createHmac } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import type { SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { fileSha256 } from '@ringmap/sources/file-hash'
import { readFileIntoTable, type ReadFile } from '@ringmap/sources/read-file'
import { mapSources, type ReadSource } from '@ringmap/sources/map-sources'
import type { Cell, Database } from '@ringmap/store/database'
import { rawTable, STORE_VERSION } from '@ringmap/store/tables'
import { name, sql } from '@ringmap/store/sql'
import { extractIssues, passwordFromEnvironment, readDatabases, shownSource, type DatabaseAccess } from './database-sources.ts'
import { readExchangeSources } from './exchange-sources.ts'
import { sourcePath, type OpenCase } from './open-case.ts'

export interface ImportOptions extends WorkOptions {
  /** Rows of a file that may be rejected: a count, or a share of its rows such as `0.1%`. Default: any; they are reported. */
  readonly max_bad?: string | undefined
  /** Read and map again even where nothing changed. */
  readonly force?: boolean | undefined
  /** What sources that are databases need; default: the password of the environment. */
  readonly databases?: DatabaseAccess | undefined
}

export interface ImportReport {
  readonly sources: readonly { readonly name: string; readonly file: string; readonly rows: number; readonly rejected: number; readonly read: boolean }[]
  readonly rows: number
  /** Sources that left with all their rows since the last import: told by keyed hashes alone, which say nothing to whoever has not the case's key. */
  readonly removed: readonly RemovedSource[]
  /** False when neither files nor mapping had changed, and nothing was done. */
  readonly changed: boolean
}

export interface RemovedSource {
  /** From its name. */
  readonly id: string
  /** HMAC-SHA256 of the SHA-256 of its file. */
  readonly hmac: string
}

/** @throws RingmapError neo4j_*, source_*, column_*, sheet_missing, too_many_bad, interrupted */
export async function runImport(open: OpenCase, options: ImportOptions = {}): Promise<ImportReport> {
  const { database, file } = open
  const tolerance = options.max_bad === undefined ? null : parseTolerance(options.max_bad)
  if (file.sources.some((source) => source.kind === 'neo4j')) await readDatabases(open, options.databases ?? { password: passwordFromEnvironment, now: () => 0 }, options)
  readExchangeSources(open)
  const fresh = await readChanged(open, options)
  try {
    return await takeIn(open, fresh, tolerance, options)
  } catch (error) {
    // Where this is refused too, after Ctrl-C or on a full disk, the next import clears up.
    await dropLeftReadings(database).catch(() => undefined)
    throw error
  }
}

async function takeIn(open: OpenCase, fresh: ReadonlyMap<string, FreshSource>, tolerance: Tolerance | null, options: ImportOptions): Promise<ImportReport> {
  const { database, file } = open
  return await database.transaction(async () => {
    const reports: { name: string; file: string; rows: number; rejected: number; read: boolean }[] = []
    for (const [position, source] of file.sources.entries()) {
      const read = fresh.get(source.name)
      if (read === undefined) await database.run(sql`UPDATE source SET position = ${position} WHERE name = ${source.name}`)
      else await takeSource(open, source, position, read)
      const kept = await database.one<{ rows: number; rejected: number; file: string }>(
        sql`SELECT row_count AS rows, rejected, file FROM source WHERE name = ${source.name}`,
      )
      if (kept === null) throw new Error('broken promise: a source that was read is in the table')
      checkTolerance(kept, tolerance, options.max_bad ?? '')
      reports.push({ name: source.name, file: kept.file, rows: kept.rows, rejected: kept.rejected, read: read !== undefined })
    }
    const removed = await dropLeftSources(open)
    const fingerprint = await importFingerprint(open)
    const before = await database.one<{ fingerprint: string }>(sql`SELECT fingerprint FROM step WHERE name = 'import'`)
    const changed = options.force === true || before?.fingerprint !== fingerprint
    if (changed) await map(open, fingerprint, options)
    return { sources: reports, rows: reports.reduce((sum, report) => sum + report.rows, 0), removed, changed }
  })
}

/** Maps anew what is left after rows were taken out of the tables of rows. The caller holds the transaction. @param why takes part in the fingerprint of the step. */
export async function mapAgain(open: OpenCase, why: object): Promise<void> {
  await map(open, fingerprintOf({ before: await importFingerprint(open), why }), {})
}

async function map({ database, file }: OpenCase, fingerprint: string, options: ImportOptions): Promise<void> {
  const rows = await database.rows<{ name: string; file: string; columns: string; repeated: string }>(sql`SELECT name, file, columns, repeated FROM source`)
  const read = new Map(rows.map((row): [string, ReadSource] => [row.name, { file: row.file, columns: JSON.parse(row.columns) as string[], repeated: JSON.parse(row.repeated) as string[] }]))
  await mapSources(database, { ...file, sources: await Promise.all(file.sources.map((source) => heldBy(database, source))) }, read, options)
  await database.run(sql`INSERT INTO issue SELECT 'import', i.code, i.source, i.file, i.column_name, i.count, i.examples, i.message FROM read_issue i JOIN source s ON s.name = i.source ORDER BY s.position, i.code, i.column_name`)
  await database.run(sql`INSERT INTO step VALUES ('import', ${fingerprint})`)
}

/** Of the mapping of a network file, which states every kind of entity and link there is, what the file holds: each kind costs passes over the rows. */
async function heldBy(database: Database, source: SourceMapping): Promise<SourceMapping> {
  if (source.kind !== 'graphml' && source.kind !== 'anx' && source.kind !== 'ftm') return source
  const held = await database.rows<Record<string, string | null>>(sql`SELECT DISTINCT what, kind, source_kind, target_kind, link_kind FROM ${rawTable(source.name)}`)
  const holds = (where: readonly { readonly column: string; readonly in?: readonly string[] | undefined }[] = []): boolean => held.some((row) => where.every((one) => one.in?.includes(row[one.column] ?? '') !== false))
  return { ...source, entities: Object.fromEntries(Object.entries(source.entities).filter(([, { where }]) => holds(conditions(where)))), links: source.links.filter(({ where }) => holds(conditions(where))) }
}

function conditions<T>(where: T | readonly T[] | undefined): readonly T[] {
  return where === undefined ? [] : Array.isArray(where) ? (where as readonly T[]) : [where as T]
}

interface FreshSource {
  readonly file: ReadFile
  readonly shown: string
  readonly fingerprint: string
}

/** Table that a source is read into; rejected rows stand under that name too until they are taken in. */
function readingName(source: string): string {
  return `reading ${source}`
}

/**
 * Reads every source whose bytes or way of reading changed into a table beside the case, and commits that: rows that a transaction itself has written
 * are read by one thread alone, and for twice the work, so that mapping them in the same transaction would take more than twice as long.
 */
async function readChanged(open: OpenCase, options: ImportOptions): Promise<ReadonlyMap<string, FreshSource>> {
  const { database, file } = open
  await dropLeftReadings(database)
  return await database.transaction(async () => {
    const fresh = new Map<string, FreshSource>()
    for (const source of file.sources) {
      const read = await readIfChanged(open, source, options)
      if (read !== null) fresh.set(source.name, read)
    }
    return fresh
  })
}

/** Null when its bytes and the way to read them are what they were. */
async function readIfChanged(open: OpenCase, source: SourceMapping, options: ImportOptions): Promise<FreshSource | null> {
  const { database } = open
  const path = sourcePath(open, source)
  const shown = shownSource(open, source)
  if (!existsSync(path)) throw new RingmapError('source_missing', { source: source.name, file: source.file })
  if (statSync(path).isDirectory()) throw new RingmapError('source_not_a_file', { source: source.name, file: source.file })
  const how = { sheet: source.sheet ?? null, encoding: source.encoding, delimiter: source.delimiter, version: STORE_VERSION }
  const before = await database.one<{ sha256: string; fingerprint: string; size_bytes: number }>(sql`SELECT sha256, fingerprint, size_bytes FROM source WHERE name = ${source.name}`)
  if (before !== null && options.force !== true && before.size_bytes === statSync(path).size) {
    const sha256 = await fileSha256(path)
    if (before.fingerprint === fingerprintOf({ ...how, sha256 })) return null
  }
  const [own, reading, kept] = [source.name, readingName(source.name), `kept ${source.name}`]
  await database.run(sql`UPDATE rejected_row SET source = ${kept} WHERE source = ${own}`)
  const file = await readFileIntoTable(database, { source: own, path, shown, sheet: source.sheet, encoding: source.encoding, delimiter: source.delimiter, table: reading }, options)
  await database.run(sql`UPDATE rejected_row SET source = ${reading} WHERE source = ${own}`)
  await database.run(sql`UPDATE rejected_row SET source = ${own} WHERE source = ${kept}`)
  return { file, shown, fingerprint: fingerprintOf({ ...how, sha256: file.sha256 }) }
}

/** What was read takes the place of what the case held of this source. */
async function takeSource(open: OpenCase, source: SourceMapping, position: number, { file, shown, fingerprint }: FreshSource): Promise<void> {
  const { database } = open
  await database.run(sql`DROP TABLE IF EXISTS ${rawTable(source.name)}`)
  await database.run(sql`ALTER TABLE ${name(readingName(source.name))} RENAME TO ${rawTable(source.name)}`)
  for (const table of ['rejected_row', 'read_issue']) await database.run(sql`DELETE FROM ${name(table)} WHERE source = ${source.name}`)
  await database.run(sql`UPDATE rejected_row SET source = ${source.name} WHERE source = ${readingName(source.name)}`)
  await database.run(sql`DELETE FROM source WHERE name = ${source.name}`)
  await database.append('source', [[
    source.name, position, shown, source.sheet ?? null, file.sha256, file.size_bytes, file.encoding, file.delimiter, file.rows, file.rejected,
    JSON.stringify(file.columns), JSON.stringify(file.repeated), fingerprint,
  ]])
  await database.append('read_issue', readIssues(source.name, [...file.issues, ...extractIssues(open, source, shown)]))
}

/** What was read and not taken in, because the step failed or was cut off. */
async function dropLeftReadings(database: Database): Promise<void> {
  const left = await database.rows<{ name: string }>(sql`SELECT table_name AS name FROM duckdb_tables() WHERE starts_with(table_name, ${readingName('')}) AND NOT temporary`)
  for (const table of left) await database.run(sql`DROP TABLE ${name(table.name)}`)
  if (left.length > 0) await database.run(sql`DELETE FROM rejected_row WHERE starts_with(source, ${readingName('')})`)
}

function readIssues(source: string, issues: ReadFile['issues']): Cell[][] {
  return issues.map((issue) => [source, issue.code, issue.file, issue.column, issue.count, JSON.stringify(issue.examples), issue.message])
}

/** Sources that case.yaml no longer names leave with all their rows. */
async function dropLeftSources(open: OpenCase): Promise<RemovedSource[]> {
  const { database, file } = open
  const keyed = (text: string): string => createHmac('sha256', open.key).update(`source that left\u001F${text}`, 'utf8').digest('hex')
  const removed: RemovedSource[] = []
  const named = file.sources.map((source) => source.name)
  for (const { name, sha256 } of await database.rows<{ name: string; sha256: string }>(sql`SELECT name, sha256 FROM source WHERE name NOT IN ${named} ORDER BY name`)) {
    const hold = file.exhibit?.sources[name]?.hold ?? ''
    if (hold !== '') throw new RingmapError('source_on_hold', { source: name, hold })
    removed.push({ id: `S-${keyed(name).slice(0, 16).toUpperCase()}`, hmac: keyed(sha256) })
    await database.run(sql`DROP TABLE IF EXISTS ${rawTable(name)}`)
    for (const statement of [sql`DELETE FROM source WHERE name = ${name}`, sql`DELETE FROM rejected_row WHERE source = ${name}`, sql`DELETE FROM read_issue WHERE source = ${name}`])
      await database.run(statement)
  }
  return removed
}

async function importFingerprint(open: OpenCase): Promise<string> {
  const { file } = open
  const read = await open.database.rows<{ name: string; fingerprint: string }>(sql`SELECT name, fingerprint FROM source ORDER BY position`)
  return fingerprintOf({ read, sources: file.sources, region: file.region, timezone: file.timezone, version: STORE_VERSION, ...(file.grading === '6x6' ? {} : { grading: file.grading }) })
}

export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

type Tolerance = { readonly rows: number } | { readonly share: number }

/** `25` rows, or `0.1%` of them. */
function parseTolerance(text: string): Tolerance {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim())
  if (match === null || (match[2] === '' && !/^\d+$/.test(match[1] ?? ''))) throw new RingmapError('usage', { what: `--max-bad takes a number of rows or a share such as 0.1%, not "${text}"` })
  return match[2] === '%' ? { share: Number(match[1]) / 100 } : { rows: Number(match[1]) }
}

function checkTolerance(kept: { readonly rows: number; readonly rejected: number; readonly file: string }, tolerance: Tolerance | null, text: string): void {
  if (tolerance === null) return
  const total = kept.rows + kept.rejected
  const most = 'rows' in tolerance ? tolerance.rows : tolerance.share * total
  if (kept.rejected > most) throw new RingmapError('too_many_bad', { bad: kept.rejected, rows: total, file: kept.file, tolerance: text })
}
