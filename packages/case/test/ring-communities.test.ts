import { expect, test } from 'vitest'
import { plantedRings } from '@ringmap/fixtures/planted-rings'
import { communities } from '@ringmap/graph/communities'
import { projectPersons } from '@ringmap/graph/person-network'
import { findRings } from '@ringmap/graph/rings'
import { ringCommunities } from '../src/ring-communities.ts'

const NETWORK = { unattributed: true, hub_limit: 12, event_limit: 30, contact_limit: 150, min_count: 1 }
const RINGS = { ring_min_size: 5, ring_min_criminal_share: 0.15, ring_min_criminal_members: 2, resolution: 1 }

function planted(options: Parameters<typeof plantedRings>[0]) {
  const { entities, links, rings } = plantedRings(options)
  const network = projectPersons(entities, links, NETWORK)
  const base = communities(network.csr, { seed: 1 })
  return { network, rings, base }
}

/** Share of the planted rings that have half in common, or more, with a found one; and of found rings that are one of these. */
function figures({ network, rings }: ReturnType<typeof planted>, community: ArrayLike<number>): { recall: number; precision: number } {
  const found = findRings(network, community, RINGS)
  const hits = new Set<number>()
  let recalled = 0
  for (const { members } of rings) {
    const best = found.findIndex((ring) => {
      const common = ring.members.filter((v) => members.includes(v)).length
      return common / (members.length + ring.members.length - common) >= 0.5
    })
    if (best < 0) continue
    recalled++
    hits.add(best)
  }
  return { recall: recalled / rings.length, precision: hits.size / found.length }
}

test('small rings that the communities of 3,000 persons swallow come back, and little else with them', () => {
  let [recall, precision] = [0, 0]
  for (const seed of [1, 2, 3]) {
    const one = planted({ people: 3000, rings: 8, seed, ordinary: 0.3, accused: 0.75 })
    expect(findRings(one.network, one.base.community, RINGS)).toHaveLength(0)
    const all = figures(one, ringCommunities(one.network, one.base, RINGS).community)
    recall += all.recall / 3
    precision += all.precision / 3
  }
  expect(recall).toBeGreaterThan(0.7)
  expect(precision).toBeGreaterThan(0.7)
})

test('what the communities show as a ring stays as it is, and nothing is a ring where nobody was accused', () => {
  const clear = planted({ people: 1500, rings: 5, seed: 4, ordinary: 0, accused: 0.75 })
  const before = findRings(clear.network, clear.base.community, RINGS).map(({ members }) => [...members].sort((a, b) => a - b).join(' '))
  expect(before.length).toBeGreaterThan(2)
  const after = findRings(clear.network, ringCommunities(clear.network, clear.base, RINGS).community, RINGS).map(({ members }) => [...members].sort((a, b) => a - b).join(' '))
  for (const ring of before) expect(after).toContain(ring)
  const nobody = { ...clear.network, criminal_links: new Uint32Array(clear.network.csr.nodes) }
  expect(ringCommunities(nobody, clear.base, RINGS).community).toEqual(clear.base.community)
})

test('every person is in one community, numbered by size', () => {
  const one = planted({ people: 3000, rings: 8, seed: 1, ordinary: 0.3 })
  const { community, count } = ringCommunities(one.network, one.base, RINGS)
  const sizes = Array.from({ length: count }, () => 0)
  for (const c of community) sizes[c] = (sizes[c] ?? 0) + 1
  expect(sizes.every((size, c) => size > 0 && (c === 0 || size <= (sizes[c - 1] as number)))).toBe(true)
})
