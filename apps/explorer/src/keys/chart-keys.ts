/** What each key does on the chart: one table for the keyboard, the list of keys and the commands of the search box. */
import { goHome, filter, pick, redo, relayout, undo } from '../actions.ts'
import { NO_FILTERS } from '../chart/filters.ts'
import { LAYOUTS } from '../chart/layouts.ts'
import { MERGES } from '../chart/shape.ts'
import { currentStep } from '../chart/steps.ts'
import { takeSnapshot } from '../compare-actions.ts'
import { openDialog } from '../desk-actions.ts'
import { shiftWindow } from '../panels/TimeBar.tsx'
import { getState, setState } from '../state.ts'
import { chooseAll, chooseByHand, chooseNeighbours, collapsePicked, groupChosen, hideChosen, invertChosen, mergeLinks, pinChosen, ungroup } from '../tool-actions.ts'
import { say } from '../words/say.ts'
import type { MessageKey } from '../words/messages/catalogue.ts'
import { expandLikely, nudgePicked, nameTheChart, putTogether, toCard, walk } from './chart-acts.ts'

type Suffix<K> = K extends `keys.${infer S}` ? S : never

export interface ChartKey {
  /** As it stands on the keyboard. */
  readonly shown: string
  /** `keys.…` says what it does. */
  readonly does: Suffix<MessageKey>
  /** Act by name of the key; empty where another part of the page listens for it. */
  readonly on: Readonly<Record<string, () => void>>
}

const zoom = (factor: number) => (): void => getState().stage?.zoom(factor)
const fit = (): void => getState().stage?.fit()
const clear = (): void => {
  setState({ chosen: [] })
  void pick(null)
}
const nextMerge = (): void => {
  const { steps } = getState()
  mergeLinks(MERGES[(MERGES.indexOf(steps === null ? 'each' : currentStep(steps).merge) + 1) % MERGES.length] ?? 'each')
}
const expandChosen = (): void => {
  if (getState().picked?.type === 'entity') openDialog({ name: 'expand' })
}

export const CHART_KEYS: readonly ChartKey[] = [
  { shown: 'Ctrl K  /', does: 'search', on: {} },
  { shown: '← ↑ → ↓', does: 'walk', on: { ArrowUp: () => walk('up'), ArrowDown: () => walk('down'), ArrowLeft: () => walk('left'), ArrowRight: () => walk('right') } },
  { shown: 'Shift ← ↑ → ↓', does: 'move', on: { 'Shift+ArrowUp': () => nudgePicked(0, -1), 'Shift+ArrowDown': () => nudgePicked(0, 1), 'Shift+ArrowLeft': () => nudgePicked(-1, 0), 'Shift+ArrowRight': () => nudgePicked(1, 0) } },
  { shown: 'Enter  Space', does: 'card', on: { Enter: toCard, Space: toCard } },
  { shown: 'E', does: 'expand', on: { E: () => void expandLikely() } },
  { shown: 'Shift E', does: 'expand-choose', on: { 'Shift+E': expandChosen } },
  { shown: 'Backspace', does: 'collapse', on: { Backspace: collapsePicked } },
  { shown: 'H', does: 'hide', on: { H: () => hideChosen(false) } },
  { shown: 'Shift H', does: 'others', on: { 'Shift+H': () => hideChosen(true) } },
  { shown: 'U', does: 'all', on: { U: () => filter(say('filters.all'), NO_FILTERS) } },
  { shown: 'K', does: 'pin', on: { K: pinChosen } },
  { shown: 'L  B', does: 'lasso', on: { L: () => chooseByHand('lasso'), B: () => chooseByHand('box') } },
  { shown: 'Ctrl A', does: 'all-chosen', on: { 'Ctrl+A': chooseAll } },
  { shown: 'I  N', does: 'invert', on: { I: invertChosen, N: chooseNeighbours } },
  { shown: 'G  Shift G', does: 'group', on: { G: groupChosen, 'Shift+G': ungroup } },
  { shown: 'D', does: 'merge', on: { D: nextMerge } },
  { shown: 'P', does: 'paths', on: { P: putTogether } },
  { shown: 'T', does: 'play', on: { T: () => document.getElementById('play')?.click() } },
  { shown: '[  ]', does: 'window', on: { '[': () => shiftWindow(-1), ']': () => shiftWindow(1) } },
  { shown: `1 – ${LAYOUTS.length}`, does: 'layouts', on: Object.fromEntries(LAYOUTS.map((name, i) => [String(i + 1), () => void relayout(name)])) },
  { shown: 'F  0', does: 'fit', on: { F: fit, 0: fit } },
  { shown: '+  -', does: 'zoom', on: { '+': zoom(1.4), '=': zoom(1.4), '-': zoom(1 / 1.4) } },
  { shown: 'M', does: 'note', on: { M: () => openDialog({ name: 'note', id: null }) } },
  { shown: 'S', does: 'snapshot', on: { S: () => void takeSnapshot() } },
  { shown: 'Shift S', does: 'compare', on: { 'Shift+S': () => openDialog({ name: 'compare' }) } },
  { shown: 'Ctrl S', does: 'save', on: { 'Ctrl+S': nameTheChart } },
  { shown: 'X', does: 'exhibit', on: { X: () => openDialog({ name: 'exhibit' }) } },
  { shown: 'Ctrl Z', does: 'undo', on: { 'Ctrl+Z': undo } },
  { shown: 'Ctrl Shift Z', does: 'redo', on: { 'Ctrl+Shift+Z': redo } },
  { shown: 'F6  Shift F6', does: 'panel', on: {} },
  { shown: 'Escape', does: 'clear', on: { Escape: clear } },
  { shown: '?', does: 'list', on: { '?': () => openDialog({ name: 'keys' }) } },
]

/** What can be done without a key of its own, for the search box. */
export const COMMANDS: readonly { readonly does: MessageKey; readonly act: () => void }[] = [
  { does: 'top.home', act: goHome },
  { does: 'work.title', act: () => openDialog({ name: 'work' }) },
  { does: 'review.title', act: () => openDialog({ name: 'review' }) },
  { does: 'exhibit.title', act: () => openDialog({ name: 'exhibit' }) },
]

const ACTS: ReadonlyMap<string, () => void> = new Map(CHART_KEYS.flatMap(({ on }) => Object.entries(on)))

export function actOf(name: string): (() => void) | undefined {
  return ACTS.get(name)
}
