/** Layouts: a place of its own for every entity, inside the view, the same for any order; pinned ones stay in every one. */
import { describe, expect, it } from 'vitest'
import { LAYOUTS, laidOut } from '../src/chart/layouts.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const view = { width: 600, height: 420 }
const entities = Array.from({ length: 24 }, (_, i) => entity(`n${i}`, { focus: i === 3, kind: i % 3 === 0 ? 'Phone' : 'Person', x: i, y: -i }))
const links = Array.from({ length: 23 }, (_, i) => ({ ...link(`l${i}`, `n${i}`, `n${Math.floor(i / 2) + 1}`), first_ms: i * 1000 })).filter(({ source, target }) => source !== target)
const chart = chartOf(entities, links)
const places = (of: typeof chart): Record<string, string> => Object.fromEntries(of.entities.map(({ id, x, y }) => [id, `${x.toFixed(6)} ${y.toFixed(6)}`]))

describe.each(LAYOUTS)('%s', (name) => {
  it('gives every entity a place of its own inside the view', () => {
    const laid = laidOut(chart, name, { view, pinned: [], seed: 1 })
    expect(new Set(Object.values(places(laid))).size).toBe(24)
    for (const { x, y } of laid.entities) expect([Math.abs(x) <= 300.001, Math.abs(y) <= 210.001]).toEqual([true, true])
  })

  it('is the same for any order, and leaves pinned entities where they are', () => {
    const turned = chartOf(entities.toReversed(), links.toReversed())
    expect(places(laidOut(turned, name, { view, pinned: [], seed: 1 }))).toEqual(places(laidOut(chart, name, { view, pinned: [], seed: 1 })))
    expect(laidOut(chart, name, { view, pinned: ['n5'], seed: 1 }).entities[5]).toMatchObject({ x: 5, y: -5 })
    expect(laidOut(chartOf([], []), name, { view, pinned: [], seed: 1 }).entities).toEqual([])
  })
})

it('hierarchy puts the subject into the first row and its neighbours into the next', () => {
  const laid = laidOut(chart, 'hierarchy', { view, pinned: [], seed: 1 })
  const at = (id: string): number => laid.entities.find((one) => one.id === id)?.y ?? NaN
  const near = links.filter(({ source, target }) => source === 'n3' || target === 'n3').map(({ source, target }) => source === 'n3' ? target : source)
  for (const id of near) expect(at(id)).toBeLessThan(at('n3'))
  expect(Math.max(...laid.entities.map(({ y }) => y))).toBe(at('n3'))
})

it('the theme line keeps its order in time and parts those of one row, however many there are', () => {
  for (const many of [12, 25, 60, 200]) {
    const crowd = chartOf(Array.from({ length: many }, (_, i) => entity(`n${i}`)), Array.from({ length: many - 1 }, (_, i) => ({ ...link(`l${i}`, `n${i}`, `n${i + 1}`), first_ms: (i % 7) * 86_400_000 })))
    const { entities: laid } = laidOut(crowd, 'theme', { view, pinned: [], seed: 1 })
    for (const [i, a] of laid.entries()) {
      expect([Math.abs(a.x) <= 300.001, Math.abs(a.y) <= 210.001]).toEqual([true, true])
      for (const b of laid.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(7)
    }
  }
})

it('the theme line lays no symbol on that of the next in time', () => {
  const rows = chartOf(Array.from({ length: 31 }, (_, i) => entity(`n${String(i).padStart(2, '0')}`)), Array.from({ length: 30 }, (_, i) => ({ ...link(`l${i}`, `n${String(i).padStart(2, '0')}`, `n${String(i + 1).padStart(2, '0')}`), first_ms: i * 3_600_000 })))
  const { entities: laid } = laidOut(rows, 'theme', { view: { width: 600, height: 420 }, pinned: [], seed: 1 })
  for (const [i, a] of laid.entries()) if (i > 0) expect(Math.hypot(a.x - (laid[i - 1]?.x ?? 0), a.y - (laid[i - 1]?.y ?? 0))).toBeGreaterThan(25)
})
