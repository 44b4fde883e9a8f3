/** The chart as steps: growing, undoing, doing again, and the line that says what is shown. */
import { describe, expect, it } from 'vitest'
import { arrange } from '../src/chart/arrange.ts'
import { currentChart, currentStep, expansionsOf, growChart, movedChart, openSteps, pushStep, redoStep, shownLine, undoStep } from '../src/chart/steps.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const chart = chartOf([entity('a', { x: 1, y: 2 }), entity('b')], [link('ab', 'a', 'b')])
const answer = { chart: chartOf([entity('b', { x: 99 }), entity('c', { focus: true })], [link('ab', 'a', 'b'), link('bc', 'b', 'c'), link('cz', 'c', 'z')]), around: 'b', of: 12 }

describe('growing', () => {
  it('adds what is new, moves nothing, draws nothing twice and no line into the void', () => {
    const { chart: larger, grown } = growChart(chart, answer, 'B')
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
  const { chart: larger, grown } = growChart(chart, answer, 'B')
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
    expect(shownLine(opened)).toBe('Shown 2 of 7 entities, 1 of 10 links: single links left out')
    expect(shownLine(expanded)).toBe('Shown 3 entities, 2 links. First chart 2 of 7 entities, 1 of 10 links: single links left out. Added 1 of 12 neighbours of B')
    expect(expansionsOf(undoStep(expanded))).toEqual([])
  })
})

describe('laying out again', () => {
  const ring = chartOf(Array.from({ length: 30 }, (_, i) => entity(`n${i}`)), Array.from({ length: 30 }, (_, i) => link(`l${i}`, `n${i}`, `n${(i + 1) % 30}`)))

  it('gives every entity a place of its own, the same each time', () => {
    const places = arrange(ring, 1)
    expect(places.size).toBe(30)
    expect(arrange(ring, 1)).toEqual(places)
    const all = [...places.values()]
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20)
  })

  it('takes charts of nothing and of one', () => {
    expect(arrange(chartOf([], []), 1).size).toBe(0)
    expect(arrange(chartOf([entity('a')], []), 1).size).toBe(1)
  })
})
