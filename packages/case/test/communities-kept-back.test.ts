import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { STAYED } from '@ringmap/sources/gds-measures'
import { withThoseWhoStayed } from '../src/communities-kept-back.ts'

function network(nodes: number, ties: readonly (readonly [number, number])[]): Csr {
  return csrFromEdges(nodes, Uint32Array.from(ties, ([a]) => a), Uint32Array.from(ties, ([, b]) => b))
}

const options = { least: 3, seed: 1, resolution: 1 }

describe('those whose community stayed in a server', () => {
  test('stand together where ties among themselves join them, and alone where none does', () => {
    // 0-1-2 came back; 3-4 hang on it and on each other; 5 hangs on it alone; 6 has no tie.
    const csr = network(7, [[0, 1], [1, 2], [0, 2], [2, 3], [3, 4], [1, 5]])
    const group = Uint32Array.from([0, 0, 0, STAYED, STAYED, STAYED, STAYED])
    expect([...withThoseWhoStayed(csr, group, options).community]).toEqual([0, 0, 0, 1, 1, 2, 3])
    expect(withThoseWhoStayed(csr, group, options).count).toBe(4)
  })

  test('a part as large as a ring is parted by the local method', () => {
    // Two cliques of four, held by one tie, where the server found nothing of five; and a pair.
    const clique = (from: number): [number, number][] => [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b): [number, number] => [from + a, from + b]))
    const csr = network(10, [...clique(0), ...clique(4), [3, 4], [8, 9]])
    const { community, count } = withThoseWhoStayed(csr, new Uint32Array(10).fill(STAYED), { ...options, least: 5 })
    expect([...community]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2])
    expect(count).toBe(3)
  })

  test('whoever came back stays with whom the server put there, nobody else joins them, and the order of ties does not matter', () => {
    const ties = fc.array(fc.tuple(fc.nat(19), fc.nat(19)).filter(([a, b]) => a !== b), { maxLength: 40 })
    fc.assert(fc.property(ties, fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 20, maxLength: 20 }), (pairs, given) => {
      const group = Uint32Array.from(given, (one) => (one < 0 ? STAYED : one))
      const { community, count } = withThoseWhoStayed(network(20, pairs), group, options)
      expect(new Set(community).size).toBe(count)
      for (let a = 0; a < 20; a++) {
        for (let b = 0; b < a; b++) {
          if (group[a] === STAYED && group[b] === STAYED) continue
          expect(community[a] === community[b]).toBe(group[a] === group[b])
        }
      }
      expect(withThoseWhoStayed(network(20, [...pairs].reverse()), group, options).community).toEqual(community)
    }))
  })
})
