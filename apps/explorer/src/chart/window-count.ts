/** What a moving window leaves of a chart, counted exactly and without an object for each link: cheap enough for every move of the pointer. */
import type { Chart } from '@ringmap/model/chart'
import { lowerBound } from '@ringmap/model/lower-bound'
import { passes, type Filters } from './filters.ts'
import type { LinkTimes, Window } from './link-times.ts'

export interface WindowCount {
  /** 1 where the link has an observation inside, or no time at all; in the order of the chart. Overwritten by the next count. */
  readonly links: Uint8Array
  readonly entities: Uint8Array
  readonly links_shown: number
  readonly entities_shown: number
}

/** Takes the chart apart once; what it returns is asked for every place of the window. The answer agrees with `visibleOf` for the same filters. */
export function windowCounter(chart: Chart, filters: Filters, times: LinkTimes | null): (window: Window) => WindowCount {
  const { entities, links } = chart
  const number = new Map(entities.map(({ id }, i) => [id, i]))
  const source = Int32Array.from(links, (link) => number.get(link.source) ?? -1)
  const target = Int32Array.from(links, (link) => number.get(link.target) ?? -1)
  const place = Int32Array.from(links, ({ id }) => times?.place.get(id) ?? -1)
  const first = Float64Array.from(links, ({ first_ms: at }) => at ?? NaN)
  const last = Float64Array.from(links, ({ first_ms, last_ms }) => last_ms ?? first_ms ?? NaN)
  const may = Uint8Array.from(links, (link, l) => Number((source[l] as number) >= 0 && (target[l] as number) >= 0 && passes(link, filters)))
  const linked = new Uint8Array(entities.length)
  for (let l = 0; l < links.length; l++) for (const end of [source[l] as number, target[l] as number]) if (end >= 0) linked[end] = 1
  const stays = Uint8Array.from(entities, ({ focus }, i) => Number(focus || linked[i] === 0))
  const linksOn = new Uint8Array(links.length)
  const entitiesOn = new Uint8Array(entities.length)

  return ({ from_ms, until_ms }) => {
    entitiesOn.set(stays)
    let shown = 0
    for (let l = 0; l < links.length; l++) {
      const at = place[l] as number
      const on = may[l] === 0 ? 0
        : times !== null && at >= 0 ? Number(anyInside(times, at, from_ms, until_ms))
        : Number(Number.isNaN(first[l]) || ((first[l] as number) <= until_ms && (last[l] as number) >= from_ms))
      linksOn[l] = on
      if (on === 0) continue
      shown++
      entitiesOn[source[l] as number] = 1
      entitiesOn[target[l] as number] = 1
    }
    let entitiesShown = 0
    for (let i = 0; i < entitiesOn.length; i++) entitiesShown += entitiesOn[i] as number
    return { links: linksOn, entities: entitiesOn, links_shown: shown, entities_shown: entitiesShown }
  }
}

/** Moments of a link are in order: the first one not before the window decides. No moment at all: no window rules it out. */
function anyInside({ offsets, at_ms }: LinkTimes, link: number, from: number, until: number): boolean {
  const [begin, end] = [offsets[link] as number, offsets[link + 1] as number]
  if (begin === end) return true
  const first = lowerBound(at_ms, from, begin, end)
  return first < end && (at_ms[first] as number) <= until
}
