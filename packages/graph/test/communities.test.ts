import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded, shuffle } from '@ringmap/model/random'
import { UndirectedGraph } from 'graphology'
import louvainModule from 'graphology-communities-louvain'
import { communities, modularity } from '../src/communities.ts'
import { csrFromEdges, type Csr } from '../src/csr.ts'
import { MODULARITY } from './oracle/modularity.ts'

type Edge = readonly [source: number, target: number, weight: number]

function network(nodes: number, edges: readonly Edge[]): Csr {
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), { weights: Float64Array.from(edges, (e) => e[2]) })
}

/** Two triangles joined by one tie, and a node apart. */
const TRIANGLES: readonly Edge[] = [[0, 1, 1], [1, 2, 1], [0, 2, 1], [3, 4, 1], [4, 5, 1], [3, 5, 1], [2, 3, 1]]

test('worked example: two triangles', () => {
  const found = communities(network(7, TRIANGLES), { seed: 1 })
  expect([...found.community]).toEqual([0, 0, 0, 1, 1, 1, 2])
  expect(found.count).toBe(3)
  // 7 ties; each triangle has 3 of them inside and degrees 7: 2 * (3/7 - (7/14)^2).
  expect(found.modularity).toBeCloseTo(2 * (3 / 7 - 0.25), 12)
})

test('larger communities come first', () => {
  const edges = [...TRIANGLES, [5, 6, 1], [4, 6, 1], [3, 6, 1]] as const
  expect([...communities(network(7, edges), { seed: 1 }).community]).toEqual([1, 1, 1, 0, 0, 0, 0])
})

test('modularity equals networkx, weighted, unweighted and at another resolution', () => {
  for (const given of MODULARITY) {
    const csr = network(given.nodes, given.edges)
    expect(modularity(csr, given.partition)).toBeCloseTo(given.modularity, 10)
    expect(modularity(csr, given.partition, { weighted: false })).toBeCloseTo(given.unweighted, 10)
    expect(modularity(csr, given.partition, { resolution: 0.5 })).toBeCloseTo(given.half, 10)
  }
})

test('reaches what networkx Louvain reaches in 20 tries, less 2 %', () => {
  for (const given of MODULARITY) {
    const csr = network(given.nodes, given.edges)
    const best = Math.max(...Array.from({ length: 5 }, (_, seed) => communities(csr, { seed }).modularity))
    expect(best).toBeGreaterThan(given.louvain * 0.98)
  }
})

test('the view of a Csr gives what a graphology graph gives', () => {
  const louvain = louvainModule as unknown as { detailed(graph: object, options: object): { communities: Record<string, number>; modularity: number } }
  for (const given of MODULARITY) {
    const csr = network(given.nodes, given.edges)
    const graph = new UndirectedGraph()
    for (let v = 0; v < given.nodes; v++) graph.addNode(v)
    for (let v = 0; v < given.nodes; v++) {
      for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) if (csr.targets[a] > v) graph.addEdge(v, csr.targets[a], { weight: csr.weights[a] })
    }
    const theirs = louvain.detailed(graph, { rng: seeded(5) })
    const ours = communities(csr, { seed: 5 })
    expect(ours.modularity).toBeCloseTo(theirs.modularity, 10)
    const pairs = new Set(Array.from(ours.community, (c, v) => `${c} ${theirs.communities[v]}`))
    expect(pairs.size).toBe(ours.count)
  }
})

const anyNetwork = fc.integer({ min: 1, max: 14 }).chain((nodes) => fc.record({
  nodes: fc.constant(nodes),
  edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }),
}))

test('the order of edges changes nothing; numbers go by size, then lowest node', () => {
  fc.assert(fc.property(anyNetwork, fc.integer(), fc.boolean(), ({ nodes, edges }, seed, weighted) => {
    const one = communities(network(nodes, edges), { seed, weighted })
    expect(communities(network(nodes, shuffle(seeded(seed), [...edges])), { seed, weighted })).toEqual(one)
    const members = Array.from({ length: one.count }, (_, c) => [...one.community.keys()].filter((v) => one.community[v] === c))
    for (const [c, own] of members.entries()) {
      expect(own.length).toBeGreaterThan(0)
      if (c > 0) expect(members[c - 1].length > own.length || (members[c - 1].length === own.length && members[c - 1][0] < own[0])).toBe(true)
    }
    const whole = new Uint32Array(nodes)
    expect(one.modularity).toBeGreaterThanOrEqual(modularity(network(nodes, edges), whole, { weighted }) - 1e-12)
  }))
})

test('finds planted groups', () => {
  const random = seeded(3)
  const edges: Edge[] = []
  for (let v = 0; v < 400; v++) {
    for (let i = 0; i < 6; i++) edges.push([v, Math.floor(v / 20) * 20 + Math.floor(random() * 20), 1])
    edges.push([v, Math.floor(random() * 400), 1])
  }
  const { community } = communities(network(400, edges), { seed: 1, resolution: 2 })
  let together = 0
  for (let v = 0; v < 400; v++) if (community[v] === community[Math.floor(v / 20) * 20]) together++
  expect(together).toBeGreaterThan(390)
})

test('without ties everyone is alone; no nodes, no communities', () => {
  expect(communities(network(3, []), { seed: 1 })).toEqual({ community: Uint32Array.of(0, 1, 2), count: 3, modularity: 0 })
  expect(communities(network(0, []), { seed: 1 })).toEqual({ community: new Uint32Array(0), count: 0, modularity: 0 })
})
