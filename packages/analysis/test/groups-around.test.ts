import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { seeded } from '@ringmap/model/random'
import { groupsAround } from '../src/groups-around.ts'

/** Neighbourhoods of `size` with some ties inside and a few between, and one group with a member in each of the first of them, all tied to each other. */
function town(neighbourhoods: number, size: number, group: number, seed: number): { csr: Csr; community: Uint32Array; group: number[] } {
  const random = seeded(seed)
  const nodes = neighbourhoods * size
  const [source, target]: [number[], number[]] = [[], []]
  const tie = (a: number, b: number): void => { source.push(a); target.push(b) }
  for (let v = 0; v < nodes; v++) {
    const home = v - (v % size)
    for (let i = 0; i < 4; i++) tie(v, home + Math.floor(random() * size))
    if (random() < 0.5) tie(v, Math.floor(random() * nodes))
  }
  const members = Array.from({ length: group }, (_, i) => i * size + 3)
  members.forEach((a, i) => { for (const b of members.slice(i + 1)) tie(a, b) })
  return { csr: csrFromEdges(nodes, Uint32Array.from(source), Uint32Array.from(target)), community: Uint32Array.from({ length: nodes }, (_, v) => Math.floor(v / size)), group: members }
}

const marks = (nodes: number, who: readonly number[]): Uint8Array => Uint8Array.from({ length: nodes }, (_, v) => (who.includes(v) ? 1 : 0))

describe('groups around marked persons', () => {
  test('a group with one member in each neighbourhood is found from three of seven, and nobody else is in it', () => {
    const { csr, community, group } = town(12, 40, 7, 1)
    const found = groupsAround(csr, community, marks(csr.nodes, group.slice(0, 3)))
    expect(found.map(({ members }) => [...members])).toEqual([group])
    expect(found[0]?.evidence).toBeGreaterThan(Math.log(csr.nodes))
  })

  test('marked persons who have no more to do with each other than their neighbourhoods explain are no group', () => {
    const { csr, community } = town(12, 40, 0, 2)
    const random = seeded(5)
    const found = groupsAround(csr, community, marks(csr.nodes, Array.from({ length: 25 }, () => Math.floor(random() * csr.nodes))))
    expect(found.filter(({ evidence }) => evidence > Math.log(csr.nodes))).toEqual([])
  })

  test('a neighbourhood is no group of its own, however many of it are marked; nobody marked, no group', () => {
    const { csr, community } = town(12, 40, 0, 3)
    expect(groupsAround(csr, community, marks(csr.nodes, [0, 1, 2, 3, 4, 5, 6, 7])).filter(({ evidence }) => evidence > Math.log(csr.nodes))).toEqual([])
    expect(groupsAround(csr, community, new Uint8Array(csr.nodes))).toEqual([])
  })

  test('members have two ties to others of the group, nobody is in two groups, and the numbers of communities change nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 5, max: 10 }), (seed, size) => {
      const { csr, community, group } = town(10, 30, size, seed)
      const random = seeded(seed)
      const marked = marks(csr.nodes, [...group.filter(() => random() < 0.6), ...Array.from({ length: 8 }, () => Math.floor(random() * csr.nodes))])
      const found = groupsAround(csr, community, marked)
      const seen = new Set<number>()
      for (const { members, evidence } of found) {
        expect(evidence).toBeGreaterThan(0)
        for (const v of members) {
          expect(seen.has(v)).toBe(false)
          seen.add(v)
        }
      }
      const whole = found[0]?.members ?? []
      for (const v of whole) expect([...csr.targets.subarray(csr.offsets[v], csr.offsets[v + 1])].filter((u) => whole.includes(u)).length).toBeGreaterThanOrEqual(2)
      expect(groupsAround(csr, community.map((c) => 9 - c), marked)).toEqual(found)
    }), { numRuns: 20 })
  })
})
