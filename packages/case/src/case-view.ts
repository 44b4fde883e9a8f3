/** What a case shows to the outside: summary, search, cards. Every identity passes the mask on its way out. */
import type { Entity, Identifier, Link, Observation, Property } from '@ringmap/model/entity'
import { parseGrade, STRENGTHS, type Strength } from '@ringmap/model/grade'
import type { Issue } from '@ringmap/model/issue'
import { RingmapError } from '@ringmap/model/errors'
import { LINK_KIND_NAMES, LINK_KINDS, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { CaseSummary, EntityCard, LinkCard, NeighbourCount, SearchAnswer } from '@ringmap/model/wire'
import type { Findings } from '@ringmap/model/finding'
import { sql, type Sql } from '@ringmap/store/sql'
import type { PersonNetwork } from '@ringmap/graph/person-network'
import { loadNetwork, namesOf, type CaseColumns } from './case-network.ts'
import { caseIssues } from './case-issues.ts'
import { loadFindings } from './find-step.ts'
import { stepFingerprint } from './link-step.ts'
import { internalId, maskCase, maskedFindings, maskedLabel, maskedWords, publicId, shownFile, type CaseMask } from './mask-case.ts'
import type { OpenCase } from './open-case.ts'
import { maskedRows, rowsOfEntity } from './source-rows.ts'

export interface CaseView {
  readonly open: OpenCase
  readonly mask: CaseMask
  /** Columns and person network, loaded when first needed and kept. */
  readonly network: () => Promise<CaseColumns & { readonly network: PersonNetwork }>
}

/** Rows and observations that one card carries; the card says how many there are. */
export const ROWS_SHOWN = 50

/** @param reason see `maskCase`. */
export async function viewCase(open: OpenCase, reason: string | null = null): Promise<CaseView> {
  await stepFingerprint(open, 'link')
  let loaded: ReturnType<CaseView['network']> | undefined
  return { open, mask: await maskCase(open, reason), network: () => (loaded ??= loadNetwork(open)) }
}

export async function summary(view: CaseView): Promise<CaseSummary> {
  const { database, file } = view.open
  const sources = await database.rows<{ name: string; file: string; rows: number; rejected: number; sha256: string }>(sql`SELECT name, file, row_count AS rows, rejected, sha256 FROM source ORDER BY position`)
  const entities = await database.rows<{ kind: EntityKind; count: number }>(sql`SELECT kind, count(*) AS count FROM entity GROUP BY kind, kind_index ORDER BY kind_index`)
  const links = await database.rows<{ kind: number; count: number; observations: number }>(sql`SELECT kind, count(*) AS count, CAST(sum(observations) AS BIGINT) AS observations FROM link GROUP BY kind ORDER BY kind`)
  const span = await database.one<{ first_ms: number | null; last_ms: number | null }>(sql`SELECT min(at_ms) AS first_ms, max(coalesce(until_ms, at_ms)) AS last_ms FROM observation`)
  return {
    name: maskedWords(view.mask, file.name), timezone: file.timezone, sources: sources.map((source) => ({ ...source, file: shownFile(view.mask, source.file) })), rows: sources.reduce((sum, source) => sum + source.rows, 0), entities,
    links: links.map((link) => ({ ...link, kind: LINK_KIND_NAMES[link.kind] as LinkKind })),
    first_ms: span?.first_ms ?? null, last_ms: span?.last_ms ?? null, issues: await issues(view),
  }
}

async function issues(view: CaseView): Promise<Issue[]> {
  return await caseIssues(view.open, view.mask)
}

/** @throws RingmapError step_missing */
export async function findingsOf(view: CaseView): Promise<Findings> {
  const findings = await loadFindings(view.open)
  return maskedFindings(findings, view.mask, await labelsIn(view, findings))
}

/** Labels of the entities that reasons speak of. */
async function labelsIn(view: CaseView, findings: Findings): Promise<Map<string, string>> {
  const told = [...findings.organisers, ...findings.rings.flatMap((ring) => ring.organisers), ...(findings.insulated ?? [])]
  return await labelsSpoken(view, told.flatMap((finding) => finding.because.map((reason) => reason.text)))
}

/** Labels for each `{id}` in some texts. */
export async function labelsSpoken(view: CaseView, texts: readonly string[]): Promise<Map<string, string>> {
  const spoken = new Set(texts.flatMap((text) => [...text.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] as string)))
  if (spoken.size === 0) return new Map()
  const rows = await view.open.database.rows<{ id: string; label: string }>(sql`SELECT id, label FROM entity WHERE id IN ${[...spoken]}`)
  return new Map(rows.map(({ id, label }) => [id, label]))
}

