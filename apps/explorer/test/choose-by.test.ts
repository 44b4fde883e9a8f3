/** Choosing by what things are. */
import { expect, it } from 'vitest'
import { ANY, chosenBy } from '../src/chart/choose-by.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const chart = chartOf(
  [entity('a', { rank: 2, label: 'Tarvesh Koldun' }), entity('b', { label: 'بلال' }), entity('p', { kind: 'Phone', label: '+919419000001' }), entity('q', { kind: 'Phone', label: '+919419000002' })],
  [link('ap', 'a', 'p', { criminal: true }), link('bp', 'b', 'p'), link('pq', 'p', 'q'), link('aa', 'a', 'a')],
)

it('takes those who fulfil all that is asked, each thing asked for itself too', () => {
  expect(chosenBy(chart, ANY)).toEqual(['a', 'b', 'p', 'q'])
  expect(chosenBy(chart, { ...ANY, kind: 'Phone' })).toEqual(['p', 'q'])
  expect(chosenBy(chart, { ...ANY, words: ' koldun ' })).toEqual(['a'])
  expect(chosenBy(chart, { ...ANY, words: 'بلال' })).toEqual(['b'])
  expect(chosenBy(chart, { ...ANY, criminal: true })).toEqual(['a', 'p'])
  expect(chosenBy(chart, { ...ANY, ranked: true })).toEqual(['a'])
  // A link to itself counts once.
  expect(chosenBy(chart, { ...ANY, least: 2 })).toEqual(['a', 'p'])
  expect(chosenBy(chart, { ...ANY, least: 3, kind: 'Phone' })).toEqual(['p'])
  expect(chosenBy(chart, { ...ANY, kind: 'Phone', ranked: true })).toEqual([])
})
