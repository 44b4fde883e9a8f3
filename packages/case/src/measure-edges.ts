/** One measure over an edge list, without a case: the file is read by the same reader, names become numbers in the database. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RingmapError } from '@ringmap/model/errors'
import type { Measure } from '@ringmap/model/finding'
import type { WorkOptions } from '@ringmap/model/progress'
import { MEASURE_CATALOGUE } from '@ringmap/analysis/measure-catalogue'
import { connectedComponents } from '@ringmap/analysis/components'
import { ranksOf } from '@ringmap/analysis/ranking'
import { bySize, communities } from '@ringmap/graph/communities'
import { csrFromEdges, NO_TIE, type Csr } from '@ringmap/graph/csr'
import { cell } from '@ringmap/sources/column-sql'
import { readFileIntoTable } from '@ringmap/sources/read-file'
import { Database } from '@ringmap/store/database'
import { name, sql, type Sql } from '@ringmap/store/sql'

export interface MeasureEdgesOptions extends WorkOptions {
  /** Column names. */
  readonly source: string
  readonly target: string
  readonly weight?: string | undefined
  readonly directed: boolean
  /** Of louvain. */
  readonly seed: number
}

export interface MeasuredNodes {
  /** Best first; equal ones by name. */
  readonly rows: readonly { readonly node: string; readonly score: number; readonly rank: number }[]
  /** What was left out, in words. */
  readonly remarks: readonly string[]
}

/** Largest network that exact current flow takes; its dense inverse would pass 2 GiB beyond. */
const DENSE_NODES = 16_000

/** @param file path, or `-` for stdin. @throws RingmapError edge_list_invalid, source_*, too_large */
export async function measureEdges(measure: Measure, file: string, options: MeasureEdgesOptions): Promise<MeasuredNodes> {
  const folder = file === '-' ? mkdtempSync(join(tmpdir(), 'ringmap-')) : null
  const database = await Database.open(':memory:')
  try {
    const path = folder === null ? file : await stdinTo(join(folder, 'edges.csv'))
    const shown = folder === null ? basename(file) : 'stdin'
    const { names, csr, remarks } = await readEdges(database, path, shown, options)
    const { scores, ranks } = scored(measure, csr, options)
    const rows = names.map((node, v) => ({ node, score: scores[v] as number, rank: ranks[v] as number }))
    return { remarks, rows: rows.sort((a, b) => a.rank - b.rank || (a.node < b.node ? -1 : 1)) }
  } finally {
    database.close()
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
}

async function stdinTo(path: string): Promise<string> {
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }))
  return path
}

async function readEdges(database: Database, path: string, shown: string, options: MeasureEdgesOptions): Promise<{ names: string[]; csr: Csr; remarks: string[] }> {
  for (const statement of [sql`CREATE TABLE rejected_row (source VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)`]) await database.run(statement)
  const read = await readFileIntoTable(database, { source: 'edges', path, shown, encoding: 'auto', delimiter: 'auto', table: 'edges' }, options)
  for (const column of [options.source, options.target, options.weight]) {
    if (column === undefined) continue
    if (!read.columns.includes(column)) throw new RingmapError('edge_list_invalid', { file: shown, what: `there is no column ${column}; there are ${read.columns.join(', ')}` })
    if (read.repeated.includes(column)) throw new RingmapError('edge_list_invalid', { file: shown, what: `the header has the column ${column} more than once` })
  }
  const remarks = read.issues.map((issue) => `${issue.count} rows: ${issue.message}`)
  const [source, target] = [cell(options.source), cell(options.target)]
  const table = sql`${name('edges')} r`
  await checkWeights(database, table, shown, options.weight)
  const blank = await count(database, sql`SELECT count(*) AS n FROM ${table} WHERE ${source} IS NULL OR ${target} IS NULL`)
  if (blank > 0) remarks.push(`${blank} rows without one of their ends were left out.`)
  const usable = sql`SELECT ${source} AS source, ${target} AS target, ${options.weight === undefined ? sql`1.0` : sql`CAST(${cell(options.weight)} AS DOUBLE)`} AS weight
    FROM ${table} WHERE ${source} IS NOT NULL AND ${target} IS NOT NULL`
  await database.run(sql`CREATE TABLE node AS SELECT row_number() OVER (ORDER BY name) - 1 AS node, name FROM (SELECT source AS name FROM (${usable}) UNION SELECT target FROM (${usable}))`)
  const [names] = await database.texts(sql`SELECT name FROM node ORDER BY node`)
  const edges = await count(database, sql`SELECT count(*) AS n FROM (${usable})`)
  const [from, to, weights] = await database.columns(
    sql`SELECT CAST(s.node AS INTEGER), CAST(t.node AS INTEGER), e.weight FROM (${usable}) e JOIN node s ON s.name = e.source JOIN node t ON t.name = e.target`, ['u32', 'u32', 'f64'] as const, edges,
  )
  const csr = csrFromEdges(names?.length ?? 0, from, to, { directed: options.directed, weights: options.weight === undefined ? null : weights })
  const loops = csr.tie_of_edge.reduce((sum, tie) => sum + (tie === NO_TIE ? 1 : 0), 0)
  if (loops > 0) remarks.push(`${loops} rows lead from a node to itself and tie nobody.`)
  return { names: (names ?? []) as string[], csr, remarks }
}

async function checkWeights(database: Database, table: Sql, shown: string, weight: string | undefined): Promise<void> {
  if (weight === undefined) return
  const bad = await database.one<{ row: number; value: string | null }>(
    sql`SELECT r.row, ${cell(weight)} AS value FROM ${table} WHERE coalesce(try_cast(${cell(weight)} AS DOUBLE), -1) <= 0 OR isinf(try_cast(${cell(weight)} AS DOUBLE)) ORDER BY r.row LIMIT 1`,
  )
  if (bad !== null) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${bad.row}: the weight "${bad.value ?? ''}" is not a positive number` })
}

async function count(database: Database, statement: Sql): Promise<number> {
  return (await database.one<{ n: number }>(statement))?.n ?? 0
}

/** Groups are numbered from 0, the largest first; their rank is that place. */
function scored(measure: Measure, csr: Csr, options: MeasureEdgesOptions): { scores: ArrayLike<number>; ranks: ArrayLike<number> } {
  const weighted = options.weight !== undefined
  if (measure === 'louvain' || measure === 'components') {
    if (measure === 'louvain' && csr.directed) throw new RingmapError('usage', { what: 'louvain is for undirected networks; leave out --directed.' })
    const group = measure === 'louvain' ? communities(csr, { seed: options.seed, weighted }).community : bySize(connectedComponents(csr).component).community
    return { scores: group, ranks: group.map((place) => place + 1) }
  }
  if (measure === 'current-flow' && csr.nodes > DENSE_NODES)
    throw new RingmapError('too_large', { what: `Exact current flow over ${csr.nodes} nodes`, needed: `${Math.round((csr.nodes ** 2 * 8) / 2 ** 30)} GiB`, available: '2 GiB', hint: 'Measure a part of the network, or use betweenness.' })
  const entry = MEASURE_CATALOGUE[measure]
  const scores = entry.run(csr, { weighted, progress: options.progress, signal: options.signal })
  return { scores, ranks: ranksOf(scores, null, entry.direction) }
}