/** Over labels, names, aliases and identifiers of what may be shown; a protected person is found by code alone. */
export async function search(view: CaseView, query: string, limit = 20): Promise<SearchAnswer> {
  const { database } = view.open
  const text = query.trim()
  if (text === '') return { hits: [], of: 0 }
  const byCode = [...view.mask.ids].filter(([code]) => code.toLowerCase().startsWith(text.toLowerCase())).map(([, id]) => id)
  const digits = text.replaceAll(/[\s-]/g, '')
  const like = (value: string): Sql => sql`${`%${value.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`} ESCAPE '\\'`
  const hits = sql`WITH hit AS (
      SELECT entity, 0 AS place, NULL AS matched FROM entity WHERE lower(label) LIKE ${like(text)} OR id = ${text}
      UNION ALL SELECT er.entity, 1, p.name || ': ' || p.value FROM property p JOIN entity_record er USING (record) WHERE p.name IN ('name', 'alias') AND lower(p.value) LIKE ${like(text)}
      UNION ALL SELECT er.entity, 2, i.scheme || ': ' || i.as_written FROM identifier i JOIN entity_record er USING (record) WHERE lower(i.value) LIKE ${like(digits)} OR lower(i.as_written) LIKE ${like(text)}),
    best AS (SELECT entity, min(place) AS place, arg_min(matched, (place, matched)) AS matched FROM hit GROUP BY entity)
    SELECT e.entity, e.id, e.kind, e.label, b.place, CASE WHEN b.place = 0 THEN NULL ELSE b.matched END AS matched, e.kind_index FROM best b JOIN entity e USING (entity) WHERE e.id NOT IN ${[...view.mask.codes.keys()]}
    UNION ALL SELECT e.entity, e.id, e.kind, e.label, 0, NULL, e.kind_index FROM entity e WHERE e.id IN ${byCode}`
  const of = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (${hits})`))?.n ?? 0
  const rows = await database.rows<{ id: string; kind: EntityKind; label: string; matched: string | null; links: number }>(
    sql`SELECT h.id, h.kind, h.label, h.matched, (SELECT count(*) FROM link l WHERE l.source = h.entity OR l.target = h.entity) AS links
      FROM (SELECT * FROM (${hits}) ORDER BY lower(label) = ${text.toLowerCase()} DESC, place, kind_index, label, id LIMIT ${limit}) h ORDER BY lower(h.label) = ${text.toLowerCase()} DESC, h.place, h.kind_index, h.label, h.id`,
  )
  return {
    of,
    hits: rows.map((row) => ({ id: publicId(view.mask, row.id), kind: row.kind, label: shownLabel(view, row.id, row.kind, row.label), masked: view.mask.codes.has(row.id), matched: row.matched === null ? null : maskedWords(view.mask, row.matched), links: row.links })),
  }
}

/** Entity number behind a public id. @throws RingmapError not_found */
export async function entityNumber(view: CaseView, id: string): Promise<number> {
  const inside = internalId(view.mask, id)
  const row = inside === null ? null : await view.open.database.one<{ entity: number }>(sql`SELECT entity FROM entity WHERE id = ${inside}`)
  if (row === null) throw new RingmapError('not_found', { what: `Entity ${id}` })
  return row.entity
}

/** Entities by number, as they may be shown. */
export async function entitiesByNumber(view: CaseView, numbers: Iterable<number>): Promise<Map<number, Entity>> {
  const names = await namesOf(view.open.database, numbers)
  return new Map([...names].map(([number, name]) => [number, {
    id: publicId(view.mask, name.id), kind: name.kind as EntityKind, label: shownLabel(view, name.id, name.kind as EntityKind, name.label), roles: name.roles, masked: view.mask.codes.has(name.id),
  }]))
}

/** Only a person is somebody else under the same name; a firm or an event that is called like her leads to her. */
function shownLabel(view: CaseView, id: string, kind: EntityKind, label: string): string {
  return kind === 'Person' ? maskedLabel(view.mask, id, label) : (view.mask.codes.get(id) ?? maskedWords(view.mask, label))
}

export async function entityCard(view: CaseView, id: string): Promise<EntityCard> {
  const { database } = view.open
  const number = await entityNumber(view, id)
  const entity = (await entitiesByNumber(view, [number])).get(number) as Entity
  const place = await placeOf(view, id)
  const neighbours = await neighbourCounts(view, number)
  const hidden = entity.masked
  const properties = hidden ? [] : await database.rows<{ name: string; value: string; source: string; file: string; sha256: string; row: number }>(
    sql`SELECT p.name, p.value, s.name AS source, s.file, s.sha256, min(p.row) AS row FROM property p JOIN entity_record er USING (record) JOIN source s ON s.position = p.source
      WHERE er.entity = ${number} AND p.name <> 'label' GROUP BY ALL ORDER BY p.name, p.value, s.name`,
  )
  const identifiers = hidden ? [] : await database.rows<{ scheme: string; value: string; as_written: string; valid: boolean }>(
    sql`SELECT DISTINCT i.scheme, i.value, i.as_written, i.valid FROM identifier i JOIN entity_record er USING (record) WHERE er.entity = ${number} ORDER BY ALL`,
  )
  const rows = await rowsOfEntity(view, number, ROWS_SHOWN)
  return {
    entity, neighbours, rank: place, rows: rows.rows, rows_of: rows.of,
    properties: properties.map(({ name, value, ...at }): Property => ({ name, value: name === 'name' || name === 'alias' ? value : maskedWords(view.mask, value), source: { ...at, file: shownFile(view.mask, at.file) } })),
    identifiers: identifiers.map((one): Identifier => ({ ...one, value: maskedWords(view.mask, one.value), as_written: maskedWords(view.mask, one.as_written) })),
  }
}

async function placeOf(view: CaseView, id: string): Promise<EntityCard['rank']> {
  const { database } = view.open
  if ((await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM step WHERE name = 'find'`))?.n === 0) return null
  const findings = await findingsOf(view)
  const overall = findings.organisers.find((one) => one.subject === id)
  const ring = findings.rings.find((one) => one.members.includes(id))
  if (overall === undefined && ring === undefined) return null
  return { overall: overall?.rank ?? null, ring: ring?.id ?? null, in_ring: ring?.organisers.find((one) => one.subject === id)?.rank ?? null }
}

