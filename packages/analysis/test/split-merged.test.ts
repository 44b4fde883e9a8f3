import { describe, expect, it } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { seeded } from '@ringmap/model/random'
import { currentFlowBetweenness } from '../src/current-flow-betweenness.ts'
import { splitMerged, type MergedNode } from '../src/split-merged.ts'
import { rankIntervals } from '../src/stability.ts'

/** Two triangles 0-1-2 and 4-5-6 that person 3 joins: one cluster of records knows the first, the other the second, both know 7. */
const csr = csrFromEdges(8, Uint32Array.of(0, 0, 1, 4, 4, 5, 3, 3, 3), Uint32Array.of(1, 2, 2, 5, 6, 6, 2, 4, 7))
const merged = (probability: number): MergedNode[] => [{ node: 3, joins: [{ one: 0, other: 1, probability }], clusters_of: new Map([[2, 1], [4, 2], [7, 3]]) }]

const ties = (of: Csr): string[] => Array.from({ length: of.nodes }, (_, v) => [...of.targets.subarray(of.offsets[v], of.offsets[v + 1])].filter((u) => u > v).map((u) => `${v}-${u}`)).flat()

describe('merged persons', () => {
  it('stay one where the join holds, and fall into two with the ties of their own records where it does not', () => {
    expect(splitMerged(csr, merged(1), seeded(1))).toBe(csr)
    const split = splitMerged(csr, merged(0), seeded(1))
    expect(split.nodes).toBe(9)
    expect(ties(split)).toEqual(['0-1', '0-2', '1-2', '2-3', '3-7', '4-5', '4-6', '4-8', '5-6', '7-8'])
  })

  it('keep their name with the part that has most ties; neighbours of no known cluster stay with it', () => {
    const split = splitMerged(csr, [{ node: 3, joins: [{ one: 0, other: 1, probability: 0 }, { one: 1, other: 2, probability: 1 }], clusters_of: new Map([[2, 1], [4, 2], [7, 4]]) }], seeded(1))
    expect(ties(split)).toEqual(['0-1', '0-2', '1-2', '2-8', '3-4', '3-7', '4-5', '4-6', '5-6'])
    expect(ties(splitMerged(csr, [{ node: 3, joins: [{ one: 0, other: 1, probability: 0 }], clusters_of: new Map([[2, 1]]) }], seeded(1)))).toEqual(ties(csr))
  })

  it('two who are split and tied to each other keep that tie', () => {
    const split = splitMerged(csr, [...merged(0), { node: 7, joins: [{ one: 0, other: 1, probability: 0 }], clusters_of: new Map([[3, 1]]) }], seeded(1))
    expect(ties(split)).toContain('3-7')
  })

  it('whose join is in doubt have wider intervals, and nobody else gets a rank', () => {
    const of = (probability: number) => rankIntervals(csr, currentFlowBetweenness, null, { direction: 'high', seed: 1, copies: 40, thinned: 0, people: 0, merged: merged(probability) })
    const [sure, open] = [of(1), of(0.6)]
    expect(sure.high[3]).toBe(1)
    expect(open.high[3]).toBeGreaterThan(1)
    expect(open.low).toHaveLength(csr.nodes)
    expect(Math.max(...open.high)).toBeLessThanOrEqual(csr.nodes)
  })
})
