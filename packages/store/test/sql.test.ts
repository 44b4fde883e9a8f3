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
