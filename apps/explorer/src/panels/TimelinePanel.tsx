/** One person's calls, money, movement and offences in the order of time: lanes to see the rhythm, a table to read and to check the rows. */
import './map-panel.css'
import { useEffect, useMemo, useState } from 'react'
import type { Timeline, TimelineEvent } from '@ringmap/model/wire'
import { goTo, problemOf } from '../actions.ts'
import { get } from '../api.ts'
import { placeOf } from '../cards/SourceRows.tsx'
import { KindIcon } from '../icons/Icon.tsx'
import { setState, useExplorer } from '../state.ts'
import { formatAmount, formatDuration } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatDay, formatMoment } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { linkLabel } from '../words/terms.ts'
import { Table, type TableColumn } from './Table.tsx'

const LANES = ['contact', 'money', 'movement', 'offence'] as const
const WIDTH = 800
const LANE = 13

type Numbered = TimelineEvent & { readonly n: number }

export function TimelinePanel() {
  const card = useExplorer((state) => state.card)
  const zone = useExplorer((state) => state.summary?.timezone)
  const id = card?.type === 'entity' ? card.id : null
  const timeline = useTimeline(id)
  const columns = useMemo(() => timeline === null ? [] : columnsOf(timeline, zone), [timeline, zone])
  if (id === null) return <p className="empty dock-empty">{say('timeline.none')}</p>
  if (timeline === null) return <p className="empty dock-empty">{say('time.reading')}</p>
  if (timeline.subject.masked) return <p className="empty dock-empty">{say('timeline.masked')}</p>
  if (timeline.events.length === 0) return <p className="empty dock-empty">{say('timeline.nothing')}</p>
  const title = say('timeline.title', { name: plainLabel(timeline.subject.label) })
  return (
    <div className="timeline">
      <div className="lanes">
        <Lanes timeline={timeline} zone={zone} />
        <p className="faint" role="status">{say('timeline.of', { n: timeline.events.length, of: timeline.of, undated: timeline.undated, things: timeline.things.length })}</p>
      </div>
      <Table<Numbered> label={title} rows={timeline.events.map((event, n) => ({ ...event, n }))} columns={columns} id={({ n }) => String(n)} picked={null} pick={({ other }) => void goTo(other.id, other.label)} />
    </div>
  )
}

function Lanes({ timeline: { events, subject }, zone }: { readonly timeline: Timeline; readonly zone: string | undefined }) {
  const [from, until] = [events[0]?.at_ms ?? 0, events.at(-1)?.at_ms ?? 0]
  const x = (at: number): number => 4 + (at - from) / Math.max(1, until - from) * (WIDTH - 8)
  return (
    <div className="lanes-body">
      <ul className="plain lane-names">{LANES.map((lane) => <li key={lane}>{say(`lane.${lane}`)}</li>)}</ul>
      <svg viewBox={`0 0 ${WIDTH} ${LANES.length * LANE}`} preserveAspectRatio="none" role="img" aria-label={say('timeline.title', { name: plainLabel(subject.label) })}>
        {LANES.map((lane, i) => (
          <g key={lane}>
            <line className="lane-line" x1={0} x2={WIDTH} y1={(i + 0.5) * LANE} y2={(i + 0.5) * LANE} />
            {events.filter((event) => event.lane === lane).map((event, n) => <line key={n} className="lane-mark" data-lane={lane} x1={x(event.at_ms)} x2={x(event.at_ms)} y1={i * LANE + 2} y2={(i + 1) * LANE - 2} />)}
          </g>
        ))}
      </svg>
      <p className="lane-days faint" dir="ltr"><bdi>{formatDay(from, zone)}</bdi><bdi>{formatDay(until, zone)}</bdi></p>
    </div>
  )
}

function columnsOf(timeline: Timeline, zone: string | undefined): readonly TableColumn<Numbered>[] {
  const things = new Map([timeline.subject, ...timeline.things].map(({ id, label }) => [id, plainLabel(label)]))
  return [
    { name: say('column.when'), width: '172px', value: ({ at_ms: at }) => at, show: ({ at_ms: at }) => formatMoment(at, zone) },
    { name: say('column.what'), width: 'minmax(110px, 1fr)', value: ({ kind, outward }) => `${outward ? '→' : '←'} ${linkLabel(kind)}` },
    { name: say('column.whom'), width: 'minmax(140px, 2fr)', value: ({ other }) => plainLabel(other.label), show: ({ other }) => <><KindIcon kind={other.kind} size={13} /> <bdi>{plainLabel(other.label)}</bdi></> },
    { name: say('column.amount'), width: '110px', number: true, value: ({ amount, duration_s: s }) => amount === null ? s ?? 0 : Number(amount) / 100, show: ({ amount, currency, duration_s: s }) => amount !== null ? formatAmount(amount, currency) : s === null ? '' : formatDuration(s) },
    { name: say('column.via'), width: 'minmax(110px, 1fr)', value: ({ via }) => things.get(via) ?? '', show: ({ via }) => <bdi>{things.get(via) ?? ''}</bdi> },
    { name: say('column.row'), width: 'minmax(120px, 1fr)', value: ({ source }) => placeOf(source), show: ({ source }) => <span className="mono">{placeOf(source)}</span> },
  ]
}

export function useTimeline(id: string | null): Timeline | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly timeline: Timeline } | null>(null)
  useEffect(() => {
    if (id === null) return undefined
    const stop = new AbortController()
    get('GET /api/timeline', { id }, stop.signal).then((timeline) => setKnown({ id, timeline }), (problem: unknown) => {
      if (!stop.signal.aborted) setState({ problem: problemOf(problem) })
    })
    return () => stop.abort()
  }, [id])
  return known?.id === id ? known.timeline : null
}
