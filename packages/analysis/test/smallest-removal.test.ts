import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestRemoval } from '../src/smallest-removal.ts'

/** Every subset of n units, as lists. */
function subsets(n: number): number[][] {
  return Array.from({ length: 2 ** n }, (_, mask) => Array.from({ length: n }, (_unused, unit) => unit).filter((unit) => ((mask >> unit) & 1) === 1))
}

const cases = fc.integer({ min: 1, max: 7 }).chain((n) => fc.record({
  costs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: n, maxLength: n }),
  /** Whether each subset does it, in no order that more is better. */
  table: fc.array(fc.boolean(), { minLength: 2 ** n, maxLength: 2 ** n }),
}))

test('with enough tries it is the cheapest set that does it; without them, a set no part of which does it', () => {
  fc.assert(fc.property(cases, fc.constantFrom(0, 500), ({ costs, table }, tries) => {
    const works = (units: readonly number[]): boolean => units.length > 0 &&  table[units.reduce((mask, unit) => mask | (1 << unit), 0)]
    const cost = (units: readonly number[]): number => units.reduce((sum, unit) => sum + (costs[unit] ?? 0), 0)
    const found = smallestRemoval({ costs, works, progressOf: (units) => units.length, tries })
    const all = costs.map((_, unit) => unit)
    expect(found === null).toBe(!works(all))
    if (found === null) return
    expect(works(found.units)).toBe(true)
    const working = subsets(costs.length).filter(works)
    if (found.proof === 'smallest') expect(cost(found.units)).toBe(Math.min(...working.map(cost)))
    expect(found.proof).toBe(tries === 0 ? 'irreducible' : 'smallest')
    const parts = working.filter((units) => units.length < found.units.length && units.every((unit) => found.units.includes(unit)))
    expect(parts).toEqual([])
  }))
})

test('of many units the greedy set has none to spare, and says no more than that', () => {
  // Ten of twelve must go: more than all subsets can be tried.
  const costs = Array.from({ length: 12 }, () => 1)
  const found = smallestRemoval({ costs, works: (units) => units.length >= 10, progressOf: (units) => units.length, tries: 50 })
  expect(found).toMatchObject({ units: { length: 10 }, proof: 'reduced' })
})
