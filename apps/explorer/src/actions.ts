/** What a person can do on the screen; each action changes the state once it has succeeded, and says so. */
import type { ChartLink } from '@ringmap/model/chart'
import type { Reason } from '@ringmap/model/finding'
import type { EntityKind, LinkKind } from '@ringmap/model/schema'
import type { SavedChart, SavedLink } from '@ringmap/model/saved-chart'
import type { LinkTimesHead, PatternBody, WholeCaseHead } from '@ringmap/model/wire'
import { get, getForColumns, post, postForColumns, Refusal } from './api.ts'
import { fitted } from './chart/arrange.ts'
import type { Pick } from './chart/emphasis.ts'
import { NO_FILTERS, visibleOf, type Filters } from './chart/filters.ts'
import { laidOutBeside, seatedBeside } from './chart/layout-desk.ts'
import type { Places } from './chart/layout-places.ts'
import type { LayoutName } from './chart/layouts.ts'
import { linkTimesFrom, type Window } from './chart/link-times.ts'
import { movedChart } from './chart/moved-chart.ts'
import { currentChart, currentStep, growChart, newcomersOf, openSteps, pushStep, redoStep, shownLine, undoStep, type Newcomers, type Steps } from './chart/steps.ts'
import { newGroup, placesUnder, seatsAbout, shaped, type Group } from './chart/shape.ts'
import { chartView } from './chart/view-size.ts'
import { fieldFrom } from './field/field-data.ts'
import { getState, setState } from './state.ts'
import { told } from './words/engine-sentences.ts'
import { plainLabel } from './words/label.ts'
import { say } from './words/say.ts'
import { kindLabel, ringLabel } from './words/terms.ts'

/** Most neighbours one expansion brings; the rest is counted and said. */
export const EXPAND_LIMIT = 50
/** Most that come as one group: more than a person looks through, and no more than a page holds with ease. */
export const GROUP_LIMIT = 2000

export async function openCase(): Promise<void> {
  await attempt(say('busy.case'), async () => {
    const summary = await get('GET /api/case', {})
    setState({ summary })
    setState({ findings: await get('GET /api/findings', {}) })
  })
}

/** What belonged to the chart that was on the screen. */
export const CLEARED = { saved: null, paths: null, times: null, moving: null, named: null, picked: null, chosen: [], card: null } as const

/** Draws the chart of a ring or an entity and, for an entity, opens its card. */
export async function openChart(subject: string, name: string): Promise<void> {
  await attempt(say('busy.draw', { name: ringLabel(name) }), async () => {
    const answer = await get('GET /api/chart', { subject })
    const card = answer.entities.some((entity) => entity.id === subject)
    const chart = fitted(answer, chartView({ findings: !getState().wide, card }))
    const steps = openSteps(subject, chart)
    setState({ steps, ...CLEARED, said: `${ringLabel(chart.title)}. ${shownLine(steps, visibleOf(chart, NO_FILTERS, null))}` })
    void fetchTimes()
    toTheChart()
    if (card) await pick({ type: 'entity', id: subject })
  })
}

/** In a window so small that the panels stand below each other, the one that was asked for comes into sight. */
function toTheChart(): void {
  requestAnimationFrame(() => {
    const page = document.documentElement
    if (page.scrollHeight > page.clientHeight) document.querySelector('.middle')?.scrollIntoView({ block: 'start' })
  })
}

export function goHome(): void {
  setState({ steps: null, wholeOpen: false, ...CLEARED, said: say('said.start') })
}

/** Draws every entity and link of the case. */
export async function openWhole(): Promise<void> {
  await attempt(say('whole.busy'), async () => {
    const whole = getState().whole ?? fieldFrom(await getForColumns<WholeCaseHead>('GET /api/whole'))
    setState({ whole, wholeOpen: true, steps: null, ...CLEARED, said: say('whole.said', { entities: say('count.entities', { n: whole.head.entities }), links: say('count.links', { n: whole.head.links }) }) })
  })
}

/** Most that a chart to work on is made of. */
const CHOSEN_AT_MOST = 600

/** Opens a chart of entities that were chosen by hand. */
export async function chartOfChosen(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return setState({ said: say('whole.nothing-inside') })
  if (ids.length > CHOSEN_AT_MOST) return setState({ problem: new Refusal('too_many', say('whole.too-many', { n: ids.length, most: CHOSEN_AT_MOST }), say('whole.too-many.hint')) })
  await attempt(say('whole.busy-chosen'), async () => {
    const answer = await post('POST /api/among', { ids })
    const chart = fitted(answer, chartView({ findings: !getState().wide, card: false }))
    setState({ steps: openSteps('chosen', chart), ...CLEARED, said: chart.title })
    void fetchTimes()
  })
}

