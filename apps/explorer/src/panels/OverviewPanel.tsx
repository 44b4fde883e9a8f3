/** The whole case: communities as bubbles, sized by persons, joined by ties; a bubble opens as a chart. Buttons of a list do the same. */
import './overview.css'
import './whole.css'
import { Button, Loader } from '@mantine/core'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { CaseOverview, OverviewGroup } from '@ringmap/model/wire'
import { openChart, openWhole, problemOf } from '../actions.ts'
import { get } from '../api.ts'
import { placedBubbles } from '../chart/bubbles.ts'
import { setState } from '../state.ts'
import { counted, percent } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { ringLabel } from '../words/terms.ts'

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
      <div className="overview-head">
        <h3 id="overview-title">{say('app.part.whole')}</h3>
        <Button size="compact-xs" variant="light" onClick={() => void openWhole()}>{say('whole.draw')}</Button>
      </div>
      {answer === null ? <div className="overview-wait"><Loader size={18} role="img" aria-label={say('overview.waiting')} /></div> : answer.groups.length === 0 ? <p className="empty">{say('overview.none')}</p> : <Bubbles answer={answer} />}
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
      <svg ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={say('overview.label', { n: answer.groups.length })}>
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
              aria-label={`${inWords(group)}${group.criminal_share === null ? '' : `, ${say('overview.offence', { share: percent(group.criminal_share) })}`}`}
              onClick={() => open(group)} onKeyDown={(event) => onKey(event, group)}
            >
              <title>{inWords(group)}</title>
              <circle r={radius} />
              {radius < 15 && group.ring === null ? null : <text className="bubble-name" y={radius < 22 ? 4 : -1}>{group.ring === null ? counted(group.persons) : ringLabel(group.label)}</text>}
              {/* Not drawn: without it the two texts are one word, "Ring 346". */}
              {' '}
              {radius < 22 || group.ring === null ? null : <text className="bubble-count" y={13}>{counted(group.persons)}</text>}
            </g>
          )
        })}
      </svg>
      <p className="faint overview-foot">
        <span className="ring-mark" aria-hidden /> {say('overview.foot')}
        {' '}{say('overview.shown', { groups: answer.groups.length, groups_of: answer.groups_of, persons: answer.persons, persons_of: answer.persons_of })} {told(answer.why)}
      </p>
    </div>
  )
}

function inWords(group: OverviewGroup): string {
  return say('overview.around', { group: ringLabel(group.label), persons: say('count.persons', { n: group.persons }), name: plainLabel(group.around) })
}
