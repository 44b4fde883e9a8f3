/** The chart as steps: growing, undoing, doing again, and the line that says what is shown. */
import { describe, expect, it } from 'vitest'
import { fitted } from '../src/chart/arrange.ts'
import { arranged } from '../src/chart/layouts.ts'
import { visibleOf } from '../src/chart/filters.ts'
import { currentChart, currentStep, expansionsOf, growChart, newcomersOf, openSteps, pushStep, redoStep, shownLine, undoStep } from '../src/chart/steps.ts'
import { placesFor } from '../src/chart/layout-places.ts'
import { movedChart } from '../src/chart/moved-chart.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const chart = chartOf([entity('a', { x: 1, y: 2 }), entity('b')], [link('ab', 'a', 'b')])
const answer = { chart: chartOf([entity('b', { x: 99 }), entity('c', { focus: true })], [link('ab', 'a', 'b'), link('bc', 'b', 'c'), link('cz', 'c', 'z')]), around: 'b', of: 12 }

function grownBy(brought: typeof answer): ReturnType<typeof growChart> {
  const newcomers = newcomersOf(chart, brought)
  return growChart(newcomers, brought, 'B', placesFor({ type: 'seat', chart: newcomers.whole, fixed: newcomers.fixed }))
}

describe('growing', () => {
  it('adds what is new, moves nothing, draws nothing twice and no line into the void', () => {
    const { chart: larger, grown } = grownBy(answer)
    expect(larger.entities.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(larger.entities[1]?.x).toBe(0)
    expect(larger.entities[2]?.focus).toBe(false)
    expect(larger.links.map(({ id }) => id)).toEqual(['ab', 'bc'])
    const [a, b, c] = larger.entities
    expect([a, b]).toEqual(chart.entities)
    expect(Math.hypot((c?.x ?? 0) - (b?.x ?? 0), (c?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(20)
    expect(grown).toEqual({ around: 'b', label: 'B', entities: ['c'], links: ['bc'], of: 12 })
  })
})

describe('steps', () => {
  const { chart: larger, grown } = grownBy(answer)
  const opened = openSteps('ring-1', chart)
  const expanded = pushStep(opened, { name: 'Expand B: all kinds', chart: larger, grown })

  it('undo and redo come back to the same charts', () => {
    expect(currentChart(undoStep(expanded))).toBe(chart)
    expect(currentChart(redoStep(undoStep(expanded)))).toBe(larger)
    expect(undoStep(opened)).toBe(opened)
    expect(redoStep(expanded)).toBe(expanded)
  })

  it('a new step after an undo lets the undone one go', () => {
    const moved = pushStep(undoStep(expanded), { name: 'Move A', chart: movedChart(chart, new Map([['a', { x: 7, y: 8 }]])), grown: null })
    expect(moved.steps.map(({ name }) => name)).toEqual(['Open Ring 1', 'Move A'])
    expect(currentStep(moved).chart.entities[0]).toMatchObject({ x: 7, y: 8 })
  })

  it('say what is shown, why, and what expansions brought', () => {
    expect(shownLine(opened, visibleOf(currentChart(opened), currentStep(opened).filters, null))).toBe('Shown 2 of 7 entities, 1 of 10 links: single links left out')
    expect(shownLine(expanded, visibleOf(currentChart(expanded), currentStep(expanded).filters, null))).toBe('Shown 3 entities, 2 links. First chart 2 of 7 entities, 1 of 10 links: single links left out. Added 1 of 12 neighbours of B')
    expect(expansionsOf(undoStep(expanded))).toEqual([])
  })
})

describe('laying out again', () => {
  const ring = chartOf(Array.from({ length: 30 }, (_, i) => entity(`n${i}`)), Array.from({ length: 30 }, (_, i) => link(`l${i}`, `n${i}`, `n${(i + 1) % 30}`)))

  const view = { width: 480, height: 420 }

  it('gives every entity a place of its own inside the view, the same each time', () => {
    const places = arranged(ring, 1, view).entities
    expect(places).toHaveLength(30)
    expect(arranged(ring, 1, view).entities).toEqual(places)
    for (const [i, a] of places.entries()) {
      expect(Math.abs(a.x)).toBeLessThanOrEqual(240)
      expect(Math.abs(a.y)).toBeLessThanOrEqual(210)
      for (const b of places.slice(i + 1)) expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(26)
    }
  })

  it('parts a crowd that stands on one spot', () => {
    const crowd = chartOf(Array.from({ length: 80 }, (_, i) => entity(`n${i}`, { x: i % 3, y: i % 2 })), [])
    const places = fitted(crowd, view).entities
    const close = places.flatMap((a, i) => places.slice(i + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < 20))
    expect(close).toHaveLength(0)
  })

  it('takes charts of nothing and of one', () => {
    expect(arranged(chartOf([], []), 1, view).entities).toEqual([])
    expect(arranged(chartOf([entity('a')], []), 1, view).entities).toMatchObject([{ x: 0, y: 0 }])
  })
})
