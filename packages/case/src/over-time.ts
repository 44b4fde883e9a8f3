/** Orders over sliding windows, and who rose or fell after a seizure, an accusation or an arrest. */
import { RingmapError } from '@ringmap/model/errors'
import type { OrganiserFinding, Place } from '@ringmap/model/finding'
import type { AfterEvents, Movement, OverTime, Window } from '@ringmap/model/over-time'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import { axisEvents } from './axis-events.ts'
import { localClock } from './case-clock.ts'
import type { FoundNetwork } from './found-network.ts'
import { asSeen, layerCode, placesOf } from './layer-orders.ts'
import type { NamedNetwork } from './named-network.ts'
import { observationsWhere, type TimedLinks } from './timed-links.ts'

export interface OverTimeOptions extends WorkOptions {
  /** Days; default a quarter of the time that the records cover, at least one. */
  readonly span_days?: number | undefined
  /** Default half the span. */
  readonly step_days?: number | undefined
  readonly layer?: string | undefined
}

const DAY_MS = 86_400_000
/** Beyond this a table is no longer read. */
const MOST_WINDOWS = 120
const FIRST = 10

export interface Spans {
  /** From the first to the last contact; the end is not part of a window. */
  readonly spans: readonly { readonly start_ms: number; readonly end_ms: number }[]
  readonly span_days: number
  readonly step_days: number
  /** Whether an observation counts: it has a time, and is on the layer asked for. */
  readonly counted: (i: number) => boolean
  readonly first: number
  readonly last: number
  /** First millisecond of the day of a moment, in the zone of the case. */
  readonly dayOf: (ms: number) => number
  readonly notes: string[]
}

/** The windows that are asked for. @throws RingmapError usage where no contact has a time, a window is not a number of days, or there is no such layer. */
export function windowsOf(found: FoundNetwork, timed: TimedLinks, options: OverTimeOptions): Spans {
  const code = options.layer === undefined ? null : layerCode(timed, options.layer)
  const counted = (i: number): boolean => Number.isFinite(timed.at[i]) && (code === null || timed.layer[i] === code)
  const clock = localClock(found.open.file.timezone)
  const dayOf = (ms: number): number => ms - (((clock(ms) % DAY_MS) + DAY_MS) % DAY_MS)
  // Who stands behind a thing may be known from a form of years ago: that does not stretch the axis.
  const contact = LINK_KIND_NAMES.map((kind) => LINK_KINDS[kind].projection !== 'attribution')
  const { first, last, outside } = extent(timed, (i) => counted(i) && contact[found.links.kind[timed.link[i] as number] as number] === true)
  const begin = dayOf(first)
  const days = Math.max(1, Math.ceil((last + 1 - begin) / DAY_MS))
  const span = wholeDays(options.span_days ?? Math.max(1, Math.round(days / 4)))
  const step = wholeDays(options.step_days ?? Math.max(1, Math.floor(span / 2)))
  const needed = Math.max(1, Math.ceil((days - span) / step) + 1)
  if (needed > MOST_WINDOWS) throw new RingmapError('usage', { what: `Windows of ${span} days every ${step} days over ${days} days are ${needed}; ${MOST_WINDOWS} at most can be read. Give a longer --window or --step.` })
  const spans = Array.from({ length: needed }, (_, w) => ({ start_ms: begin + w * step * DAY_MS, end_ms: begin + (w * step + span) * DAY_MS }))
  const notes = outside > 0 ? [`${outside} timed records stand before or after the first and last hundredth of the time covered, where the axis ends.`] : []
  return { spans, span_days: span, step_days: step, counted, first: begin, last, dayOf, notes }
}

