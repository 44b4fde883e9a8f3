import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csrFromEdges } from '../src/csr.ts'
import { components, induced } from '../src/subgraph.ts'

const anyNetwork = fc.integer({ min: 1, max: 12 }).chain((nodes) => fc.record({
  nodes: fc.constant(nodes),
  edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 40 }),
  directed: fc.boolean(),
  chosen: fc.uniqueArray(fc.nat(nodes - 1)),
  // A small part of a large network is found by searching.
  strangers: fc.constantFrom(0, 1000),
}))

test('equals a network built from the edges among the chosen nodes, whatever their order', () => {
  fc.assert(fc.property(anyNetwork, ({ nodes, edges, directed, chosen, strangers }) => {
    const build = (n: number, given: readonly (readonly [number, number])[]): ReturnType<typeof csrFromEdges> => csrFromEdges(
      n, Uint32Array.from(given, (e) => e[0]), Uint32Array.from(given, (e) => e[1]), { directed, weights: Float64Array.from(given, (e) => 1 + Math.min(e[0], e[1])) },
    )
    const whole = build(nodes + strangers, edges)
    const { csr, node_of: nodeOf, tie_of: tieOf } = induced(whole, chosen)
    const place = new Map(Array.from(nodeOf, (v, i) => [v, i]))
    const kept = edges.filter(([s, t]) => place.has(s) && place.has(t))
    const expected = build(chosen.length, kept.map(([s, t]) => [place.get(s) ?? 0, place.get(t) ?? 0] as const).sort((a, b) => a[0] - b[0]))
    expect({ ...csr, weights: null, tie_of_edge: null }).toEqual({ ...expected, weights: null, tie_of_edge: null })
    for (let v = 0; v < csr.nodes; v++) {
      for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
        const old = whole.ties.findIndex((tie, arc) => tie === tieOf[csr.ties[a]] && whole.targets[arc] === nodeOf[csr.targets[a]])
        expect(whole.weights[old]).toBe(csr.weights[a])
      }
    }
  }))
})

test('components are numbered by their lowest node', () => {
  const csr = csrFromEdges(6, Uint32Array.of(5, 3), Uint32Array.of(0, 4))
  expect(components(csr)).toEqual({ component: Uint32Array.of(0, 1, 2, 3, 3, 0), count: 4 })
})

test('a node twice is a bug', () => {
  expect(() => induced(csrFromEdges(2, Uint32Array.of(0), Uint32Array.of(1)), [0, 0])).toThrow(/each once/)
})
