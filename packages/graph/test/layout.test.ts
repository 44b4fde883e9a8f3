import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, seeded, shuffle } from '@ringmap/model/random'
import { linesOverOthers } from '../src/clear-lines.ts'
import { bounds, ROOM, type Place } from '../src/chart-room.ts'
import { crossings } from '../src/force-places.ts'
import { layoutChart } from '../src/layout.ts'

interface Drawing {
  entities: { id: string }[]
  links: { source: string; target: string }[]
}

const anyDrawing: fc.Arbitrary<Drawing> = fc.integer({ min: 0, max: 30 }).chain((count) => fc.record({
  entities: fc.constant(Array.from({ length: count }, (_, i) => ({ id: `n${i}` }))),
  links: count === 0 ? fc.constant([]) : fc.array(fc.record({ source: fc.nat(count - 1).map((i) => `n${i}`), target: fc.nat(count - 1).map((i) => `n${i}`) }), { maxLength: 40 }),
}))

/** A tree of a boss, helpers and their numbers, with some calls across. */
function ring(count: number): Drawing {
  const random = seeded(count)
  const links = Array.from({ length: count - 1 }, (_, i) => ({ source: `n${i + 1}`, target: `n${Math.floor(i / 4)}` }))
  for (let i = 0; i < count / 8; i++) links.push({ source: `n${below(random, count)}`, target: `n${below(random, count)}` })
  return { entities: Array.from({ length: count }, (_, i) => ({ id: `n${i}` })), links }
}

function overlapping(places: readonly Place[]): number {
  let found = 0
  places.forEach((a, i) => {
    for (const b of places.slice(i + 1)) if (Math.abs(a.x - b.x) < ROOM.width - 1e-3 && Math.abs(a.y - b.y) < ROOM.height - 1e-3) found++
  })
  return found
}

test('no two entities overlap, and every place is a number', () => {
  fc.assert(fc.property(anyDrawing, ({ entities, links }) => {
    const places = [...layoutChart(entities, links, { seed: 1 }).values()]
    expect(places).toHaveLength(entities.length)
    expect(places.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
    expect(overlapping(places)).toBe(0)
  }), { numRuns: 60 })
})

test('the order of entities and links and the direction of links change nothing, to the last bit', () => {
  fc.assert(fc.property(anyDrawing, fc.integer(), ({ entities, links }, seed) => {
    const random = seeded(seed)
    const one = layoutChart(entities, links, { seed: 7 })
    const other = layoutChart(shuffle(random, [...entities]), shuffle(random, links.map(({ source, target }) => ({ source: target, target: source }))), { seed: 7 })
    expect(other).toEqual(one)
  }), { numRuns: 40 })
})

test.each([30, 50, 80])('a chart of %i entities is near 16 to 10 has few crossings and no line over a stranger', (count) => {
  const { entities, links } = ring(count)
  const found = layoutChart(entities, links, { seed: 1 })
  const places = entities.map(({ id }) => found.get(id) as Place)
  const box = bounds(places)
  const shape = (box.right - box.left) / (box.top - box.bottom)
  expect(shape).toBeGreaterThan(1.2)
  expect(shape).toBeLessThan(2.1)
  const index = (id: string): number => Number(id.slice(1))
  const ties = links.map(({ source, target }) => [index(source), index(target)] as const)
  expect(crossings(places, ties)).toBeLessThan(count / 4)
  expect(linesOverOthers(places, ties)).toBe(0)
})

test('leaves fan out: no two of ten stand in nearly the same direction', () => {
  const entities = Array.from({ length: 11 }, (_, i) => ({ id: `n${i}` }))
  const found = layoutChart(entities, entities.slice(1).map(({ id }) => ({ source: 'n0', target: id })), { seed: 1 })
  const hub = found.get('n0') as Place
  const turns = entities.slice(1).map(({ id }) => {
    const at = found.get(id) as Place
    return Math.atan2((at.y - hub.y) / ROOM.height, (at.x - hub.x) / ROOM.width)
  }).sort((a, b) => a - b)
  turns.forEach((turn, i) => {
    if (i > 0) expect(turn - turns[i - 1]).toBeGreaterThan(0.25)
  })
})

test('on an expansion what was there keeps its place and newcomers come near to those they are linked to', () => {
  const { entities, links } = ring(40)
  const before = layoutChart(entities, links, { seed: 1 })
  const newcomers = Array.from({ length: 12 }, (_, i) => ({ id: `new${i}` }))
  const more = newcomers.map(({ id }) => ({ source: id, target: 'n3' }))
  const after = layoutChart([...newcomers, ...entities], [...links, ...more], { seed: 1, fixed: before })
  for (const [id, place] of before) expect(after.get(id)).toEqual(place)
  expect(overlapping([...after.values()])).toBe(0)
  const parent = before.get('n3') as Place
  for (const { id } of newcomers) {
    const at = after.get(id) as Place
    expect(Math.hypot((at.x - parent.x) / ROOM.width, (at.y - parent.y) / ROOM.height)).toBeLessThan(9)
  }
})

test('newcomers in a chain or linked to nothing find a place too', () => {
  const fixed = new Map([['a', { x: 0, y: 0 }]])
  const found = layoutChart(['a', 'b', 'c', 'z'].map((id) => ({ id })), [{ source: 'a', target: 'b' }, { source: 'b', target: 'c' }], { seed: 1, fixed })
  expect(found.get('a')).toEqual({ x: 0, y: 0 })
  expect(overlapping([...found.values()])).toBe(0)
})

test('places come out as they did when this was written', () => {
  const found = layoutChart(['a', 'b', 'c', 'd'].map((id) => ({ id })), [{ source: 'a', target: 'b' }, { source: 'b', target: 'c' }, { source: 'c', target: 'a' }], { seed: 1 })
  expect([...found].map(([id, { x, y }]) => `${id} ${x.toFixed(3)} ${y.toFixed(3)}`)).toMatchInlineSnapshot(`
    [
      "a 47.273 0.524",
      "b -74.987 44.876",
      "c 74.987 68.476",
      "d -74.987 -68.476",
    ]
  `)
})
