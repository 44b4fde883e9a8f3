/** Numbers of a case that take over from others: the records that the kernel asks for, in SQL, and its answer in words. */
import type { LinkKind } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import { callContacts } from '@ringmap/analysis/call-contacts'
import { numberSwaps, type NumberRecords, type NumberSwap } from '@ringmap/analysis/number-swaps'
import type { StopSignal } from '@ringmap/model/progress'
import { NULL_INDEX } from '@ringmap/store/database'
import { SERVICES } from './case-network.ts'
import { handsetChanges } from './find-handset-changes.ts'
import { columnsOnce, countRows, dayText, happened, kindList, numbered, rowsBetween, spanOf, zoneOffset, type Span } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings, DraftReason } from './pattern-drafts.ts'
import { listed, plural } from './named-network.ts'

const TALK: readonly LinkKind[] = ['called', 'messaged']
const DAY_MS = 86_400_000

export async function findSwaps(open: OpenCase, options: { readonly least?: number | undefined; readonly signal?: StopSignal | undefined } = {}): Promise<DraftFindings> {
  const least = options.least ?? 0.9
  const method = `A number that comes to life is compared with every number that fell silent at most 3 days before, by shared contacts, handset and night place; listed from a posterior of ${least}.`
  const span = await spanOf(open, TALK)
  const handsets = await handsetChanges(open)
  if (span === null || span.days < 4) return { method, drafts: handsets.drafts, of: handsets.of, cautions: ['There are not enough days of calls to see a number fall silent and another come to life.'] }
  const { records, entities } = await numberRecords(open, span)
  const swaps = numberSwaps(records, { least, signal: options.signal })
  return {
    method: `${method} Then the numbers that go on in a new handset, and the handsets in which a new number goes on, as the rows say.`,
    drafts: [...swaps.map((swap) => draft(swap, entities, span, open.file.timezone)), ...handsets.drafts], of: swaps.length + handsets.of,
    cautions: ['A relative or a colleague who takes over a line looks the same. On planted cases with look-alikes about 3 in 100 of those listed are wrong (docs/method.md).'],
  }
}

async function numberRecords(open: OpenCase, span: Span): Promise<{ records: NumberRecords; entities: Uint32Array }> {
  const { database } = open
  const [source, target, at] = await columnsOnce(open, sql`SELECT source, target, CAST(at_ms - ${span.start_ms} AS DOUBLE) FROM (${happened(TALK)})`, ['u32', 'u32', 'f64'] as const)
  const { entities, number } = numbered([source, target], await countRows(open, sql`SELECT * FROM entity`))
  const service = new Uint8Array(entities.length)
  for (const { entity } of await database.rows<{ entity: number }>(SERVICES)) if (number[entity] !== NULL_INDEX) service[number[entity] as number] = 1
  const records = { numbers: entities.length, ...callContacts(entities.length, { a: source, b: target, at_ms: at }, service), service, ...(await handsetsOf(open, number)), ...(await nightsOf(open, span, number, entities.length)) }
  return { records, entities }
}

async function handsetsOf(open: OpenCase, number: Uint32Array): Promise<Pick<NumberRecords, 'handsets'>> {
  const [phone, used] = await columnsOnce(open, sql`SELECT DISTINCT CAST(l.source AS INTEGER), CAST(l.target AS INTEGER) FROM link l JOIN entity e ON e.entity = l.target WHERE e.kind = 'Handset' AND e.valid AND CAST(l.kind AS VARCHAR) IN ${kindList(['uses'])} ORDER BY 1, 2`, ['u32', 'u32'] as const)
  const known = phone.map((entity) => number[entity] as number)
  const handset = used.filter((_, i) => known[i] !== NULL_INDEX)
  return handset.length === 0 ? {} : { handsets: { count: handset.reduce((most, one) => Math.max(most, one), 0) + 1, number: known.filter((n) => n !== NULL_INDEX), handset } }
}

/** The place where each number is on most nights (22 to 6 o'clock in the case's zone). */
async function nightsOf(open: OpenCase, span: Span, number: Uint32Array, numbers: number): Promise<Pick<NumberRecords, 'nights'>> {
  const hour = sql`((at_ms + ${zoneOffset(span.start_ms, open.file.timezone)}) // 3600000) % 24`
  const [who, place] = await columnsOnce(open, sql`SELECT source, CAST(place AS INTEGER) FROM (SELECT h.source, h.target AS place, row_number() OVER (PARTITION BY h.source ORDER BY count(DISTINCT (at_ms - ${span.start_ms}) // ${DAY_MS}) DESC, h.target) AS best
    FROM (${happened(['present_at'])}) h WHERE ${hour} >= 22 OR ${hour} < 6 GROUP BY h.source, h.target) WHERE best = 1`, ['u32', 'u32'] as const)
  if (who.length === 0) return {}
  const nights = new Uint32Array(numbers).fill(NULL_INDEX)
  who.forEach((entity, i) => { if (number[entity] !== NULL_INDEX) nights[number[entity] as number] = place[i] as number })
  return { nights }
}

function draft(swap: NumberSwap, entities: Uint32Array, span: Span, zone: string): DraftFinding {
  const of = (n: number): number => entities[n] as number
  const [old, next] = [of(swap.old), of(swap.new)]
  const common = swap.common.map(of)
  const at = span.start_ms + swap.day * DAY_MS
  const because: DraftReason[] = [
    { code: 'shared-contacts', text: `${swap.common.length} of the new number's ${plural(swap.contacts, 'contact')} were contacts of the old one; chance gives ${swap.expected.toFixed(1)}`, entities: common },
    { code: 'fell-silent', text: `the old number fell off just then, as ${percent(swap.fall_share)} of numbers did`, entities: [old] },
    ...(swap.same_handset ? [{ code: 'same-handset', text: 'both were used in one handset', entities: [old, next] }] : []),
    ...(swap.same_night_place ? [{ code: 'same-night-place', text: 'both are at the same place at night', entities: [old, next] }] : []),
  ]
  const against: DraftReason[] = [
    ...(swap.called_each_other ? [{ code: 'called-each-other', text: 'the two numbers called each other, as two persons would', entities: [old, next] }] : []),
    ...(swap.rival !== null && swap.rival.posterior >= 0.01 ? [{ code: 'rival', text: `{${of(swap.rival.old)}} explains the new number too (${percent(swap.rival.posterior)})`, entities: [of(swap.rival.old)] }] : []),
  ]
  const rows = rowsBetween(TALK, [old, next], common)
  return {
    shape: 'number', subjects: [old, next], text: `{${next}} took over from {${old}} about ${dayText(at, zone)}`, value: swap.posterior, unit: 'probability', sureness: { kind: 'posterior', value: swap.posterior },
    first_ms: at, last_ms: at, because: common.length > 5 ? because : [{ ...(because[0] as DraftReason), text: `${because[0]?.text}: ${listed(common.map((one) => `{${one}}`))}` }, ...because.slice(1)], against, rows,
  }
}

function percent(share: number): string {
  return share < 0.01 ? `${(share * 100).toFixed(1)} %` : `${Math.round(share * 100)} %`
}
