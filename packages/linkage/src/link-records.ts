/** The link step: records become entities, observations become links.  */
import type { StandingAnswer } from '@ringmap/model/judgement'
import { ISSUE_CODES } from '@ringmap/model/issue'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { LINK_KIND_NAMES, LINK_KINDS, PROTECTED_ROLES, ROLES } from '@ringmap/model/schema'
import type { Database } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { freshTables } from '@ringmap/store/tables'
import { rememberEntities, rememberRecords } from './entity-names.ts'
import { personLinks, type PersonLinkOptions, type PersonLinks } from './persons/person-links.ts'
import { joinRecords, kindTable, recordId, type EntityCounts } from './record-entities.ts'

export interface LinkedCounts extends EntityCounts {
  readonly records: number
  readonly entities: number
  readonly links: number
  readonly observations: number
}

export interface LinkOptions extends WorkOptions {
  /** Secret of the case that goes into every id: without it, ids of ten-digit numbers could be found by trying them all. */
  readonly salt: string
  /** What persons said of pairs of records; default nothing. */
  readonly answers?: readonly StandingAnswer[]
  /** How persons are looked for under other spellings; default not at all. */
  readonly persons?: Omit<PersonLinkOptions, 'progress' | 'signal'> | undefined
  /** Bits from which a machine joins two records of persons. */
  readonly join_at?: number
  /** Whether these bits were asked for; null: they are the case's own. */
  readonly asked?: 'court' | 'threshold' | null
  /** Bits that a join needs to count in court. */
  readonly court_at?: number
}

/** Rebuilds entities and links. The caller holds the transaction. */
export async function linkRecords(database: Database, work: LinkOptions): Promise<LinkedCounts> {
  const steps = ['joining records', 'naming entities', 'roles', 'links', 'checks']
  let done = 0
  const step = (): void => {
    work.progress?.(steps[done] ?? 'links', done++, steps.length)
    stopIfAsked(work.signal)
  }
  for (const statement of freshTables('link')) await database.run(statement)
  await database.run(sql`DELETE FROM issue WHERE step = 'link'`)
  step()
  await database.run(sql`DELETE FROM observation WHERE kind = ${LINK_KIND_NAMES.indexOf('same_as_possible')}`)
  const persons = work.persons === undefined ? null : await personLinks(database, { ...work.persons, progress: work.progress, signal: work.signal })
  if (persons !== null) await reportCommonNames(database, persons)
  const joins = await joinRecords(database, { salt: work.salt, answers: work.answers ?? [], persons, join_at: work.join_at ?? Number.POSITIVE_INFINITY, court_at: work.court_at ?? Number.POSITIVE_INFINITY })
  await database.append('link_run', [[work.join_at ?? null, work.asked ?? null, joins.weak_joins]])
  step()
  await rememberRecords(database, work.salt)
  await writeEntities(database, work.salt)
  await rememberEntities(database)
  step()
  await writeRoles(database)
  step()
  await writeLinks(database, work.salt)
  step()
  await reportSelfLinks(database)
  await reportCircles(database)
  await reportContradictions(database)
  work.progress?.('linked', steps.length, steps.length)
  const counts = await database.one<{ records: number; entities: number; links: number; observations: number }>(sql`SELECT
    (SELECT count(*) FROM record) AS records, (SELECT count(*) FROM entity) AS entities, (SELECT count(*) FROM link) AS links, (SELECT count(*) FROM observation WHERE kind <> ${LINK_KIND_NAMES.indexOf('same_as_possible')}) AS observations`)
  return { ...(counts ?? { records: 0, entities: 0, links: 0, observations: 0 }), ...joins }
}

