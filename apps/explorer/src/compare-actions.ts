/** Snapshots of the chart, and two charts compared: each in the case, so that next month's chart can be held against today's. */
import { get, post } from './api.ts'
import { attempt, CLEARED, fetchTimes, savedBody } from './actions.ts'
import { compareCharts, sumsOf, type Side } from './chart/comparison.ts'
import { seatedBeside } from './chart/layout-desk.ts'
import { movedChart } from './chart/moved-chart.ts'
import { currentChart, openSteps, pushStep } from './chart/steps.ts'
import { cut } from './chart/names.ts'
import { getState, setState } from './state.ts'
import { plainLabel } from './words/label.ts'
import { say } from './words/say.ts'
import { ringLabel } from './words/terms.ts'

/** Letters of a chart's title in the name of its snapshots. */
const TITLE = 56

/** Keeps the chart as it is now, under a number, never to be saved over. */
export async function takeSnapshot(): Promise<void> {
  const { steps } = getState()
  if (steps === null) return
  await attempt(say('busy.snapshot'), async () => {
    const title = cut(ringLabel(currentChart(steps).title), TITLE)
    const taken = new Set((await get('GET /api/charts', {})).map(({ name }) => name))
    let number = 1
    while (taken.has(say('snapshot.name', { title, n: number }))) number++
    const { name } = await post('POST /api/saved', { ...savedBody(steps), name: say('snapshot.name', { title, n: number }), revision: 0, snapshot: true })
    const { steps: now } = getState()
    const words = say('snapshot.taken', { name })
    setState({ ...(now === steps ? { steps: pushStep(steps, { name: words }) } : {}), notice: words })
  })
}

/** The chart on the screen; any other name is that of a saved one. */
export const ON_SCREEN = ''

/** Draws two charts as one, with what came, what is gone and what changed. */
export async function compare(before: string, after: string): Promise<void> {
  await attempt(say('busy.compare'), async () => {
    const [old, now] = [await sideOf(before), await sideOf(after)]
    if (old === null || now === null) return
    const { chart, comparison, gone } = compareCharts(old, now, (id) => say('compare.unnamed', { id }))
    const title = say('compare.title', { before: old.name, after: now.name })
    const drawn = gone.length === 0 || placesAgree(old, now) ? chart : movedChart(chart, await seatedBeside(chart, new Map(now.chart.entities.map(({ id, x, y }) => [id, { x, y }]))))
    const steps = openSteps('compare', { ...drawn, title, subtitle: say('compare.subtitle') })
    const [first] = steps.steps
    setState({
      steps: first === undefined ? steps : { ...steps, steps: [{ ...first, comparison, notes: now.saved?.notes ?? [] }] }, ...CLEARED, dock: 'changes',
      said: `${title}. ${say('compare.sums', sumsOf(comparison))}`,
    })
    void fetchTimes()
  })
}

async function sideOf(name: string): Promise<Side | null> {
  if (name !== ON_SCREEN) {
    const { saved, chart } = await get('GET /api/saved', { name })
    return { name: plainLabel(saved.name), chart, saved }
  }
  const { steps } = getState()
  return steps === null ? null : { name: say('compare.on-screen', { title: ringLabel(currentChart(steps).title) }), chart: currentChart(steps), saved: null }
}

/** Whether what both hold stands at the same places, so that what is gone can stand where it stood. */
function placesAgree(before: Side, after: Side): boolean {
  const places = new Map(before.chart.entities.map(({ id, x, y }) => [id, { x, y }]))
  return after.chart.entities.every(({ id, x, y }) => {
    const was = places.get(id)
    return was === undefined || (Math.abs(was.x - x) < 1 && Math.abs(was.y - y) < 1)
  })
}
