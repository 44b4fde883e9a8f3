/** The chart with its title, tools, legend and the line that says what is shown and what is not; keys work while it has the focus. */
import './chart-panel.css'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ActionIcon, Button, CloseButton, UnstyledButton } from '@mantine/core'
import { useShallow } from 'zustand/react/shallow'
import { Boundary } from '../Boundary.tsx'
import { askWhatJoins, expand, filter, goTo, keepForPaths, moveEntity, pick, redo, relayout, undo } from '../actions.ts'
import { choose, chooseAll, chooseByHand, chooseNeighbours, collapsePicked, groupChosen, hideChosen, invertChosen, mergeLinks, pinChosen, ungroup } from '../tool-actions.ts'
import { NO_FILTERS, visibleOf } from '../chart/filters.ts'
import { LAYOUTS } from '../chart/layouts.ts'
import type { Pick } from '../chart/emphasis.ts'
import { MERGES } from '../chart/shape.ts'
import { createPlainStage } from '../chart/plain-stage.ts'
import { createStage, type Stage, type StageEvents } from '../chart/stage.ts'
import { openDialog } from '../desk-actions.ts'
import { currentChart, currentStep, shownLine } from '../chart/steps.ts'
import { stepFrom, type Direction } from '../chart/walk.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { getState, setState, useExplorer, type Trouble } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { capital, ringLabel } from '../words/terms.ts'
import { drawnAs, isPlain, movingCount, useVisible, visibleNow, wholeOf } from '../visible.ts'
import { Dock, DockButtons } from './Dock.tsx'
import { Legend } from './Legend.tsx'
import { PrintPicture } from './PrintPicture.tsx'
import { shiftWindow, TimeBar } from './TimeBar.tsx'
import { Toolbar } from './Toolbar.tsx'

export function ChartPanel() {
  const steps = useExplorer((state) => state.steps)
  const named = useExplorer((state) => state.named)
  const wide = useExplorer((state) => state.wide)
  const { container, trouble, again } = useStage()
  const visible = useVisible()
  const dock = useExplorer((state) => state.dock)
  if (steps === null || visible === null) return null
  const { chart } = visible
  return (
    <main className="middle">
      <div className="chart-head">
        <ActionIcon
          variant="subtle" color="navy" size={30} aria-label={say(wide ? 'chart.show-findings' : 'chart.hide-findings')} aria-expanded={!wide}
          title={say(wide ? 'chart.show-findings' : 'chart.hide-findings')} onClick={() => setState({ wide: !wide })}
        >
          <Icon svg={wide ? TOOLS.panelOpen : TOOLS.panelClose} size={18} turns />
        </ActionIcon>
        <div className="chart-titles">
          <h2><bdi>{ringLabel(chart.title)}</bdi></h2>
          <p className="faint"><bdi>{told(plainLabel(chart.subtitle))}</bdi></p>
        </div>
        <Toolbar />
      </div>
      <div className="chart-frame">
        <PrintPicture />
        <div
          id="chart" ref={container} className="chart" dir="ltr" role="application" tabIndex={0} onKeyDown={onKey}
          aria-label={say('chart.label', { title: ringLabel(chart.title), entities: say('count.entities', { n: chart.entities.length }), links: say('count.links', { n: chart.links.length }) })}
        />
        {trouble === null ? null : <Lost trouble={trouble} again={again} />}
        {named === null ? null : (
          <div className="named" role="note">
            <span>{say('chart.forward', { text: capital(told(named.text)) })}</span>
            <CloseButton size="sm" aria-label={say('chart.alike')} onClick={() => setState({ named: null })} />
          </div>
        )}
      </div>
      {dock === null ? <Legend chart={drawnAs(chart, currentStep(steps)).chart} /> : <Boundary part={say('app.part.list')}><Dock /></Boundary>}
      <TimeBar />
      <div className="status-line"><ShownLine text={shownLine(steps, visible)} filtered={visible.by.length > 0} /><DockButtons /></div>
    </main>
  )
}

