/** What each source says under an entity or a link, for files that carry their provenance with them. */
import type { Statement } from '@ringmap/evidence/export-graph'
import type { Database } from '@ringmap/store/database'
import { sql, type Sql } from '@ringmap/store/sql'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'

/** Rows named one by one; the statement says how many there are. */
const ROWS_NAMED = 5

interface StatementRow extends Omit<Statement, 'rows'> {
  readonly at: number
  /** A list as JSON. */
  readonly rows: string
}

/** By link number. @param only numbers of the links asked for; null for every one. */
export async function statementsOfLinks(database: Database, only: readonly number[] | null): Promise<Map<number, Statement[]>> {
  const undirected = LINK_KIND_NAMES.flatMap((kind, i) => (LINK_KINDS[kind].directed ? [] : [String(i)]))
  const turned = sql`(CAST(o.kind AS VARCHAR) IN ${undirected} AND a.entity > b.entity)`
  const ends = sql`SELECT o.kind, CASE WHEN ${turned} THEN b.entity ELSE a.entity END AS source_entity, CASE WHEN ${turned} THEN a.entity ELSE b.entity END AS target_entity,
    coalesce(o.currency, '') AS currency, o.source, o.row, o.grade, o.count, o.at_ms, o.until_ms
    FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record`
  return grouped(await database.rows<StatementRow>(statements(sql`SELECT l.link AS at, e.source, e.row, e.grade, e.count, e.at_ms, e.until_ms FROM (${ends}) e
    JOIN link l ON l.kind = e.kind AND l.source = e.source_entity AND l.target = e.target_entity AND coalesce(l.currency, '') = e.currency WHERE ${among(sql`l.link`, only)}`)))
}

/** By entity number: rows that describe it. @param only numbers of the entities asked for; null for every one. */
export async function statementsOfEntities(database: Database, only: readonly number[] | null): Promise<Map<number, Statement[]>> {
  return grouped(await database.rows<StatementRow>(statements(sql`SELECT er.entity AS at, rr.source, rr.row, CAST(NULL AS VARCHAR) AS grade, 1 AS count, CAST(NULL AS BIGINT) AS at_ms, CAST(NULL AS BIGINT) AS until_ms
    FROM (SELECT DISTINCT record, source, row FROM record_row) rr JOIN entity_record er USING (record) WHERE ${among(sql`er.entity`, only)}`)))
}

function among(column: Sql, only: readonly number[] | null): Sql {
  return only === null ? sql`TRUE` : sql`CAST(${column} AS VARCHAR) IN ${only.map(String)}`
}

function statements(said: Sql): Sql {
  return sql`SELECT q.at, s.name AS source, s.file, s.sha256, q.grade, CAST(sum(q.count) AS BIGINT) AS count, min(q.at_ms) AS first_ms, max(coalesce(q.until_ms, q.at_ms)) AS last_ms,
    to_json(list_sort(list_distinct(list(q.row)))[1:${ROWS_NAMED}]) AS rows, count(DISTINCT q.row) AS rows_of
    FROM (${said}) q JOIN source s ON s.position = q.source GROUP BY q.at, s.position, s.name, s.file, s.sha256, q.grade ORDER BY q.at, s.position, q.grade NULLS LAST`
}

function grouped(rows: readonly StatementRow[]): Map<number, Statement[]> {
  const found = new Map<number, Statement[]>()
  for (const { at, ...row } of rows) {
    const statement: Statement = { ...row, rows: JSON.parse(row.rows) as number[] }
    const known = found.get(at)
    if (known === undefined) found.set(at, [statement])
    else known.push(statement)
  }
  return found
}
