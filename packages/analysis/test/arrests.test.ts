import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { arrestEffect, bestArrests } from '../src/arrests.ts'

const network = (nodes: number, edges: readonly (readonly [number, number])[]): Csr => csrFromEdges(nodes, Uint32Array.from(edges, ([a]) => a), Uint32Array.from(edges, ([, b]) => b))

/** The same by matrices: distances by Floyd & Warshall, successors and ties from neighbour sets. */
function byHand(nodes: number, edges: readonly (readonly [number, number])[], arrested: readonly number[], safety: readonly number[]): { at_once: number; lasting: number; exposed: number[]; score: number } {
  const friends = Array.from({ length: nodes }, () => new Set<number>())
  for (const [a, b] of edges) if (a !== b) { friends[a]?.add(b); friends[b]?.add(a) }
  const cohesion = (ties: Set<number>[], out: readonly number[]): number => {
    const d = Array.from({ length: nodes }, (_, i) => Array.from({ length: nodes }, (_j, j) => (i === j ? 0 : ties[i]?.has(j) && !out.includes(i) && !out.includes(j) ? 1 : Infinity)))
    for (let k = 0; k < nodes; k++) for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) (d[i])[j] = Math.min(d[i]?.[j], (d[i]?.[k]) + (d[k]?.[j]))
    let sum = 0
    for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) if (i !== j) sum += 1 / (d[i]?.[j])
    return sum / (nodes * (nodes - 1))
  }
  const before = cohesion(friends, [])
  const after = friends.map((set) => new Set(set))
  for (const v of arrested) {
    const like = (u: number): number => {
      const mine = [...(friends[v])].filter((w) => w !== u)
      const his = [...(friends[u])].filter((w) => w !== v)
      const both = mine.filter((w) => his.includes(w)).length
      const all = new Set([...mine, ...his]).size
      return all === 0 ? 0 : both / all
    }
    const near = friends.map((_, u) => u).filter((u) => u !== v && !arrested.includes(u) && !safety.includes(u) && (friends[v]?.has(u) || [...(friends[v])].some((w) => friends[w]?.has(u))))
    const [by] = near.sort((a, b) => like(b) - like(a) || (friends[b]?.size ?? 0) - (friends[a]?.size ?? 0) || a - b)
    if (by !== undefined) for (const w of friends[v]) if (w !== by) { after[by]?.add(w); after[w]?.add(by) }
  }
  const share = (now: number): number => (before === 0 ? 0 : (before - now) / before)
  const lasting = share(cohesion(after, arrested))
  const exposed = safety.filter((w) => !arrested.includes(w) && arrested.some((v) => friends[w]?.has(v)) && [...(friends[w])].some((u) => !arrested.includes(u) && !safety.includes(u))).sort((a, b) => a - b)
  return { at_once: share(cohesion(friends, arrested)), lasting, exposed, score: lasting - (safety.length === 0 ? 0 : exposed.length / safety.length) }
}

const graphs = fc.integer({ min: 3, max: 8 }).chain((nodes) => fc.record({
  nodes: fc.constant(nodes),
  edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { minLength: 1, maxLength: 16 }),
  safety: fc.uniqueArray(fc.nat(nodes - 1), { maxLength: 2 }),
}))

describe('arrests', () => {
  test('equal the sums by hand on small networks, for every pair, and the best set is the best of all', () => {
    fc.assert(fc.property(graphs, ({ nodes, edges, safety }) => {
      const csr = network(nodes, edges)
      const marks = Uint8Array.from({ length: nodes }, (_, v) => (safety.includes(v) ? 1 : 0))
      const scores: number[] = []
      for (let a = 0; a < nodes; a++) {
        for (let b = a + 1; b < nodes; b++) {
          if (safety.includes(a) || safety.includes(b)) continue
          const effect = arrestEffect(csr, [b, a], { safety: marks })
          const known = byHand(nodes, edges, [a, b], safety)
          expect(effect.at_once).toBeCloseTo(known.at_once, 10)
          expect(effect.lasting).toBeCloseTo(known.lasting, 10)
          expect(effect.exposed).toEqual(known.exposed)
          scores.push(known.score)
        }
      }
      if (scores.length === 0) return
      const best = bestArrests(csr, { size: 2, eligible: marks.map((one) => 1 - one), safety: marks })
      expect(best.exact).toBe(true)
      expect(best.tried).toBe(scores.length)
      expect(best.sets[0]?.score).toBeCloseTo(Math.max(...scores), 10)
    }), { numRuns: 60 })
  })

  test('the middle of a star is followed by nobody like him, and what he held stays with the successor', () => {
    const star = network(5, [[0, 1], [0, 2], [0, 3], [0, 4]])
    const effect = arrestEffect(star, [0])
    expect(effect.at_once).toBe(1)
    // All leaves are alike: the first takes over, and a star of four is left.
    expect(effect.successors).toEqual([1])
    expect(effect.lasting).toBeCloseTo(1 - (6 + 6 / 2) / (8 + 12 / 2), 12)
  })

  test('a victim left between the arrested and the free counts against the set', () => {
    // 3 is a victim: with 0 arrested, 1 still reaches her; with both, nobody does.
    const path = network(4, [[0, 3], [1, 3], [0, 1], [1, 2]])
    const safety = Uint8Array.of(0, 0, 0, 1)
    expect(arrestEffect(path, [0], { safety })).toMatchObject({ exposed: [3] })
    expect(arrestEffect(path, [0, 1], { safety })).toMatchObject({ exposed: [] })
  })

  test('where the sets are too many, those who score best alone are combined, and the answer says so', () => {
    const ring = network(30, Array.from({ length: 30 }, (_, v) => [v, (v + 1) % 30] as const))
    const best = bestArrests(ring, { size: 2, eligible: new Uint8Array(30).fill(1), exact_up_to: 50 })
    expect(best.exact).toBe(false)
    expect(best.tried).toBeLessThanOrEqual(50)
    expect(best.sets).toHaveLength(5)
  })
})