/** Two lines at most; the whole of it on request. */
function ShownLine({ text, filtered }: { readonly text: string; readonly filtered: boolean }) {
  const [all, setAll] = useState(false)
  const moving = useExplorer((state) => state.moving)
  const steps = useExplorer((state) => state.steps)
  const count = moving === null ? null : movingCount()
  if (count !== null && steps !== null) {
    const { entities, links } = currentChart(steps)
    return <p className="shown" data-filtered="true" data-all="false"><span>{say('shown.moving', { of: say('shown.of', { entities: count.entities_shown, entities_of: entities.length, links: count.links_shown, links_of: links.length }) })}</span></p>
  }
  return <UnstyledButton className="shown" data-all={all} data-filtered={filtered} aria-expanded={all} onClick={() => setAll(!all)} title={text}><span>{text}</span></UnstyledButton>
}

function Lost({ trouble, again }: { readonly trouble: Trouble; readonly again: () => void }) {
  return (
    <div className="lost" role="alert">
      <Icon svg={TOOLS.alert} size={20} />
      <h3>{say(trouble === 'refused' ? 'chart.refused' : 'chart.lost')}</h3>
      <p>{say(trouble === 'refused' ? 'chart.refused.text' : 'chart.lost.text')} {say('whole.plain')}</p>
      <Button size="xs" onClick={again}>{say('chart.draw-again')}</Button>
    </div>
  )
}

/** Makes the stage when the panel appears and draws every change of the state on it. */
function useStage() {
  const container = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const { stage, steps, picked, chosen, named, trouble } = useExplorer(useShallow(({ stage, steps, picked, chosen, named, trouble }) => ({ stage, steps, picked, chosen, named, trouble })))
  const visible = useVisible()
  const drawn = useRef<{ stage: unknown; opened: unknown }>({ stage: null, opened: null })

  useEffect(() => openStage(container.current, attempt), [attempt])

  useEffect(() => {
    if (stage === null || steps === null || visible === null) return
    const opened = steps.steps[0]
    const step = currentStep(steps)
    stage.draw(drawnAs(wholeOf(step.chart, step.filters), step).chart, drawnAs(visible.chart, step).chart, { keepView: drawn.current.stage === stage && drawn.current.opened === opened })
    drawn.current = { stage, opened }
  }, [stage, steps, visible])

  // Past React: a window that moves draws at once, and nothing else is rendered for it.
  useEffect(() => useExplorer.subscribe(({ moving, steps: now }, before) => {
    if (moving === null || moving === before.moving || now === null) return
    const step = currentStep(now)
    const { stage: on, times } = getState()
    if (!isPlain(step)) {
      // What stands for several is put together anew for each place of the window.
      const part = visibleOf(step.chart, { ...step.filters, window: moving }, times).chart
      on?.draw(drawnAs(wholeOf(step.chart, step.filters), step).chart, drawnAs(part, step).chart, { keepView: true })
      return
    }
    const count = movingCount()
    if (count !== null) on?.sift(count, step.filters, moving)
  }), [])

  useEffect(() => {
    stage?.attend({ picked, named: named?.ids ?? null, chosen: new Set(chosen) })
  }, [stage, picked, named, chosen])

  return { container, trouble, again: () => setAttempt(attempt + 1) }
}

/** Returns how to close it. Where WebGL is refused or lost a plain canvas takes its place. @param attempt counts the tries, for the log of the browser only. */
function openStage(element: HTMLDivElement | null, attempt: number): () => void {
  if (element === null) return () => undefined
  element.dataset['attempt'] = String(attempt)
  let stage: Stage | null = null
  const events: StageEvents = {
    onPick: (target) => {
      element.focus({ preventScroll: true })
      pickDrawn(target)
    },
    onOpen: (id) => underOf(id).length > 0 ? undefined : void expand(id, null, null),
    onMoved: moveEntity,
    onLost: () => plainly('lost'),
  }
  const plainly = (trouble: Trouble): void => {
    stage?.close()
    stage = createPlainStage(element, events)
    setState({ stage, trouble })
  }
  try {
    stage = createStage(element, events)
    setState({ stage, trouble: null })
  } catch {
    plainly('refused')
  }
  return () => {
    setState({ stage: null })
    stage?.close()
  }
}

const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

