/** What happened between two entities, as typed columns in the order of time: the same for any order of rows. */
import { LINK_KIND_NAMES, type LinkKind } from '@ringmap/model/schema'
import { NULL_INDEX, type ColumnTypes } from '@ringmap/store/database'
import { joined, sql, type Sql } from '@ringmap/store/sql'
import type { OpenCase } from './open-case.ts'

/** Days, nights and hours are those of the case's zone. */
const DAY_MS = 86_400_000

/** Observations of some kinds with the entities at their ends; self-links, what has no time and what another source reported already are left out. */
export function happened(kinds: readonly LinkKind[]): Sql {
  return sql`SELECT f.entity AS source, t.entity AS target, o.kind, o.at_ms, o.until_ms, o.amount, o.currency, o.duration_s, o.commodity, o.criminal, o.layer, o.source AS file, o.row
    FROM observation o JOIN entity_record f ON f.record = o.from_record JOIN entity_record t ON t.record = o.to_record
    WHERE o.kind IN (${numbers(kinds.map((kind) => LINK_KIND_NAMES.indexOf(kind)))}) AND o.at_ms IS NOT NULL AND o.count > 0 AND f.entity <> t.entity`
}

/** Rows in which one of some entities has to do with one of others, whichever comes first; with anybody where none are given. Two queries that each begin at the few: with OR every row is joined first. */
export function rowsBetween(kinds: readonly LinkKind[], ones: readonly number[], others: readonly number[] | null = null): Sql {
  const way = (one: Sql, other: Sql): Sql => sql`SELECT file, row FROM (${happened(kinds)}) WHERE ${one} IN (${numbers(ones)}) AND ${others === null ? sql`TRUE` : sql`${other} IN (${numbers(others)})`}`
  return sql`SELECT DISTINCT file AS source, row FROM (${way(sql`source`, sql`target`)} UNION ALL ${way(sql`target`, sql`source`)})`
}

/** As SQL's IN takes them. */
function numbers(list: readonly number[]): Sql {
  return list.length === 0 ? sql`NULL` : joined(list.map((one) => sql`${one}`))
}

export function kindList(kinds: readonly LinkKind[]): readonly string[] {
  return kinds.map((kind) => String(LINK_KIND_NAMES.indexOf(kind)))
}

export interface Span {
  /** Midnight, in the case's zone, before the first observation. */
  readonly start_ms: number
  readonly end_ms: number
  readonly days: number
}

/** Time that observations of some kinds cover; null where there are none. */
export async function spanOf(open: OpenCase, kinds: readonly LinkKind[]): Promise<Span | null> {
  const span = await open.database.one<{ first: number | null; last: number | null }>(sql`SELECT min(at_ms) AS first, max(at_ms) AS last FROM observation WHERE CAST(kind AS VARCHAR) IN ${kindList(kinds)}`)
  if (span === null || span.first === null || span.last === null) return null
  const start = midnightBefore(span.first, open.file.timezone)
  return { start_ms: start, end_ms: span.last, days: Math.floor((span.last - start) / DAY_MS) + 1 }
}

export function midnightBefore(at: number, zone: string): number {
  const offset = zoneOffset(at, zone)
  return Math.floor((at + offset) / DAY_MS) * DAY_MS - offset
}

/** Milliseconds that the zone is ahead of UTC at that moment. */
export function zoneOffset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000
}

/** A day in the case's zone, as printed: `8 Jun 2006`. */
export function dayText(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(at)
}

/** A moment in the case's zone: `8 Jun 2006, 14:05`. */
export function momentText(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at)
}

/** How many rows a query gives. */
export async function countRows(open: OpenCase, query: Sql): Promise<number> {
  return (await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (${query})`))?.n ?? 0
}

/** Columns of a query that is dear to run: it is run once, and its rows are counted where they stand. */
export async function columnsOnce<K extends readonly (keyof ColumnTypes)[]>(open: OpenCase, query: Sql, kinds: K): Promise<{ [I in keyof K]: ColumnTypes[K[I]] }> {
  const { database } = open
  await database.run(sql`CREATE OR REPLACE TEMP TABLE once AS ${query}`)
  const columns = await database.columns(sql`SELECT * FROM once`, kinds, await countRows(open, sql`SELECT * FROM once`))
  await database.run(sql`DROP TABLE once`)
  return columns
}

/** Entities that occur in some columns, ascending, and the number of each among them (NULL_INDEX where it does not occur). The columns hold those numbers afterwards. */
export function numbered(columns: readonly Uint32Array[], all: number): { readonly entities: Uint32Array; readonly number: Uint32Array } {
  const number = new Uint32Array(all).fill(NULL_INDEX)
  for (const column of columns) for (const entity of column) number[entity] = 0
  const entities = Uint32Array.from(number.keys()).filter((entity) => number[entity] === 0)
  entities.forEach((entity, n) => { number[entity] = n })
  for (const column of columns) for (let i = 0; i < column.length; i++) column[i] = number[column[i] as number] as number
  return { entities, number }
}
