import { describe, expect, it } from 'vitest'
import { csrFromEdges } from '@ringmap/graph/csr'
import { seeded } from '@ringmap/model/random'
import { currentFlowBetweenness } from '../src/current-flow-betweenness.ts'
import { joinedDoubles } from '../src/joined-doubles.ts'
import { rankIntervals } from '../src/stability.ts'

/** 0 - 1 - 2 - 3 and 4 - 5 - 6, where 3 and 4 may be one. */
const csr = csrFromEdges(7, Uint32Array.of(0, 1, 2, 4, 5), Uint32Array.of(1, 2, 3, 5, 6), { weights: Float64Array.of(1, 2, 3, 4, 5) })
const pair = (probability: number): { one: Uint32Array; other: Uint32Array; probability: Float64Array } => ({ one: Uint32Array.of(4), other: Uint32Array.of(3), probability: Float64Array.of(probability) })

describe('doubles', () => {
  it('become one node with the ties of both, or stay two', () => {
    const joined = joinedDoubles(csr, pair(1), seeded(1))
    expect(joined).toEqual(csrFromEdges(7, Uint32Array.of(0, 1, 2, 3, 5), Uint32Array.of(1, 2, 3, 5, 6), { weights: Float64Array.of(1, 2, 3, 4, 5) }))
    expect(joinedDoubles(csr, pair(0), seeded(1))).toBe(csr)
  })

  it('tie nobody to himself, and join in chains', () => {
    const chain = joinedDoubles(csr, { one: Uint32Array.of(0, 1), other: Uint32Array.of(1, 2), probability: Float64Array.of(1, 1) }, seeded(1))
    expect([...chain.offsets]).toEqual([0, 1, 1, 1, 2, 3, 5, 6])
    expect([...chain.targets.subarray(0, 1)]).toEqual([3])
  })

  it('widen the intervals of whom they would lift, and change nothing where there are none', () => {
    const of = (probability: number): { low: Uint32Array; high: Uint32Array } =>
      rankIntervals(csr, currentFlowBetweenness, null, { direction: 'high', seed: 1, copies: 40, thinned: 0, people: 0, ...(probability < 0 ? {} : { doubles: pair(probability) }) })
    expect(of(0)).toEqual(of(-1))
    const sure = of(0)
    const open = of(0.5)
    // Alone 3 is an end that nobody passes; as one with 4 he joins the two halves.
    expect(sure.low[3]).toBeGreaterThan(1)
    expect(open.low[3]).toBe(1)
    expect(open.high[3]).toBeGreaterThanOrEqual(sure.high[3] - 1)
  })
})
