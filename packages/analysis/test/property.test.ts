import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { seeded, shuffle } from '@ringmap/model/random'
import { connectedComponents } from '../src/components.ts'
import { currentFlowBetweenness } from '../src/current-flow-betweenness.ts'
import { cutPoints } from '../src/cut-points.ts'
import { MEASURE_CATALOGUE } from '../src/measure-catalogue.ts'
import { undirected } from '../src/undirected.ts'
import { csrOfPlain as csr, plainNetwork as network, type Plain } from './plain-network.ts'
import { attachment } from './random-network.ts'

describe.each(Object.entries(MEASURE_CATALOGUE).filter(([, { groups, drawn }]) => !((groups ?? false) || (drawn ?? false))))('%s', (_, entry) => {
  it.each([false, true])('does not depend on the order of rows or the numbers of nodes (weighted: %s)', (weighted) => {
    fc.assert(
      fc.property(network, fc.integer(), (plain, seed) => {
        const random = seeded(seed)
        const name = shuffle(random, Array.from({ length: plain.nodes }, (_, v) => v))
        const renamed = plain.edges.map(([a, b, w]) => [name[a] ?? 0, name[b] ?? 0, w] as const)
        const before = entry.run(csr(plain), { weighted, from: [0] })
        const reordered = entry.run(csr({ ...plain, edges: shuffle(random, [...plain.edges]) }), { weighted, from: [0] })
        expect(reordered).toEqual(before)
        const after = entry.run(csr({ ...plain, edges: renamed }), { weighted, from: [name[0] ?? 0] })
        for (let v = 0; v < plain.nodes; v++) if (!Number.isNaN(before[v])) expect(after[name[v] ?? 0]).toBeCloseTo(before[v], 9)
        expect(after.filter((x) => Number.isNaN(x)).length).toBe(before.filter((x) => Number.isNaN(x)).length)
      }),
      { numRuns: 60 },
    )
  })
})

// Degrees, cores, parts and the like are done before a second has passed at any size that fits.
const LONG = ['current-flow', 'betweenness', 'constraint', 'effective-size', 'pagerank', 'eigenvector', 'katz', 'hub', 'authority', 'closeness', 'harmonic', 'k-truss', 'collective-influence', 'reach', 'role-similarity', 'louvain', 'leiden', 'membership', 'participation', 'cartography', 'distance'] as const

describe('whatever can take longer than a second', () => {
  it.each(LONG)('%s stops when asked', (measure) => {
    const pairs = Array.from({ length: 12 }, (_, a) => Array.from({ length: a }, (__, b) => [a, b] as const)).flat()
    const clique = csrFromEdges(12, Uint32Array.from(pairs, ([a]) => a), Uint32Array.from(pairs, ([, b]) => b))
    for (const weighted of [false, true]) {
      expect(() => MEASURE_CATALOGUE[measure].run(clique, { weighted, from: [0], signal: { aborted: true } })).toThrow(expect.objectContaining({ code: 'interrupted' }))
    }
  })

  it.each(LONG)('%s says where it is', (measure) => {
    const csr = attachment(measure === 'role-similarity' ? 40 : 1200, 3, 5, { weighted: true })
    for (const weighted of [false, true]) {
      const steps: [number, number][] = []
      MEASURE_CATALOGUE[measure].run(csr, { weighted, from: [0], progress: (_, done, total) => steps.push([done, total]) })
      expect(steps.length).toBeGreaterThan(0)
      expect(steps.every(([done, total]) => total === 0 || done <= total)).toBe(true)
    }
  })
})

describe('structure', () => {
  it('counts the parts that really appear without a node', () => {
    fc.assert(
      fc.property(network, (plain) => {
        const ties = undirected(csr(plain))
        const all = connectedComponents(ties).count
        const { partsWithout, cut } = cutPoints(ties)
        for (let v = 0; v < plain.nodes; v++) {
          const without = csr({ ...plain, edges: plain.edges.filter(([a, b]) => a !== v && b !== v) })
          // v itself stays behind as a part of its own.
          expect(connectedComponents(without).count - 1).toBe(all - 1 + partsWithout[v])
          expect(cut[v]).toBe(partsWithout[v] > 1 ? 1 : 0)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('finds the ties whose loss takes a part off', () => {
    fc.assert(
      fc.property(network, (plain) => {
        const ties = undirected(csr(plain))
        const all = connectedComponents(ties).count
        const { bridges, block, blocks } = cutPoints(ties)
        for (let t = 0; t < ties.tie_count; t++) {
          const without = csr({ ...plain, edges: plain.edges.filter((_, e) => !isTie(plain, ties, e, t)) })
          expect(connectedComponents(without).count > all).toBe(bridges.includes(t))
          expect(block[t]).toBeLessThan(blocks)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('current-flow betweenness', () => {
  it('sums to what the pairs send: every unit passes each cut once', () => {
    // On a tree current has one way only, so the values are those of betweenness.
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 }), (parents) => {
        const nodes = parents.length + 1
        const tree = csrFromEdges(nodes, Uint32Array.from(parents, (_, i) => i + 1), Uint32Array.from(parents, (p, i) => p % (i + 1)))
        const flow = currentFlowBetweenness(tree)
        const paths = MEASURE_CATALOGUE.betweenness.run(tree)
        for (let v = 0; v < nodes; v++) expect(flow[v]).toBeCloseTo(paths[v], 12)
      }),
    )
  })

  it('gives a small component no more than its share of the pairs', () => {
    const source = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10]
    const target = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]
    const flow = currentFlowBetweenness(csrFromEdges(12, Uint32Array.from(source), Uint32Array.from(target)))
    expect(flow[10]).toBeCloseTo(1 / 55, 12)
    expect(flow[4]).toBeCloseTo(16 / 55, 12)
  })

  it('refuses a block that would not fit', () => {
    const ring = csrFromEdges(5, Uint32Array.of(0, 1, 2, 3, 4), Uint32Array.of(1, 2, 3, 4, 0))
    expect(() => currentFlowBetweenness(ring, { largest_block: 4 })).toThrow(expect.objectContaining({ code: 'too_large' }))
    expect(() => currentFlowBetweenness(ring, { signal: { aborted: true } })).toThrow(expect.objectContaining({ code: 'interrupted' }))
  })
})

/** Whether edge e of the plain network lies under tie t. */
function isTie(plain: Plain, ties: Csr, e: number, t: number): boolean {
  const [a, b] = plain.edges[e] ?? [0, 0]
  for (let arc = ties.offsets[a]; arc < ties.offsets[a + 1]; arc++) if (ties.targets[arc] === b) return ties.ties[arc] === t
  return false
}
