/** Numbers of a case that take over from others: the records that the kernel asks for, in SQL, and its answer in words. */
import type { LinkKind } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import { activityOf } from '@ringmap/analysis/activity-change'
import { numberSwaps, type NumberRecords, type NumberSwap } from '@ringmap/analysis/number-swaps'
import type { StopSignal } from '@ringmap/model/progress'
import { NULL_INDEX } from '@ringmap/store/database'
import { SERVICES } from './case-network.ts'
import { handsetChanges } from './find-handset-changes.ts'
import { countRows, dayText, happened, kindList, spanOf, zoneOffset, type Span } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import { entityList, type DraftFinding, type DraftFindings, type DraftReason } from './pattern-drafts.ts'
import { listed, plural } from './organisers.ts'

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
  await database.run(sql`CREATE OR REPLACE TEMP TABLE talker AS SELECT entity, CAST(row_number() OVER (ORDER BY entity) - 1 AS INTEGER) AS n FROM (
    SELECT source AS entity FROM link WHERE CAST(kind AS VARCHAR) IN ${kindList(TALK)} UNION SELECT target FROM link WHERE CAST(kind AS VARCHAR) IN ${kindList(TALK)})`)
  const numbers = await countRows(open, sql`SELECT * FROM talker`)
  const [entities, service] = await database.columns(sql`SELECT t.entity, CAST(s.entity IS NOT NULL AS UTINYINT) FROM talker t LEFT JOIN (${SERVICES}) s USING (entity) ORDER BY n`, ['u32', 'u8'] as const, numbers)
  const days = (what: 'first_ms' | 'last_ms') => (what === 'first_ms' ? sql`CAST((min(l.first_ms) - ${span.start_ms}) AS DOUBLE) / ${DAY_MS}` : sql`CAST((max(l.last_ms) - ${span.start_ms}) AS DOUBLE) / ${DAY_MS}`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE talk_pair AS SELECT least(a.n, b.n) AS a, greatest(a.n, b.n) AS b, ${days('first_ms')} AS first, ${days('last_ms')} AS last FROM link l JOIN talker a ON a.entity = l.source JOIN talker b ON b.entity = l.target
    WHERE CAST(l.kind AS VARCHAR) IN ${kindList(TALK)} AND l.first_ms IS NOT NULL AND l.source <> l.target GROUP BY 1, 2`)
  const [a, b, first, last] = await database.columns(sql`SELECT * FROM talk_pair ORDER BY a, b`, ['u32', 'u32', 'f64', 'f64'] as const, await countRows(open, sql`SELECT * FROM talk_pair`))
  // A pair on a day is one contact of both, whoever called: told apart once, then counted for each end.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE talk_day AS WITH met AS (
      SELECT DISTINCT least(a.n, b.n) AS one, greatest(a.n, b.n) AS other, (h.at_ms - ${span.start_ms}) // ${DAY_MS} AS day FROM (${happened(TALK)}) h JOIN talker a ON a.entity = h.source JOIN talker b ON b.entity = h.target)
    SELECT n, CAST(day AS INTEGER) AS day, CAST(count(*) AS DOUBLE) AS contacts FROM (SELECT one AS n, day FROM met UNION ALL SELECT other, day FROM met) GROUP BY n, day`)
  const [number, day, contacts] = await database.columns(sql`SELECT n, day, contacts FROM talk_day ORDER BY n, day`, ['u32', 'u32', 'f64'] as const, await countRows(open, sql`SELECT * FROM talk_day`))
  const records = { numbers, pairs: { a, b, first, last }, activity: activityOf(numbers, number, day, contacts), service, ...(await handsetsOf(open)), ...(await nightsOf(open, span, numbers)) }
  for (const table of [sql`talker`, sql`talk_pair`, sql`talk_day`]) await database.run(sql`DROP TABLE ${table}`)
  return { records, entities }
}

async function handsetsOf(open: OpenCase): Promise<Pick<NumberRecords, 'handsets'>> {
  const query = sql`SELECT DISTINCT t.n, CAST(l.target AS INTEGER) AS handset FROM link l JOIN talker t ON t.entity = l.source JOIN entity e ON e.entity = l.target WHERE e.kind = 'Handset' AND e.valid AND CAST(l.kind AS VARCHAR) IN ${kindList(['uses'])}`
  const count = await countRows(open, query)
  if (count === 0) return {}
  const [number, handset] = await open.database.columns(sql`SELECT * FROM (${query}) ORDER BY 1, 2`, ['u32', 'u32'] as const, count)
  return { handsets: { count: handset.reduce((most, one) => Math.max(most, one), 0) + 1, number, handset } }
}

/** The place where each number is on most nights (22 to 6 o'clock in the case's zone). */
async function nightsOf(open: OpenCase, span: Span, numbers: number): Promise<Pick<NumberRecords, 'nights'>> {
  const hour = sql`((at_ms + ${zoneOffset(span.start_ms, open.file.timezone)}) // 3600000) % 24`
  const query = sql`SELECT n, place FROM (SELECT t.n, h.target AS place, row_number() OVER (PARTITION BY t.n ORDER BY count(DISTINCT (at_ms - ${span.start_ms}) // ${DAY_MS}) DESC, h.target) AS best
    FROM (${happened(['present_at'])}) h JOIN talker t ON t.entity = h.source WHERE ${hour} >= 22 OR ${hour} < 6 GROUP BY t.n, h.target) WHERE best = 1`
  const count = await countRows(open, query)
  if (count === 0) return {}
  const [number, place] = await open.database.columns(sql`SELECT n, CAST(place AS INTEGER) FROM (${query}) ORDER BY n`, ['u32', 'u32'] as const, count)
  const nights = new Uint32Array(numbers).fill(NULL_INDEX)
  number.forEach((n, i) => { nights[n] = place[i] as number })
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
  const rows = sql`SELECT DISTINCT file AS source, row FROM (${happened(TALK)}) WHERE (CAST(source AS VARCHAR) IN ${entityList([old, next])} AND CAST(target AS VARCHAR) IN ${entityList(common)})
    OR (CAST(target AS VARCHAR) IN ${entityList([old, next])} AND CAST(source AS VARCHAR) IN ${entityList(common)})`
  return {
    shape: 'number', subjects: [old, next], text: `{${next}} took over from {${old}} about ${dayText(at, zone)}`, value: swap.posterior, unit: 'probability', sureness: { kind: 'posterior', value: swap.posterior },
    first_ms: at, last_ms: at, because: common.length > 5 ? because : [{ ...(because[0] as DraftReason), text: `${because[0]?.text}: ${listed(common.map((one) => `{${one}}`))}` }, ...because.slice(1)], against, rows,
  }
}

function percent(share: number): string {
  return share < 0.01 ? `${(share * 100).toFixed(1)} %` : `${Math.round(share * 100)} %`
}
