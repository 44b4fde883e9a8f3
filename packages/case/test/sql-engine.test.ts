import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { below, seeded } from '@ringmap/model/random'
import { LEVELS, type ComparisonKind } from '@ringmap/linkage/batch/comparison-kinds'
import { compareAll } from '@ringmap/linkage/batch/compare-all'
import { COUNTS_FROM } from '@ringmap/linkage/batch/link-batch'
import type { LinkPlan } from '@ringmap/linkage/batch/link-plan'
import { levelIn } from '@ringmap/linkage/batch/match-model'
import { prepareRecords } from '@ringmap/linkage/batch/prepared-records'
import { compareSteps, loadForSql } from '@ringmap/linkage/batch/sql-steps'
import { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import { dedupeFiles, type Deduped } from '../src/dedupe-files.ts'
import { readLinkInput } from '../src/link-input.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-sql-engine-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (file: string, text: string): string => {
  writeFileSync(join(folder, file), text)
  return join(folder, file)
}

/** Values of few letters, some beyond ASCII and some very long, so that slips, turned letters, shared beginnings and ties are everywhere. */
function table(records: number, seed: number): string {
  const random = seeded(seed)
  const pick = (from: string, least: number, most: number): string => Array.from({ length: least + below(random, most - least + 1) }, () => from.charAt(below(random, from.length))).join('')
  const number = (most: number): string => String(below(random, most))
  const two = (most: number): string => String(1 + below(random, most)).padStart(2, '0')
  const maybe = (value: string): string => (random() < 0.1 ? '' : value)
  const words = (): string => Array.from({ length: 1 + below(random, 5) }, () => (random() < 0.2 ? number(30) : pick('abनई', 2, 5))).join(' ')
  const lines = Array.from({ length: records }, (_, r) => [
    `r${r}`, number(records / 12), maybe(pick('abcdनवی', 1, 6)), maybe(pick('abcdनवی', 1, 6)), maybe(random() < 0.05 ? `${'long '.repeat(14)}${pick('ab', 1, 9)}` : pick('abcéन', 3, 9)), maybe(words()),
    maybe(`19${5 + below(random, 2)}${below(random, 10)}-${random() < 0.3 ? '01' : two(12)}-${random() < 0.3 ? '01' : two(28)}`), maybe(pick('1234', 3, 8)), maybe(pick('yesno', 2, 5)), maybe(number(60)), maybe(`${pick('abc', 1, 6)}@${pick('xy', 1, 2)}.in`),
  ].join(','))
  return ['id,grp,first,last,place,title,born,paper,answer,height,mail', ...lines, ''].join('\n')
}

const COLUMNS: readonly (readonly [name: string, kind: ComparisonKind, swap_with?: string])[] = [
  ['first', 'name', 'last'], ['last', 'name', 'first'], ['place', 'text'], ['title', 'words'], ['born', 'date'], ['paper', 'code'], ['answer', 'category'], ['height', 'number'], ['mail', 'email'], ['grp', 'category'],
]

