/** Links drawn as one and groups: nothing lost, nothing counted twice, the weakest grade visible, for any chart. */
import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { STRENGTHS } from '@ringmap/model/grade'
import { MERGES, newGroup, placesUnder, seatsAbout, shaped } from '../src/chart/shape.ts'
import { expansionsOf, openSteps, pushStep } from '../src/chart/steps.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const rows = fc.array(fc.record({
  source: fc.integer({ min: 0, max: 5 }), target: fc.integer({ min: 0, max: 5 }), kind: fc.constantFrom('called', 'paid', 'met'), count: fc.integer({ min: 1, max: 9 }),
  amount: fc.option(fc.bigInt({ min: 1n, max: 10n ** 20n })), strength: fc.constantFrom(...STRENGTHS), criminal: fc.boolean(),
}), { maxLength: 30 })

describe.each(MERGES)('%s', (merge) => {
  it('stands for every link once, with the sum of counts and amounts and the weakest grade', () => {
    fc.assert(fc.property(rows, fc.subarray([0, 1, 2, 3, 4, 5]), (given, grouped) => {
      const links = given.map(({ source, target, amount, ...rest }, i) => link(`l${i}`, `n${source}`, `n${target}`, {
        ...rest, kind: rest.kind as 'called', directed: rest.kind !== 'met', amount: amount === null ? null : String(amount), currency: amount === null ? null : 'INR',
      }))
      const chart = chartOf(Array.from({ length: 6 }, (_, i) => entity(`n${i}`)), links)
      const members = grouped.map((i) => `n${i}`)
      const groups = members.length > 1 ? [{ id: 'group 1', label: 'Group 1', members }] : []
      const { chart: drawn, under } = shaped(chart, groups, merge)
      const inside = (id: string): boolean => groups.length > 0 && members.includes(id)
      const outside = links.filter(({ source, target }) => !(inside(source) && inside(target)))
      const stoodFor = drawn.links.flatMap(({ id }) => under.get(id) ?? [id])
      expect(stoodFor.toSorted()).toEqual(outside.map(({ id }) => id).toSorted())
      expect(drawn.links.reduce((sum, { count }) => sum + count, 0)).toBe(outside.reduce((sum, { count }) => sum + count, 0))
      const total = (list: typeof links): bigint => list.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n)
      expect(total([...drawn.links])).toBe(total(outside))
      const byId = new Map(links.map((one) => [one.id, one]))
      for (const line of drawn.links) {
        const parts = (under.get(line.id) ?? [line.id]).map((id) => byId.get(id)!)
        expect(STRENGTHS.indexOf(line.strength)).toBe(Math.max(...parts.map(({ strength }) => STRENGTHS.indexOf(strength))))
        expect(line.criminal).toBe(parts.some(({ criminal }) => criminal))
      }
      expect(drawn.entities.flatMap(({ id }) => under.get(id) ?? [id]).toSorted()).toEqual(chart.entities.map(({ id }) => id).toSorted())
    }))
  })
})

it('sums of different currencies are no sum; the chart itself is the same object when nothing is drawn otherwise', () => {
  const chart = chartOf([entity('a'), entity('b')], [link('1', 'a', 'b', { kind: 'paid', amount: '5', currency: 'INR' }), link('2', 'a', 'b', { kind: 'paid', amount: '7', currency: 'USD' })])
  expect(shaped(chart, [], 'pair').chart.links).toMatchObject([{ amount: null, currency: null, count: 2 }])
  expect(shaped(chart, [], 'each').chart).toBe(chart)
})

it('an expansion that was taken back is no longer told, and comes back with undo', () => {
  const chart = chartOf([entity('a')], [])
  const grown = { around: 'a', label: 'A', entities: ['b'], links: [], of: 3 }
  const opened = pushStep(openSteps('a', chart, 1), { name: 'Expand', grown }, 2)
  const back = pushStep(opened, { name: 'Collapse', shed: grown }, 3)
  expect([expansionsOf(opened), expansionsOf(back), expansionsOf({ ...back, at: 1 })]).toEqual([[grown], [], [grown]])
})

it('members of a group that was laid out go where it went, as they stood to each other; pinned ones and others stay', () => {
  const chart = chartOf([entity('a', { x: 0, y: 0 }), entity('b', { x: 10, y: 0 }), entity('c', { x: 50, y: 50 }), entity('d', { x: 20, y: 0 })], [link('ab', 'a', 'b'), link('bc', 'b', 'c')])
  const drawn = shaped(chart, [{ id: 'group 1', label: 'Group 1', members: ['a', 'b', 'd'] }], 'each')
  const laid = new Map([['group 1', { x: 110, y: 100 }], ['c', { x: 1, y: 2 }]])
  expect(Object.fromEntries(placesUnder(chart, drawn, laid, new Set(['d'])))).toEqual({ a: { x: 100, y: 100 }, b: { x: 110, y: 100 }, c: { x: 1, y: 2 } })
})

it('a group that comes as one has a number of its own, and its members stand apart about its place', () => {
  const group = newGroup([{ id: 'group 4', label: '', members: [] }], Array.from({ length: 300 }, (_, i) => `m${i}`), 'phones')
  expect(group.id).toBe('group 5')
  const seats = [...seatsAbout(group, new Map([['group 5', { x: 70, y: -30 }]])).values()]
  expect([seats.length, seats[0]]).toEqual([300, { x: 70, y: -30 }])
  for (const [i, a] of seats.entries()) for (const b of seats.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(28)
})