let asked = 0

/** Picks an entity or link and brings its card; null clears. */
export async function pick(target: Pick | null): Promise<void> {
  const turn = ++asked
  if (target === null) {
    setState({ picked: null, card: null, named: null, cardLoading: false })
    return
  }
  setState({ picked: target, cardLoading: true })
  try {
    const card = target.type === 'entity'
      ? { type: 'entity', id: target.id, card: await get('GET /api/entity', { id: target.id }) } as const
      : { type: 'link', id: target.id, card: await get('GET /api/link', { id: target.id }) } as const
    if (turn !== asked) return
    const said = card.type === 'entity'
      ? say('said.entity', { name: plainLabel(card.card.entity.label), kind: kindLabel(card.card.entity.kind), n: card.card.neighbours.reduce((sum, n) => sum + n.count, 0) })
      : say('said.link', { from: plainLabel(card.card.source.label), to: plainLabel(card.card.target.label), observations: say('count.observations', { n: card.card.observations_of }) })
    setState({ card, cardLoading: false, said })
  } catch (problem) {
    if (turn === asked) setState({ cardLoading: false, problem: problemOf(problem) })
  }
}

/** Brings neighbours of one kind, or all when both are null; a step that can be undone. @param asGroup all that are left, drawn as one */
export async function expand(id: string, link: LinkKind | null, kind: EntityKind | null, { asGroup = false } = {}): Promise<void> {
  const { steps, card } = getState()
  if (steps === null) return openChart(id, card?.type === 'entity' ? card.card.entity.label : '')
  const chart = currentChart(steps)
  const entity = chart.entities.find((e) => e.id === id)
  if (entity === undefined) return
  const label = plainLabel(entity.label)
  await attempt(say('busy.expand', { name: label }), async () => {
    const answer = await post('POST /api/expand', { id, link, kind, have: chart.entities.map((e) => e.id), limit: asGroup ? GROUP_LIMIT : EXPAND_LIMIT })
    const newcomers = newcomersOf(chart, answer)
    const what = kind === null ? say('kind.all') : kindLabel(kind, 2)
    const { groups } = currentStep(steps)
    const group = asGroup && newcomers.fresh.length > 1 ? newGroup(groups, newcomers.fresh, say('group.rest', { what, name: label })) : null
    const { chart: larger, grown } = growChart(newcomers, answer, label, await seatsOf(newcomers, group))
    if (grown.entities.length === 0 && grown.links.length === 0) {
      setState({ said: say('said.nothing-new', { name: label, what }) })
      return
    }
    setState({
      steps: pushStep(steps, { name: say('step.expand', { name: label, what }), chart: larger, grown, ...(group === null ? {} : { groups: [...groups, group] }) }),
      said: say('said.added', { n: grown.entities.length, of: grown.of, name: label }),
    })
    void fetchTimes()
  })
}

async function seatsOf({ whole, fresh, fixed }: Newcomers, group: Group | null): Promise<Places> {
  if (fresh.length === 0) return fixed
  return group === null ? await seatedBeside(whole, fixed) : seatsAbout(group, await seatedBeside(shaped(whole, [group], 'each').chart, fixed))
}

/** A chart as the case keeps it, but for its name. */
export function savedBody(steps: Steps): Omit<SavedChart, 'version' | 'name' | 'revision' | 'snapshot'> {
  const step = currentStep(steps)
  const earlier = getState().saved?.log ?? []
  const known = new Set(earlier.map(({ at_ms }) => at_ms))
  return {
    subject: steps.subject, title: step.chart.title, filters: { ...step.filters }, notes: step.notes, links: step.chart.links.map(savedLink), merge: step.merge,
    entities: step.chart.entities.map(({ id, x, y, focus, kind, rank }) => ({ id, x, y, focus, pinned: step.pinned.includes(id), kind, rank })),
    groups: step.groups.map(({ label, members }) => ({ label, members })),
    log: [...earlier, ...steps.steps.slice(0, steps.at + 1).filter(({ at_ms }) => !known.has(at_ms)).map(({ name: words, at_ms }) => ({ name: words, at_ms, who: '' }))],
  }
}

