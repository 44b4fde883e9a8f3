import { expect, test } from 'vitest'
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { chartGraph } from '../src/chart-graph.ts'

const entity = (id: string): ChartEntity => ({ id, kind: 'Person', label: `Person ${id}`, roles: ['suspect'], masked: false, x: 1, y: 2, focus: id === 'a', rank: null, ring: 'ring-1' })
const link = (id: string, source: string, target: string, directed: boolean): ChartLink => ({
  id, kind: directed ? 'called' : 'met', label: directed ? 'called' : 'met', source, target, directed, count: 3, first_ms: 0, last_ms: 5, amount: null, currency: null,
  strength: 'unconfirmed', criminal: false,
})
const CHART: Chart = {
  title: 'Ring 1', subtitle: 'demo', entities: [entity('b'), entity('a')],
  links: [link('l2', 'a', 'b', true), link('l1', 'b', 'a', false), link('l3', 'b', 'a', true)],
  shown: { entities: 2, entities_of: 2, links: 3, links_of: 3, why: 'all' },
}

test('every entity and link with its fields, direction kept, in the order of ids', () => {
  const graph = chartGraph(CHART)
  expect(graph.nodes()).toEqual(['a', 'b'])
  expect(graph.edges()).toEqual(['l1', 'l2', 'l3'])
  expect(graph.directedSize).toBe(2)
  expect(graph.undirectedSize).toBe(1)
  expect(graph.source('l2')).toBe('a')
  expect(graph.getNodeAttributes('a')).toEqual({ kind: 'Person', label: 'Person a', roles: ['suspect'], masked: false, x: 1, y: 2, focus: true, rank: null, ring: 'ring-1' })
  expect(graph.getEdgeAttribute('l2', 'count')).toBe(3)
  expect(graph.getAttribute('title')).toBe('Ring 1')
})

test('does not depend on the order of the chart', () => {
  const turned = { ...CHART, entities: CHART.entities.toReversed(), links: CHART.links.toReversed() }
  expect(chartGraph(turned).export()).toEqual(chartGraph(CHART).export())
})

test('a link to something that is not on the chart is a bug', () => {
  expect(() => chartGraph({ ...CHART, entities: [entity('a')] })).toThrow(/on the chart/)
})
