/** The whole case entity by entity, link by link: pan, zoom, filter, pick, and take a part of it out as a chart to work on. */
import './whole.css'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { STRENGTHS } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import { chartOfChosen, openChart, pick } from '../actions.ts'
import { savePictureOf } from '../chart/picture.ts'
import { LINK_CLASSES } from '@ringmap/drawing/colours'
import { openDialog } from '../desk-actions.ts'
import { noFieldRule, type FieldCount, type FieldRule } from '../field/field-count.ts'
import { CLASS_NAMES, classOf, type FieldData } from '../field/field-data.ts'
import { createFieldStage, type FieldStage } from '../field/field-stage.ts'
import { KindDisc } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { setState, useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatSpan } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { capital, kindHeading } from '../words/terms.ts'
import { Line } from './Legend.tsx'
import { Tool } from './Tool.tsx'
import { WholeTime } from './WholeTime.tsx'

const DAY_ms = 86_400_000

type Shown = Pick<FieldCount, 'links_shown' | 'entities_shown'>

export function WholePanel() {
  const data = useExplorer((state) => state.whole)
  return data === null ? null : <Whole key={data.head.origin_ms} data={data} />
}

function Whole({ data }: { readonly data: FieldData }) {
  const container = useRef<HTMLDivElement>(null)
  const stage = useRef<FieldStage | null>(null)
  const [rule, setRule] = useState<FieldRule>(noFieldRule)
  const [count, setCount] = useState<Shown>({ links_shown: data.head.links, entities_shown: data.head.entities })
  const [plain, setPlain] = useState(false)
  const [light, setLight] = useState(false)
  const zone = useExplorer((state) => state.summary?.timezone)
  const name = useExplorer((state) => state.summary?.name ?? '')
  const picked = useExplorer((state) => state.picked)
  const card = useExplorer((state) => state.card)
  const totals = useMemo(() => totalsOf(data), [data])

  useEffect(() => {
    if (container.current === null) return undefined
    const made = createFieldStage(container.current, data, {
      onPick: (found) => {
        container.current?.focus({ preventScroll: true })
        void pick(found?.type === 'entity' ? { type: 'entity', id: data.idOf(found.index) } : null)
      },
      onOpen: (entity) => void openChart(data.idOf(entity), ''),
      onLasso: (entities) => void chartOfChosen(entities.map((entity) => data.idOf(entity))),
      onPlain: setPlain,
      onLight: setLight,
    })
    stage.current = made
    return () => {
      stage.current = null
      made.close()
    }
  }, [data])

  const label = card?.type === 'entity' && card.id === picked?.id ? card.card.entity.label : ''
  useEffect(() => {
    if (picked?.type === 'entity' && label !== '') stage.current?.mark(data.numberOf(picked.id), plainLabel(label))
    else stage.current?.mark(-1, '')
  }, [data, picked, label])

  const apply = (change: Partial<FieldRule>): void => {
    const next = { ...rule, ...change }
    setRule(next)
    // The counts are one object that is written anew: a copy tells the page that they changed.
    const now = stage.current?.rule(next)
    if (now !== undefined) setCount(now)
  }
  const onKey = (event: KeyboardEvent): void => {
    const at = stage.current
    const step = 80
    if (event.ctrlKey || event.metaKey || at === null) return
    if (event.key === 'ArrowLeft') at.pan(-step, 0)
    else if (event.key === 'ArrowRight') at.pan(step, 0)
    else if (event.key === 'ArrowUp') at.pan(0, -step)
    else if (event.key === 'ArrowDown') at.pan(0, step)
    else if (event.key === '+' || event.key === '=') at.zoom(1.4)
    else if (event.key === '-') at.zoom(1 / 1.4)
    else if (event.key === 'f' || event.key === 'F' || event.key === '0') at.fit()
    else if (event.key === 'l' || event.key === 'L') at.lasso(true)
    else if (event.key === '?') openDialog({ name: 'keys' })
    else if (event.key === 'Escape') void pick(null)
    else if (event.key === 'Enter' || event.key === ' ') pickMiddle(at, data)
    else if ((event.key === 'e' || event.key === 'E') && picked?.type === 'entity') void openChart(picked.id, label)
    else return
    event.preventDefault()
  }
  const { head } = data
  const shown = shownOf(data, rule, count, zone)
  return (
    <main className="middle">
      <div className="chart-head">
        <div className="chart-titles">
          <h2>{say('whole.title')}</h2>
          <p className="faint">{say('whole.about')} {plain ? say('whole.plain') : light ? say('whole.light') : ''}</p>
        </div>
        <div className="tools" role="toolbar" aria-label={say('whole.tools')}>
          <Tool name={say('tools.fit')} keys="F" svg={TOOLS.fit} act={() => stage.current?.fit()} />
          <Tool name={say('tools.zoom-in')} keys="+" svg={TOOLS.zoomIn} act={() => stage.current?.zoom(1.4)} />
          <Tool name={say('tools.zoom-out')} keys="-" svg={TOOLS.zoomOut} act={() => stage.current?.zoom(1 / 1.4)} />
          <Tool name={say('whole.lasso')} keys="L" svg={TOOLS.lasso} act={() => stage.current?.lasso(true)} />
          <Tool name={say('tools.picture')} svg={TOOLS.picture} act={() => stage.current === null ? undefined : savePictureOf(stage.current.snapshot(), say('whole.picture', { name: plainLabel(name) }), shown)} />
        </div>
      </div>
      <div className="chart-frame">
        <div
          id="chart" ref={container} className="chart whole-field" dir="ltr" role="application" tabIndex={0} onKeyDown={onKey}
          aria-label={say('whole.label', { entities: say('count.entities', { n: head.entities }), links: say('count.links', { n: head.links }) })}
        />
      </div>
      <aside className="legend field-legend" aria-label={say('whole.legend')}>
        <ul className="plain">
          {ENTITY_KIND_NAMES.map((kind, i) => totals.kinds[i] === 0 ? null : (
            <Switch key={kind} on={rule.kinds[i] === 1} act={(on) => apply({ kinds: rule.kinds.with(i, on ? 1 : 0) })}><KindDisc kind={kind} size={16} /> {kindHeading(kind, 2)} <span className="faint">{counted(totals.kinds[i] as number)}</span></Switch>
          ))}
          {CLASS_NAMES.map((family, i) => totals.classes[i] === 0 ? null : (
            <Switch key={family} on={rule.classes[i] === 1} act={(on) => apply({ classes: rule.classes.with(i, on ? 1 : 0) })}><Line colour={LINK_CLASSES[family].colour} /> {say(`class.${family}`)} <span className="faint">{counted(totals.classes[i] as number)}</span></Switch>
          ))}
          {STRENGTHS.map((strength, i) => totals.strengths[i] === 0 ? null : (
            <Switch key={strength} on={rule.grades[i] === 1} act={(on) => apply({ grades: rule.grades.with(i, on ? 1 : 0) as unknown as FieldRule['grades'] })}><Line colour="#33475b" strength={strength} /> {capital(say(`strength.${strength}`))} <span className="faint">{counted(totals.strengths[i] as number)}</span></Switch>
          ))}
        </ul>
      </aside>
      <WholeTime data={data} window={rule.window} set={(window) => apply({ window })} />
      <div className="status-line"><p className="shown" data-all="false" data-filtered={count.links_shown < head.links}><span>{shown}</span></p></div>
    </main>
  )
}

