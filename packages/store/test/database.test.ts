import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Database, NULL_INDEX } from '../src/database.ts'
import { sql } from '../src/sql.ts'
import { freshTables, PREPARE } from '../src/tables.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringmap-store-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('columns come as typed arrays over many chunks, with their stand-ins for NULL', async () => {
  const database = await Database.open(':memory:')
  const [index, value, small] = await database.columns(
    sql`SELECT CASE WHEN range % 5 = 0 THEN NULL ELSE CAST(range AS INTEGER) END, CASE WHEN range = 3 THEN NULL ELSE range / 2 END, CAST(range % 7 AS UTINYINT) FROM range(10000)`,
    ['u32', 'f64', 'u8'] as const, 10_000,
  )
  expect([index[0], index[9999], index[5001]]).toEqual([NULL_INDEX, 9999, 5001])
  expect(value[3]).toBeNaN()
  expect([value[9999], small[9999]]).toEqual([4999.5, 9999 % 7])
  await expect(database.columns(sql`SELECT 1::INTEGER`, ['u32'] as const, 2)).rejects.toThrow('announced')
  database.close()
})

test('a transaction that throws leaves the file as it was', async () => {
  const database = await Database.open(join(folder, 'case.duckdb'))
  for (const statement of [...PREPARE, ...freshTables('import')]) await database.run(statement)
  await database.append('record', [[0, 'Phone', '+911', true]])
  await expect(database.transaction(async () => {
    for (const statement of freshTables('import')) await database.run(statement)
    await database.append('record', [[7, 'Phone', '+912', true]])
    throw new Error('half way')
  })).rejects.toThrow('half way')
  expect(await database.rows(sql`SELECT record, key FROM record`)).toEqual([{ record: 0, key: '+911' }])
  database.close()
})

test('64-bit integers that fit are numbers, others stay exact', async () => {
  const database = await Database.open(':memory:')
  await database.run(sql`CREATE TABLE sums (n BIGINT)`)
  await database.append('sums', [[5], [9_007_199_254_740_993n], [null]])
  expect(await database.rows(sql`SELECT n FROM sums`)).toEqual([{ n: 5 }, { n: 9_007_199_254_740_993n }, { n: null }])
  database.close()
})

test('queries asked at once do not cut each other off', async () => {
  const database = await Database.open(':memory:')
  const answers = await Promise.all(Array.from({ length: 8 }, async (_, i) => {
    const [column] = await database.texts(sql`SELECT range + ${i} FROM range(20000)`)
    return column?.at(-1)
  }))
  expect(answers).toEqual(Array.from({ length: 8 }, (_, i) => String(19999 + i)))
  database.close()
})

test('a signal interrupts a long query with the code for it', async () => {
  const database = await Database.open(':memory:')
  const controller = new AbortController()
  database.watch(controller.signal)
  setTimeout(() => controller.abort(), 50)
  await expect(database.rows(sql`SELECT count(*) FROM range(100000) a, range(100000) b WHERE a.range * b.range % 7 = 3`)).rejects.toMatchObject({ code: 'interrupted' })
  database.close()
})

test('a file that another process holds is refused with its own code and exit code', async () => {
  const path = join(folder, 'case.duckdb')
  const database = await Database.open(path)
  await database.run(sql`CREATE TABLE t (a INTEGER)`)
  const module = new URL('../src/database.ts', import.meta.url).href
  const script = `import { Database } from ${JSON.stringify(module)}; try { await Database.open(${JSON.stringify(path)}) } catch (error) { console.log(error.code + ' ' + error.exit) }`
  const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(other.stdout.trim()).toBe('case_locked 5')
  database.close()
})
