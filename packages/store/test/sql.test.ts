import { assert, asyncProperty, pre, string } from 'fast-check'
import { expect, test } from 'vitest'
import { Database } from '../src/database.ts'
import { joined, name, sql } from '../src/sql.ts'

test('values become literals and names become quoted names', () => {
  expect(sql`SELECT ${"o'clock"}, ${3}, ${null}, ${true} FROM ${name('a"b')} WHERE x IN ${['p', "q'"]}`.text).toBe(`SELECT 'o''clock', 3, NULL, TRUE FROM "a""b" WHERE x IN ('p', 'q''')`)
  expect(joined([name('a'), name('b')]).text).toBe('"a", "b"')
  expect(() => sql`${Number.NaN}`).toThrow(TypeError)
})

test('whatever text goes in as a value comes out as the same text, and as a name names a column', async () => {
  const database = await Database.open(':memory:')
  try {
    await assert(asyncProperty(string({ unit: 'binary' }), string({ unit: 'binary', minLength: 1 }), async (value, column) => {
      const kept = value.replaceAll('\0', '')
      const called = column.replaceAll('\0', '')
      pre(called !== '' && isWellFormed(kept) && isWellFormed(called))
      const [row] = await database.rows(sql`SELECT ${value} AS ${name(column)}`)
      expect(Object.entries(row ?? {})).toEqual([[called, kept]])
    }), { numRuns: 300, seed: 7 })
  } finally {
    database.close()
  }
})

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

test('nothing is in an empty list, and everything is outside it', async () => {
  const database = await Database.open(':memory:')
  expect(await database.rows(sql`SELECT 'a' IN ${[]} AS inside, 'a' NOT IN ${[]} AS outside`)).toEqual([{ inside: false, outside: true }])
  database.close()
})

test('a long list is given as one text, with the same members, whatever they hold', async () => {
  const database = await Database.open(':memory:')
  const plain = Array.from({ length: 2000 }, (_, i) => `it's ${i}`)
  const awkward = ['', "o'clock", 'a\x1fb', 'पुलिस', 'tab\tand\nline', ...plain]
  const both = async (list: readonly string[]): Promise<unknown> => await database.rows(sql`SELECT x IN ${list} AS inside, x NOT IN ${list} AS outside FROM (VALUES ('it''s 7'), ('it''s 2000'), (''), ('o''clock'), (${'a\x1fb'}), ('a'), ('पुलिस')) v(x)`)
  const inside = (...answers: boolean[]): unknown => answers.map((yes) => ({ inside: yes, outside: !yes }))
  expect(await both(plain)).toEqual(inside(true, false, false, false, false, false, false))
  expect(await both(awkward.filter((one) => !one.includes('\x1f')))).toEqual(inside(true, false, true, true, false, false, true))
  expect(await both(awkward)).toEqual(inside(true, false, true, true, true, false, true))
  database.close()
})