/** Saves the chart on the screen with its steps. True when it lies in the case. */
export async function saveChart(name: string): Promise<boolean> {
  const { steps, saved } = getState()
  if (steps === null) return false
  let done = false
  await attempt(say('busy.save'), async () => {
    const next = await post('POST /api/saved', { ...savedBody(steps), name, revision: saved?.name === name ? saved.revision : 0, snapshot: false })
    setState({ saved: next, said: say('said.saved', { name: next.name }) })
    done = true
  })
  return done
}

/** What a link says, to be compared with later. */
function savedLink({ id, kind, source, target, count, first_ms, last_ms, amount, currency, strength, criminal }: ChartLink): SavedLink {
  return { id, kind, source, target, count, first_ms, last_ms, amount, currency, strength, criminal }
}

/** Opens a chart as it was saved. */
export async function openSaved(name: string): Promise<void> {
  await attempt(say('busy.open', { name: plainLabel(name) }), async () => {
    const { saved, chart, gone } = await get('GET /api/saved', { name })
    const steps = openSteps(saved.subject, chart)
    const first = { ...currentStep(steps), name: say('step.open-saved', { name: saved.name }), filters: { ...NO_FILTERS, ...saved.filters }, pinned: saved.entities.filter(({ pinned }) => pinned).map(({ id }) => id), merge: saved.merge, notes: saved.notes, groups: saved.groups.map((group, i) => ({ ...group, id: `group ${i + 1}` })) }
    setState({ steps: { ...steps, steps: [first] }, ...CLEARED, saved, said: gone === 0 ? say('said.opened', { name: saved.name }) : say('said.gone', { name: saved.name, n: gone }) })
    void fetchTimes()
  })
}

/** Most that can be asked about at once. */
const KEPT_AT_MOST = 5

/** Puts an entity together with others to ask what joins them; one that is there is taken out. */
export function keepForPaths(entity: { readonly id: string; readonly label: string }): void {
  const { kept } = getState()
  const there = kept.some(({ id }) => id === entity.id)
  if (!there && kept.length >= KEPT_AT_MOST) {
    setState({ said: say('said.most', { n: KEPT_AT_MOST }) })
    return
  }
  const next = there ? kept.filter(({ id }) => id !== entity.id) : [...kept, { id: entity.id, label: entity.label }]
  setState({ kept: next, said: there ? say('said.taken-out', { name: plainLabel(entity.label) }) : say('said.kept', { name: plainLabel(entity.label), n: kept.length }) })
}

/** Draws the shortest ways between those put together. */
export async function askWhatJoins(): Promise<void> {
  const { kept, wide } = getState()
  await attempt(say('busy.ways'), async () => {
    const { chart: answer, paths } = await post('POST /api/paths', { ids: kept.map(({ id }) => id) })
    const title = say('ways.what-joins', { names: kept.map(({ label }) => plainLabel(label)).join(', ') })
    const chart = fitted({ ...answer, title }, chartView({ findings: !wide, card: true }))
    setState({ steps: openSteps('paths', chart), ...CLEARED, paths, kept: [], said: say('ways.said', { title, n: paths.length }) })
    void fetchTimes()
  })
}

/** Opens the chart of an entity that is not on the chart, else picks it and brings it into view. */
export async function goTo(id: string, label: string): Promise<void> {
  const { steps, stage } = getState()
  if (steps === null || !currentChart(steps).entities.some((entity) => entity.id === id)) return openChart(id, label)
  stage?.centre(id)
  await pick({ type: 'entity', id })
}

export function undo(): void {
  const { steps } = getState()
  if (steps !== null) setState({ steps: undoStep(steps), said: say('said.undone'), ...clearedIfGone() })
}

export function redo(): void {
  const { steps } = getState()
  if (steps !== null) setState({ steps: redoStep(steps), said: say('said.redone') })
}

let laying: Promise<void> = Promise.resolve()

/** Lays the chart out, pinned entities left where they are; one layout after the other, each from what the one before left. */
export async function relayout(name: LayoutName = 'force'): Promise<void> {
  laying = laying.then(async () => await attempt(say('layout.busy', { layout: say(`layout.${name}`) }), async () => {
    const { steps, wide, picked } = getState()
    if (steps === null) return
    const step = currentStep(steps)
    const view = chartView({ findings: !wide, card: picked !== null })
    // A group takes the room of one: laid out by its members it would come to lie on others.
    const drawn = shaped(step.chart, step.groups, 'each')
    const places = placesUnder(step.chart, drawn, await laidOutBeside(drawn.chart, name, { view, pinned: step.pinned, seed: steps.at + 1 }), new Set(step.pinned))
    const { steps: now, stage } = getState()
    // Another chart, or another step, came meanwhile: places of a chart that is gone are of no use.
    if (now === null || currentStep(now).chart !== step.chart) return
    setState({ steps: pushStep(now, { name: say('step.layout', { name: say(`layout.${name}`) }), chart: movedChart(step.chart, places) }), said: say(step.pinned.length === 0 ? 'said.laid-out' : 'said.laid-out-pinned', { name: say(`layout.${name}`), says: say(`layout.${name}.says`), n: step.pinned.length }) })
    requestAnimationFrame(() => stage?.fit())
  }))
  return await laying
}

