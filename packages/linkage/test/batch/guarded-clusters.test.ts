import { expect, test } from 'vitest'
import { seeded } from '@ringmap/model/random'
import { guardedClusters, type Links } from '../../src/batch/guarded-clusters.ts'
import { strongestFirst } from '../../src/batch/ordered-links.ts'

function links(...given: readonly (readonly [number, number, number])[]): Links {
  return { left: Uint32Array.from(given, ([a]) => a), right: Uint32Array.from(given, ([, b]) => b), weight: Float32Array.from(given, ([, , weight]) => weight) }
}

test('a bridge between two firm groups is held for a person, and chains do not grow', () => {
  // 0-1-2 and 3-4-5 are full triangles; one link joins them. 6-7-8-9 is a chain.
  const given = links([0, 1, 9], [0, 2, 9], [1, 2, 9], [3, 4, 8], [3, 5, 8], [4, 5, 8], [2, 3, 7], [6, 7, 6], [7, 8, 5], [8, 9, 4])
  const { cluster, held } = guardedClusters(10, given, { threshold: 0 })
  expect([...cluster]).toEqual([0, 0, 0, 3, 3, 3, 6, 6, 6, 9])
  expect([...held]).toEqual([6, 9])
})

test('a link against which stands a contradiction anywhere across is held', () => {
  const given = links([0, 1, 9], [1, 2, 8], [0, 2, 7])
  const { cluster, held, contradicted } = guardedClusters(3, given, { threshold: 0, cannot_link: (a, b) => a + b === 2 })
  expect([...cluster]).toEqual([0, 0, 2])
  expect([held.length, contradicted]).toEqual([2, 2])
})

test('a threshold set far too low joins no groups by links that speak against them', () => {
  const given = links([0, 1, 9], [2, 3, 8], [0, 2, -6], [0, 3, -6], [1, 2, -6], [1, 3, -6])
  expect([...guardedClusters(4, given, { threshold: -8 }).cluster]).toEqual([0, 0, 2, 2])
})

test('clusters do not depend on the order in which links stand', () => {
  const random = seeded(5)
  const given = Array.from({ length: 400 }, (): [number, number, number] => {
    const a = Math.floor(random() * 80)
    return [a, (a + 1 + Math.floor(random() * 78)) % 80, Math.floor(random() * 40) - 10]
  }).map(([a, b, weight]): [number, number, number] => [Math.min(a, b), Math.max(a, b), weight])
  const unique = [...new Map(given.map((link) => [`${link[0]} ${link[1]}`, link])).values()].map(([a, b], i): [number, number, number] => [a, b, (i * 37) % 61 - 10 + i / 1000])
  const first = [...guardedClusters(80, links(...unique), { threshold: 0 }).cluster]
  const turned = [...unique].reverse()
  expect([...guardedClusters(80, links(...turned), { threshold: 0 }).cluster]).toEqual(first)
  expect(new Set(first).size).toBeLessThan(80)
})

test('strongest first, equal ones in their order, NaN nowhere', () => {
  expect([...strongestFirst(Float32Array.from([1, -3, Number.NaN, 7.5, 7.5, -0.25, 0]), -1)]).toEqual([3, 4, 0, 6, 5])
})
