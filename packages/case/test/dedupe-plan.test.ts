import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { dedupeFiles, planDedupe } from '../src/dedupe-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-dedupe-plan-'))
const persons = join(folder, 'persons.csv')
beforeAll(async () => {
  await writePersons(3000, 31, folder)
  writeFileSync(join(folder, 'link.yaml'), 'columns: { name: words, born: date, village: text }\nblocking: [[sex], [village, born.year], [name.last_word]]\nmost_pairs: 200000\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a dry run counts the pairs of every rule, refuses the one that would explode by its number, and writes nothing', async () => {
  const before = readdirSync(folder)
  const config = join(folder, 'link.yaml')
  const planned = await planDedupe([persons], { workers: 0, config })
  expect(readdirSync(folder)).toEqual(before)
  const [sex, village] = planned.counts
  expect(sex?.rule).toBe('sex')
  // Some 1,350 records of each sex make about 1.8 million pairs.
  expect(sex?.pairs).toBeGreaterThan(1_500_000)
  expect(sex?.refused).toMatch(/\d{7} pairs, more than 200000|no pair/)
  expect(village?.refused).toBe(null)
  const run = await dedupeFiles([persons], { workers: 0, config })
  expect(run.batch.prepared.counts).toEqual(planned.counts)
  const of_rules = run.batch.pairs.first_found.reduce((sum, n) => sum + n, 0)
  expect(of_rules).toBeGreaterThan(0)
  expect(of_rules).toBeLessThanOrEqual(planned.most_pairs)
})
