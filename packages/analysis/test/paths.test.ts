import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Csr } from '@ringmap/graph/csr'
import { betweenness } from '../src/betweenness.ts'
import { dominators, NOWHERE } from '../src/dominators.ts'
import { kShortestPaths } from '../src/k-shortest-paths.ts'
import { trussNumbers } from '../src/k-truss.ts'
import { maxFlow, nodeCut } from '../src/max-flow.ts'
import { pagerank } from '../src/pagerank.ts'
import { lengthsOfWeights, pathTo, shortestPaths, type Path } from '../src/shortest-paths.ts'
import { strongComponents } from '../src/strong-components.ts'
import { csrOf, expectClose, ORACLES } from './oracle-zoo.ts'
import { csrOfPlain, plainNetwork } from './plain-network.ts'

const ZOO = ORACLES.map((oracle) => [oracle.name, oracle] as const)
const WAYS = ZOO.filter(([, oracle]) => oracle.nodes > 1)

describe('as networkx and igraph say', () => {
  it.each(ZOO)('%s: strong components, trusses, weighted betweenness', (_, oracle) => {
    const csr = csrOf(oracle)
    const { component, count } = strongComponents(csr)
    const parts: number[][] = Array.from({ length: count }, () => [])
    component.forEach((c, v) => parts[c]?.push(v))
    expect(parts).toEqual(oracle.paths.strong)
    expect([...trussNumbers(csr).tie]).toEqual(oracle.truss)
    expectClose(betweenness(csr, { weighted: true, normalised: false }), oracle.paths.betweenness, 'weighted betweenness')
  })

  it.each(WAYS)('%s: ways from the first person to the last', (_, oracle) => {
    const csr = csrOf(oracle)
    const { paths } = oracle
    const last = csr.nodes - 1
    const lengths = lengthsOfWeights(csr)
    expectClose(finite(shortestPaths(csr, 0).distance), paths.distance ?? [], 'steps')
    expectClose(finite(shortestPaths(csr, 0, { lengths }).distance), paths.length, 'length')
    const ways = kShortestPaths(csr, 0, last, { lengths, count: 6 })
    expectClose(ways.map((way) => way.length), paths.ways, 'ways')
    for (const way of ways) expectWay(csr, way, lengths, 0, last)
    expect(new Set(ways.map((way) => way.nodes.join())).size).toBe(ways.length)
    const { immediate } = dominators(csr, 0)
    expect([...immediate].map((v) => (v === NOWHERE ? null : v))).toEqual(paths.dominators)
    const jump = new Float64Array(csr.nodes)
    jump[0] = 2
    jump[last] = 1
    expectClose(pagerank(csr, { jump, tolerance: 1e-15, weighted: true }), paths.personal, 'personalised PageRank')
  })

  it.each(WAYS)('%s: flow and cuts between them', (_, oracle) => {
    const csr = csrOf(oracle)
    const last = csr.nodes - 1
    for (const weighted of [false, true]) {
      const { value, cut, side } = maxFlow(csr, 0, last, { weighted })
      expect(value).toBeCloseTo(weighted ? oracle.paths.flow_weighted : oracle.paths.flow, 9)
      let through = 0
      for (let v = 0; v < csr.nodes; v++) {
        for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) {
          if (side[v] === 1 && side[csr.targets[arc]] === 0) through += weighted ? csr.weights[arc] : 1
        }
      }
      expect(through).toBeCloseTo(value, 9)
      const closed = Uint8Array.from(csr.ties, (t) => (cut.includes(t) ? 1 : 0))
      expect(shortestPaths(csr, 0, { closed_arcs: closed }).distance[last]).toBe(Number.POSITIVE_INFINITY)
    }
    const { cut } = nodeCut(csr, 0, last)
    expect(cut?.length ?? null).toBe(oracle.paths.node_cut)
    if (cut === null) return
    const closed = new Uint8Array(csr.nodes)
    for (const v of cut) closed[v] = 1
    expect(shortestPaths(csr, 0, { closed }).distance[last]).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('properties', () => {
  it('whoever dominates is on every way', () => {
    fc.assert(fc.property(plainNetwork, (plain) => {
      const csr = csrOfPlain(plain)
      const { immediate, dominated } = dominators(csr, 0)
      const reached = shortestPaths(csr, 0).distance
      for (let d = 1; d < csr.nodes; d++) {
        const closed = new Uint8Array(csr.nodes)
        closed[d] = 1
        const without = shortestPaths(csr, 0, { closed }).distance
        let lost = 0
        for (let v = 0; v < csr.nodes; v++) if (v !== d && without[v] === Number.POSITIVE_INFINITY && reached[v] < without[v]) lost++
        expect(dominated[d]).toBe(lost)
        expect(immediate[d] === NOWHERE).toBe(reached[d] === Number.POSITIVE_INFINITY)
      }
    }), { numRuns: 100 })
  })

  it('everyone in a strong part reaches everyone in it', () => {
    fc.assert(fc.property(plainNetwork, (plain) => {
      const csr = csrOfPlain({ ...plain, directed: true })
      const { component } = strongComponents(csr)
      const from = Array.from({ length: csr.nodes }, (_, v) => shortestPaths(csr, v).distance)
      for (let a = 0; a < csr.nodes; a++) {
        for (let b = 0; b < csr.nodes; b++) expect(component[a] === component[b]).toBe(Number.isFinite(from[a]?.[b]) && Number.isFinite(from[b]?.[a]))
      }
    }), { numRuns: 60 })
  })

  it('equally long ways go through the lowest nodes, and one that is closed through the next', () => {
    // 0 to 4 over 1, 2 or 3.
    const csr = csrOfPlain({ nodes: 5, directed: false, edges: [[0, 3, 1], [3, 4, 1], [0, 1, 1], [1, 4, 1], [0, 2, 1], [2, 4, 1]] })
    expect(kShortestPaths(csr, 0, 4).map((way) => way.nodes)).toEqual([[0, 1, 4], [0, 2, 4], [0, 3, 4]])
    expect(kShortestPaths(csr, 0, 4, { lengths: lengthsOfWeights(csr) }).map((way) => way.nodes)).toEqual([[0, 1, 4], [0, 2, 4], [0, 3, 4]])
    expect(pathTo(shortestPaths(csr, 0, { closed: Uint8Array.of(0, 1, 0, 0, 0) }), 4)?.nodes).toEqual([0, 2, 4])
    expect(kShortestPaths(csrOfPlain({ nodes: 2, directed: false, edges: [] }), 0, 1)).toEqual([])
  })
})

/** Out of reach is no number. */
function finite(distance: Float64Array): Float64Array {
  return distance.map((d) => (d === Number.POSITIVE_INFINITY ? Number.NaN : d))
}

function expectWay(csr: Csr, way: Path, lengths: Float64Array, from: number, to: number): void {
  expect([way.nodes[0], way.nodes.at(-1)]).toEqual([from, to])
  expect(new Set(way.nodes).size).toBe(way.nodes.length)
  let sum = 0
  way.arcs.forEach((arc, i) => {
    expect(csr.targets[arc]).toBe(way.nodes[i + 1])
    expect(arc).toBeGreaterThanOrEqual(csr.offsets[way.nodes[i] ?? 0])
    expect(arc).toBeLessThan(csr.offsets[(way.nodes[i] ?? 0) + 1])
    sum += lengths[arc]
  })
  expect(way.length).toBeCloseTo(sum, 12)
}
