/** A network inside sliding windows of time: for each window the ties of what happened in it, among those who have one there. Any measure can be run on each. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { lowerBound } from '@ringmap/model/lower-bound'

export interface TimedTies {
  readonly nodes: number
  readonly directed: boolean
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** When each tie was seen, in any unit; NaN is in no window. */
  readonly at: Float64Array
  /** Null counts every tie as 1. */
  readonly weights: Float64Array | null
}

export interface Span {
  readonly start: number
  /** Not part of the window. */
  readonly end: number
}

export interface WindowNetwork extends Span {
  /** Node n of the window is `members[n]` of the whole; ascending. */
  readonly members: Uint32Array
  readonly csr: Csr
  /** Rows in the window that lead to somebody else. */
  readonly rows: number
}

/** Windows of length `span` every `step` from `first` until one reaches past `last`. */
export function slidingSpans(first: number, last: number, { span, step }: { readonly span: number; readonly step: number }): Span[] {
  invariant(span > 0 && step > 0 && last >= first, 'a window has a length')
  // What falls between two windows that leave a gap is in none, at the end too.
  const count = Math.max(1, Math.floor((last - first - span) / step) + 2)
  return Array.from({ length: count }, (_, w) => ({ start: first + w * step, end: first + w * step + span })).filter(({ start }) => start <= last)
}

/** Rows are sorted by time once; each window costs what is in it. Without a row the network is empty. */
export function* windowNetworks(ties: TimedTies, spans: readonly Span[]): Generator<WindowNetwork, void, undefined> {
  const order = inTime(ties.at)
  const times = Float64Array.from(order, (e) => ties.at[e])
  const number = new Uint32Array(ties.nodes)
  for (const { start, end } of spans) {
    const inside = order.subarray(lowerBound(times, start), lowerBound(times, end)).filter((e) => ties.source[e] !== ties.target[e])
    const members = membersOf(ties, inside)
    for (let i = 0; i < members.length; i++) number[members[i]] = i
    const source = Uint32Array.from(inside, (e) => number[ties.source[e]])
    const target = Uint32Array.from(inside, (e) => number[ties.target[e]])
    const { weights, directed } = ties
    const csr = csrFromEdges(members.length, source, target, { directed, weights: weights === null ? null : Float64Array.from(inside, (e) => weights[e]) })
    yield { start, end, members, csr, rows: inside.length }
  }
}

/** Rows with a time, earliest first. */
function inTime(at: Float64Array): Uint32Array {
  let count = 0
  const order = new Uint32Array(at.length)
  for (let e = 0; e < at.length; e++) if (!Number.isNaN(at[e])) order[count++] = e
  return order.subarray(0, count).sort((a, b) => at[a] - at[b] || a - b)
}

/** Whoever has a tie, ascending. */
function membersOf({ source, target }: TimedTies, inside: Uint32Array): Uint32Array {
  const ends = new Uint32Array(inside.length * 2)
  let count = 0
  for (const e of inside) {
    ends[count++] = source[e]
    ends[count++] = target[e]
  }
  const sorted = ends.subarray(0, count).sort()
  let distinct = 0
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[distinct++] = sorted[i]
  return sorted.slice(0, distinct)
}
