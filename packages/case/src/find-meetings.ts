/** Who is at one place with whom, travels with whom, and shares contacts with whom, beyond chance: visits and ties of a case for the kernels, answers in words. */
import { coLocated, legsOf, type CoLocated, type Visits } from '@ringmap/analysis/co-location'
import { sharedContacts } from '@ringmap/analysis/shared-contacts'
import { csrFromEdges } from '@ringmap/graph/csr'
import type { LinkKind } from '@ringmap/model/schema'
import type { WorkOptions } from '@ringmap/model/progress'
import { sql } from '@ringmap/store/sql'
import { SERVICES } from './case-network.ts'
import { ONLY_USER } from './find-paths.ts'
import { columnsOnce, countRows, happened, kindList, momentText, numbered, rowsBetween, spanOf, type Span } from './happenings.ts'
import { listed, plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings, DraftPlace } from './pattern-drafts.ts'

const SEEN: readonly LinkKind[] = ['present_at', 'travelled']

interface CaseVisits {
  readonly visits: Visits
  readonly subjects: Uint32Array
  readonly places: Uint32Array
  readonly place: (visit: number) => DraftPlace
  readonly span: Span
}

/** Where persons, phones and vehicles were seen; a thing with one known user stands for him. */
async function caseVisits(open: OpenCase): Promise<CaseVisits | null> {
  const span = await spanOf(open, SEEN)
  if (span === null) return null
  const [subject, place, at, file, row] = await columnsOnce(open, sql`SELECT who, place, CAST(at_ms - ${span.start_ms} AS DOUBLE), file, CAST(row AS INTEGER) FROM (
      SELECT coalesce(u.user, h.source) AS who, h.target AS place, h.at_ms, h.file, h.row FROM (${happened(SEEN)}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source)
    ORDER BY at_ms, who, place, file, row`, ['u32', 'u32', 'f64', 'u32', 'u32'] as const)
  const all = await countRows(open, sql`SELECT * FROM entity`)
  const [subjects, places] = [numbered([subject], all).entities, numbered([place], all).entities]
  return { visits: { subjects: subjects.length, places: places.length, subject, place, at, days: span.days }, subjects, places, place: (i) => ({ source: file[i] as number, row: row[i] as number }), span }
}

export interface MeetingOptions extends WorkOptions {
  /** Highest false discovery rate listed. */
  readonly rate: number
}

const CAUTION = 'A tower covers an area, not a point: two phones at one tower may be streets apart. A family, a team at work and a shared lift look the same.'

export async function findCoLocation(open: OpenCase, options: MeetingOptions): Promise<DraftFindings> {
  const method = `Pairs within 15 minutes of each other at one place; chance deals out the days and keeps hours, places and how full each place is on each day; listed up to a false discovery rate of ${options.rate}.`
  const seen = await caseVisits(open)
  if (seen === null) return { method, drafts: [], cautions: ['Nobody is recorded at a place with a time.'] }
  const found = coLocated(seen.visits, { rate: options.rate, signal: options.signal })
  return { method, drafts: found.map((one) => meetingDraft(one, seen, open.file.timezone)), cautions: [CAUTION] }
}

function meetingDraft(one: CoLocated, seen: CaseVisits, zone: string): DraftFinding {
  const [a, b] = [seen.subjects[one.a] as number, seen.subjects[one.b] as number]
  const when = (visit: number): number => seen.span.start_ms + (seen.visits.at[visit] as number)
  const first = one.visits.slice(0, 3).map(([i]) => `{${seen.places[seen.visits.place[i] as number] as number}} on ${momentText(when(i), zone)}`)
  const [start, end] = [one.visits[0]?.[0] as number, one.visits.at(-1)?.[0] as number]
  return {
    subjects: [a, b], text: `{${a}} and {${b}} were at one place together ${one.visits.length} times`, value: one.together, unit: 'times together', sureness: { kind: 'q', value: one.q }, first_ms: when(start), last_ms: when(end),
    because: [
      { code: 'together', text: `${one.together} times, at places and hours where chance gives ${one.expected.toFixed(2)}`, entities: [a, b] },
      { code: 'where', text: `${plural(one.places, 'place')}: ${listed(first)}${one.visits.length > 3 ? ', …' : ''}`, entities: [] },
    ],
    rows: one.visits.flatMap(([i, j]) => [seen.place(i), seen.place(j)]),
  }
}

