import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { seeded, shuffle } from '@ringmap/model/random'
import { leiden, type LeidenOptions } from '../src/leiden.ts'
import { louvain } from '../src/louvain.ts'

const edge = (nodes: number): fc.Arbitrary<[number, number, number]> => fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 9 }))
const network = fc.integer({ min: 1, max: 40 }).chain((nodes) => fc.tuple(fc.constant(nodes), fc.array(edge(nodes), { maxLength: 120 })))

function csr(nodes: number, edges: readonly (readonly [number, number, number])[]): Csr {
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), { weights: Float64Array.from(edges, (e) => e[2]) })
}

/** Straight from the definitions, pair by pair. */
function qualityOf(net: Csr, community: Uint32Array, options: LeidenOptions): number {
  const at = (arc: number): number => (options.weighted === false ? 1 : net.weights[arc])
  let inside = 0
  let all = 0
  const degree = new Float64Array(net.nodes)
  for (let v = 0; v < net.nodes; v++) {
    for (let arc = net.offsets[v]; arc < net.offsets[v + 1]; arc++) {
      all += at(arc)
      degree[v] += at(arc)
      if (community[v] === community[net.targets[arc]]) inside += at(arc)
    }
  }
  let expected = 0
  for (let a = 0; a < net.nodes; a++) {
    for (let b = 0; b < net.nodes; b++) {
      if (community[a] !== community[b]) continue
      if (options.quality === 'cpm') expected += a < b ? 1 : 0
      else expected += (degree[a] * degree[b]) / all
    }
  }
  const resolution = options.resolution ?? 1
  if (all === 0) return 0
  return options.quality === 'cpm' ? inside / 2 - resolution * expected : (inside - resolution * expected) / all
}

const WAYS: readonly LeidenOptions[] = [
  { seed: 1 }, { seed: 2, weighted: false }, { seed: 3, resolution: 2.5 }, { seed: 4, quality: 'cpm', resolution: 0.5 }, { seed: 5, quality: 'cpm', resolution: 3, iterations: 5 }, { seed: 6, resolution: 0.2 },
]

describe('Leiden', () => {
  it.each(WAYS)('makes connected communities and says their quality: %j', (options) => {
    fc.assert(
      fc.property(network, ([nodes, edges]) => {
        const net = csr(nodes, edges)
        const { community, count, quality } = leiden(net, options)
        expect(new Set(community).size).toBe(count)
        expect(quality).toBeCloseTo(qualityOf(net, community, options), 9)
        for (let c = 0; c < count; c++) expect(reached(net, community, c)).toBe(community.filter((x) => x === c).length)
        const alone = Uint32Array.from({ length: nodes }, (_, v) => v)
        expect(quality).toBeGreaterThanOrEqual(qualityOf(net, alone, options) - 1e-12)
      }),
      { numRuns: 150 },
    )
  })

  it('repeats with the seed, whatever the order of rows', () => {
    fc.assert(
      fc.property(network, fc.integer(), ([nodes, edges], seed) => {
        expect(leiden(csr(nodes, shuffle(seeded(seed), [...edges])), { seed })).toEqual(leiden(csr(nodes, edges), { seed }))
      }),
    )
  })

  it('gives the same bits by WebAssembly as plain, with whole and with broken weights', () => {
    fc.assert(
      fc.property(network, fc.constantFrom(...WAYS), fc.boolean(), ([nodes, edges], options, broken) => {
        const net = csr(nodes, edges.map(([a, b, w]) => [a, b, broken ? w / 3 : w] as const))
        expect(leiden(net, { ...options, by: 'wasm' })).toEqual(leiden(net, { ...options, by: 'plain' }))
      }),
    )
    // Large enough for several blocks of the order.
    const random = seeded(11)
    const many = Array.from({ length: 20_000 }, () => [Math.floor(random() ** 2 * 4000), Math.floor(random() * 4000), 1 + random()] as const)
    expect(leiden(csr(4000, many), { seed: 1, by: 'wasm' })).toEqual(leiden(csr(4000, many), { seed: 1, by: 'plain' }))
  })

  it('leaves no node that would rather be in a neighbouring community', () => {
    fc.assert(
      fc.property(network, fc.nat(1000), ([nodes, edges], seed) => {
        const net = csr(nodes, edges)
        const { community, quality } = leiden(net, { seed, iterations: 50 })
        for (let v = 0; v < nodes; v++) {
          for (let arc = net.offsets[v]; arc < net.offsets[v + 1]; arc++) {
            const moved = community.slice()
            moved[v] = community[net.targets[arc]]
            expect(qualityOf(net, moved, { seed })).toBeLessThanOrEqual(quality + 1e-9)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('Louvain', () => {
  it('says the quality of what it finds, is never worse than single nodes, and repeats with the seed in any order of rows', () => {
    fc.assert(
      fc.property(network, fc.integer(), ([nodes, edges], seed) => {
        const net = csr(nodes, edges)
        const found = louvain(net, { seed })
        expect(found.quality).toBeCloseTo(qualityOf(net, found.community, { seed }), 9)
        expect(found.quality).toBeGreaterThanOrEqual(qualityOf(net, Uint32Array.from({ length: nodes }, (_, v) => v), { seed }) - 1e-12)
        expect(new Set(found.community).size).toBe(found.count)
        expect(louvain(csr(nodes, shuffle(seeded(seed), [...edges])), { seed })).toEqual(found)
      }),
    )
  })
})

function reached(net: Csr, community: Uint32Array, c: number): number {
  const seen = new Set([community.indexOf(c)])
  for (const v of seen) for (let arc = net.offsets[v]; arc < net.offsets[v + 1]; arc++) if (community[net.targets[arc]] === c) seen.add(net.targets[arc])
  return seen.size
}
