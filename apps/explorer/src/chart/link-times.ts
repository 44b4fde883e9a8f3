/** The moments under the links of a chart, sorted by link: counts and sums inside a window, bins of a histogram. */
import type { Columns } from '@ringmap/model/columns'
import type { LinkTimesHead } from '@ringmap/model/wire'

export interface Window {
  /** Milliseconds since 1970 UTC, both included. */
  readonly from_ms: number
  readonly until_ms: number
}

export interface LinkTimes {
  /** Place of each link in `offsets`. */
  readonly place: ReadonlyMap<string, number>
  readonly offsets: Uint32Array
  readonly undated: Uint32Array
  readonly at_ms: Float64Array
  readonly count: Uint32Array
  readonly amount: Float64Array
}

export function linkTimesFrom({ head, columns }: Columns<LinkTimesHead>): LinkTimes {
  return {
    place: new Map(head.links.map((id, i) => [id, i])),
    offsets: columns['offsets'] as Uint32Array, undated: columns['undated'] as Uint32Array,
    at_ms: columns['at_ms'] as Float64Array, count: columns['count'] as Uint32Array, amount: columns['amount'] as Float64Array,
  }
}

/** What of a link lies inside the window. `dated` false: it has no time at all, so no window can rule it out. */
export function insideWindow(times: LinkTimes, id: string, window: Window): { readonly dated: boolean; readonly count: number; readonly amount: bigint | null } | null {
  const link = times.place.get(id)
  if (link === undefined) return null
  const end = times.offsets[link + 1] as number
  const start = times.offsets[link] as number
  let count = 0
  let amount: bigint | null = null
  for (let i = start; i < end; i++) {
    const at = times.at_ms[i] as number
    if (at < window.from_ms || at > window.until_ms) continue
    count += times.count[i] as number
    const sum = times.amount[i] as number
    if (!Number.isNaN(sum)) amount = (amount ?? 0n) + BigInt(Math.round(sum))
  }
  return { dated: end > start, count, amount }
}

/** First and last moment under some links; null when none has a time. */
export function spanOfLinks(times: LinkTimes, ids: readonly string[]): Window | null {
  const moments = [...momentsOf(times, ids)]
  if (moments.length === 0) return null
  return { from_ms: moments.reduce((a, b) => Math.min(a, b)), until_ms: moments.reduce((a, b) => Math.max(a, b)) }
}

/** The part of that span that the bar shows: a few moments that stand far before all others would press the rest into a corner. */
export function barSpan(times: LinkTimes, ids: readonly string[]): (Window & { readonly earlier: number }) | null {
  const moments = [...momentsOf(times, ids)]
  if (moments.length === 0) return null
  const from_ms = usualSpan(moments)
  return { from_ms, until_ms: moments.reduce((a, b) => Math.max(a, b)), earlier: moments.filter((at) => at < from_ms).length }
}

/** A property may be older than the case by decades: the bar begins where all but this share of the moments lie, if that makes it much shorter. */
const OLD_SHARE = 0.05
const MUCH_SHORTER = 2

/** Where the usual span of some moments begins: the first one, or later where a few stand far before all others. Any unit; not empty. */
export function usualSpan(moments: ArrayLike<number>): number {
  const sorted = Float64Array.from(moments).sort()
  const first = sorted[0] as number
  const last = sorted.at(-1) as number
  const begin = sorted[Math.floor(sorted.length * OLD_SHARE)] as number
  return last - first > MUCH_SHORTER * (last - begin) && last > begin ? begin : first
}

/** Observations in each of `bins` equal parts of the span. */
export function histogram(times: LinkTimes, ids: readonly string[], span: Window, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  const width = Math.max(1, span.until_ms - span.from_ms)
  for (const at of momentsOf(times, ids)) {
    const bin = Math.min(bins - 1, Math.floor((at - span.from_ms) / width * bins))
    if (bin >= 0) counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

function* momentsOf(times: LinkTimes, ids: readonly string[]): Generator<number> {
  for (const id of ids) {
    const link = times.place.get(id)
    if (link === undefined) continue
    for (let i = times.offsets[link] as number; i < (times.offsets[link + 1] as number); i++) yield times.at_ms[i] as number
  }
}