async function writeEntities(database: Database, salt: string): Promise<void> {
  // Records are numbered by (kind, key), so a group's smallest record carries its smallest key.
  await database.run(sql`INSERT INTO entity_record SELECT dense_rank() OVER (ORDER BY root) - 1, record
    FROM (SELECT e.record, coalesce(j.root, e.record) AS root FROM record e LEFT JOIN ${name('joined record')} j USING (record))`)
  await database.run(sql`DROP TABLE ${name('joined record')}`)
  await database.run(sql`INSERT INTO entity
    WITH spec AS (${kindTable()}),
    stated AS (
      SELECT er.entity, p.name, p.value, count(DISTINCT p.source) AS sources, length(p.value) AS size FROM property p JOIN entity_record er USING (record)
      WHERE p.name IN ('label', 'name') GROUP BY ALL),
    best AS (
      SELECT entity, value FROM stated QUALIFY row_number() OVER (PARTITION BY entity ORDER BY name = 'label' DESC, value <> upper(value) DESC, sources DESC, size DESC, value) = 1),
    first AS (SELECT er.entity, min(er.record) AS record, arg_min(er.record, (coalesce(r.since, 0), er.record)) AS founder, bool_and(e.valid) AS valid
      FROM entity_record er JOIN record e USING (record) LEFT JOIN ${name('record since')} r ON r.record = er.record GROUP BY er.entity),
    own AS (SELECT i.record, min(i.value) AS value FROM identifier i JOIN record e USING (record) JOIN spec s ON s.kind = e.kind GROUP BY i.record)
    SELECT f.entity, ${recordId(salt)}, e.kind, s.kind_index, l.key, coalesce(b.value, o.value, 'unnamed ' || s.noun), f.valid
    FROM first f JOIN record e ON e.record = f.founder JOIN record l ON l.record = f.record JOIN spec s ON s.kind = e.kind LEFT JOIN best b ON b.entity = f.entity LEFT JOIN own o ON o.record = f.record
    ORDER BY f.entity`)
}

/** Roles as stated, and those that follow from being a victim, witness or accused in an event, or from age. */
async function writeRoles(database: Database): Promise<void> {
  const byLink: readonly (readonly [string, string])[] = [['victim_in', 'victim'], ['witness_in', 'witness'], ['accused_in', 'accused']]
  const derived = byLink.map(([kind, role]) => sql`SELECT er.entity, ${role} AS role FROM observation o JOIN entity_record er ON er.record = o.from_record WHERE o.kind = ${LINK_KIND_NAMES.indexOf(kind as 'victim_in')}`)
  // Whoever was under 18 at the last recorded moment of the case, or is stated to be, is a minor. Where dates leave a doubt, the younger reading holds.
  const minor = sql`SELECT er.entity, 'minor' AS role FROM property p JOIN entity_record er USING (record) JOIN entity e ON e.entity = er.entity,
      (SELECT coalesce(max(coalesce(until_ms, at_ms)), 0) AS last_ms FROM observation) span
    WHERE e.kind = 'Person' AND ((p.name = 'age' AND try_cast(p.value AS DOUBLE) < 18)
      OR (p.name = 'born' AND span.last_ms > 0 AND ${bornDate()} > CAST(make_timestamp(span.last_ms * 1000) AS DATE) - INTERVAL 18 YEAR))`
  const all = joined([sql`SELECT er.entity, rr.role FROM record_role rr JOIN entity_record er USING (record)`, ...derived, minor], ' UNION ')
  const order = joined(ROLES.map((role, i) => sql`(${role}, ${rolePlace(role, i)})`))
  await database.run(sql`INSERT INTO entity_role WITH place(role, place) AS (VALUES ${order}), every AS (${all})
    SELECT DISTINCT entity, role, FROM every JOIN place USING (role) WHERE role <> 'unknown' ORDER BY entity, place, role`)
}

function bornDate(): Sql {
  return sql`coalesce(try_cast(p.value AS DATE), CAST(try_strptime(p.value, ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y']) AS DATE), CAST(try_strptime(regexp_extract(p.value, '^[0-9]{4}$') || '-12-31', '%Y-%m-%d') AS DATE))`
}