function pickMiddle(stage: FieldStage, data: FieldData): void {
  const entity = stage.middle()
  if (entity < 0) setState({ said: say('whole.nothing') })
  else void pick({ type: 'entity', id: data.idOf(entity) })
}

function shownOf({ head }: FieldData, rule: FieldRule, count: Shown, zone: string | undefined): string {
  const [from, until] = rule.window
  const span = formatSpan(from > -1e29 ? head.origin_ms + from * DAY_ms : head.from_ms, until < 1e29 ? head.origin_ms + until * DAY_ms : head.until_ms, zone) ?? ''
  const by = [
    ...(from > -1e29 || until < 1e29 ? [say('whole.window', { span })] : []),
    ...(rule.kinds.includes(0) ? [say('filters.by.kind')] : []), ...(rule.classes.includes(0) ? [say('filters.by.class')] : []), ...(rule.grades.includes(0) ? [say('filters.by.grade')] : []),
  ]
  const shown = say('whole.shown', { entities: count.entities_shown, entities_of: head.entities, links: count.links_shown, links_of: head.links })
  const hidden = by.length === 0 ? '' : say('whole.hidden', { entities: head.entities - count.entities_shown, links: head.links - count.links_shown, by: by.join(', ') })
  return `${shown}${hidden}${head.loops === 0 ? '' : say('whole.loops', { n: head.loops })}`
}

function totalsOf(data: FieldData): { readonly kinds: readonly number[]; readonly classes: readonly number[]; readonly strengths: readonly number[] } {
  const kinds = ENTITY_KIND_NAMES.map(() => 0)
  const classes = CLASS_NAMES.map(() => 0)
  const strengths = STRENGTHS.map(() => 0)
  for (const kind of data.kind) kinds[kind] = (kinds[kind] as number) + 1
  for (let l = 0; l < data.source.length; l++) {
    classes[classOf(data, l)] = (classes[classOf(data, l)] as number) + 1
    strengths[data.strength[l] as number] = (strengths[data.strength[l] as number] as number) + 1
  }
  return { kinds, classes, strengths }
}

function Switch({ on, act, children }: { readonly on: boolean; readonly act: (on: boolean) => void; readonly children: React.ReactNode }) {
  return <li><label className="field-switch"><input type="checkbox" checked={on} onChange={(event) => act(event.target.checked)} /> {children}</label></li>
}
