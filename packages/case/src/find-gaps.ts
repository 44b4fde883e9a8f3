/** What is not there: silent days, numbers and accounts known but without records of their own; and which of them to ask for next, by how far the order of organisers could move. */
import { falseDiscovery } from '@ringmap/analysis/chance'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { csrFromEdges } from '@ringmap/graph/csr'
import type { WorkOptions } from '@ringmap/model/progress'
import { stopIfAsked } from '@ringmap/model/progress'
import { sql } from '@ringmap/store/sql'
import { loadNetwork, SERVICES } from './case-network.ts'
import { dayText, happened, kindList, spanOf, zoneOffset } from './happenings.ts'
import { plural } from './organisers.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings } from './pattern-drafts.ts'

/** Candidates whose records are imagined; the rest are only counted. */
const TRIED = 12
/** The order is compared over so many of its first. */
const TOP = 20
/** Beyond this many people only the best connected part is ranked, as elsewhere. */
const MOST = 1500

export async function findGaps(open: OpenCase, options: WorkOptions = {}): Promise<DraftFindings> {
  const drafts = [...(await nextRequisitions(open, options)), ...(await missingOperators(open)), ...(await silentDays(open))]
  return {
    method: `Numbers and accounts that occur only in the records of others, operators and number series none of whose numbers has records, and days without any call inside the time that a source covers. A requisition is ranked by how far the first ${TOP} of the order move if its holder knew as many more people as those with records do, met through his contacts.`,
    drafts, cautions: ['The expected change is a model of what a record could show, not a forecast of what it will show.'],
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

interface Candidate { readonly entity: number; readonly kind: string; readonly contacts: number }

/** Things that others' records name often, and that have none of their own: they never stand as the first party where rows name whose they are. */
async function nextRequisitions(open: OpenCase, options: WorkOptions): Promise<DraftFinding[]> {
  const { database } = open
  const own = sql`SELECT er.entity FROM observation o JOIN entity_record er ON er.record = o.from_record WHERE CAST(o.kind AS VARCHAR) IN ${kindList(['called', 'messaged', 'paid'])} GROUP BY er.entity HAVING count(*) >= 5`
  const candidates = await database.rows<Candidate>(sql`SELECT e.entity, e.kind, count(DISTINCT other) AS contacts FROM (SELECT source AS a, target AS other FROM link WHERE CAST(kind AS VARCHAR) IN ${kindList(['called', 'messaged', 'paid'])} UNION ALL SELECT target, source FROM link WHERE CAST(kind AS VARCHAR) IN ${kindList(['called', 'messaged', 'paid'])}) l
    JOIN entity e ON e.entity = l.a WHERE e.kind IN ('Phone', 'BankAccount', 'OnlineAccount') AND e.valid AND e.entity NOT IN (${own}) AND e.entity NOT IN (SELECT er.entity FROM identifier i JOIN entity_record er USING (record) WHERE i.note = 'service')
    GROUP BY e.entity, e.kind HAVING count(DISTINCT other) >= 2 ORDER BY contacts DESC, e.entity`)
  if (candidates.length === 0) return []
  const loaded = await loadNetwork(open)
  const { csr, actors } = loaded.network
  const actorOf = new Map([...actors].map((entity, actor) => [entity, actor]))
  const holders = new Map((await database.rows<{ thing: number; user: number }>(sql`SELECT l.target AS thing, min(l.source) AS user FROM link l JOIN entity p ON p.entity = l.source WHERE CAST(l.kind AS VARCHAR) IN ${kindList(['uses', 'owns'])} AND p.kind IN ('Person', 'Organisation') GROUP BY l.target`)).map((row) => [row.thing, row.user]))
  const degree = (v: number): number => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)
  const kept = Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => degree(v) > 0).sort((a, b) => degree(b) - degree(a) || a - b).slice(0, MOST).sort((a, b) => a - b)
  const place = new Map(kept.map((v, i) => [v, i]))
  const [from, to]: [number[], number[]] = [[], []]
  kept.forEach((v, i) => {
    for (let arc = csr.offsets[v] as number; arc < (csr.offsets[v + 1] as number); arc++) {
      const j = place.get(csr.targets[arc] as number)
      if (j !== undefined && j > i) {
        from.push(i)
        to.push(j)
      }
    }
  })
  const typical = kept.map(degree).sort((a, b) => a - b)[Math.floor(kept.length * 0.75)] ?? 0
  const order = orderOf(kept.length, from, to)
  const drafts: { draft: DraftFinding; moved: number }[] = []
  for (const candidate of candidates) {
    if (drafts.length >= TRIED) break
    stopIfAsked(options.signal)
    const v = place.get(actorOf.get(holders.get(candidate.entity) ?? candidate.entity) ?? -1)
    if (v === undefined) continue
    // Contacts of his contacts, those met most often first: whom he is most likely to know besides.
    const met = new Map<number, number>()
    const near = new Set<number>()
    from.forEach((a, k) => { if (a === v) near.add(to[k] as number); else if (to[k] === v) near.add(a) })
    from.forEach((a, k) => {
      const b = to[k] as number
      for (const [one, other] of [[a, b], [b, a]] as const) if (near.has(one) && other !== v && !near.has(other)) met.set(other, (met.get(other) ?? 0) + 1)
    })
    const more = [...met].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, Math.max(0, typical - near.size) + 2).map(([one]) => one)
    const changed = orderOf(kept.length, [...from, ...more.map(() => v)], [...to, ...more])
    const moved = order.reduce((sum, who, rank) => sum + Math.min(TOP, Math.abs(changed.indexOf(who) < 0 ? TOP : changed.indexOf(who) - rank)), 0)
    drafts.push({
      moved, draft: {
        shape: candidate.kind === 'Phone' ? 'call records' : 'statement', subjects: [candidate.entity], value: moved, unit: 'ranks moved', sureness: { kind: 'rule', value: null },
        text: `ask for the ${candidate.kind === 'Phone' ? 'call records' : 'statement'} of {${candidate.entity}}`,
        because: [{ code: 'known-to', text: `in the records of ${plural(candidate.contacts, 'other')}, with next to none of its own`, entities: [candidate.entity] }, { code: 'would-move', text: `the first ${TOP} would move by ${moved} ranks together`, entities: [] }],
        rows: sql`SELECT DISTINCT file AS source, row FROM (${happened(['called', 'messaged', 'paid'])}) WHERE source = ${candidate.entity} OR target = ${candidate.entity}`,
      },
    })
  }
  return drafts.sort((a, b) => b.moved - a.moved).map(({ draft }) => draft)
}

function orderOf(nodes: number, from: readonly number[], to: readonly number[]): number[] {
  const values = currentFlow(csrFromEdges(nodes, Uint32Array.from(from), Uint32Array.from(to))).value
  return Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b).slice(0, TOP)
}
