import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { largestAssignment } from '../src/assignment.ts'
import { collectiveInfluence } from '../src/collective-influence.ts'
import { cartography, CARTOGRAPHY_ROLES } from '../src/guimera-amaral.ts'
import { fragmentation, keyPlayersByFragmentation, keyPlayersByReach, reach } from '../src/key-players.ts'
import { roleSimilarity, structuralEquivalence } from '../src/role-similarity.ts'
import { shortestPaths } from '../src/shortest-paths.ts'
import { undirected } from '../src/undirected.ts'
import { csrOfPlain, plainNetwork } from './plain-network.ts'

function of(nodes: number, ...edges: readonly (readonly [number, number])[]): Csr {
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]))
}

/** Two stars of four leaves, 0 and 5, who meet in 10. */
const STARS = of(11, ...[0, 5].flatMap((hub) => [1, 2, 3, 4].map((i) => [hub, hub + i] as const)), [0, 10], [5, 10])

describe('key players', () => {
  it('breaks the stars at their middles, and reaches them from there', () => {
    expect(keyPlayersByFragmentation(STARS, { count: 2 })).toEqual({ players: [0, 5], score: 1, exact: true })
    expect(keyPlayersByReach(STARS, { count: 2 })).toEqual({ players: [0, 5], score: 1, exact: true })
    // From 10: two at one step, eight at two.
    expect(reach(STARS, [10])).toBeCloseTo((1 + 2 + 4) / 11, 12)
    // Without 0: 5 with its five contacts, four who are alone.
    expect(fragmentation(STARS, [0])).toBeCloseTo(1 - (2 * 5 + 2 * 10 / 2) / 90, 12)
  })

  it('keeps to whom it may choose', () => {
    const eligible = new Uint8Array(11).fill(1)
    eligible[0] = 0
    expect(keyPlayersByFragmentation(STARS, { count: 1, eligible }).players).toEqual([5])
    expect(keyPlayersByReach(STARS, { count: 3, eligible: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0) }).players).toEqual([1])
  })

  it('greedy with exchanges comes near the best of all sets, and never says more than it has', () => {
    fc.assert(fc.property(plainNetwork, fc.integer({ min: 1, max: 3 }), (plain, count) => {
      const csr = csrOfPlain(plain)
      for (const find of [keyPlayersByFragmentation, keyPlayersByReach]) {
        const best = find(csr, { count })
        const quick = find(csr, { count, exact_up_to: 0 })
        expect(best.exact).toBe(true)
        expect(quick.exact).toBe(false)
        const score = find === keyPlayersByReach ? reach : fragmentation
        expect(score(csr, quick.players)).toBeCloseTo(quick.score, 9)
        expect(score(csr, best.players)).toBeCloseTo(best.score, 9)
        expect(quick.score).toBeLessThanOrEqual(best.score + 1e-8)
        if (find === keyPlayersByReach) expect(quick.score).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best.score)
      }
    }), { numRuns: 60 })
  })
})

describe('collective influence', () => {
  it('is what its definition says', () => {
    fc.assert(fc.property(plainNetwork, fc.integer({ min: 0, max: 3 }), (plain, distance) => {
      const csr = csrOfPlain(plain)
      const ties = undirected(csr)
      const contacts = (v: number): number => ties.offsets[v + 1] - ties.offsets[v]
      collectiveInfluence(csr, { distance }).forEach((value, v) => {
        const far = shortestPaths(ties, v).distance
        let sum = 0
        for (let u = 0; u < csr.nodes; u++) if (far[u] === distance) sum += contacts(u) - 1
        expect(value).toBe(contacts(v) < 2 ? 0 : (contacts(v) - 1) * sum)
      })
    }), { numRuns: 60 })
  })
})

