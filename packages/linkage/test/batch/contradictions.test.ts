import { expect, test } from 'vitest'
import { contradictions } from '../../src/batch/contradictions.ts'
import type { Field } from '../../src/batch/fields.ts'
import { guardedClusters } from '../../src/batch/guarded-clusters.ts'
import { heldBridges } from '../../src/batch/held-bridges.ts'
import { textPool } from '../../src/batch/similarity.ts'

const NONE = 0xffffffff
const field = (name: string, cells: readonly (string | null)[]): Field => {
  const values = [...new Set(cells.filter((cell) => cell !== null))]
  return { name, values, codes: Uint32Array.from(cells, (cell) => (cell === null ? NONE : values.indexOf(cell))), counts: Uint32Array.from(values, (value) => cells.filter((cell) => cell === value).length), pool: textPool(values, false) }
}

test('two passports part two records, a slip in one does not, nor one that is missing', () => {
  const cannot = contradictions({ fields: new Map([['passport', field('passport', ['n1234567', 'n1234576', 'm7654321', null])]]) }, [{ field: 'passport', as: 'paper' }])
  expect([cannot?.(0, 1), cannot?.(0, 2), cannot?.(2, 0), cannot?.(0, 3)]).toEqual([false, true, true, false])
})

test('two passports of two nations part nobody', () => {
  const fields = new Map([['passport', field('passport', ['n1234567', 'a9876543', 'm7654321', 'k1112223'])], ['nation', field('nation', ['indian', 'nepali', 'indian', null])]])
  const cannot = contradictions({ fields }, [{ field: 'passport', as: 'paper', unless: 'nation' }])
  expect([cannot?.(0, 1), cannot?.(0, 2), cannot?.(0, 3)]).toEqual([false, true, true])
})

test('born twenty years apart, but not by one digit and not on one day', () => {
  const cannot = contradictions({ fields: new Map([['born', field('born', ['19700312', '19950811', '19900705', '19950312', '19850811'])]]) }, [{ field: 'born', as: 'born' }])
  expect(cannot?.(0, 1), '1970 and 1995').toBe(true)
  expect(cannot?.(0, 2), '1970 and 1990 differ by one digit').toBe(false)
  expect(cannot?.(0, 3), 'the same day').toBe(false)
  expect(cannot?.(1, 4), 'ten years').toBe(false)
  expect(contradictions({ fields: new Map() }, [{ field: 'born', as: 'born' }])).toBe(null)
})

test('two triangles on one strong link stay apart, and the link is named', () => {
  const pairs = [[0, 1, 9], [0, 2, 9], [1, 2, 9], [3, 4, 8], [3, 5, 8], [4, 5, 8], [2, 3, 7], [1, 4, 1]] as const
  const links = { left: Uint32Array.from(pairs, ([a]) => a), right: Uint32Array.from(pairs, ([, b]) => b), weight: Float32Array.from(pairs, ([, , weight]) => weight) }
  const clusters = guardedClusters(6, links, { threshold: 0 })
  expect(heldBridges(links, clusters)).toEqual([{ groups: [0, 3], sizes: [3, 3], links: 2, strongest: [2, 3], weight: 7 }])
})
