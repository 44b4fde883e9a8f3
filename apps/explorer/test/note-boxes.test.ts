/** Notes as boxes: lines that fit, letters that are never torn, and notes that go out of sight with what they are about. */
import { describe, expect, it } from 'vitest'
import type { ChartNote } from '@ringmap/model/chart'
import { noteBoxes } from '../src/chart/note-boxes.ts'
import { movedPlace } from '../src/note-actions.ts'
import { middleOf, type StageView } from '../src/chart/stage-view.ts'
import { wrapped } from '../src/chart/wrapped.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

/** Ten pixels a letter, as a typewriter has it. */
const measure = (text: string): number => [...new Intl.Segmenter().segment(text)].length * 10
const PLACES: Readonly<Record<string, { x: number; y: number; radius: number }>> = { a: { x: 100, y: 100, radius: 10 }, b: { x: 300, y: 100, radius: 10 }, 'group 1': { x: 50, y: 60, radius: 12 } }
const view: StageView = {
  width: 640, height: 480, place: (id) => PLACES[id] ?? null, bend: (id) => id === 'bent' ? 20 : 0,
  toScreen: ({ x, y }) => ({ x: x * 2, y: -y * 2 }), toChart: ({ x, y }) => ({ x: x / 2, y: -y / 2 }),
}

describe('lines', () => {
  it('break at spaces and at new lines, and never inside what a reader takes for one letter', () => {
    expect(wrapped('seen at the bus stand', 100, measure)).toEqual(['seen at', 'the bus', 'stand'])
    expect(wrapped('one\ntwo', 100, measure)).toEqual(['one', 'two'])
    const hindi = 'कश्मीरियों'.repeat(4)
    const lines = wrapped(hindi, 60, measure)
    expect(lines.join('')).toBe(hindi)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line).not.toMatch(/^\p{M}/u)
  })
})

describe('boxes', () => {
  const chart = chartOf([entity('a'), entity('b')], [link('ab', 'a', 'b'), link('az', 'a', 'z')])
  const note = (id: string, place: ChartNote['place']): ChartNote => ({ id, text: 'ask the conductor', place })

  it('stand by what they are tied to, on the canvas where they were put, and out of sight with what is hidden', () => {
    const boxes = noteBoxes([note('1', { on: 'entity', id: 'a', right: 20, down: 30 }), note('2', { on: 'link', id: 'ab', right: 0, down: 10 }), note('3', { on: 'canvas', x: 10, y: -20 }), note('4', { on: 'entity', id: 'z', right: 0, down: 0 }), note('5', { on: 'link', id: 'az', right: 0, down: 0 })], chart, view, [], measure)
    expect(boxes.map(({ note: { id }, left, top, anchor }) => [id, left, top, anchor])).toEqual([['1', 120, 130, { x: 100, y: 100 }], ['2', 200, 110, { x: 200, y: 100 }], ['3', 20, 40, null]])
    for (const { width, lines } of boxes) expect(width).toBeGreaterThanOrEqual(Math.max(...lines.map((line) => line.length * 10)))
  })

  it('a note about a member stands at its group', () => {
    const [box] = noteBoxes([note('1', { on: 'entity', id: 'z', right: 5, down: 5 })], chart, view, [{ id: 'group 1', label: 'Group 1', members: ['z', 'y'] }], measure)
    expect(box).toMatchObject({ left: 55, top: 65 })
  })

  it('move by pixels, whether tied or free', () => {
    expect(movedPlace({ on: 'entity', id: 'a', right: 20, down: 30 }, { x: -5, y: 7 }, view)).toEqual({ on: 'entity', id: 'a', right: 15, down: 37 })
    expect(movedPlace({ on: 'canvas', x: 10, y: -20 }, { x: 4, y: 6 }, view)).toEqual({ on: 'canvas', x: 12, y: -23 })
  })
})

describe('the middle of a link', () => {
  it('lies on it as it is bent, and nowhere while an end is out of sight', () => {
    expect(middleOf(link('ab', 'a', 'b'), view)).toEqual({ x: 200, y: 100 })
    expect(middleOf(link('bent', 'a', 'b'), view)?.y).toBeLessThan(90)
    expect(middleOf(link('az', 'a', 'z'), view)).toBe(null)
  })
})