describe('cartography', () => {
  it('by hand: a hub of its community who is tied to two others', () => {
    // 0 knows 1 to 12, all of community 0, and one person of each of two others.
    const star = of(17, ...Array.from({ length: 12 }, (_, i) => [0, i + 1] as const), [0, 13], [0, 15], [13, 14], [15, 16])
    const community = Uint32Array.from({ length: 17 }, (_, v) => (v < 13 ? 0 : v < 15 ? 1 : 2))
    const { within, participation, role } = cartography(star, community)
    // Within: mean 24/13, one of 12 and twelve of 1.
    expect(within[0]).toBeCloseTo(Math.sqrt(12), 12)
    expect(participation[0]).toBeCloseTo(1 - (12 ** 2 + 1 + 1) / 14 ** 2, 12)
    expect(participation[13]).toBe(0.5)
    expect([0, 1, 13, 14].map((v) => CARTOGRAPHY_ROLES[role[v] ?? 0])).toEqual(['provincial hub', 'ultra-peripheral', 'peripheral', 'ultra-peripheral'])
  })

  it('has a mean of 0 in every community and no participation in one', () => {
    fc.assert(fc.property(plainNetwork, (plain) => {
      const csr = csrOfPlain(plain)
      const { within, participation } = cartography(csr, new Uint32Array(csr.nodes))
      expect(within.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6)
      expect(Math.max(...participation)).toBe(0)
    }))
  })
})

describe('similarity', () => {
  it('structural: the leaves of one star are alike, of two stars not', () => {
    const like = structuralEquivalence(STARS, 1)
    expect([...like.subarray(2, 5)]).toEqual([1, 1, 1])
    expect(like[6]).toBe(0)
    expect(like[10]).toBe(0.5)
    // Tied to each other, and the same otherwise.
    expect(structuralEquivalence(of(3, [0, 1], [0, 2], [1, 2]), 0)[1]).toBe(1)
    expect(structuralEquivalence(of(2, [0, 1]), 0)[1]).toBeNaN()
  })

  it('of roles: the leaves of both stars are alike, their middles too', () => {
    const like = roleSimilarity(STARS)
    const at = (a: number, b: number): number => like[a * 11 + b]
    expect([at(1, 9), at(0, 5)]).toEqual([1, 1])
    expect(at(0, 1)).toBeLessThan(0.6)
    expect(at(0, 1)).toBe(at(1, 0))
  })

  it('of roles: whoever a renaming can exchange is alike, and numbers do not matter', () => {
    fc.assert(fc.property(plainNetwork, (plain) => {
      const { nodes, edges } = plain
      // Each person has a double in a second copy of the network.
      const twice = csrOfPlain({ nodes: 2 * nodes, directed: false, edges: [...edges, ...edges.map(([a, b, w]) => [a + nodes, b + nodes, w] as const)] })
      const like = roleSimilarity(twice)
      for (let v = 0; v < nodes; v++) {
        expect(like[v * 2 * nodes + v + nodes]).toBeCloseTo(1, 12)
        for (let u = 0; u < nodes; u++) expect(like[v * 2 * nodes + u]).toBeCloseTo(like[(v + nodes) * 2 * nodes + u + nodes], 9)
      }
    }), { numRuns: 20 })
  })

  it('refuses what would not fit', () => {
    expect(() => roleSimilarity(STARS, { largest: 10 })).toThrow(expect.objectContaining({ code: 'too_large' }))
  })

  it('assignment is the best of all', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }).chain((rows) => fc.tuple(fc.constant(rows), fc.integer({ min: rows, max: 5 }), fc.array(fc.nat(20), { minLength: 20, maxLength: 20 }))), ([rows, columns, cells]) => {
      const value = Float64Array.from(cells.slice(0, rows * columns))
      const best = (row: number, free: readonly number[]): number => (row === rows ? 0 : Math.max(...free.map((c) => value[row * columns + c] + best(row + 1, free.filter((x) => x !== c)))))
      expect(largestAssignment(rows, columns, value)).toBe(best(0, Array.from({ length: columns }, (_, c) => c)))
    }))
  })
})
