/** Bends, name places, walking and emphasis: the parts of the chart that need no renderer. */
import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { bendsOf } from '../src/chart/bends.ts'
import { emphasisOf } from '../src/chart/emphasis.ts'
import { entityLook } from '../src/chart/look.ts'
import { coreOf, placeNames, placesAround, placesAside, type Box, type NameRequest } from '../src/chart/name-placing.ts'
import { neighboursShown } from '../src/chart/neighbours-shown.ts'
import { stepFrom } from '../src/chart/walk.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

describe('bends', () => {
  it('counts links from an entity to itself, each further out, in the order that paper has', () => {
    const bends = bendsOf([link('z', 'a', 'a'), link('ab', 'a', 'b'), link('y', 'a', 'a'), link('x', 'b', 'b')])
    expect([bends.get('z'), bends.get('y'), bends.get('x'), bends.get('ab')]).toEqual([0, 1, 0, 0])
  })

  it('leave a lone link straight and set others apart to both sides', () => {
    const bends = bendsOf([link('a-b', 'a', 'b'), link('c-d', 'c', 'd'), link('c-d2', 'c', 'd')])
    expect(bends.get('a-b')).toBe(0)
    expect([bends.get('c-d'), bends.get('c-d2')]).toEqual([-6, 6])
  })

  it('never put two links of a pair in one place, whichever way they run', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), (ways) => {
      const links = ways.map((way, i) => way ? link(`l${i}`, 'a', 'b') : link(`l${i}`, 'b', 'a'))
      const bends = bendsOf(links)
      const sides = links.map(({ id, source }) => (bends.get(id) ?? 0) * (source === 'a' ? 1 : -1))
      expect(new Set(sides.map((side) => side.toFixed(3))).size).toBe(links.length)
      expect(Math.max(...sides.map(Math.abs))).toBeLessThanOrEqual(127 / 2)
    }))
  })
})

describe('names', () => {
  const request = (id: string, x: number, y: number, importance: number, forced = false): NameRequest =>
    ({ id, owner: coreOf(x, y, 10), candidates: placesAround(x, y, 10, 80, 16), importance, forced })

  it('go below where there is room, and elsewhere where there is none', () => {
    const [first, second] = placeNames([request('a', 100, 100, 2), request('b', 120, 118, 1)])
    expect(first).toMatchObject({ id: 'a' })
    expect(second?.id).toBe('b')
  })

  it('give the one place to the more important', () => {
    const crowd = Array.from({ length: 40 }, (_, i) => request(`n${i}`, 100 + i % 7, 100 + i % 5, i))
    expect(placeNames(crowd)[0]?.id).toBe('n39')
  })

  it('stand nearest to what they name, or have a line to it', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 400 }) })
    fc.assert(fc.property(fc.uniqueArray(place, { minLength: 2, maxLength: 30, selector: ({ x, y }) => `${x} ${y}` }), (places) => {
      const requests = places.map(({ x, y }, i) => ({ ...request(`n${i}`, x, y, i), aside: () => placesAside(x, y, 10, 80, 16) }))
      const air = (box: Box, other: Box): number => Math.hypot(Math.max(0, other.left - box.right, box.left - other.right), Math.max(0, other.top - box.bottom, box.top - other.bottom))
      for (const name of placeNames(requests)) {
        const own = requests.find(({ id }) => id === name.id)?.owner as Box
        if (!name.leader) for (const { id, owner } of requests) if (id !== name.id && owner !== null) expect(air(name, owner)).toBeGreaterThanOrEqual(air(name, own))
      }
    }))
  })

  it('find room further out where there is none beside', () => {
    const crowd = Array.from({ length: 9 }, (_, i) => request(`n${i}`, 200 + i % 3 * 22, 200 + Math.floor(i / 3) * 22, 1))
    const beside = placeNames(crowd)
    const all = placeNames(crowd.map((one, i) => ({ ...one, aside: () => placesAside(200 + i % 3 * 22, 200 + Math.floor(i / 3) * 22, 10, 80, 16) })))
    expect(all.length).toBeGreaterThan(beside.length)
    expect(all.some(({ leader }) => leader)).toBe(true)
  })

  it('never cover each other unless forced', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }) })
    fc.assert(fc.property(fc.array(place, { maxLength: 60 }), (places) => {
      const placed = placeNames(places.map(({ x, y }, i) => request(`n${i}`, x, y, i)))
      for (const [i, a] of placed.entries()) {
        for (const b of placed.slice(i + 1)) expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
      }
    }))
  })

  it('show a forced name whatever is there', () => {
    const crowd = Array.from({ length: 30 }, () => 0).map((_, i) => request(`n${i}`, 100, 100, 5))
    expect(placeNames([...crowd, request('picked', 100, 100, 0, true)]).map(({ id }) => id)).toContain('picked')
  })
})

describe('walking', () => {
  const at = { id: 'a', x: 0, y: 0 }
  const others = [{ id: 'right', x: 10, y: 1 }, { id: 'far', x: 90, y: 0 }, { id: 'up', x: 1, y: 10 }]
  it('goes to the nearest in the direction of the key', () => {
    expect(stepFrom(at, others, 'right')).toBe('right')
    expect(stepFrom(at, others, 'up')).toBe('up')
    expect(stepFrom(at, others, 'left')).toBeNull()
  })
})

describe('emphasis', () => {
  const chart = chartOf([entity('a'), entity('b'), entity('c')], [link('ab', 'a', 'b'), link('bc', 'b', 'c')])

  it('keeps the neighbours of what is under the pointer', () => {
    const { entity: of, link: ofLink } = emphasisOf(chart, { picked: null, hovered: { type: 'entity', id: 'a' }, named: null })
    expect([of('a'), of('b'), of('c'), ofLink('ab'), ofLink('bc')]).toEqual(['hovered', 'rest', 'dimmed', 'rest', 'dimmed'])
  })

  it('keeps what a reason names, with the ends of its links', () => {
    const { entity: of, link: ofLink } = emphasisOf(chart, { picked: { type: 'entity', id: 'a' }, hovered: null, named: new Set(['bc']) })
    expect([of('a'), of('b'), of('c'), ofLink('ab'), ofLink('bc')]).toEqual(['picked', 'rest', 'rest', 'dimmed', 'rest'])
  })

  it('leaves all alike when nothing is asked', () => {
    const { entity: of } = emphasisOf(chart, { picked: null, hovered: null, named: null })
    expect(of('c')).toBe('rest')
  })
})

describe('look', () => {
  it('tells protected identities apart without colour: hollow, in every state', () => {
    for (const state of ['rest', 'picked', 'hovered', 'dimmed'] as const) {
      expect(entityLook(entity('v', { masked: true }), 10, state).fill).toBe('#ffffff')
      expect(entityLook(entity('v'), 10, state).fill).not.toBe('#ffffff')
    }
  })
})

describe('neighbours shown', () => {
  it('counts each neighbour once for a link kind, in both directions', () => {
    const chart = chartOf([entity('a'), entity('b', { kind: 'Phone' }), entity('c', { kind: 'Phone' })], [
      link('1', 'a', 'b', { kind: 'called' }), link('2', 'b', 'a', { kind: 'called' }), link('3', 'c', 'a', { kind: 'called' }), link('4', 'a', 'a', { kind: 'called' }),
    ])
    expect([...neighboursShown(chart, 'a')]).toEqual([['called Phone', 2]])
  })
})
