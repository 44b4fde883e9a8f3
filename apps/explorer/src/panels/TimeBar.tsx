/** The time bar: how much was observed when, the window, the line of what is picked, and play. Sliders and buttons, so that keys do all of it. */
import './time-bar.css'
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { setWindow } from '../actions.ts'
import { barSpan, histogram, spanOfLinks, type LinkTimes, type Window } from '../chart/link-times.ts'
import { currentChart, currentStep, type Steps } from '../chart/steps.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { getState, setState, useExplorer } from '../state.ts'
import { formatDay, formatSpan } from '../words/moment.ts'
import { say } from '../words/say.ts'

const BINS = 72
const HEIGHT = 30
/** Between two moves of a window that is played. */
const PLAY_ms = 350

export function TimeBar() {
  const steps = useExplorer((state) => state.steps)
  const times = useExplorer((state) => state.times)
  if (steps === null) return null
  if (times === null) return <section className="timebar" aria-label={say('time.label')}><p className="faint">{say('time.reading')}</p></section>
  return <Bar steps={steps} times={times} />
}

function Bar({ steps, times }: { readonly steps: Steps; readonly times: LinkTimes }) {
  const { links } = currentChart(steps)
  const zone = useExplorer((state) => state.summary?.timezone)
  const picked = useExplorer((state) => state.picked)
  const moving = useExplorer((state) => state.moving)
  const [playing, setPlaying] = useState(false)
  const ids = useMemo(() => links.map(({ id }) => id), [links])
  const whole = useMemo(() => spanOfLinks(times, ids), [times, ids])
  const span = useMemo(() => barSpan(times, ids), [times, ids])
  const all = useMemo(() => span === null ? null : histogram(times, ids, span, BINS), [times, ids, span])
  const own = useMemo(() => {
    if (span === null || picked === null) return null
    const of = links.filter((link) => link.id === picked.id || link.source === picked.id || link.target === picked.id).map(({ id }) => id)
    return of.length === 0 ? null : histogram(times, of, span, BINS)
  }, [times, links, span, picked])
  const set = currentStep(steps).filters.window
  const stop = useCallback(() => setPlaying(false), [])
  usePlay(playing, span, stop)
  if (span === null || whole === null || all === null) return <section className="timebar" aria-label={say('time.label')}><p className="faint">{say('time.none')}</p></section>

  const window = moving ?? set
  // At its beginning the bar is open: what lies before it is in the window too.
  const from = window?.from_ms ?? whole.from_ms
  const until = window?.until_ms ?? span.until_ms
  const words = formatSpan(from, until, zone) ?? ''
  const settle = (): void => {
    const { moving: at } = getState()
    if (at !== null) setWindow(at, formatSpan(at.from_ms, at.until_ms, zone) ?? '')
  }
  const slide = (next: Window): void => setState({ moving: next })
  const step = Math.max(1, Math.round((span.until_ms - span.from_ms) / 400))
  const most = Math.max(1, ...all)
  const undated = ids.reduce((sum, id) => sum + (times.undated[times.place.get(id) ?? -1] ?? 0), 0)
  return (
    <section className="timebar" aria-label={say('time.label')}>
      <div className="timebar-acts">
        <ActionIcon
          id="play" variant="subtle" color="navy" size={28} aria-label={say(playing ? 'time.stop' : 'time.play')} title={say(playing ? 'time.stop' : 'time.play')}
          onClick={() => {
            if (playing) settle()
            setPlaying(!playing)
          }}
        >
          <Icon svg={playing ? TOOLS.pause : TOOLS.play} size={17} />
        </ActionIcon>
      </div>
      <div className="timebar-body">
        <svg className="histogram" viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('time.histogram', { n: all.reduce((sum, n) => sum + n, 0), from: formatDay(span.from_ms, zone), until: formatDay(span.until_ms, zone) })}>
          {[...all].map((count, i) => {
            const at = span.from_ms + (i + 0.5) / BINS * (span.until_ms - span.from_ms)
            // A square root keeps single observations visible beside busy weeks.
            const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / most) * HEIGHT)
            return <rect key={i} x={i + 0.08} width={0.84} y={HEIGHT - height} height={height} className={at >= from && at <= until ? 'bin' : 'bin-out'} />
          })}
          {own === null ? null : <polyline className="own-line" points={[...own].map((count, i) => `${i + 0.5},${HEIGHT - 1 - Math.sqrt(count / most) * (HEIGHT - 2)}`).join(' ')} />}
        </svg>
        <div className="sliders">
          <input
            type="range" aria-label={say('time.from')} aria-valuetext={formatDay(from, zone)} min={span.from_ms} max={span.until_ms} step={step} value={Math.max(span.from_ms, from)}
            onChange={(event) => slide({ from_ms: Number(event.target.value) <= span.from_ms ? whole.from_ms : Math.min(Number(event.target.value), until), until_ms: until })} onPointerUp={settle} onKeyUp={settle} onBlur={settle}
          />
          <input
            type="range" aria-label={say('time.until')} aria-valuetext={formatDay(until, zone)} min={span.from_ms} max={span.until_ms} step={step} value={until}
            onChange={(event) => slide({ from_ms: from, until_ms: Math.max(Number(event.target.value), from) })} onPointerUp={settle} onKeyUp={settle} onBlur={settle}
          />
        </div>
      </div>
      <div className="timebar-words">
        <span>{words}</span>
        <span className="faint">
          {own === null ? null : <><span className="own-mark" aria-hidden /> {say('time.picked')} · </>}
          {window === null ? `${undated > 0 ? say('time.undated', { n: undated }) : say('time.whole')}${span.earlier > 0 ? `; ${say('time.earlier', { n: span.earlier })}` : ''}`
            : <UnstyledButton className="more-here" onClick={() => { setPlaying(false); setWindow(null, '') }}>{say('time.whole.act')}</UnstyledButton>}
        </span>
      </div>
    </section>
  )
}

