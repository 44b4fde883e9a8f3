/** The chart with its title, tools, legend and the line that says what is shown and what is not; keys work while it has the focus. */
import './chart-panel.css'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ActionIcon, Button, CloseButton, UnstyledButton } from '@mantine/core'
import { useShallow } from 'zustand/react/shallow'
import { Boundary } from '../Boundary.tsx'
import { expand, moveEntity, pick } from '../actions.ts'
import { choose } from '../tool-actions.ts'
import { visibleOf } from '../chart/filters.ts'
import type { Pick } from '../chart/emphasis.ts'
import { createPlainStage } from '../chart/plain-stage.ts'
import { createStage, type Stage, type StageEvents } from '../chart/stage.ts'
import { currentChart, currentStep, shownLine } from '../chart/steps.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { actOf } from '../keys/chart-keys.ts'
import { isSingle, keyName } from '../keys/key-name.ts'
import { getState, setState, useExplorer, type Trouble } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { capital, ringLabel } from '../words/terms.ts'
import { drawnAs, isPlain, movingCount, useVisible, visibleNow, wholeOf } from '../visible.ts'
import { ChartOverlay } from './ChartOverlay.tsx'
import { Dock, DockButtons } from './Dock.tsx'
import { Legend } from './Legend.tsx'
import { PrintPicture } from './PrintPicture.tsx'
import { TimeBar } from './TimeBar.tsx'
import { Toolbar } from './Toolbar.tsx'

export function ChartPanel() {
  const steps = useExplorer((state) => state.steps)
  const named = useExplorer((state) => state.named)
  const wide = useExplorer((state) => state.wide)
  const { container, trouble, again } = useStage()
  const visible = useVisible()
  // The list of what differs is only there while two charts are compared.
  const dock = useExplorer((state) => state.dock === 'changes' && state.steps !== null && currentStep(state.steps).comparison === null ? null : state.dock)
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
        <AboutToggle />
      </div>
      <div className="chart-frame">
        <PrintPicture />
        <div
          id="chart" ref={container} className="chart" dir="ltr" role="application" tabIndex={0} onKeyDown={onKey}
          aria-label={say('chart.label', { title: ringLabel(chart.title), entities: say('count.entities', { n: chart.entities.length }), links: say('count.links', { n: chart.links.length }) })}
        />
        <Boundary part={say('app.part.notes')}><ChartOverlay /></Boundary>
        {trouble === null ? null : <Lost trouble={trouble} again={again} />}
        {named === null ? null : (
          <div className="named" role="note">
            <span>{say('chart.forward', { text: capital(told(named.text)) })}</span>
            <CloseButton size="sm" aria-label={say('chart.alike')} onClick={() => setState({ named: null })} />
          </div>
        )}
      </div>
      {dock === null ? <Legend chart={drawnAs(chart, currentStep(steps)).chart} comparison={currentStep(steps).comparison} /> : <Boundary part={say('app.part.list')}><Dock /></Boundary>}
      <TimeBar />
      <div className="status-line"><ShownLine text={shownLine(steps, visible)} filtered={visible.by.length > 0} /><DockButtons /></div>
    </main>
  )
}

/** A narrow window has no room for steps, saving and snapshots beside the chart until they are asked for. */
function AboutToggle() {
  const about = useExplorer((state) => state.about)
  const picked = useExplorer((state) => state.picked !== null)
  if (picked) return null
  const words = say(about ? 'chart.hide-about' : 'chart.show-about')
  return (
    <ActionIcon className="about-toggle" variant="subtle" color="navy" size={30} aria-label={words} aria-expanded={about} title={words} onClick={() => setState({ about: !about })}>
      <Icon svg={about ? TOOLS.aboutClose : TOOLS.aboutOpen} size={18} turns />
    </ActionIcon>
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

function onKey(event: KeyboardEvent): void {
  const name = keyName(event.nativeEvent)
  // A dialog that is still on its way has the keys already: what is typed for it must not act on the chart.
  const act = name === null || getState().dialog !== null || (isSingle(name) && !getState().singleKeys) ? undefined : actOf(name)
  if (act === undefined) return
  act()
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
