/** An edge list becomes a network: read by the same reader as a case's sources, names made numbers in the database, what is left out said. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { networkBytes } from '@ringmap/analysis/measure-size'
import { csrFromEdges, NO_TIE, type Csr } from '@ringmap/graph/csr'
import { cell } from '@ringmap/sources/column-sql'
import type { ReadFile } from '@ringmap/sources/file-to-read'
import { networkFile } from '@ringmap/sources/network-file'
import { readFileIntoTable } from '@ringmap/sources/read-file'
import { Database } from '@ringmap/store/database'
import { name, sql, type Sql } from '@ringmap/store/sql'
import { edgeTimes, type EdgeTimes } from './edge-times.ts'

export interface EdgeListOptions extends WorkOptions {
  /** Column names, or numbers from 1; capitals do not matter where a name is the only one in its spelling. With `source` and `target` the columns are guessed where there are none of that name. */
  readonly source: string
  readonly target: string
  readonly weight?: string | undefined
  /** Weights are costs or distances, less being closer: each is taken as 1 / weight. Default false. */
  readonly costs?: boolean | undefined
  readonly directed: boolean
  /** Column of times: each row is read with its own. */
  readonly time?: string | undefined
  /** Bytes that may be used; default what the system has free. */
  readonly memory?: number | undefined
}

export interface EdgeList {
  /** Name of each node, ascending. */
  readonly names: readonly string[]
  readonly csr: Csr
  /** What was left out, in words. */
  readonly remarks: readonly string[]
}

/** One row a tie, as it stands in the file. */
export interface EdgeColumns {
  readonly names: readonly string[]
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** Null where every tie counts 1. */
  readonly weights: Float64Array | null
  /** Where a column of times was asked for. */
  readonly times: EdgeTimes | null
  readonly remarks: readonly string[]
}

/** Above it the rows are kept on disk while they are numbered. */
const IN_MEMORY_BYTES = 256 * 2 ** 20

/** @param file path, or `-` for stdin. @throws RingmapError edge_list_invalid, source_*, too_large */
export async function readEdgeList(file: string, options: EdgeListOptions): Promise<EdgeList> {
  const { names, source, target, weights, remarks } = await readEdges(file, options)
  const csr = csrFromEdges(names.length, source, target, { directed: options.directed, weights })
  const loops = csr.tie_of_edge.reduce((sum, tie) => sum + (tie === NO_TIE ? 1 : 0), 0)
  return { names, csr, remarks: loops > 0 ? [...remarks, `${loops} rows lead from a node to itself and tie nobody.`] : remarks }
}

/** @param file path, or `-` for stdin. @throws RingmapError edge_list_invalid, source_*, too_large */
export async function readEdges(file: string, options: EdgeListOptions): Promise<EdgeColumns> {
  refuseMissing(file)
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-'))
  try {
    const path = file === '-' ? await stdinTo(join(folder, 'edges.csv')) : file
    const large = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > IN_MEMORY_BYTES
    const database = await Database.open(large ? join(folder, 'edges.duckdb') : ':memory:', { memory: readingMemory(options.memory) })
    try {
      database.watch(options.signal)
      return await readInto(database, { path, shown: file === '-' ? 'stdin' : basename(file), folder }, options)
    } finally {
      database.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws RingmapError input_missing, edge_list_invalid */
function refuseMissing(file: string): void {
  if (file === '-') return
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new RingmapError('input_missing', { file })
  if (found.isDirectory()) throw new RingmapError('edge_list_invalid', { file, what: 'it is a folder, not a file' })
}

/** Half of what there is, as the database is told it; beyond it rows wait on disk. */
function readingMemory(given: number | undefined): string {
  const half = Math.floor((given ?? process.availableMemory()) / 2 ** 21)
  return `${Math.min(3072, Math.max(128, half))}MiB`
}

async function stdinTo(path: string): Promise<string> {
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }))
  return path
}

