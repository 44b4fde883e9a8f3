/** The whole case: communities as bubbles, sized by persons, joined by ties; a bubble opens as a chart. Buttons of a list do the same. */
import { Loader } from '@mantine/core'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { CaseOverview, OverviewGroup } from '@ringmap/model/wire'
import { openChart, problemOf } from '../actions.ts'
import { get } from '../api.ts'
import { placedBubbles } from '../chart/bubbles.ts'
import { setState } from '../state.ts'
import { counted, percent, plural } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'

const WIDTH = 900
const HEIGHT = 430

export function OverviewPanel() {
  const [answer, setAnswer] = useState<CaseOverview | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    get('GET /api/overview', {}, stop.signal).then(setAnswer, (problem: unknown) => {
      if (!stop.signal.aborted) setState({ problem: problemOf(problem) })
    })
    return () => stop.abort()
  }, [])
  return (
    <section className="start-part" aria-labelledby="overview-title">
      <h3 id="overview-title">The whole case</h3>
      {answer === null ? <div className="overview-wait"><Loader size={18} role="img" aria-label="Reading the groups" /></div> : answer.groups.length === 0 ? <p className="empty">No group of persons keeps together here.</p> : <Bubbles answer={answer} />}
    </section>
  )
}

function Bubbles({ answer }: { readonly answer: CaseOverview }) {
  const places = useMemo(() => placedBubbles(answer.groups, { width: WIDTH, height: HEIGHT }), [answer])
  const svg = useRef<SVGSVGElement>(null)
  const most = Math.max(1, ...answer.between.map(({ ties }) => ties))
  const at = new Map(answer.groups.map((group, i) => [group.id, places[i]!]))
  const open = (group: OverviewGroup): void => void openChart(group.ring ?? group.id, group.label)
  const onKey = (event: KeyboardEvent, group: OverviewGroup): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    open(group)
  }
  return (
    <div className="overview">
      <svg ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={`${answer.groups.length} groups of persons as bubbles`}>
        <g aria-hidden>
          {answer.between.map(({ source, target, ties }) => {
            const from = at.get(source)!
            const to = at.get(target)!
            return <line key={`${source} ${target}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} className="bubble-tie" strokeWidth={0.6 + 4 * Math.sqrt(ties / most)} />
          })}
        </g>
        {answer.groups.map((group, i) => {
          const { x, y, radius } = places[i]!
          return (
            <g
              key={group.id} className="bubble" data-ring={group.ring !== null} data-group={group.id} role="button" tabIndex={0} transform={`translate(${x} ${y})`}
              aria-label={`${group.label}, ${plural(group.persons, 'person')}${group.criminal_share === null ? '' : `, ${percent(group.criminal_share)} with a link to an offence`}, around ${plainLabel(group.around)}`}
              onClick={() => open(group)} onKeyDown={(event) => onKey(event, group)}
            >
              <title>{`${group.label}: ${plural(group.persons, 'person')}, around ${plainLabel(group.around)}`}</title>
              <circle r={radius} />
              {radius < 15 && group.ring === null ? null : <text className="bubble-name" y={radius < 22 ? 4 : -1}>{group.ring === null ? counted(group.persons) : group.label}</text>}
              {radius < 22 || group.ring === null ? null : <text className="bubble-count" y={13}>{counted(group.persons)}</text>}
            </g>
          )
        })}
      </svg>
      <p className="faint overview-foot">
        <span className="ring-mark" aria-hidden /> Ring: enough evidence of offences among its members. Size: persons; line: ties between groups. Distance has no meaning.
        {' '}Shown {counted(answer.groups.length)} of {counted(answer.groups_of)} groups, {counted(answer.persons)} of {counted(answer.persons_of)} persons and unattributed numbers. {answer.why}
      </p>
    </div>
  )
}