/** @param sort see `Step.sort` */
export function moveEntity(id: string, place: { readonly x: number; readonly y: number }, sort: string | null = null): void {
  const { steps } = getState()
  if (steps === null) return
  const chart = currentChart(steps)
  const label = chart.entities.find((entity) => entity.id === id)?.label ?? id
  setState({ steps: pushStep(steps, { name: say('step.move', { name: plainLabel(label) }), chart: movedChart(chart, new Map([[id, place]])), pinned: [...new Set([...currentStep(steps).pinned, id])], sort }) })
}

/** Changes filters as a named step. @param sort see `Step.sort` */
export function filter(name: string, change: Partial<Filters>, sort: string | null = null): void {
  const { steps } = getState()
  if (steps === null) return
  const next = pushStep(steps, { name, filters: { ...currentStep(steps).filters, ...change }, sort })
  const visible = visibleOf(currentChart(next), currentStep(next).filters, getState().times)
  setState({ steps: next, moving: null, said: say('said.filtered', { step: name, entities: say('count.entities', { n: visible.chart.entities.length }), links: say('count.links', { n: visible.chart.links.length }), n: visible.links_hidden }) })
}

/** Sets the time window as a step; several in a row are one. Null: the whole time. */
export function setWindow(window: Window | null, words: string): void {
  filter(window === null ? say('step.time-all') : say('step.time', { words }), { window }, 'window')
}

/** Puts entities out of sight, or all but them; they come back by undo or from the filters. */
export function hideEntities(ids: readonly string[], others: boolean): void {
  const { steps } = getState()
  if (steps === null || ids.length === 0) return
  const { entities } = currentChart(steps)
  const { hidden } = currentStep(steps).filters
  const gone = others ? entities.filter(({ id }) => !ids.includes(id)).map(({ id }) => id) : ids
  const label = plainLabel(entities.find(({ id }) => id === ids[0])?.label ?? '')
  filter(say(others ? 'step.hide-others' : 'step.hide', { name: label }), { hidden: [...new Set([...hidden, ...gone])] })
  if (!others) setState({ picked: null, card: null })
}

export async function fetchTimes(): Promise<void> {
  const { steps } = getState()
  if (steps === null) return
  const ids = currentChart(steps).links.map(({ id }) => id)
  try {
    const times = linkTimesFrom(await postForColumns<LinkTimesHead>('POST /api/times', { links: ids }))
    // Another chart may have been opened meanwhile.
    if (getState().steps?.subject === steps.subject) setState({ times })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  }
}

/** Lets the entities and links a reason stands on come forward; the same reason again lets them go. */
export function showReason(reason: Reason): void {
  const { named } = getState()
  setState(named?.text === reason.text
    ? { named: null, said: say('chart.alike.said') }
    : { named: { text: reason.text, ids: new Set([...reason.entities, ...reason.links]) }, said: say('chart.forward', { text: told(reason.text) }) })
}

function clearedIfGone(): { picked: null; card: null } | Record<string, never> {
  const { steps, picked } = getState()
  if (steps === null || picked === null) return {}
  const before = currentChart(undoStep(steps))
  const there = picked.type === 'entity' ? before.entities.some((e) => e.id === picked.id) : before.links.some((l) => l.id === picked.id)
  return there ? {} : { picked: null, card: null }
}

export async function attempt(busy: string, work: () => Promise<void>): Promise<void> {
  setState({ busy, problem: null })
  try {
    await work()
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  } finally {
    setState({ busy: null })
  }
}

export function problemOf(problem: unknown): Refusal {
  if (problem instanceof Refusal) return problem
  return new Refusal('bug', say('app.bug'), problem instanceof Error ? problem.message : String(problem))
}

/** Looks for one kind of pattern among calls, money and movement. */
export async function lookFor(body: PatternBody): Promise<void> {
  await attempt(say('busy.look'), async () => {
    const patterns = await post('POST /api/pattern', body)
    setState({ patterns, said: patterns.of === 0 ? say('patterns.none') : say('patterns.of', { n: patterns.findings.length, of: patterns.of }) })
  })
}
