/** Somebody on a chart who is recorded at two places at once, or further apart than anyone travels in between: a contradiction that the court must see. */
import type { Chart } from '@ringmap/model/chart'
import { sql } from '@ringmap/store/sql'
import { localClock } from './case-clock.ts'
import { entitiesByNumber, type CaseView } from './case-view.ts'
import { ONLY_USER } from './find-paths.ts'
import { happened, momentText } from './happenings.ts'
import { internalId, maskedWords, shownFile } from './mask-case.ts'
import { placesOf } from './person-timeline.ts'

/** Straight lines faster than this are not travelled on the ground. */
const KM_AN_HOUR = 250
/** A tower covers an area: two points may be this much nearer than their towers are. */
const COVERED_KM = 20
/** Sentences at most; the last one says how many more there are. */
const TOLD = 20
const DAY_MS = 86_400_000

export interface TwoPlaces {
  readonly found: readonly string[]
  /** What was looked through, in a sentence: it stands where nothing was found. */
  readonly looked: string
}

interface Seen {
  readonly who: number
  readonly thing: number
  readonly place: number
  readonly at_ms: number
  readonly until_ms: number
  readonly file: string
  readonly row: number
}

/** Two records and the kilometres between them, null where a point is not known. */
type Clash = readonly [Seen, Seen, number | null]

/** Over the persons on the chart who are not masked, and what they alone use. */
export async function twoPlaces(view: CaseView, chart: Chart): Promise<TwoPlaces> {
  const { database, file } = view.open
  const ids = chart.entities.filter(({ kind, masked }) => kind === 'Person' && !masked).flatMap(({ id }) => internalId(view.mask, id) ?? [])
  const all = await database.rows<Seen>(sql`SELECT * FROM (SELECT coalesce(u.user, h.source) AS who, h.source AS thing, h.target AS place, h.at_ms, greatest(h.at_ms, coalesce(h.until_ms, h.at_ms)) AS until_ms, s.file, h.row
      FROM (${happened(['present_at'])}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source JOIN source s ON s.position = h.file)
    WHERE who IN (SELECT entity FROM entity WHERE id IN ${ids}) ORDER BY who, at_ms, place, file, row`)
  // A register that knows the day alone says midnight.
  const local = localClock(file.timezone)
  const seen = all.filter(({ at_ms, until_ms }) => until_ms > at_ms || local(at_ms) % DAY_MS !== 0)
  const persons = new Set(seen.map(({ who }) => who)).size
  const pairs = clashing(seen, await pointsOf(view, seen))
  const labels = await entitiesByNumber(view, new Set(pairs.flatMap(([a, b]) => [a.who, a.thing, b.thing, a.place, b.place])))
  const name = (number: number): string => labels.get(number)?.label ?? ''
  const when = (one: Seen): string => `at ${name(one.place)} ${one.until_ms > one.at_ms ? `from ${momentText(one.at_ms, file.timezone)} to ${momentText(one.until_ms, file.timezone)}` : `on ${momentText(one.at_ms, file.timezone)}`} (${shownFile(view.mask, one.file)} row ${one.row})`
  // A thing at a place is not yet the person there.
  const seenAs = (one: Seen): string => (one.thing === one.who ? 'in person' : `${name(one.thing)}, which nobody else is known to use,`)
  const both = (a: Seen, b: Seen): string => (a.thing === b.thing ? `${seenAs(a)} ${when(a)} and ${when(b)}` : `${seenAs(a)} ${when(a)} and ${seenAs(b)} ${when(b)}`)
  const day = ([a, b]: Clash): string => `${a.who} ${Math.floor(local(b.at_ms) / DAY_MS)}`
  const byDay = new Map<string, Clash[]>()
  for (const pair of pairs) byDay.set(day(pair), [...(byDay.get(day(pair)) ?? []), pair])
  const told = [...byDay.values()].map((list) => {
    const [a, b, km] = list[0] as Clash
    return maskedWords(view.mask, `${name(a.who)}, as recorded: ${both(a, b)}${km === null ? '' : `, ${Math.round(km)} km apart`}${list.length === 1 ? '' : `; ${list.length - 1} more such ${list.length === 2 ? 'pair' : 'pairs'} of records on that day`}.`)
  })
  return {
    found: told.length <= TOLD ? told : [...told.slice(0, TOLD), `${TOLD} of ${told.length} days are told here; "ringmap explore" shows the movements of each person.`],
    looked: `Looked for in ${seen.length} records of presence at a place with a time of day${all.length === seen.length ? '' : ` (${all.length - seen.length} more know the day alone)`}, of ${persons} of ${ids.length} persons on the chart and of the things that they alone use: at two places at once, or further apart than ${KM_AN_HOUR} km/h on a straight line, ${COVERED_KM} km taken off for the reach of towers.`,
  }
}

/** Latitude and longitude in degrees, by entity number. */
async function pointsOf(view: CaseView, seen: readonly Seen[]): Promise<Map<number, readonly [number, number]>> {
  const known = await entitiesByNumber(view, new Set(seen.map(({ place }) => place)))
  const numbers = new Map([...known].map(([number, { id }]) => [id, number]))
  return new Map((await placesOf(view, [...numbers.keys()])).flatMap(({ id, latitude, longitude }) => (latitude === null || longitude === null ? [] : [[numbers.get(id) as number, [latitude, longitude] as const]])))
}

/** Pairs that follow on each other in time, or overlap, and cannot both be so. @param seen by person, then time. */
function clashing(seen: readonly Seen[], points: ReadonlyMap<number, readonly [number, number]>): Clash[] {
  const pairs: Clash[] = []
  let open: Seen[] = []
  for (const [i, one] of seen.entries()) {
    const before = seen[i - 1]
    if (before?.who !== one.who) open = []
    // Stays that are not over, and what came last.
    open = open.filter((other) => other.until_ms >= one.at_ms || other === before)
    for (const other of open) {
      if (other.place === one.place) continue
      const km = apart(points.get(other.place), points.get(one.place))
      const hours = Math.max(0, one.at_ms - other.until_ms) / 3_600_000
      if (km === null ? hours === 0 : Math.max(0, km - COVERED_KM) > hours * KM_AN_HOUR) pairs.push([other, one, km])
    }
    open.push(one)
  }
  return pairs
}

/** Great circle, kilometres; null where a point is not known. */
function apart(a: readonly [number, number] | undefined, b: readonly [number, number] | undefined): number | null {
  if (a === undefined || b === undefined) return null
  const [phi, psi, delta] = [a[0], b[0], b[1] - a[1]].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  const half = Math.sin((psi - phi) / 2) ** 2 + Math.cos(phi) * Math.cos(psi) * Math.sin(delta / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)))
}