/** @throws RingmapError usage, as `windowsOf`. */
export async function overTime(found: FoundNetwork, timed: TimedLinks, whole: NamedNetwork, merged: readonly OrganiserFinding[], options: OverTimeOptions = {}): Promise<OverTime> {
  const { spans, span_days: span, step_days: step, counted, first: begin, last, dayOf, notes: outside } = windowsOf(found, timed, options)
  const see = (start: number, end: number): Window => {
    stopIfAsked(options.signal)
    const csr = asSeen(found, timed, whole, observationsWhere(timed, (i) => counted(i) && (timed.at[i] as number) >= start && (timed.at[i] as number) < end))
    const { persons, ties, organisers } = placesOf(csr, whole, merged)
    return { start_ms: start, end_ms: end, persons, ties, organisers }
  }
  const windows = spans.map(({ start_ms: start, end_ms: end }, w) => {
    options.progress?.('windows', w, spans.length)
    return see(start, end)
  })
  const { events, notes } = await axisEvents(found, whole, { first: begin, last, dayOf })
  const dated = [...new Set(events.map((event) => event.at_ms))]
  const between = dated.filter((day) => day - span * DAY_MS >= begin && day + span * DAY_MS <= last + DAY_MS)
  const after = between.map((day, d): AfterEvents => {
    options.progress?.('events', d, between.length)
    return { at_ms: day, events: events.filter((event) => event.at_ms === day), ...moved(see(day - span * DAY_MS, day), see(day, day + span * DAY_MS)) }
  })
  if (between.length < dated.length) notes.push(`${dated.length - between.length} of ${dated.length} days with events have no whole window on both sides; nobody is said to have risen or fallen there.`)
  notes.push(...outside)
  notes.push('Contacts without a time are in no window. Who stands behind a phone or an account is known in every window.')
  return { span_days: span, step_days: step, layer: options.layer ?? null, windows, events, after_events: after, notes }
}

function wholeDays(days: number): number {
  if (!Number.isInteger(days) || days < 1) throw new RingmapError('usage', { what: 'A window is a whole number of days, such as --window 30d.' })
  return days
}

/** Without the first and last hundredth: one old report must not stretch the axis over years. */
function extent(timed: TimedLinks, counted: (i: number) => boolean): { first: number; last: number; outside: number } {
  const times = timed.at.filter((_, i) => counted(i)).sort()
  if (times.length === 0) throw new RingmapError('usage', { what: 'No contact in this case states a time, so there is nothing to slide a window over. Map `at:` in case.yaml.' })
  const cut = times.length >= 200 ? Math.floor(times.length / 100) : 0
  const first = times[cut] as number
  const last = times[times.length - 1 - cut] as number
  return { first, last, outside: times.filter((at) => at < first || at > last).length }
}

/** Rose: among the first ten after it, and before it not even among twice as many as now stand before him. Fell: the same the other way round. */
function moved(before: Window, after: Window): Pick<AfterEvents, 'rose' | 'fell'> {
  const was = new Map(before.organisers.map((place) => [place.subject, place]))
  const is = new Map(after.organisers.map((place) => [place.subject, place]))
  const of = { of_before: before.organisers[0]?.of ?? 0, of_after: after.organisers[0]?.of ?? 0 }
  const movement = (place: Place, from: Place | undefined, to: Place | undefined): Movement => ({ subject: place.subject, label: place.label, before: from?.rank ?? null, after: to?.rank ?? null, ...of })
  const far = (near: number, other: number | undefined, size: number): boolean => (other ?? size + 1) >= Math.max(2 * near, near + 3)
  const rose = after.organisers.filter((place) => place.rank <= FIRST && place.value > 0 && far(place.rank, was.get(place.subject)?.rank, of.of_before)).map((place) => movement(place, was.get(place.subject), place))
  const fell = before.organisers.filter((place) => place.rank <= FIRST && place.value > 0 && far(place.rank, is.get(place.subject)?.rank, of.of_after)).map((place) => movement(place, place, is.get(place.subject)))
  return { rose: before.ties === 0 || after.ties === 0 ? [] : rose, fell: before.ties === 0 || after.ties === 0 ? [] : fell }
}