export async function findTravellers(open: OpenCase, options: MeetingOptions): Promise<DraftFindings> {
  const method = `Pairs who set out from one place within 15 minutes of each other and are next seen at the same place within 6 hours; chance as for co-location, way by way; listed up to a false discovery rate of ${options.rate}.`
  const seen = await caseVisits(open)
  if (seen === null) return { method, drafts: [], cautions: ['Nobody is recorded at a place with a time.'] }
  const legs = legsOf(seen.visits)
  const found = coLocated(legs, { rate: options.rate, signal: options.signal })
  const placeOf = (visit: number): string => `{${seen.places[seen.visits.place[visit] as number] as number}}`
  return {
    method, cautions: [CAUTION],
    drafts: found.map((one) => {
      const [a, b] = [seen.subjects[one.a] as number, seen.subjects[one.b] as number]
      const when = (leg: number): number => seen.span.start_ms + (legs.at[leg] as number)
      const ways = one.visits.slice(0, 3).map(([leg]) => `${placeOf(legs.from[leg] as number)} to ${placeOf(legs.to[leg] as number)}, ${momentText(when(leg), open.file.timezone)}`)
      return {
        subjects: [a, b], text: `{${a}} and {${b}} travelled together ${one.visits.length} ways`, value: one.together, unit: 'ways together', sureness: { kind: 'q', value: one.q },
        first_ms: when(one.visits[0]?.[0] as number), last_ms: when(one.visits.at(-1)?.[0] as number),
        because: [{ code: 'together', text: `${one.together} ways where chance gives ${one.expected.toFixed(2)}`, entities: [a, b] }, { code: 'where', text: `${ways.join('; ')}${one.visits.length > 3 ? '; …' : ''}`, entities: [] }],
        rows: one.visits.flatMap(([i, j]) => [i, j].flatMap((leg) => [seen.place(legs.from[leg] as number), seen.place(legs.to[leg] as number)])),
      }
    }),
  }
}

const TALK: readonly LinkKind[] = ['called', 'messaged']

export async function findCommonContacts(open: OpenCase, options: MeetingOptions): Promise<DraftFindings> {
  const { database } = open
  const limit = open.file.network.contact_limit
  const links = sql`SELECT source, target FROM link WHERE CAST(kind AS VARCHAR) IN ${kindList(TALK)} AND source <> target AND source NOT IN (${SERVICES}) AND target NOT IN (${SERVICES})`
  const count = await countRows(open, links)
  const method = `Pairs of numbers with at least 3 contacts in common; chance keeps how many contacts each has; whoever has more than ${limit} is no shared contact; listed up to a false discovery rate of ${options.rate}.`
  if (count === 0) return { method, drafts: [], cautions: ['There are no calls.'] }
  const [source, target] = await database.columns(sql`SELECT * FROM (${links}) ORDER BY source, target`, ['u32', 'u32'] as const, count)
  const csr = csrFromEdges(await countRows(open, sql`SELECT * FROM entity`), source, target)
  const { of, found: all } = sharedContacts(csr, { busy: limit, rate: options.rate, signal: options.signal })
  const found = all.sort((x, y) => Number(x.direct) - Number(y.direct) || x.q - y.q || x.a - y.a || x.b - y.b)
  return {
    method, of, cautions: ['People of one family, village or trade share contacts: pairs who are never in contact themselves come first, for they are the ones that a plain list of calls does not show.'],
    drafts: found.map(({ a, b, shared, expected, q, direct }) => ({
      subjects: [a, b], text: `{${a}} and {${b}} ${direct ? 'are in contact and' : 'are never in contact, but'} share ${plural(shared.length, 'contact')}`, value: shared.length, unit: 'shared contacts', sureness: { kind: 'q', value: q },
      because: [{ code: 'shared-contacts', text: `chance gives ${expected.toFixed(2)}: ${listed(shared.slice(0, 6).map((one) => `{${one}}`))}${shared.length > 6 ? ', …' : ''}`, entities: shared }],
      rows: rowsBetween(TALK, [a, b], shared),
    })),
  }
}
