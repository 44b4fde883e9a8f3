import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded, shuffle } from '@ringmap/model/random'
import { csrFromEdges, NO_TIE, type Csr } from '../src/csr.ts'

type Edge = readonly [source: number, target: number, weight: number]

const network: fc.Arbitrary<{ nodes: number; edges: Edge[]; directed: boolean }> = fc.integer({ min: 1, max: 12 }).chain((nodes) => fc.record({
  nodes: fc.constant(nodes),
  edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.double({ min: 0.01, max: 100, noNaN: true })), { maxLength: 60 }),
  directed: fc.boolean(),
}))

function build(nodes: number, edges: readonly Edge[], directed: boolean, weighted = true): Csr {
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), {
    directed, weights: weighted ? Float64Array.from(edges, (e) => e[2]) : null,
  })
}

/** Ties as a map from `low,high` to the sum of weights: the plain way. */
function naive(edges: readonly Edge[], directed: boolean): Map<string, number> {
  const ties = new Map<string, number>()
  for (const [s, t, w] of edges) {
    if (s === t) continue
    const key = directed || s < t ? `${s},${t}` : `${t},${s}`
    ties.set(key, (ties.get(key) ?? 0) + w)
  }
  return ties
}

test('worked example: parallel edges add up, a self-loop is left out, rows are ascending', () => {
  const csr = build(4, [[2, 0, 1], [0, 2, 4], [1, 0, 2], [3, 3, 9]], false)
  expect([...csr.offsets]).toEqual([0, 2, 3, 4, 4])
  expect([...csr.targets]).toEqual([1, 2, 0, 0])
  expect([...csr.weights]).toEqual([2, 5, 2, 5])
  expect([...csr.ties]).toEqual([0, 1, 0, 1])
  expect([...csr.tie_of_edge]).toEqual([1, 1, 0, NO_TIE])
})

test('equals a plain map of ties', () => {
  fc.assert(fc.property(network, ({ nodes, edges, directed }) => {
    const csr = build(nodes, edges, directed)
    const expected = naive(edges, directed)
    expect(csr.tie_count).toBe(expected.size)
    const seen = new Map<string, number>()
    for (let v = 0; v < nodes; v++) {
      for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
        const to = csr.targets[a]
        expect(a === csr.offsets[v] || csr.targets[a - 1] < to).toBe(true)
        const key = directed || v < to ? `${v},${to}` : `${to},${v}`
        expect(csr.weights[a]).toBeCloseTo(expected.get(key) as number, 8)
        seen.set(key, csr.ties[a])
      }
    }
    expect(new Set(seen.values()).size).toBe(expected.size)
    edges.forEach(([s, t], e) => expect(csr.tie_of_edge[e]).toBe(s === t ? NO_TIE : seen.get(directed || s < t ? `${s},${t}` : `${t},${s}`)))
    expect(csr.targets.length).toBe(expected.size * (directed ? 1 : 2))
  }))
})

test('the order of edges changes nothing, to the last bit', () => {
  fc.assert(fc.property(network, fc.integer(), ({ nodes, edges, directed }, seed) => {
    const one = build(nodes, edges, directed)
    const other = build(nodes, shuffle(seeded(seed), [...edges]), directed)
    expect({ ...other, tie_of_edge: null }).toEqual({ ...one, tie_of_edge: null })
  }))
})

test('turning the ends of an undirected edge changes nothing', () => {
  fc.assert(fc.property(network, ({ nodes, edges }) => {
    expect(build(nodes, edges.map(([s, t, w]): Edge => [t, s, w]), false)).toEqual(build(nodes, edges, false))
  }))
})

test('unweighted ties weigh 1 however many edges they hold', () => {
  fc.assert(fc.property(network, ({ nodes, edges, directed }) => {
    expect(build(nodes, edges, directed, false).weights.every((w) => w === 1)).toBe(true)
  }))
})

test('an end that is no node is a bug', () => {
  expect(() => build(2, [[0, 2, 1]], false)).toThrow(/ends are nodes/)
})