async function readInto(database: Database, { path, shown, folder }: { readonly path: string; readonly shown: string; readonly folder: string }, options: EdgeListOptions): Promise<EdgeColumns> {
  const file = await networkFile(path, shown, folder, { source: options.source === 'source' ? null : options.source, target: options.target === 'target' ? null : options.target }, options)
  await database.run(sql`CREATE TABLE rejected_row (source VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)`)
  const read = await readFileIntoTable(database, { source: 'edges', path: file.path, shown, encoding: 'auto', delimiter: 'auto', table: 'edges' }, options)
  const [source, target] = [columnOf(read, file.source, shown, '--source'), columnOf(read, file.target, shown, '--target')].map((column) => cell(column)) as [Sql, Sql]
  const weight = options.weight === undefined ? undefined : columnOf(read, options.weight, shown, '--weight')
  const remarks = [...file.remarks, ...read.issues.map((issue) => `${issue.count} rows: ${issue.message}`)]
  const table = sql`${name('edges')} r`
  const worth = weight === undefined ? sql`1.0` : sql`try_cast(${cell(weight)} AS DOUBLE)`
  const strength = options.costs === true ? sql`1.0 / ${worth}` : worth
  const nothing = options.costs === true ? sql`false` : sql`${worth} = 0`
  if (weight !== undefined) {
    await checkWeights(database, table, shown, cell(weight), strength, nothing)
    const none = await count(database, sql`SELECT count(*) AS n FROM ${table} WHERE ${nothing}`)
    if (none > 0) remarks.push(`${none} rows of weight 0 tie nobody and were left out.`)
  }
  const when = options.time === undefined ? null : await edgeTimes(database, table, shown, columnOf(read, options.time, shown, '--time'))
  if (when !== null && when.doubt !== null) remarks.push(when.doubt)
  const blank = await count(database, sql`SELECT count(*) AS n FROM ${table} WHERE ${source} IS NULL OR ${target} IS NULL`)
  if (blank > 0) remarks.push(`${blank} rows without one of their ends were left out.`)
  await database.run(sql`CREATE TABLE edge AS SELECT ${source} AS source, ${target} AS target, ${strength} AS weight, ${when?.sql ?? sql`NULL`} AS moment
    FROM ${table} WHERE ${source} IS NOT NULL AND ${target} IS NOT NULL AND NOT (${nothing})`)
  await database.run(sql`DROP TABLE ${name('edges')}`)
  await database.run(sql`CREATE TABLE node AS SELECT row_number() OVER (ORDER BY name) - 1 AS node, name FROM (SELECT source AS name FROM edge UNION SELECT target FROM edge)`)
  const nodes = await count(database, sql`SELECT count(*) AS n FROM node`)
  const edges = await count(database, sql`SELECT count(*) AS n FROM edge`)
  refuseAbove(options.memory, networkBytes(nodes, edges), `A network of ${nodes} nodes from ${edges} rows`)
  const [names] = await database.texts(sql`SELECT name FROM node ORDER BY node`)
  const ends = sql`FROM edge e JOIN node s ON s.name = e.source JOIN node t ON t.name = e.target`
  const [from, to, weights = null, at = null] = weight === undefined && when === null
    ? await database.columns(sql`SELECT CAST(s.node AS INTEGER), CAST(t.node AS INTEGER) ${ends}`, ['u32', 'u32'] as const, edges)
    : await database.columns(sql`SELECT CAST(s.node AS INTEGER), CAST(t.node AS INTEGER), e.weight, CAST(e.moment AS DOUBLE) ${ends}`, ['u32', 'u32', 'f64', 'f64'] as const, edges)
  if (edges === 0) remarks.push('It holds no ties.')
  return { names: (names ?? []) as string[], source: from, target: to, weights: weight === undefined ? null : weights, times: when === null || at === null ? null : { at, written: when.written }, remarks }
}

/** @throws RingmapError too_large */
export function refuseAbove(given: number | undefined, needed: number, what: string): void {
  const available = given ?? process.availableMemory()
  if (needed > available) throw new RingmapError('too_large', { what, needed: sized(needed), available: sized(available), hint: 'Use a machine with more memory, a part of the network, or a cheaper measure.' })
}

function sized(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.ceil(bytes / 2 ** 10)} KiB`
  return bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`
}

function columnOf(read: ReadFile, wanted: string, shown: string, flag: string): string {
  if (read.repeated.includes(wanted)) throw new RingmapError('edge_list_invalid', { file: shown, what: `it has the column ${wanted} more than once` })
  if (read.columns.includes(wanted)) return wanted
  const alike = read.columns.filter((column) => column.toLowerCase() === wanted.toLowerCase())
  if (alike.length === 1) return alike[0] as string
  const numbered = /^[1-9]\d?$/.test(wanted) ? read.columns[Number(wanted) - 1] : undefined
  if (numbered !== undefined) return numbered
  throw new RingmapError('edge_list_invalid', { file: shown, what: `there is no column ${wanted}; there are ${read.columns.join(', ')} (name one with ${flag})` })
}

async function checkWeights(database: Database, table: Sql, shown: string, weight: Sql, strength: Sql, nothing: Sql): Promise<void> {
  const bad = await database.one<{ row: number; value: string | null }>(
    sql`SELECT r.row, ${weight} AS value FROM ${table} WHERE NOT coalesce(${nothing}, false) AND NOT coalesce(${strength} > 0 AND isfinite(${strength}), false) ORDER BY r.row LIMIT 1`,
  )
  if (bad !== null) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${bad.row}: the weight "${bad.value ?? ''}" is not a positive number` })
}

async function count(database: Database, statement: Sql): Promise<number> {
  return (await database.one<{ n: number }>(statement))?.n ?? 0
}
