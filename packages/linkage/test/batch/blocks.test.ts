import { expect, test } from 'vitest'
import { NULL_INDEX } from '@ringmap/store/database'
import { blocksOf, countBlocks, grouped, type KeyColumn } from '../../src/batch/blocks.ts'
import { compareRange, type CompareJob } from '../../src/batch/compare-range.ts'
import { textPool } from '../../src/batch/similarity.ts'

const one = (codes: number[], distinct: number): KeyColumn => ({ codes: Uint32Array.from(codes), offsets: null, distinct })
const first = one([0, 0, 1, 1, 0, NULL_INDEX], 2)
const second = one([5, 5, 5, 2, 2, 5], 6)

test('pairs are counted before they are made, and records without a key stand in no block', () => {
  expect(countBlocks(grouped(6, [first]))).toMatchObject({ pairs: 4, blocks: 2, largest: 3, example: 0, records: 5 })
  expect(countBlocks(grouped(6, [first, second]))).toMatchObject({ pairs: 1, blocks: 1, largest: 2, records: 5 })
})

test('a record may have several keys under one rule', () => {
  const words: KeyColumn = { codes: Uint32Array.from([0, 1, 1, 2, 2, 0]), offsets: Uint32Array.from([0, 2, 4, 6]), distinct: 3 }
  expect(countBlocks(grouped(3, [words]))).toMatchObject({ pairs: 3, blocks: 3 })
  expect(countBlocks(grouped(3, [one([7, 7, 7], 8), words]))).toMatchObject({ pairs: 3, blocks: 3 })
})

test('each pair is compared once, however many rules find it, and every rule is given its share', () => {
  const values = ['ali', 'aly', 'omar']
  const codes = Uint32Array.from([0, 1, 2, 0, 0, 1])
  const rules = [first, second].map((key) => blocksOf(6, grouped(6, [key]), 100))
  const job: CompareJob = { records: 6, codes, fields: 1, pools: [textPool(values)], comparisons: [{ kind: 'name', field: 0, other: -1 }], rules, source: null }
  const whole = compareRange(job, 0, 6)
  const pairs = [...whole.left].map((a, i) => `${a}-${whole.right[i]}`)
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(pairs.toSorted()).toEqual(['0-1', '0-2', '0-4', '0-5', '1-2', '1-4', '1-5', '2-3', '2-5', '3-4'])
  expect([...whole.first_found]).toEqual([4, 6])
  expect([...whole.only_found]).toEqual([3, 6])
  expect([...whole.by_times].reduce((sum, n) => sum + n, 0)).toBe(10)
  // In parts it is the same.
  const parts = [compareRange(job, 0, 2), compareRange(job, 2, 6)]
  expect(parts.flatMap((part) => [...part.left].map((a, i) => `${a}-${part.right[i]}`))).toEqual(pairs)
})

test('blocks above the limit are left out', () => {
  expect([...blocksOf(6, grouped(6, [first]), 2).members]).toEqual([2, 3])
})