test('levels are those of the typed arrays for every kind of comparison, on values made to be nearly alike', async () => {
  const database = await Database.open(':memory:')
  const input = await readLinkInput(database, [written('random.csv', table(3000, 5))], {})
  const plan: LinkPlan = { columns: COLUMNS.map(([name, kind, swap_with = null]) => ({ name, kind, swap_with, from: [name], form: 'plain', order: 'ymd', term_frequency: true, compared: name !== 'grp' })), blocking: [[{ field: 'grp', take: 'whole' }]], between: false, most_pairs: 1e6, most_in_block: 100 }
  const prepared = await prepareRecords(database, input.table, input.records, null, plan, 1, () => undefined)
  const { job } = prepared
  const arrays = await compareAll(job, {})
  await loadForSql(database, prepared)
  for (const step of compareSteps(prepared)) await database.run(step.statement)
  const rows = await database.rows<{ a: number; b: number } & Record<string, number>>(sql`SELECT * FROM link_level ORDER BY a, b`)
  database.close()
  expect(rows.length).toBe(arrays.left.length)
  expect(rows.length).toBeGreaterThan(10_000)
  const seen = new Map<ComparisonKind, Set<number>>()
  const apart: string[] = []
  rows.forEach((row, i) => {
    expect([row.a, row.b]).toEqual([arrays.left[i], arrays.right[i]])
    job.comparisons.forEach(({ kind, field }, c) => {
      const level = levelIn(arrays.patterns[arrays.pattern[i] as number] as number, c)
      seen.set(kind, (seen.get(kind) ?? new Set()).add(level))
      if (row[`level_${c}`] !== level) apart.push(`${kind} ${[row.a, row.b].map((r) => prepared.compared[field]?.values[job.codes[r * job.fields + field] as number]).join(' | ')}: ${row[`level_${c}`]} and not ${level}`)
    })
  })
  expect(apart).toEqual([])
  // Every level of every kind was met, or the test would say less than it seems to.
  for (const [kind, levels] of seen) expect([kind, levels.size]).toEqual([kind, LEVELS[kind].length])
  expect(seen.size).toBe(8)
}, 60_000)

test('pairs that are more than DuckDB may keep in memory go to disk, and links, weights, clusters and threshold are those of the typed arrays', async () => {
  const temp = join(folder, 'overflow')
  mkdirSync(temp)
  await writePersons(3000, 7, folder)
  const persons = join(folder, 'persons.csv')
  // Rules of some 300,000 pairs that say little, so that most of them stay below.
  const config = written('link.yaml', 'id: record_id\ncolumns: { name: person, father: parent, born: date, village: text, district: text, phone: phone }\nblocking: [[sex, village.start1], [district], [born], [phone]]\n')
  const arrays = await dedupeFiles([persons], { workers: 2, config })
  let overflow = 0
  const watch = setInterval(() => { overflow = Math.max(overflow, ...readdirSync(temp, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => statSync(join(one.parentPath, one.name)).size)) }, 5)
  const run = await dedupeFiles([persons], { workers: 2, config, engine: 'sql', memory: '64MB', temp }).finally(() => clearInterval(watch))
  expect(overflow).toBeGreaterThan(1_000_000)
  expect(readdirSync(temp)).toEqual([])
  const kept = strong(arrays)
  expect(kept.size).toBeGreaterThan(1000)
  expect(strong(run)).toEqual(kept)
  expect(run.batch.links.left.length).toBeLessThan(arrays.batch.links.left.length / 4)
  expect([...run.batch.clusters.cluster]).toEqual([...arrays.batch.clusters.cluster])
  expect([...run.weights]).toEqual([...arrays.weights])
  expect(run.batch.model).toEqual(arrays.batch.model)
  expect([run.batch.threshold, run.batch.missed_pairs]).toEqual([arrays.batch.threshold, arrays.batch.missed_pairs])
  expect(run.batch.expected_pairs).toBeCloseTo(arrays.batch.expected_pairs, 4)
  expect(run.batch.pairs.first_found).toEqual(arrays.batch.pairs.first_found)
}, 120_000)

/** Links from the least weight that clusters ask for, by their records. */
function strong({ batch }: Deduped): Map<string, number> {
  const { left, right, weight } = batch.links
  return new Map([...weight].flatMap((bits, i) => (bits >= COUNTS_FROM ? [[`${left[i]} ${right[i]}`, bits] as const] : [])))
}

test('a column of more characters than there are bytes is refused by its name', async () => {
  const title = (r: number): string => String.fromCodePoint(0x4e00 + r % 300, 0x4e00 + (r * 7) % 300)
  const file = written('titles.csv', ['id,title,paper', ...Array.from({ length: 400 }, (_, r) => `${r},${title(r)},p${r % 90}`)].join('\n'))
  const config = written('titles.yaml', 'id: id\ncolumns: { title: text, paper: code }\nblocking: [paper]\n')
  await expect(dedupeFiles([file], { workers: 0, config, engine: 'sql' })).rejects.toMatchObject({ code: 'usage', details: { what: expect.stringContaining('more in title;') as string } })
})