export async function neighbourCounts(view: CaseView, number: number): Promise<NeighbourCount[]> {
  const rows = await view.open.database.rows<{ link: number; kind: EntityKind; count: number }>(sql`SELECT link, kind, count(DISTINCT far) AS count FROM (
      SELECT l.kind AS link, e.kind, e.kind_index, e.entity AS far FROM link l JOIN entity e ON e.entity = CASE WHEN l.source = ${number} THEN l.target ELSE l.source END
      WHERE (l.source = ${number} OR l.target = ${number}) AND l.source <> l.target) GROUP BY link, kind, kind_index ORDER BY link, kind_index`)
  return rows.map((row) => ({ ...row, link: LINK_KIND_NAMES[row.link] as LinkKind }))
}

/** A link as stored, with its ends' numbers. */
export interface LinkRow {
  readonly link: number
  readonly id: string
  readonly kind: number
  readonly source: number
  readonly target: number
  readonly count: number
  readonly first_ms: number | null
  readonly last_ms: number | null
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly commodity: string | null
  readonly strength: number
  readonly criminal: boolean
}

export const LINK_COLUMNS: Sql = sql`link, id, kind, source, target, count, first_ms, last_ms, CAST(amount AS VARCHAR) AS amount, currency, duration_s, commodity, strength, criminal`

export function shownLink(row: LinkRow, ends: ReadonlyMap<number, Entity>): Link {
  return {
    id: row.id, kind: LINK_KIND_NAMES[row.kind] as LinkKind, source: ends.get(row.source)?.id ?? '', target: ends.get(row.target)?.id ?? '', count: row.count, first_ms: row.first_ms, last_ms: row.last_ms,
    amount: row.amount, currency: row.currency, duration_s: row.duration_s, commodity: row.commodity, strength: STRENGTHS[row.strength] as Strength, criminal: row.criminal,
  }
}

export async function linkCard(view: CaseView, id: string, offset = 0): Promise<LinkCard> {
  const { database } = view.open
  const row = await database.one<LinkRow>(sql`SELECT ${LINK_COLUMNS} FROM link WHERE id = ${id}`)
  if (row === null) throw new RingmapError('not_found', { what: `Link ${id}` })
  const ends = await entitiesByNumber(view, [row.source, row.target])
  const under = observationsUnder(row)
  const of = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (${under})`))?.n ?? 0
  const page = await database.rows<{ at_ms: number | null; count: number; amount: string | null; currency: string | null; duration_s: number | null; grade: string | null; position: number; name: string; file: string; sha256: string; row: number }>(
    sql`SELECT u.at_ms, u.count, CAST(u.amount AS VARCHAR) AS amount, u.currency, u.duration_s, u.grade, s.position, s.name, s.file, s.sha256, u.row FROM (${under}) u JOIN source s ON s.position = u.source
      ORDER BY u.at_ms NULLS LAST, s.position, u.row LIMIT ${ROWS_SHOWN} OFFSET ${offset}`,
  )
  const observations = page.map((one): Observation => ({
    at_ms: one.at_ms, count: one.count, amount: one.amount, currency: one.currency, duration_s: one.duration_s, grade: one.grade === null ? null : parseGrade(one.grade),
    source: { source: one.name, file: shownFile(view.mask, one.file), sha256: one.sha256, row: one.row },
  }))
  const rows = await maskedRows(view, page.map((one) => ({ source: one.name, row: one.row })))
  return { link: shownLink(row, ends), source: ends.get(row.source) as Entity, target: ends.get(row.target) as Entity, observations, observations_of: of, rows }
}

/** Observations of one link: those between records of its ends, in either direction where the kind has none. */
export function observationsUnder(row: Pick<LinkRow, 'kind' | 'source' | 'target' | 'currency'>): Sql {
  const of = (entity: number): Sql => sql`(SELECT record FROM entity_record WHERE entity = ${entity})`
  return sql`SELECT * FROM observation WHERE kind = ${row.kind} AND coalesce(currency, '') = ${row.currency ?? ''} AND ((from_record IN ${of(row.source)} AND to_record IN ${of(row.target)})
    OR (from_record IN ${of(row.target)} AND to_record IN ${of(row.source)} AND ${!directed(row.kind)}))`
}

function directed(kind: number): boolean {
  return LINK_KINDS[LINK_KIND_NAMES[kind] as LinkKind].directed
}
