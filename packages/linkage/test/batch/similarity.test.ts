import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '@ringmap/model/random'
import { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import { beginning, commonPrefix, jaroWinkler, textPool, withinOneEdit } from '../../src/batch/similarity.ts'

/** Winkler's published pairs (Winkler 1990, table 2.1 as in the febrl manual), Jaro-Winkler to three digits. */
const PUBLISHED: readonly (readonly [string, string, number])[] = [
  ['shackleford', 'shackelford', 0.982], ['dunningham', 'cunnigham', 0.896], ['nichleson', 'nichulson', 0.956], ['jones', 'johnson', 0.832], ['massey', 'massie', 0.933],
  ['abroms', 'abrams', 0.922], ['itman', 'smith', 0.467], ['jeraldine', 'geraldine', 0.926], ['marhta', 'martha', 0.961], ['michelle', 'michael', 0.921], ['julies', 'julius', 0.933],
  ['tanya', 'tonya', 0.88], ['dwayne', 'duane', 0.84], ['sean', 'susan', 0.805], ['jon', 'john', 0.933],
]

test.each(PUBLISHED)('%s and %s', (a, b, value) => {
  const pool = textPool([a, b], false)
  expect(jaroWinkler(pool, 0, 1)).toBeCloseTo(value, 3)
  expect(jaroWinkler(pool, 1, 0)).toBeCloseTo(value, 3)
})

test('one edit is what a naive edit distance with exchange says', () => {
  assert(property(string({ unit: 'grapheme-ascii', maxLength: 6 }), string({ unit: 'grapheme-ascii', maxLength: 6 }), (a, b) => {
    const pool = textPool([a, b], false)
    expect(withinOneEdit(pool, 0, 1)).toBe(naiveDistance(a, b) <= 1)
  }), { numRuns: 2000, seed: 3 })
  for (const [a, b, near] of [['abcd', 'abdc', true], ['abcd', 'acbd', true], ['abc', 'abcd', true], ['abc', 'xabc', true], ['abcd', 'badc', false], ['', 'a', true], ['', 'ab', false]] as const)
    expect(withinOneEdit(textPool([a, b], false), 0, 1), `${a} ${b}`).toBe(near)
})

function naiveDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)))
  for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) {
    const row = rows[i] as number[]
    row[j] = Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j] ?? 0, (rows[i - 2]?.[j - 2] ?? 0) + 1)
  }
  return rows[a.length]?.[b.length] ?? 0
}

test('Jaro-Winkler and one edit are what DuckDB says, on every pair of some hundred words', async () => {
  const random = seeded(3)
  const words = [...new Set(Array.from({ length: 260 }, () => Array.from({ length: 2 + Math.floor(random() * 9) }, () => 'abeimnrstou'.charAt(Math.floor(random() * 11))).join('')))]
  const pool = textPool(words, false)
  const database = await Database.open(':memory:')
  await database.run(sql`CREATE TABLE word (place INTEGER, text VARCHAR)`)
  await database.append('word', words.map((word, i) => [i, word]))
  const rows = await database.rows<{ x: number; y: number; jaro: number; edits: number }>(sql`SELECT a.place AS x, b.place AS y, jaro_winkler_similarity(a.text, b.text) AS jaro, damerau_levenshtein(a.text, b.text) AS edits FROM word a, word b`)
  database.close()
  expect(rows.length).toBe(words.length ** 2)
  expect(rows.filter((row) => Math.abs(jaroWinkler(pool, row.x, row.y) - row.jaro) > 1e-9 || withinOneEdit(pool, row.x, row.y) !== (row.edits <= 1))).toEqual([])
})

test('beginnings', () => {
  const pool = textPool(['a', 'ali', 'alim', 'omar'], false)
  expect([beginning(pool, 0, 1), beginning(pool, 1, 2), beginning(pool, 1, 3), commonPrefix(pool, 1, 2)]).toEqual([1, 3, 0, 3])
})