/** Moves a window through the span; one that is not set becomes an eighth of it. Ends at the end. */
function usePlay(playing: boolean, span: Window | null, end: () => void): void {
  useEffect(() => {
    if (!playing || span === null) return undefined
    const { steps, moving } = getState()
    const known = moving ?? (steps === null ? null : currentStep(steps).filters.window)
    const whole = span.until_ms - span.from_ms
    const width = known === null || known.until_ms - known.from_ms >= whole ? whole / 8 : known.until_ms - known.from_ms
    let from = known === null || known.until_ms >= span.until_ms ? span.from_ms : known.from_ms
    const timer = setInterval(() => {
      setState({ moving: { from_ms: from, until_ms: Math.min(span.until_ms, from + width) } })
      if (from + width >= span.until_ms) {
        const at = getState().moving
        if (at !== null) setWindow(at, formatSpan(at.from_ms, at.until_ms, getState().summary?.timezone) ?? '')
        end()
      }
      from += width / 4
    }, PLAY_ms)
    return () => clearInterval(timer)
  }, [playing, span, end])
}

/** By keys: the window one width back or on. */
export function shiftWindow(direction: -1 | 1): void {
  const { steps, times, summary } = getState()
  if (steps === null || times === null) return
  const span = spanOfLinks(times, currentChart(steps).links.map(({ id }) => id))
  if (span === null) return
  const whole = span.until_ms - span.from_ms
  const known = currentStep(steps).filters.window
  const width = known === null ? whole / 8 : known.until_ms - known.from_ms
  const from = known === null ? span.from_ms : Math.max(span.from_ms, Math.min(span.until_ms - width, known.from_ms + direction * width))
  const next = { from_ms: from, until_ms: from + width }
  setWindow(next, formatSpan(next.from_ms, next.until_ms, summary?.timezone) ?? '')
}
