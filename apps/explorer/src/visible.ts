/** What is on the screen of the chart in the state: filters of the step, or the window that is being moved. */
import { useMemo } from 'react'
import { visibleOf, type Visible } from './chart/filters.ts'
import { currentChart, currentStep } from './chart/steps.ts'
import { getState, useExplorer, type ExplorerState } from './state.ts'

export function visibleNow({ steps, times, moving }: Pick<ExplorerState, 'steps' | 'times' | 'moving'> = getState()): Visible | null {
  if (steps === null) return null
  const { filters } = currentStep(steps)
  return visibleOf(currentChart(steps), moving === null ? filters : { ...filters, window: moving }, times)
}

export function useVisible(): Visible | null {
  const steps = useExplorer((state) => state.steps)
  const times = useExplorer((state) => state.times)
  const moving = useExplorer((state) => state.moving)
  return useMemo(() => visibleNow({ steps, times, moving }), [steps, times, moving])
}
