/** Loads a case's entities and links as columns and projects them to the person network. */
import { ROLES, UNRANKED_ROLES, type Role } from '@ringmap/model/schema'
import type { EntityColumns, LinkColumns } from '@ringmap/graph/case-columns'
import { projectPersons, type PersonNetwork } from '@ringmap/graph/person-network'
import type { Database } from '@ringmap/store/database'
import { sql, type Sql } from '@ringmap/store/sql'
import type { OpenCase } from './open-case.ts'

export interface CaseColumns {
  readonly entities: EntityColumns
  readonly links: LinkColumns
  /** Number of each link in the table, in the order of the columns; shorter than the table where a window is set. */
  readonly link_numbers: Uint32Array
}

export async function loadColumns(open: OpenCase): Promise<CaseColumns> {
  const { database, file } = open
  const entityCount = await countOf(database, sql`SELECT count(*) AS n FROM entity`)
  // Short codes and sender names are services: nobody stands behind them as a user.
  const [kind, eligible] = await database.columns(
    sql`SELECT e.kind_index, CAST(s.entity IS NULL AS UTINYINT) FROM entity e LEFT JOIN (${SERVICES}) s USING (entity) ORDER BY e.entity`, ['u8', 'u8'] as const, entityCount,
  )
  const from = windowed(file.network.start, file.network.end)
  const count = await countOf(database, sql`SELECT count(*) AS n FROM (${from})`)
  const [number, linkKind, source, target, counts, criminal] = await database.columns(
    sql`SELECT link, kind, source, target, CAST(count AS DOUBLE), CAST(criminal AS UTINYINT) FROM (${from}) ORDER BY link`,
    ['u32', 'u8', 'u32', 'u32', 'f64', 'u8'] as const, count,
  )
  return { entities: { kind, eligible }, links: { kind: linkKind, source, target, count: counts, criminal }, link_numbers: number }
}

/** Entities that are services by their own number. */
export const SERVICES: Sql = sql`SELECT DISTINCT er.entity FROM identifier i JOIN entity_record er USING (record) WHERE i.note = 'service'`

export async function loadNetwork(open: OpenCase): Promise<CaseColumns & { readonly network: PersonNetwork }> {
  const columns = await loadColumns(open)
  return { ...columns, network: projectPersons(columns.entities, columns.links, open.file.network) }
}

/** The links, or what remains of them inside the stated window; what has no time stays. */
function windowed(start: string | undefined, end: string | undefined): Sql {
  if (start === undefined && end === undefined) return sql`SELECT link, kind, source, target, count, criminal FROM link`
  const after = start === undefined ? sql`TRUE` : sql`o.at_ms >= ${Date.parse(`${start}T00:00:00Z`)}`
  const before = end === undefined ? sql`TRUE` : sql`o.at_ms < ${Date.parse(`${end}T00:00:00Z`)}`
  return sql`SELECT l.link, l.kind, l.source, l.target, sum(o.count) AS count, bool_or(o.criminal) AS criminal
    FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record
    JOIN link l ON l.kind = o.kind AND ((l.source = a.entity AND l.target = b.entity) OR (l.source = b.entity AND l.target = a.entity))
    WHERE o.at_ms IS NULL OR (${after} AND ${before}) GROUP BY ALL`
}

async function countOf(database: Database, statement: Sql): Promise<number> {
  return (await database.one<{ n: number }>(statement))?.n ?? 0
}

/** What is said of entities in findings: id, label, kind and roles, for a list of entity numbers. */
export interface EntityName {
  readonly id: string
  readonly label: string
  readonly kind: string
  readonly roles: readonly Role[]
}

export async function namesOf(database: Database, entities: Iterable<number>): Promise<Map<number, EntityName>> {
  const list = [...new Set(entities)]
  if (list.length === 0) return new Map()
  const rows = await database.rows<{ entity: number; id: string; label: string; kind: string; roles: string | null }>(
    sql`SELECT e.entity, e.id, e.label, e.kind, (SELECT string_agg(role, ',' ORDER BY role) FROM entity_role r WHERE r.entity = e.entity) AS roles
      FROM entity e WHERE CAST(e.entity AS VARCHAR) IN ${list.map(String)}`,
  )
  return new Map(rows.map((row) => [row.entity, { id: row.id, label: row.label, kind: row.kind, roles: orderedRoles(row.roles) }]))
}

/** Most protected first. */
export function orderedRoles(joined: string | null): Role[] {
  const held = joined === null || joined === '' ? [] : joined.split(',')
  return [...UNRANKED_ROLES, ...ROLES.filter((role) => !UNRANKED_ROLES.includes(role))].filter((role) => held.includes(role))
}

/** Roles that keep a person out of every order of suspects, by entity number. */
export async function unrankedRoles(database: Database): Promise<Map<number, Role>> {
  const rows = await database.rows<{ entity: number; roles: string }>(
    sql`SELECT entity, string_agg(role, ',' ORDER BY role) AS roles FROM entity_role WHERE role IN ${UNRANKED_ROLES} GROUP BY entity`,
  )
  return new Map(rows.map(({ entity, roles }) => [entity, orderedRoles(roles)[0] as Role]))
}
