/** Legend of what is on the chart, and of nothing else. */
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Chart } from '@ringmap/model/chart'
import type { Strength } from '@ringmap/model/grade'
import { LINK_CLASSES, PAPER, SCREEN_INK } from '@ringmap/drawing/colours'
import { widthsOf } from '@ringmap/drawing/legend'
import { lineStroke } from '@ringmap/drawing/line-style'
import { MARK_LOOKS } from '../chart/comparison-marks.ts'
import { MARKS, type Comparison } from '../chart/comparison.ts'
import { contentsOf } from '../chart/contents.ts'
import { isGroup } from '../chart/shape.ts'
import { KindDisc } from '../icons/Icon.tsx'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { capital, kindHeading } from '../words/terms.ts'

export function Legend({ chart, comparison = null }: { readonly chart: Chart; readonly comparison?: Comparison | null }) {
  const [open, setOpen] = useState(true)
  const { kinds, classes, strengths } = contentsOf(chart)
  return (
    <aside className="legend" aria-label={say('legend.label')}>
      {open ? (
        <div className="legend-body" role="group" tabIndex={0} aria-label={say('legend.label')}>
          <ul className="plain">
            {comparison === null ? null : MARKS.filter((mark) => [...comparison.marks.values()].some((one) => one.mark === mark)).map((mark) => <li key={mark}><span className="change-sign as-drawn" style={{ background: MARK_LOOKS[mark].colour }} aria-hidden>{MARK_LOOKS[mark].sign}</span> {say(`compare.${mark}`)}</li>)}
            {kinds.map(({ kind, count }) => <li key={kind}><KindDisc kind={kind} size={18} /> {kindHeading(kind, count)} <span className="faint">{counted(count)}</span></li>)}
            {chart.entities.some(({ id }) => isGroup(id)) ? <li><span className="group-mark as-drawn" aria-hidden /> {say('legend.group')}</li> : null}
            {chart.entities.some((entity) => entity.masked) ? <li><KindDisc kind="Person" masked size={18} /> {say('legend.protected')}</li> : null}
            {chart.entities.some((entity) => entity.focus) ? <li><span className="focus-mark as-drawn" aria-hidden /> {say('legend.subject')}</li> : null}
            {chart.entities.some(({ rank }) => rank !== null && rank <= 10) ? <li><span className="rank-mark" aria-hidden>1 ·</span> {say('legend.rank')}</li> : null}
            {classes.map(({ name }) => <li key={name}><Line colour={LINK_CLASSES[name].colour} /> {say(`class.${name}`)}</li>)}
            {strengths.map(({ strength }) => <li key={strength}><Line colour="#33475b" strength={strength} /> {capital(say(`strength.${strength}`))}</li>)}
            {chart.links.some(({ directed }) => directed) ? <li><span aria-hidden>→</span> {say('legend.directed')}</li> : null}
            {chart.links.some(({ disputed }) => disputed === true) ? <li><Disputed /> {say('legend.disputed')}</li> : null}
            {widthsOf(chart.links).length > 1 ? <li><Line colour="#33475b" width={5} /> {say('legend.wider')}</li> : null}
          </ul>
        </div>
      ) : null}
      <UnstyledButton className="legend-head" onClick={() => setOpen(!open)} aria-expanded={open}>{say(open ? 'legend.hide' : 'legend.label')}</UnstyledButton>
    </aside>
  )
}

/** The mark of paper, at its size: a cross in a disc on a line. */
function Disputed() {
  return (
    <svg className="as-drawn" width="26" height="16" aria-hidden>
      <line x1="1" y1="8" x2="25" y2="8" stroke={SCREEN_INK} strokeWidth="2.2" />
      <circle cx="13" cy="8" r="6.5" fill={PAPER} stroke={SCREEN_INK} strokeWidth="1.2" />
      <path d="M10 5l6 6M10 11l6-6" stroke={SCREEN_INK} strokeWidth="1.6" />
    </svg>
  )
}

export function Line({ colour, strength = 'confirmed', width = 2.4 }: { readonly colour: string; readonly strength?: Strength; readonly width?: number }) {
  const { dashes, cap } = lineStroke(colour, width, strength)
  return (
    <svg className="as-drawn" width="26" height="8" aria-hidden>
      <line x1="1" y1="4" x2="25" y2="4" stroke={colour} strokeWidth={width} strokeDasharray={dashes?.join(' ')} strokeLinecap={cap ?? 'butt'} />
    </svg>
  )
}
