/** Time under the whole case: how many links reach over each part of it, and the window, moved by two sliders. */
import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import type { FieldData } from '../field/field-data.ts'
import { NO_RULE } from '../chart/link-rule.ts'
import { useExplorer } from '../state.ts'
import { formatDay, formatSpan } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { usualSpan } from '../chart/link-times.ts'

const BINS = 72
const HEIGHT = 30
const DAY_ms = 86_400_000

export function WholeTime({ data, window, set }: { readonly data: FieldData; readonly window: readonly [number, number]; readonly set: (window: readonly [number, number]) => void }) {
  const zone = useExplorer((state) => state.summary?.timezone)
  const { bins, span, before, undated } = useMemo(() => reachOver(data), [data])
  if (span === null) return <section className="timebar" aria-label={say('time.label')}><p className="faint">{say('whole.no-times')}</p></section>
  const from = Math.max(span[0], Math.min(span[1], window[0]))
  const until = Math.max(span[0], Math.min(span[1], window[1]))
  const day = (value: number): string => formatDay(data.head.origin_ms + value * DAY_ms, zone)
  const most = Math.max(1, ...bins)
  const whole = window[0] === NO_RULE.window[0] && window[1] === NO_RULE.window[1]
  // At an end of the bar the window is open: what lies beyond the usual span comes in again.
  const slide = (a: number, b: number): void => set([a <= span[0] ? NO_RULE.window[0] : a, b >= span[1] ? NO_RULE.window[1] : b])
  return (
    <section className="timebar" aria-label={say('time.label')}>
      <div className="timebar-body">
        <svg className="histogram" viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('whole.histogram', { from: day(span[0]), until: day(span[1]) })}>
          {bins.map((count, i) => {
            const at = span[0] + (i + 0.5) / BINS * (span[1] - span[0])
            const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / most) * HEIGHT)
            return <rect key={i} x={i + 0.08} width={0.84} y={HEIGHT - height} height={height} className={at >= from && at <= until ? 'bin' : 'bin-out'} />
          })}
        </svg>
        <div className="sliders">
          <input type="range" aria-label={say('time.from')} aria-valuetext={day(from)} min={span[0]} max={span[1]} step="any" value={from} onChange={(event) => slide(Math.min(Number(event.target.value), until), until)} />
          <input type="range" aria-label={say('time.until')} aria-valuetext={day(until)} min={span[0]} max={span[1]} step="any" value={until} onChange={(event) => slide(from, Math.max(Number(event.target.value), from))} />
        </div>
      </div>
      <div className="timebar-words">
        <span>{formatSpan(data.head.origin_ms + from * DAY_ms, data.head.origin_ms + until * DAY_ms, zone)}</span>
        <span className="faint">
          {whole ? say('whole.whole-time', { undated, before })
            : <UnstyledButton className="more-here" onClick={() => set(NO_RULE.window)}>{say('time.whole.act')}</UnstyledButton>}
        </span>
      </div>
    </section>
  )
}

/** Links whose time begins in each bin, over the span in which almost all of them begin. */
function reachOver({ first, last }: FieldData): { readonly bins: readonly number[]; readonly span: readonly [number, number] | null; readonly before: number; readonly undated: number } {
  const dated = first.filter((value) => !Number.isNaN(value))
  const undated = first.length - dated.length
  if (dated.length === 0) return { bins: [], span: null, before: 0, undated }
  let until = -Infinity
  for (const value of last) if (value > until) until = value
  const from = usualSpan(dated)
  const bins = Array.from({ length: BINS }, () => 0)
  let before = 0
  for (const value of dated) {
    if (value < from) before++
    else {
      const bin = Math.min(BINS - 1, Math.floor((value - from) / Math.max(1e-9, until - from) * BINS))
      bins[bin] = (bins[bin] as number) + 1
    }
  }
  return { bins, span: [from, until], before, undated }
}
