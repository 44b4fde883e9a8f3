/** What is on the screen of the chart in the state: what filters leave, and what a window leaves while it moves. */
import { useMemo } from 'react'
import type { Chart } from '@ringmap/model/chart'
import { isFiltered, structural, visibleOf, type Filters, type Visible } from './chart/filters.ts'
import type { LinkTimes, Window } from './chart/link-times.ts'
import { shaped, type Shaped } from './chart/shape.ts'
import { currentStep, type Step } from './chart/steps.ts'
import { windowCounter, type WindowCount } from './chart/window-count.ts'
import { getState, useExplorer, type ExplorerState } from './state.ts'

export function visibleNow({ steps, times }: Pick<ExplorerState, 'steps' | 'times'> = getState()): Visible | null {
  if (steps === null) return null
  const { chart, filters } = currentStep(steps)
  return visibleOf(chart, filters, times)
}

/** Lists, legend and cards follow a window when it has come to rest. */
export function useVisible(): Visible | null {
  const steps = useExplorer((state) => state.steps)
  const times = useExplorer((state) => state.times)
  return useMemo(() => visibleNow({ steps, times }), [steps, times])
}

/** What the renderer holds: everything but what is ruled out by kind or one by one. The same object for the same chart and filters. */
export function wholeOf(chart: Chart, filters: Filters): Chart {
  const rest = structural(filters)
  if (!isFiltered(rest)) return chart
  const key = JSON.stringify([rest.kinds, rest.classes, rest.hidden])
  const known = wholes.get(chart)
  if (known?.key === key) return known.whole
  const whole = visibleOf(chart, rest, null).chart
  wholes.set(chart, { key, whole })
  return whole
}

const wholes = new WeakMap<Chart, { readonly key: string; readonly whole: Chart }>()

/** Whether the chart is drawn as it is, link by link. */
export function isPlain({ groups, merge }: Pick<Step, 'groups' | 'merge'>): boolean {
  return groups.length === 0 && merge === 'each'
}

/** The chart of a step as it is drawn; the same object for the same chart and step. */
export function drawnAs(chart: Chart, step: Pick<Step, 'groups' | 'merge'>): Shaped {
  const known = drawings.get(chart)
  if (known !== undefined && known.groups === step.groups && known.merge === step.merge) return known.shaped
  const made = shaped(chart, step.groups, step.merge)
  drawings.set(chart, { groups: step.groups, merge: step.merge, shaped: made })
  return made
}

const drawings = new WeakMap<Chart, Pick<Step, 'groups' | 'merge'> & { readonly shaped: Shaped }>()

/** What a moving window leaves, counted once for each place of it; null when none moves. */
export function movingCount({ steps, times, moving }: Pick<ExplorerState, 'steps' | 'times' | 'moving'> = getState()): WindowCount | null {
  if (steps === null || moving === null) return null
  const { chart, filters } = currentStep(steps)
  const whole = wholeOf(chart, filters)
  if (counter === null || counter.whole !== whole || counter.filters !== filters || counter.times !== times) counter = { whole, filters, times, count: windowCounter(whole, filters, times), last: null }
  if (counter.last?.moving !== moving) counter.last = { moving, counted: counter.count(moving) }
  return counter.last.counted
}

let counter: { readonly whole: Chart; readonly filters: Filters; readonly times: LinkTimes | null; readonly count: ReturnType<typeof windowCounter>; last: { readonly moving: Window; readonly counted: WindowCount } | null } | null = null
