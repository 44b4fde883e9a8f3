import { expect, test } from 'vitest'
import { keptIds } from '../../src/batch/kept-ids.ts'

const fresh = (root: number): string => `r${root}`

test('a cluster keeps the id of most of its records, a new one is named by its first record', () => {
  const { cluster, changes } = keptIds(Uint32Array.from([0, 0, 0, 3, 4]), ['A', 'A', null, 'B', null], fresh)
  expect(cluster).toEqual(['A', 'A', 'A', 'B', 'r4'])
  expect(changes).toEqual([])
})

test('a join and a split are said, and no id names other records than before', () => {
  expect(keptIds(Uint32Array.from([0, 0, 0]), ['A', 'A', 'B'], fresh)).toEqual({ cluster: ['A', 'A', 'A'], changes: [{ change: 'joined', id: 'A', other: 'B', records: 1 }] })
  expect(keptIds(Uint32Array.from([0, 0, 2]), ['A', 'A', 'A'], fresh)).toEqual({ cluster: ['A', 'A', 'r2'], changes: [{ change: 'split', id: 'r2', other: 'A', records: 1 }] })
  // The first record's name is taken by an id that stood before.
  expect(keptIds(Uint32Array.from([0, 1]), ['r1', null], fresh).cluster).toEqual(['r1', 'r1~2'])
})
