/** Whether a protected person is one among others in what an exhibit shows: kind, class, number of links, times and places; and how coarse times must be for that. */
import type { Chart } from '@ringmap/model/chart'
import type { TraceRow } from './exhibit-model.ts'

/** Months, years, or no time at all. */
export type TimeGrain = 'month' | 'year' | 'none'
const GRAINS: readonly TimeGrain[] = ['month', 'year', 'none']
const LENGTH: Readonly<Record<TimeGrain, number>> = { month: 7, year: 4, none: 0 }
/** Things drawn beside somebody that say where he or she was. */
const PLACES: ReadonlySet<string> = new Set(['Address', 'Location', 'Event'])

export interface Crowd {
  /** Masked entities of whom fewer than `smallest` on the chart look alike, months being shown. */
  readonly alone: number
  /** As before, with no time shown at all: nothing finer than dropping links could change that. */
  readonly alone_without_times: number
  /** For each masked entity the finest grain at which it is one of `smallest`; `none` where no grain makes it so. */
  readonly grain: ReadonlyMap<string, TimeGrain>
}

/** @param smallest how many must look alike. */
export function crowdOf(chart: Chart, trace: readonly TraceRow[], smallest: number): Crowd {
  const kinds = new Map(chart.entities.map((one) => [one.id, one]))
  const links = new Map(chart.links.map((link) => [link.id, link]))
  const masked = chart.entities.filter((one) => one.masked)
  const around = new Map(masked.map(({ id }) => [id, { others: new Set<string>(), places: new Set<string>(), times: new Set<string>() }]))
  for (const { source, target } of chart.links) {
    for (const [one, other] of [[source, target], [target, source]] as const) {
      around.get(one)?.others.add(other)
      const far = kinds.get(other)
      if (far !== undefined && !far.masked && PLACES.has(far.kind)) around.get(one)?.places.add(other)
    }
  }
  for (const { link, at } of trace) for (const end of [links.get(link)?.source, links.get(link)?.target]) if (at !== '') around.get(end ?? '')?.times.add(at.slice(0, LENGTH.month))
  const looks = (id: string, grain: TimeGrain): string => {
    const { others, places, times } = around.get(id) as { others: Set<string>; places: Set<string>; times: Set<string> }
    const seen = [...new Set([...times].map((at) => at.slice(0, LENGTH[grain])))].sort()
    return JSON.stringify([kinds.get(id)?.kind, id.slice(0, 1), band(others.size), seen, [...places].sort()])
  }
  const sizes = new Map(GRAINS.map((grain) => [grain, counted(masked.map(({ id }) => looks(id, grain)))]))
  const enough = (id: string, grain: TimeGrain): boolean => (sizes.get(grain)?.get(looks(id, grain)) ?? 0) >= smallest
  return {
    alone: masked.filter(({ id }) => !enough(id, 'month')).length, alone_without_times: masked.filter(({ id }) => !enough(id, 'none')).length,
    grain: new Map(masked.map(({ id }) => [id, GRAINS.find((grain) => enough(id, grain)) ?? 'none'])),
  }
}

/** Rows with the times of protected ends as coarse as their crowd needs. */
export function inCrowd(chart: Chart, trace: readonly TraceRow[], { grain }: Crowd): TraceRow[] {
  const length = new Map(chart.links.map(({ id, source, target }) => [id, Math.min(...[source, target].map((end) => (grain.has(end) ? LENGTH[grain.get(end) as TimeGrain] : Number.POSITIVE_INFINITY)))]))
  return trace.map((row) => {
    const most = length.get(row.link) ?? Number.POSITIVE_INFINITY
    return most === Number.POSITIVE_INFINITY ? row : { ...row, at: row.at.slice(0, most), at_local: row.at_local.slice(0, most) }
  })
}

/** 0, 1, 2 to 3, 4 to 7, 8 to 15 and so on. */
function band(count: number): number {
  return count === 0 ? 0 : Math.floor(Math.log2(count)) + 1
}

function counted(of: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
