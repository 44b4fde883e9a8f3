/** Filters and the time window: what stays, what goes, what is counted, and that a window counts only what lies in it. */
import { describe, expect, it } from 'vitest'
import { decodeColumns, encodeColumns } from '@ringmap/model/columns'
import type { LinkTimesHead } from '@ringmap/model/wire'
import { isFiltered, NO_FILTERS, toggled, visibleOf } from '../src/chart/filters.ts'
import { barSpan, histogram, insideWindow, linkTimesFrom, spanOfLinks } from '../src/chart/link-times.ts'
import { openSteps, pushStep, shownLine, undoStep, currentStep } from '../src/chart/steps.ts'
import { tabbed } from '../src/words/cells.ts'
import { associations } from '../src/chart/associations.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const chart = chartOf([entity('a', { focus: true }), entity('b'), entity('c'), entity('d')], [link('ab', 'a', 'b'), link('bc', 'b', 'c'), link('cd', 'c', 'd')])
const times = linkTimesFrom(decodeColumns<LinkTimesHead>(encodeColumns<LinkTimesHead>({
  head: { links: ['ab', 'bc', 'cd'], left_out: 0 },
  columns: {
    offsets: Uint32Array.of(0, 3, 4, 4), undated: Uint32Array.of(0, 0, 2),
    at_ms: Float64Array.of(10, 20, 30, 90), count: Uint32Array.of(1, 5, 2, 1), amount: Float64Array.of(100, 250, NaN, NaN),
  },
}).buffer))

describe('the time window', () => {
  it('keeps links with an observation inside, with the count and sum of the window; what has no time stays', () => {
    const { chart: left, links_hidden } = visibleOf(chart, { ...NO_FILTERS, window: { from_ms: 15, until_ms: 40 } }, times)
    expect(left.links.map(({ id, count, amount }) => [id, count, amount])).toEqual([['ab', 7, '250'], ['cd', link('cd', 'c', 'd').count, null]])
    expect(links_hidden).toBe(1)
  })

  it('between two observations there is nothing, though the span reaches over it', () => {
    expect(insideWindow(times, 'ab', { from_ms: 11, until_ms: 19 })).toEqual({ dated: true, count: 0, amount: null })
    expect(visibleOf(chart, { ...NO_FILTERS, window: { from_ms: 11, until_ms: 19 } }, times).chart.links.map(({ id }) => id)).toEqual(['cd'])
  })

  it('has its span and histogram from the same moments', () => {
    const ids = ['ab', 'bc', 'cd']
    expect(spanOfLinks(times, ids)).toEqual({ from_ms: 10, until_ms: 90 })
    expect([...histogram(times, ids, { from_ms: 10, until_ms: 90 }, 4)]).toEqual([2, 1, 0, 1])
    expect(spanOfLinks(times, ['cd'])).toBeNull()
  })
})

it('the bar begins where the case does, not where one old record stands; what is before it is counted', () => {
  const at_ms = Float64Array.from([0, ...Array.from({ length: 60 }, (_, i) => 1_000_000 + i * 100)])
  const old = { place: new Map([['l', 0]]), offsets: Uint32Array.of(0, at_ms.length), undated: Uint32Array.of(0), at_ms, count: new Uint32Array(at_ms.length).fill(1), amount: new Float64Array(at_ms.length).fill(NaN) }
  const bar = barSpan(old, ['l'])
  expect(bar?.earlier).toBeGreaterThan(0)
  expect(bar?.from_ms).toBeGreaterThanOrEqual(1_000_000)
  expect(histogram(old, ['l'], bar!, 10).reduce((sum, n) => sum + n, 0) + bar!.earlier).toBe(at_ms.length)
  expect(barSpan(times, ['ab', 'bc'])).toEqual({ from_ms: 10, until_ms: 90, earlier: 0 })
})

describe('filters', () => {
  it('an entity that loses its last link goes, the subject of the chart stays', () => {
    const { chart: left, entities_hidden, by } = visibleOf(chart, { ...NO_FILTERS, hidden: ['b'] }, null)
    expect(left.entities.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    expect(left.links.map(({ id }) => id)).toEqual(['cd'])
    expect(entities_hidden).toBe(1)
    expect(by).toEqual(['what was put out of sight'])
    expect(isFiltered(NO_FILTERS)).toBe(false)
    expect(toggled(toggled([1, 2], 3), 1)).toEqual([2, 3])
  })

  it('are steps that can be undone; windows that follow each other are one step; the line says what is hidden', () => {
    const opened = openSteps('x', chart, 1)
    const first = pushStep(opened, { name: 'Time: a', filters: { ...NO_FILTERS, window: { from_ms: 1, until_ms: 2 } }, sort: 'window' }, 2)
    const second = pushStep(first, { name: 'Time: b', filters: { ...NO_FILTERS, window: { from_ms: 15, until_ms: 40 } }, sort: 'window' }, 3)
    expect(second.steps.map(({ name }) => name)).toEqual([opened.steps[0]?.name, 'Time: b'])
    expect(currentStep(undoStep(second)).filters).toBe(NO_FILTERS)
    expect(shownLine(second, visibleOf(chart, currentStep(second).filters, times))).toMatch(/^Shown 4 of 4 entities, 2 of 3 links; 0 entities and 1 links hidden by the time window\./)
  })
})

it('copied cells cannot run as formulas, numbers stay numbers', () => {
  expect(tabbed([['=HYPERLINK("x")', '-12.5', '+917889043803', '@a', 'two\tcells\nhere']])).toBe('\'=HYPERLINK("x")\t-12.5\t+917889043803\t\'@a\ttwo cells here')
})

it('the matrix counts links and shared things', () => {
  const { people, cell } = associations(chartOf([entity('p'), entity('q'), entity('t', { kind: 'Phone' })], [link('pq', 'p', 'q'), link('pt', 'p', 't'), link('qt', 'q', 't')]), 10)
  expect(people).toHaveLength(2)
  expect(cell('p', 'q')).toEqual({ direct: 1, things: 1 })
})