/** Protected roles first: the most protected one decides how a person is shown. */
function rolePlace(role: (typeof ROLES)[number], i: number): number {
  return PROTECTED_ROLES.includes(role) ? i : i + ROLES.length
}

async function writeLinks(database: Database, salt: string): Promise<void> {
  const undirected = LINK_KIND_NAMES.flatMap((kind, i) => (LINK_KINDS[kind].directed ? [] : [String(i)]))
  const turned = sql`(CAST(o.kind AS VARCHAR) IN ${undirected} AND a.entity > b.entity)`
  const kinds = joined(LINK_KIND_NAMES.map((kind, i) => sql`(${i}, ${kind})`))
  // Currencies are never added together: each has its link row of its own only when a pair really pays in two. Grouped first and put in order while the rows
  // are narrow; the ids come last.
  const grouped = name('grouped link')
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${grouped} AS WITH ends AS (
      SELECT o.*, CASE WHEN ${turned} THEN b.entity ELSE a.entity END AS source_entity, CASE WHEN ${turned} THEN a.entity ELSE b.entity END AS target_entity
      FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record)
    SELECT kind, source_entity, target_entity, coalesce(currency, '') AS currency, sum(count) AS count, count(*) AS observations, min(at_ms) AS first_ms, max(coalesce(until_ms, at_ms)) AS last_ms,
      sum(amount) AS amount, sum(duration_s) AS duration_s, max(strength) AS strength, bool_or(criminal) AS criminal
    FROM ends GROUP BY kind, source_entity, target_entity, coalesce(currency, '') ORDER BY kind, source_entity, target_entity, coalesce(currency, '')`)
  const first = await database.one<{ row: number | bigint }>(sql`SELECT min(rowid) AS row FROM ${grouped}`)
  // Few rows name a commodity: a list of them held for every group would cost more than all the rest.
  const goods = sql`SELECT o.kind, CASE WHEN ${turned} THEN b.entity ELSE a.entity END AS source_entity, CASE WHEN ${turned} THEN a.entity ELSE b.entity END AS target_entity, coalesce(o.currency, '') AS currency,
      string_agg(DISTINCT o.commodity, ', ' ORDER BY o.commodity) AS commodity
    FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record WHERE o.commodity IS NOT NULL GROUP BY 1, 2, 3, 4`
  await database.run(sql`INSERT INTO link WITH spec(kind, kind_name) AS (VALUES ${kinds})
    SELECT g.rowid - ${first?.row ?? 0}, 'L-' || upper(left(sha256(${salt} || s.kind_name || '|' || a.id || '|' || b.id || '|' || g.currency), 16)),
      g.kind, g.source_entity, g.target_entity, count, observations, first_ms, last_ms, amount, nullif(g.currency, ''), duration_s, goods.commodity, strength, criminal
    FROM ${grouped} g JOIN spec s ON s.kind = g.kind JOIN entity a ON a.entity = g.source_entity JOIN entity b ON b.entity = g.target_entity
    LEFT JOIN (${goods}) goods ON goods.kind = g.kind AND goods.source_entity = g.source_entity AND goods.target_entity = g.target_entity AND goods.currency = g.currency`)
  await database.run(sql`DROP TABLE ${grouped}`)
}

async function reportSelfLinks(database: Database): Promise<void> {
  const bad = sql`SELECT o.row AS row, s.name AS source, s.file AS file, a.label AS value FROM observation o JOIN entity_record x ON x.record = o.from_record
    JOIN entity_record y ON y.record = o.to_record JOIN entity a ON a.entity = x.entity JOIN source s ON s.position = o.source WHERE x.entity = y.entity`
  await database.run(sql`INSERT INTO issue SELECT 'link', 'self_link', source, file, NULL, count(*), to_json(list({'row': row, 'value': value} ORDER BY row)[1:10]), ${ISSUE_CODES.self_link}
    FROM (${bad}) GROUP BY source, file ORDER BY source`)
}

/** Payments of one moment that come back to the payer over one account or two: which of them was first nobody can tell, and tracing has to take them in some order. */
async function reportCircles(database: Database): Promise<void> {
  const [moments, paid] = [name('paid together'), name('paid at once')]
  const paying = LINK_KIND_NAMES.indexOf('paid')
  // Alone at its moment a payment closes no circle: few are left to be joined. In two steps, for with both at once DuckDB pairs all accounts first.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${moments} AS SELECT source, row, at_ms, from_record, to_record FROM observation
    WHERE kind = ${paying} AND count > 0 AND at_ms IN (SELECT at_ms FROM observation WHERE kind = ${paying} AND count > 0 GROUP BY at_ms HAVING count(*) > 1)`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${paid} AS SELECT o.source, o.row, o.at_ms, a.entity AS payer, b.entity AS payee FROM ${moments} o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record`)
  await database.run(sql`DROP TABLE ${moments}`)
  await database.run(sql`DELETE FROM ${paid} WHERE payer = payee`)
  const two = sql`SELECT p.source, p.row, p.payer FROM ${paid} p SEMI JOIN ${paid} q ON q.at_ms = p.at_ms AND q.payer = p.payee AND q.payee = p.payer`
  const three = sql`SELECT p.source, p.row, p.payer FROM ${paid} p SEMI JOIN (SELECT q.at_ms, q.payer, r.payee FROM ${paid} q JOIN ${paid} r ON r.at_ms = q.at_ms AND r.payer = q.payee) w ON w.at_ms = p.at_ms AND w.payer = p.payee AND w.payee = p.payer`
  const bad = sql`SELECT c.row AS row, s.name AS source, s.file AS file, e.label AS value FROM (${two} UNION ${three}) c JOIN source s ON s.position = c.source JOIN entity e ON e.entity = c.payer`
  await database.run(sql`INSERT INTO issue SELECT 'link', 'ledger_cyclic', source, file, NULL, count(*), to_json(list({'row': row, 'value': value} ORDER BY row)[1:10]), ${ISSUE_CODES.ledger_cyclic}
    FROM (${bad}) GROUP BY source, file ORDER BY source`)
  await database.run(sql`DROP TABLE ${paid}`)
}

/** One entity with two different values of an identifier that a person has once: shown, never settled by the machine. */
async function reportContradictions(database: Database): Promise<void> {
  const values = sql`SELECT er.entity, i.scheme, count(DISTINCT i.value) AS different, string_agg(DISTINCT i.value, ' / ' ORDER BY i.value) AS written, min(i.source) AS source, min(i.row) AS row
    FROM identifier i JOIN entity_record er USING (record) JOIN entity e ON e.entity = er.entity WHERE i.valid AND i.scheme IN ('pan', 'voter_id') AND e.kind = 'Person' GROUP BY er.entity, i.scheme HAVING different > 1`
  await database.run(sql`INSERT INTO issue SELECT 'link', 'contradiction', s.name, s.file, v.scheme, count(*), to_json(list({'row': v.row, 'value': v.written} ORDER BY v.row)[1:10]),
    'one person, several ' || v.scheme || ' numbers: ' || ${ISSUE_CODES.contradiction} FROM (${values}) v JOIN source s ON s.position = v.source GROUP BY s.name, s.file, v.scheme ORDER BY s.name, v.scheme`)
}

/** A name that so many bear is not compared with all its bearers: said, so that nobody thinks it was. */
async function reportCommonNames(database: Database, { too_common }: PersonLinks): Promise<void> {
  if (too_common.length === 0) return
  const examples = JSON.stringify(too_common.slice(0, 10).map(({ key, persons }) => ({ row: 0, value: `${key}: ${persons} records` })))
  await database.run(sql`INSERT INTO issue VALUES ('link', 'name_too_common', 'judgements', '', NULL, ${too_common.length}, ${examples}, ${ISSUE_CODES.name_too_common})`)
}
