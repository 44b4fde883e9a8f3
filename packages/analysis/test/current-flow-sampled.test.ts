import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { below, seeded } from '@ringmap/model/random'
import { returns } from '../src/closed-walks.ts'
import { currentFlowBetweenness } from '../src/current-flow-betweenness.ts'
import { currentFlowSampled } from '../src/current-flow-sampled.ts'
import { SIDES, strengths } from '../src/laplacian-solver.ts'
import { addMeans, pairMeans } from '../src/pair-means.ts'
import { ranksOf } from '../src/ranking.ts'
import { undirected } from '../src/undirected.ts'
import { visits, visitsFrom, walkScratch } from '../src/walk-visits.ts'
import { csrOfPlain, plainNetwork } from './plain-network.ts'

/** Preferential attachment with `ties` ties a newcomer, a fringe of leaves, and weights. */
function attachment(nodes: number, ties: number, seed: number): Csr {
  const random = seeded(seed)
  const ends: number[] = [0, 1]
  const edges: [number, number, number][] = [[0, 1, 1]]
  for (let v = 2; v < nodes; v++) {
    for (let i = 0; i < (v % 7 === 0 ? 1 : ties); i++) {
      const u = ends[below(random, ends.length)] ?? 0
      edges.push([v, u, 1 + below(random, 5)])
      ends.push(v, u)
    }
  }
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), { weights: Float64Array.from(edges, (e) => e[2]) })
}

describe('sampled current-flow betweenness', () => {
  it.each([[900, 2, false], [900, 4, true], [1200, 3, false]] as const)('%i people, %i ties each, weighted %s: the stated error holds', (nodes, ties, weighted) => {
    const csr = attachment(nodes, ties, nodes + ties)
    const exact = currentFlowBetweenness(csr, { weighted })
    let within = 0
    let off = 0
    for (const seed of [1, 2, 3]) {
      const { value, error } = currentFlowSampled(csr, { seed, weighted, samples: 96, exact_up_to: 50 })
      const ranks = ranksOf(exact, null, 'high')
      for (let v = 0; v < nodes; v++) {
        if (Math.abs(value[v] - exact[v]) <= 2 * error[v] + 1e-9) within++
        if (ranks[v] <= 20) off += Math.abs(value[v] - exact[v]) / exact[v] / 60
      }
    }
    expect(within / nodes / 3).toBeGreaterThan(0.93)
    expect(off).toBeLessThan(0.04)
  })

  it('is exact where blocks are small, and repeats with the seed', () => {
    const csr = attachment(300, 2, 5)
    const small = currentFlowSampled(csr, { seed: 1 })
    expect(small.value).toEqual(currentFlowBetweenness(csr))
    expect(Math.max(...small.error)).toBe(0)
    const options = { seed: 9, samples: 40, exact_up_to: 20 }
    expect(currentFlowSampled(csr, options)).toEqual(currentFlowSampled(csr, options))
  })
})

describe('visits of short walks', () => {
  it('returns are what the visits from each node alone say, over weights, triangles and four-cycles', () => {
    fc.assert(fc.property(plainNetwork, (plain) => {
      const csr = undirected(csrOfPlain(plain))
      const strength = strengths(csr)
      const back = returns(csr, strength)
      for (let v = 0; v < csr.nodes; v++) {
        if (strength[v] === 0) continue
        const start = new Float64Array(csr.nodes)
        start[v] = 1
        expect(visits(csr, strength.map((s) => s || 1), start)[v]).toBeCloseTo(back[v], 12)
      }
    }))
  })

  it('from some sources at once they are those from each', () => {
    const csr = attachment(40, 2, 3)
    const strength = strengths(csr)
    const all = visitsFrom(csr, strength, Uint32Array.of(3, 7, 11), walkScratch(40))
    for (const [k, source] of [3, 7, 11].entries()) {
      const start = new Float64Array(40)
      start[source] = 1
      const alone = visits(csr, strength, start)
      for (let v = 0; v < 40; v++) expect(all[v * SIDES + k]).toBeCloseTo(alone[v], 12)
    }
  })
})

describe('mean distance from the others', () => {
  it.each([2, 5, 40, 41, 96])('of %i values is what each pair says', (length) => {
    const random = seeded(length)
    const scratch = pairMeans(length)
    for (let i = 0; i < length; i++) scratch.value[i] = random() ** 3
    addMeans(scratch, length)
    for (let i = 0; i < length; i++) {
      let sum = 0
      for (let j = 0; j < length; j++) sum += Math.abs(scratch.value[i] - scratch.value[j])
      expect(Math.abs(scratch.mean[i] - sum / (length - 1))).toBeLessThan(2e-5)
    }
  })
})