function onKey(event: KeyboardEvent): void {
  const { stage, picked, steps } = getState()
  const direction = ARROWS[event.key]
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'a') {
      chooseAll()
      event.preventDefault()
    }
    if (event.key.toLowerCase() !== 'z') return
    if (event.shiftKey) redo()
    else undo()
  } else if (direction !== undefined) walk(direction)
  else if (event.key === 'f' || event.key === 'F' || event.key === '0') stage?.fit()
  else if (event.key === '+' || event.key === '=') stage?.zoom(1.4)
  else if (event.key === '-') stage?.zoom(1 / 1.4)
  else if (event.key === 'Escape') {
    setState({ chosen: [] })
    void pick(null)
  } else if (event.key === 'l' || event.key === 'L') chooseByHand('lasso')
  else if (event.key === 'b' || event.key === 'B') chooseByHand('box')
  else if (event.key === 'i' || event.key === 'I') invertChosen()
  else if (event.key === 'n' || event.key === 'N') chooseNeighbours()
  else if (event.key === 'g') groupChosen()
  else if (event.key === 'G') ungroup()
  else if (event.key === 'd' || event.key === 'D') mergeLinks(MERGES[(MERGES.indexOf(steps === null ? 'each' : currentStep(steps).merge) + 1) % MERGES.length] ?? 'each')
  else if (event.key === 'Backspace') collapsePicked()
  else if ((event.key === 'e' || event.key === 'E') && picked?.type === 'entity') void expand(picked.id, null, null)
  else if (event.key === '[' || event.key === ']') shiftWindow(event.key === '[' ? -1 : 1)
  else if ((event.key === 'p' || event.key === 'P') && picked?.type === 'entity') putTogether(picked.id)
  else if (event.key === 'x' || event.key === 'X') openDialog({ name: 'exhibit' })
  else if (event.key === 't' || event.key === 'T') document.getElementById('play')?.click()
  else if (event.key === '?') setState({ keys: true })
  else if (event.key === 'k' || event.key === 'K') pinChosen()
  else if (/^[1-5]$/.test(event.key)) void relayout(LAYOUTS[Number(event.key) - 1])
  else if (event.key === 's' || event.key === 'S') void pick(null).then(() => requestAnimationFrame(() => document.getElementById('save-name')?.focus()))
  else if (event.key === 'h' || event.key === 'H') hideChosen(event.key === 'H')
  else if (event.key === 'u' || event.key === 'U') filter(say('filters.all'), NO_FILTERS)
  else if (event.key === 'Enter' && picked !== null) document.getElementById('card')?.focus()
  else return
  event.preventDefault()
}

/** What stands for several brings them forward, and opens the card of the first link among them. */
function pickDrawn(target: Pick | null): void {
  const under = target === null ? [] : underOf(target.id)
  if (target === null || under.length === 0) return void pick(target)
  setState({ named: { text: say(target.type === 'link' ? 'merge.under' : 'merge.members', { n: under.length }), ids: new Set([target.id, ...under]) } })
  if (target.type === 'link') void pick({ type: 'link', id: under[0] ?? '' })
  else choose(under)
}

function underOf(id: string): readonly string[] {
  const { steps } = getState()
  const chart = visibleNow()?.chart
  if (steps === null || chart === undefined) return []
  const { under } = drawnAs(chart, currentStep(steps))
  return under.get(id) ?? []
}

/** The first press keeps the picked one; the second, on another, asks what joins the two. */
function putTogether(id: string): void {
  const { steps, kept } = getState()
  const entity = steps === null ? undefined : currentChart(steps).entities.find((one) => one.id === id)
  if (entity === undefined) return
  if (!kept.some((one) => one.id === id)) keepForPaths(entity)
  if (getState().kept.length === 2) void askWhatJoins()
}

/** From the picked entity along a link in the direction of the key; with nothing picked, to the focus of the chart. */
function walk(direction: Direction): void {
  const { steps, picked } = getState()
  if (steps === null) return
  const { entities, links } = visibleNow()?.chart ?? currentChart(steps)
  const from = picked?.type === 'entity' ? entities.find(({ id }) => id === picked.id) : undefined
  if (from === undefined) {
    const first = entities.find(({ focus }) => focus) ?? entities[0]
    if (first !== undefined) void goTo(first.id, first.label)
    return
  }
  const beside = new Set(links.flatMap(({ source, target }) => source === from.id ? [target] : target === from.id ? [source] : []))
  const next = stepFrom(from, entities.filter(({ id }) => beside.has(id)), direction)
  if (next !== null) void goTo(next, '')
}
