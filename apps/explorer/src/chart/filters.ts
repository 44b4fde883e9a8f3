/** What of a chart is left on the screen after filters, the time window and what was put out of sight; and how much each of them hides. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import type { Strength } from '@ringmap/model/grade'
import type { EntityKind } from '@ringmap/model/schema'
import { insideWindow, type LinkTimes, type Window } from './link-times.ts'
import { linkClass, type LinkClass } from '@ringmap/drawing/colours'
import { say } from '../words/say.ts'

export interface Filters {
  /** Kinds, classes and grades that are off. */
  readonly kinds: readonly EntityKind[]
  readonly classes: readonly LinkClass[]
  readonly strengths: readonly Strength[]
  /** Money links below this sum are off; smallest unit of the currency, null: none is. */
  readonly least: string | null
  /** Money links above this sum are off. */
  readonly most: string | null
  readonly window: Window | null
  /** Entities put out of sight one by one. */
  readonly hidden: readonly string[]
}

export const NO_FILTERS: Filters = { kinds: [], classes: [], strengths: [], least: null, most: null, window: null, hidden: [] }

/** What the renderer rules out by itself, taken off: the chart that it is given. */
export function structural(filters: Filters): Filters {
  return { ...filters, strengths: [], least: null, most: null, window: null }
}

export interface Visible {
  readonly chart: Chart
  /** How many entities and links of the chart are not on the screen. */
  readonly entities_hidden: number
  readonly links_hidden: number
  /** What hides them: `the time window`, `kind`, … */
  readonly by: readonly string[]
}

export function isFiltered(filters: Filters): boolean {
  return filters.kinds.length + filters.classes.length + filters.strengths.length + filters.hidden.length > 0 || filters.least !== null || filters.most !== null || filters.window !== null
}

/**
 * A link goes when its kind, grade, sum or time is ruled out, or an end of it is gone. Inside a time window its count and sum are those of
 * the window. An entity that loses its last link by a filter goes too, unless the chart is about it. What has no time stays.
 */
export function visibleOf(chart: Chart, filters: Filters, times: LinkTimes | null): Visible {
  if (!isFiltered(filters)) return { chart, entities_hidden: 0, links_hidden: 0, by: [] }
  const hidden = new Set(filters.hidden)
  const off = (entity: ChartEntity): boolean => hidden.has(entity.id) || filters.kinds.includes(entity.kind)
  const there = new Set(chart.entities.filter((entity) => !off(entity)).map(({ id }) => id))
  const links = chart.links.flatMap((link) => there.has(link.source) && there.has(link.target) && passes(link, filters) ? inTime(link, filters.window, times) : [])
  const linked = new Set(chart.links.flatMap(({ source, target }) => [source, target]))
  const held = new Set(links.flatMap(({ source, target }) => [source, target]))
  const entities = chart.entities.filter((entity) => there.has(entity.id) && (entity.focus || held.has(entity.id) || !linked.has(entity.id)))
  return {
    chart: { ...chart, entities, links }, entities_hidden: chart.entities.length - entities.length, links_hidden: chart.links.length - links.length, by: reasonsOf(filters),
  }
}

/** Class, grade and sum of a link alone. */
export function passes(link: ChartLink, { classes, strengths, least, most }: Filters): boolean {
  if (classes.includes(linkClass(link)) || strengths.includes(link.strength)) return false
  if (link.amount === null || (least === null && most === null)) return true
  const amount = BigInt(link.amount)
  return (least === null || amount >= BigInt(least)) && (most === null || amount <= BigInt(most))
}

function inTime(link: ChartLink, window: Window | null, times: LinkTimes | null): readonly ChartLink[] {
  if (window === null) return [link]
  const inside = times === null ? null : insideWindow(times, link.id, window)
  if (inside === null) return link.first_ms === null || (link.first_ms <= window.until_ms && (link.last_ms ?? link.first_ms) >= window.from_ms) ? [link] : []
  if (!inside.dated) return [link]
  if (inside.count === 0) return []
  return [{ ...link, count: inside.count, amount: inside.amount === null ? null : String(inside.amount) }]
}

function reasonsOf(filters: Filters): string[] {
  return [
    ...(filters.window === null ? [] : [say('filters.by.window')]), ...(filters.kinds.length === 0 ? [] : [say('filters.by.kind')]), ...(filters.classes.length === 0 ? [] : [say('filters.by.class')]),
    ...(filters.strengths.length === 0 ? [] : [say('filters.by.grade')]), ...(filters.least === null && filters.most === null ? [] : [say('filters.by.amount')]), ...(filters.hidden.length === 0 ? [] : [say('filters.by.hidden')]),
  ]
}

/** The same list with one entry put in or taken out. */
export function toggled<T>(list: readonly T[], entry: T): readonly T[] {
  return list.includes(entry) ? list.filter((one) => one !== entry) : [...list, entry]
}
