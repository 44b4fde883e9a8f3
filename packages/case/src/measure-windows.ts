/** One measure over an edge list inside sliding windows of time, without a case: who stands where, and when. */
import { RingmapError } from '@ringmap/model/errors'
import type { Measure } from '@ringmap/model/finding'
import { stopIfAsked } from '@ringmap/model/progress'
import { MEASURE_CATALOGUE } from '@ringmap/analysis/measure-catalogue'
import { networkSize, type NetworkSize } from '@ringmap/analysis/measure-size'
import { slidingSpans, windowNetworks, type Span } from '@ringmap/analysis/sliding-windows'
import { readEdges, refuseAbove, type EdgeColumns } from './edge-list.ts'
import { lengthOf, type EdgeTimes } from './edge-times.ts'
import { bytesFor, copiesFor, measuredNodes, startingFrom, withoutCopies, type MeasuredNodes, type MeasureEdgesOptions } from './measure-edges.ts'
import { withWorkers } from './workers.ts'

export interface MeasureWindowsOptions extends MeasureEdgesOptions {
  readonly time: string
  /** `30d`, `12h`, or a number in the unit of a column of numbers. */
  readonly window: string
  /** Default half a window. */
  readonly step?: string | undefined
}

export interface MeasuredWindow extends MeasuredNodes {
  /** When it begins: a date, a moment in UTC, or a number as the column has it. */
  readonly window: string
  /** First moment after it. */
  readonly end: string
}

export interface MeasuredWindows {
  readonly windows: readonly MeasuredWindow[]
  readonly copies: number
  readonly remarks: readonly string[]
}

/** Beyond it a table is no longer read, and the step was hardly meant. */
const MOST_WINDOWS = 10_000

/** @param file path, or `-` for stdin. @throws RingmapError edge_list_invalid, source_*, too_large, usage */
export async function measureWindows(measure: Measure, file: string, options: MeasureWindowsOptions): Promise<MeasuredWindows> {
  const columns = await readEdges(file, options)
  const times = columns.times as EdgeTimes
  const { spans, said } = spansOf(times, options)
  const whole = startingFrom(measure, columns.names, options.from)
  const entry = MEASURE_CATALOGUE[measure]
  const ties = { ...columns, nodes: columns.names.length, directed: options.directed, at: times.at }
  const sizes: NetworkSize[] = []
  for (const { csr } of windowNetworks(ties, spans)) {
    stopIfAsked(options.signal)
    sizes.push({ ...networkSize(csr), weighted: options.weight !== undefined })
  }
  const copies = options.copies ?? copiesFor(entry, sizes)
  for (const size of sizes) refuseAbove(options.memory, bytesFor(entry, size, copies, options), `${entry.label} of ${size.nodes} nodes and ${size.ties} ties in one window`)
  const named = labels(spans, times.written)
  const windows: MeasuredWindow[] = []
  const remarks = new Set([...columns.remarks, ...leftOut(columns, times), ...said])
  let without = 0
  await withWorkers(sizes.reduce((sum, size) => sum + entry.steps(size), 0) * (copies + 1), options, async (pool) => {
    let w = 0
    for (const { csr, members } of windowNetworks(ties, spans)) {
      options.progress?.('windows', w, spans.length)
      const { window, end } = named[w++] as { window: string; end: string }
      if (members.length === 0) continue
      const from = whole.map((node) => members.indexOf(node)).filter((node) => node !== -1)
      if ((entry.needs_from ?? false) && from.length === 0) {
        without++
        continue
      }
      const names = Array.from(members, (v) => columns.names[v] as string)
      const found = await measuredNodes(names, csr, { measure, copies, from, pool, options: { ...options, progress: undefined } })
      for (const remark of found.remarks) remarks.add(`${window}: ${remark}`)
      windows.push({ ...found, window, end })
    }
  })
  const empty = sizes.filter(({ nodes }) => nodes === 0).length
  if (empty > 0) remarks.add(`In ${empty} of ${spans.length} windows nobody has a tie; they have no lines.`)
  if (without > 0) remarks.add(`In ${without} windows nobody whom --from names has a tie; they have no lines.`)
  for (const remark of withoutCopies(entry, copies)) remarks.add(remark)
  return { windows, copies, remarks: [...remarks] }
}

function spansOf({ at, written }: EdgeTimes, { window, step, time }: MeasureWindowsOptions): { spans: Span[]; said: string[] } {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const moment of at) {
    if (moment < first) first = moment
    if (moment > last) last = moment
  }
  if (first > last) throw new RingmapError('usage', { what: `No row has a time in ${time}, so there is nothing to slide a window over.` })
  const span = lengthOf(window, '--window', written)
  const stride = step === undefined ? { length: span.length / 2, grain: span.grain } : lengthOf(step, '--step', written)
  const grain = Math.min(span.grain, stride.grain)
  const begin = grain === 0 ? first : Math.floor(first / grain) * grain
  const needed = Math.floor((last - begin) / stride.length) + 1
  if (needed > MOST_WINDOWS) throw new RingmapError('usage', { what: `Windows of ${window} every ${step ?? 'half window'} over this time are ${needed}; ${MOST_WINDOWS} at most are made. Give a longer --window or --step.` })
  const spans = slidingSpans(begin, last, { span: span.length, step: stride.length })
  const gaps = stride.length > span.length ? ['The step is longer than the window: what falls between two windows is in none.'] : []
  return { spans, said: [...gaps, `${spans.length} ${spans.length === 1 ? 'window' : 'windows'} of ${window}; a node is ranked among those with a tie in the same window.`] }
}

function leftOut({ source, target }: EdgeColumns, { at }: EdgeTimes): string[] {
  let blank = 0
  let loops = 0
  for (let e = 0; e < at.length; e++) {
    if (Number.isNaN(at[e])) blank++
    else if (source[e] === target[e]) loops++
  }
  return [...(blank > 0 ? [`${blank} of ${source.length} rows have no time and are in no window.`] : []), ...(loops > 0 ? [`${loops} rows lead from a node to itself and tie nobody.`] : [])]
}

/** Days where all windows begin and end at midnight UTC, else moments; numbers as they are. */
function labels(spans: readonly Span[], written: EdgeTimes['written']): { window: string; end: string }[] {
  const days = spans.every(({ start, end }) => start % 86_400_000 === 0 && end % 86_400_000 === 0)
  const text = (moment: number): string => (written === 'numbers' ? String(Number(moment.toPrecision(12))) : new Date(moment).toISOString().slice(0, days ? 10 : 19) + (days ? '' : 'Z'))
  return spans.map(({ start, end }) => ({ window: text(start), end: text(end) }))
}
