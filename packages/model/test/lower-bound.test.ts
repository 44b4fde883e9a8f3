import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lowerBound } from '../src/lower-bound.ts'

test('is the first place that is not below, as counting says, in the whole and in a part', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), fc.nat(40), fc.nat(40), (given, wanted, one, other) => {
    const sorted = given.sort((a, b) => a - b)
    expect(lowerBound(Float64Array.from(sorted), wanted)).toBe(sorted.filter((x) => x < wanted).length)
    const [from, to] = [Math.min(one, other, sorted.length), Math.min(Math.max(one, other), sorted.length)]
    expect(lowerBound(sorted, wanted, from, to)).toBe(from + sorted.slice(from, to).filter((x) => x < wanted).length)
  }))
})
