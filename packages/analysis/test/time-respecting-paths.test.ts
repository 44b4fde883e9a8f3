import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { csrFromEdges } from '@ringmap/graph/csr'
import { below, seeded } from '@ringmap/model/random'
import { endsOfTies, joiningNetwork, tieCost } from '../src/joining-network.ts'
import { earliestArrival, timedPaths, type Contacts } from '../src/time-respecting-paths.ts'

function contacts(nodes: number, list: readonly (readonly [number, number, number])[]): Contacts {
  const sorted = list.toSorted((a, b) => a[2] - b[2] || a[0] - b[0] || a[1] - b[1])
  return { nodes, source: Uint32Array.from(sorted, (c) => c[0]), target: Uint32Array.from(sorted, (c) => c[1]), at: Float64Array.from(sorted, (c) => c[2]) }
}

it('by hand: a later contact cannot pass on what came before it was there', () => {
  const given = contacts(5, [[0, 1, 10], [1, 2, 5], [1, 2, 20], [2, 3, 30], [0, 3, 40], [3, 4, 30]])
  const { arrival } = earliestArrival(given, 0, { start: 0 })
  expect([...arrival]).toEqual([0, 10, 20, 30, Number.POSITIVE_INFINITY])
  const [first, second] = timedPaths(given, 0, 3)
  expect(first).toEqual({ nodes: [0, 1, 2, 3], contacts: [1, 2, 3], arrival: 30 })
  expect(second).toEqual({ nodes: [0, 3], contacts: [5], arrival: 40 })
  expect(timedPaths(given, 0, 3, { wait: 5 }).map((path) => path.nodes)).toEqual([[0, 3]])
  expect(timedPaths(given, 0, 3, { hops: 1 }).map((path) => path.arrival)).toEqual([40])
  expect(timedPaths(given, 0, 3, { end: 35, start: 11 })).toEqual([])
  expect(timedPaths(given, 3, 0, { both: () => true }).map((path) => path.nodes)).toEqual([[3, 0]])
})

it('agrees with a search over all paths', () => {
  const list = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(12)), { maxLength: 14 })
  fc.assert(fc.property(list, fc.boolean(), (given, both) => {
    const all = contacts(6, given.filter(([a, b]) => a !== b))
    const { arrival } = earliestArrival(all, 0, { start: 0, both: () => both })
    const slow = Array.from({ length: 6 }, () => Number.POSITIVE_INFINITY)
    const walk = (node: number, when: number): void => {
      slow[node] = Math.min(slow[node], when)
      for (let i = 0; i < all.at.length; i++) {
        if (!(all.at[i] > when || (node === 0 && all.at[i] >= when))) continue
        if (all.source[i] === node && all.target[i] !== 0) walk(all.target[i], all.at[i])
        else if (both && all.target[i] === node && all.source[i] !== 0) walk(all.source[i], all.at[i])
      }
    }
    walk(0, 0)
    expect([...arrival]).toEqual(slow)
    for (let to = 1; to < 6; to++) {
      const [first] = timedPaths(all, 0, to, { start: 0, both: () => both, ways: 20 })
      expect(first?.arrival ?? Number.POSITIVE_INFINITY).toBe(slow[to])
    }
  }), { numRuns: 200 })
})

it('passes over a million contacts, both ways of asking agree', () => {
  const random = seeded(1)
  const n = 1_000_000
  const big = { nodes: 100_000, source: Uint32Array.from({ length: n }, () => below(random, 100_000)), target: Uint32Array.from({ length: n }, () => below(random, 100_000)), at: Float64Array.from({ length: n }, (_, i) => i) }
  const { arrival } = earliestArrival(big, 5)
  expect(arrival.filter(Number.isFinite).length).toBeGreaterThan(5000)
  const to = arrival.findIndex((when, v) => Number.isFinite(when) && v !== 5)
  const [path] = timedPaths(big, 5, to, { hops: 60, ways: 1 })
  expect(path?.contacts.every((c, i) => i === 0 || c > (path.contacts[i - 1] ?? 0))).toBe(true)
  expect(path?.arrival).toBe(arrival[to])
})

it('what joins: never more than twice the cheapest, found by trying every set of joiners', () => {
  const random = seeded(6)
  for (let run = 0; run < 60; run++) {
    const nodes = 9
    const edges = Array.from({ length: 14 }, () => [below(random, nodes), below(random, nodes)] as const).filter(([a, b]) => a !== b)
    const csr = csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]))
    const given = [0, 1, 2, 3]
    const found = joiningNetwork(csr, given)
    const { low, high } = endsOfTies(csr)
    let best = Number.POSITIVE_INFINITY
    for (let set = 0; set < 1 << (nodes - 4); set++) {
      const inside = (v: number): boolean => v < 4 || ((set >> (v - 4)) & 1) === 1
      const ties = Array.from(low.keys()).filter((t) => inside(low[t]) && inside(high[t])).map((t) => ({ a: low[t], b: high[t], cost: tieCost(csr, low[t], high[t]) })).sort((x, y) => x.cost - y.cost)
      const part = Array.from({ length: nodes }, (_, v) => v)
      const root = (v: number): number => (part[v] === v ? v : root(part[v]))
      let cost = 0
      for (const { a, b, cost: one } of ties) if (root(a) !== root(b)) {
        part[root(a)] = root(b)
        cost += one
      }
      const wanted = Array.from({ length: nodes }, (_, v) => v).filter(inside)
      if (wanted.every((v) => root(v) === root(0))) best = Math.min(best, cost)
    }
    if (best === Number.POSITIVE_INFINITY) expect(found.apart.length).toBeGreaterThan(0)
    else {
      expect(found.apart.length).toBe(0)
      expect(found.cost).toBeLessThanOrEqual(2 * best + 1e-9)
      expect(found.cost).toBeGreaterThanOrEqual(best - 1e-9)
    }
  }
})
