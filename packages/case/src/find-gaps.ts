/** What is not there: silent days, numbers and accounts known but without records of their own; and which of them to ask for next, by how far the order of organisers could move. */
import { falseDiscovery } from '@ringmap/analysis/chance'
import type { WorkOptions } from '@ringmap/model/progress'
import { sql } from '@ringmap/store/sql'
import { SERVICES } from './case-network.ts'
import { dayText, happened, kindList, spanOf, zoneOffset } from './happenings.ts'
import { plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import { COMPARED, nextRequisitions } from './next-requisitions.ts'
import type { DraftFinding, DraftFindings } from './pattern-drafts.ts'

export async function findGaps(open: OpenCase, options: WorkOptions = {}): Promise<DraftFindings> {
  const requisitions = await nextRequisitions(open, options)
  const drafts = [...requisitions.drafts, ...(await missingOperators(open)), ...(await silentDays(open))]
  return {
    method: `Numbers and accounts that occur only in the records of others, operators and number series none of whose numbers has records, and days without any call inside the time that a source covers. A requisition is ranked by how far the first ${COMPARED} of the order of organisers move if its holder knew as many more of the persons ordered as those do whose contacts are many, met through his contacts.`,
    drafts, cautions: [...requisitions.said, 'The expected change is a model of what a record could show, not a forecast of what it will show.'],
  }
}

/** Highest false discovery rate at which an operator is said to be missing. */
const MISSING_RATE = 0.05

/**
 * Operators (where a source says whose a number is) or number series of four digits, none of whose numbers has records of its own, though others of the
 * case do: chance gives that with the share of all numbers that have none, to the power of its numbers.
 */
export async function missingOperators(open: OpenCase): Promise<DraftFinding[]> {
  const { database } = open
  const operator = sql`SELECT er.entity, min(p.value) AS operator FROM property p JOIN entity_record er USING (record) WHERE p.name = 'operator' GROUP BY er.entity`
  const talk = kindList(['called', 'messaged'])
  const own = sql`SELECT er.entity FROM observation o JOIN entity_record er ON er.record = o.from_record JOIN entity_record t ON t.record = o.to_record JOIN entity e ON e.entity = t.entity
    WHERE CAST(o.kind AS VARCHAR) IN ${kindList(['uses', 'present_at'])} AND e.kind IN ('Handset', 'Sim', 'Location') UNION SELECT er.entity FROM observation o JOIN entity_record er ON er.record = o.from_record WHERE CAST(o.kind AS VARCHAR) IN ${talk} GROUP BY er.entity HAVING count(*) >= 5`
  const groups = await database.rows<{ name: string; operator: boolean; numbers: number; own: number; contacts: number; known: number; all: number }>(sql`WITH number AS (
      SELECT e.entity, coalesce(p.operator, left(e.key, 7)) AS name, p.operator IS NOT NULL AS operator, e.entity IN (${own}) AS own, (SELECT count(*) FROM link l WHERE l.target = e.entity AND CAST(l.kind AS VARCHAR) IN ${talk}) AS contacts
      FROM entity e LEFT JOIN (${operator}) p USING (entity) WHERE e.kind = 'Phone' AND e.valid AND e.key LIKE '+%' AND e.entity NOT IN (${SERVICES}))
    SELECT name, operator, count(*) AS numbers, count(*) FILTER (own) AS own, CAST(sum(contacts) AS BIGINT) AS contacts, CAST(sum(count(*) FILTER (own)) OVER () AS BIGINT) AS known, CAST(sum(count(*)) OVER () AS BIGINT) AS all FROM number GROUP BY name, operator ORDER BY name, operator`)
  const silent = groups.filter((one) => one.own === 0 && one.known > 0 && one.numbers > 1)
  const p = silent.map((one) => (1 - one.known / one.all) ** one.numbers)
  const q = falseDiscovery(p, groups.length)
  return silent.map((one, i) => ({ one, q: q[i] as number })).filter((each) => each.q <= MISSING_RATE).sort((a, b) => b.one.contacts - a.one.contacts || (a.one.name < b.one.name ? -1 : 1)).map(({ one, q: rate }) => ({
    shape: 'missing operator', subjects: [], value: one.numbers, unit: 'numbers', sureness: { kind: 'q', value: rate },
    text: `${one.operator ? one.name : `numbers that begin with ${one.name}`}: ${plural(one.numbers, 'number')} in the records of others, none with records of its own`,
    because: [{ code: 'share', text: `${Math.round((one.known / one.all) * 100)} in 100 of all numbers of the case have records of their own; these are named by ${plural(one.contacts, 'contact')}`, entities: [] }], rows: [],
  }))
}

/** Days of a source, between its first and last, on which nothing at all is recorded. */
async function silentDays(open: OpenCase): Promise<DraftFinding[]> {
  return (await silences(open)).map(({ source: name, from_ms: from, to_ms: to, days }) => (
    { shape: 'silent days', subjects: [], text: `${name}: no call ${days === 1 ? `on ${dayText(from, open.file.timezone)}` : `from ${dayText(from, open.file.timezone)} to ${dayText(to, open.file.timezone)}`}`, value: days, unit: 'days', sureness: { kind: 'exact', value: null }, first_ms: from, last_ms: to, because: [{ code: 'ask', text: 'ask the operator whether records of these days are missing', entities: [] }], rows: [] }
  ))
}

export interface Silence {
  readonly source: string
  /** Midnight, in the case's zone, at the beginning of the first and of the last silent day. */
  readonly from_ms: number
  readonly to_ms: number
  readonly days: number
}

/** Stretches of days within a source of calls and messages on which it holds none, the longest first. */
export async function silences(open: OpenCase): Promise<Silence[]> {
  const span = await spanOf(open, ['called', 'messaged'])
  if (span === null) return []
  const offset = zoneOffset(span.start_ms, open.file.timezone)
  const rows = await open.database.rows<{ name: string; day: number; next: number }>(sql`SELECT s.name, day, next FROM (SELECT file, day, lead(day) OVER (PARTITION BY file ORDER BY day) AS next FROM (
    SELECT DISTINCT file, (at_ms + ${offset}) // 86400000 AS day FROM (${happened(['called', 'messaged'])}))) q JOIN source s ON s.position = q.file WHERE next - day > 1 ORDER BY next - day DESC, s.name, day`)
  return rows.map(({ name, day, next }) => ({ source: name, from_ms: (day + 1) * 86_400_000 - offset, to_ms: (next - 1) * 86_400_000 - offset, days: next - day - 1 }))
}
