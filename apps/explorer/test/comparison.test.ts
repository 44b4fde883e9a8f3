/** Two charts compared: what came, what is gone, what says something else, and what the case no longer holds. */
import { describe, expect, it } from 'vitest'
import type { SavedChart } from '@ringmap/model/saved-chart'
import { compareCharts, sumsOf, type Side } from '../src/chart/comparison.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const unnamed = (id: string): string => `${id}?`

function saved(side: { readonly entities: SavedChart['entities']; readonly links: SavedChart['links'] }): SavedChart {
  return { version: 1, name: 'March', revision: 1, subject: 'ring-1', title: 'Ring 1', snapshot: true, notes: [], filters: {}, groups: [], merge: 'each', log: [], ...side }
}

function kept(id: string, over: Partial<SavedChart['entities'][number]> = {}): SavedChart['entities'][number] {
  return { id, x: 1, y: 2, pinned: false, focus: false, kind: 'Person', rank: null, ...over }
}

describe('two charts', () => {
  const now: Side = { name: 'now', saved: null, chart: chartOf([entity('a', { rank: 1 }), entity('b'), entity('c')], [link('ab', 'a', 'b', { count: 5, amount: '9000', currency: 'INR' }), link('bc', 'b', 'c')]) }
  // What the case says of the old chart today; what it said then stands beside it.
  const was: Side = {
    name: 'March', chart: chartOf([entity('a', { rank: 1 }), entity('b')], [link('ab', 'a', 'b', { count: 5, amount: '9000', currency: 'INR' })]),
    saved: saved({ entities: [kept('a', { rank: 4 }), kept('b'), kept('z', { kind: 'Phone' })], links: [{ ...link('ab', 'a', 'b', { count: 3, amount: '4000', currency: 'INR', strength: 'tentative' }) }, { ...link('az', 'a', 'z') }] }),
  }
  const { chart, comparison, gone } = compareCharts(was, now, unnamed)

  it('holds both, and marks each difference with what it was and what it is', () => {
    expect(chart.entities.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'z'])
    expect(chart.links.map(({ id }) => id)).toEqual(['ab', 'bc', 'az'])
    expect([...comparison.marks.values()].map(({ id, mark }) => `${id} ${mark}`).sort()).toEqual(['a changed', 'ab changed', 'az gone', 'bc added', 'c added', 'z gone'])
    expect(comparison.marks.get('a')?.differences).toEqual([{ field: 'rank', before: 4, after: 1 }])
    expect(comparison.marks.get('ab')?.differences).toEqual([
      { field: 'count', before: 3, after: 5 }, { field: 'amount', before: '4000 INR', after: '9000 INR' }, { field: 'strength', before: 'tentative', after: 'unconfirmed' },
    ])
    expect(sumsOf(comparison)).toEqual({ added: 2, gone: 2, changed: 2, same: 1 })
  })

  it('names what the case no longer holds by its id, where it stood, and says that it is lost', () => {
    expect(gone).toEqual(['z'])
    expect(chart.entities.find(({ id }) => id === 'z')).toMatchObject({ kind: 'Phone', label: 'z?', x: 1, y: 2, masked: false })
    expect(chart.links.find(({ id }) => id === 'az')).toMatchObject({ source: 'a', target: 'z', count: 1 })
    expect([...comparison.lost].sort()).toEqual(['az', 'z'])
  })

  it('turned round, what came is what is gone', () => {
    const turned = compareCharts(now, was, unnamed).comparison
    const flip = { added: 'gone', gone: 'added', changed: 'changed' } as const
    expect(turned.marks.size).toBe(comparison.marks.size)
    for (const { id, mark, differences } of comparison.marks.values()) {
      expect(turned.marks.get(id)?.mark).toBe(flip[mark])
      expect(turned.marks.get(id)?.differences).toEqual(differences.map(({ field, before, after }) => ({ field, before: after, after: before })))
    }
  })

  it('finds nothing between a chart and itself, and no ranks where they were not kept', () => {
    expect(compareCharts(now, now, unnamed).comparison).toMatchObject({ marks: new Map(), same: { entities: 3, links: 2 }, lost: new Set() })
    const old: Side = { ...now, name: 'old', saved: saved({ entities: ['a', 'b', 'c'].map((id) => kept(id, { kind: null })), links: null }) }
    expect(compareCharts(old, now, unnamed).comparison.marks.size).toBe(0)
  })
})
