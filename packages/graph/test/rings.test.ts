import { expect, test } from 'vitest'
import { communities } from '../src/communities.ts'
import { findRings } from '../src/rings.ts'
import { project, smallCase, type LinkWords } from './small-case.ts'

const OPTIONS = { ring_min_size: 3, ring_min_criminal_share: 0.15, ring_min_criminal_members: 2 }

const clique = (names: readonly string[]): LinkWords[] => names.flatMap((a, i) => names.slice(i + 1).map((b): LinkWords => ['met', a, b]))

test('worked example: of three groups two hold offences; the worse comes first, best tied members first', () => {
  const { network, actors } = project(smallCase([
    ...clique(['p10', 'p11', 'p12', 'p13']), ...clique(['p20', 'p21', 'p22']), ...clique(['p30', 'p31', 'p32']),
    ['met', 'p13', 'p11', 7], ['met', 'p13', 'p20'],
    ['accused_in', 'p10', 'e1', 1, true], ['accused_in', 'p12', 'e2', 1, true],
    ['met', 'p20', 'p21', 1, true], ['accused_in', 'p22', 'e3', 1, true], ['accused_in', 'p22', 'e4', 1, true],
    ['accused_in', 'p30', 'e5', 1, true],
  ]))
  const rings = findRings(network, communities(network.csr, { seed: 1 }).community, OPTIONS)
  expect(rings.map((ring) => Array.from(ring.members, (a) => actors[a]))).toEqual([['p20', 'p21', 'p22'], ['p11', 'p13', 'p10', 'p12']])
  expect(rings[0]).toMatchObject({ density: 1, criminal_share: 1, criminal_members: 3, criminal_links: 3 })
  expect(rings[1]).toMatchObject({ density: 1, criminal_share: 0.5, criminal_members: 2, criminal_links: 2 })
  expect(findRings(network, communities(network.csr, { seed: 1 }).community, { ...OPTIONS, ring_min_size: 4 })).toHaveLength(1)
  expect(findRings(network, communities(network.csr, { seed: 1 }).community, { ...OPTIONS, ring_min_criminal_share: 0.6 })).toHaveLength(1)
})

test('a community in two pieces is two rings; someone alone is never one', () => {
  const { network, actors } = project(smallCase([
    ...clique(['p1', 'p2', 'p3']), ...clique(['p4', 'p5', 'p6']), ['met', 'p7', 'p7'],
    ...['p1', 'p2', 'p4', 'p5', 'p7'].map((p, i): LinkWords => ['accused_in', p, `e${i}`, 1, true]),
  ]))
  const rings = findRings(network, new Uint32Array(actors.length), { ...OPTIONS, ring_min_size: 1 })
  expect(rings.map((ring) => Array.from(ring.members, (a) => actors[a]))).toEqual([['p1', 'p2', 'p3'], ['p4', 'p5', 'p6']])
})
