/** A source that is taken out of the case: gone with all its rows, in the trail by keyed hashes alone, and not while it is held. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { importAct } from '../src/step-acts.ts'
import { foundCase } from './found-case.ts'
import { SMALL_FILES, VICTIM, writeSmallCase } from './small-case.ts'

const CASE = SMALL_FILES['case.yaml'] ?? ''
const WITHOUT = CASE.replace(/ {2}- name: firs[\s\S]*?(?=find:)/, '')
const HOLD = 'exhibit: { sources: { firs: { hold: appeal 3/2025 } } }\n'
const folders: string[] = []
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }) })

async function reopened(open: OpenCase, text: string): Promise<OpenCase> {
  closeCase(open)
  writeFileSync(open.file_path, text)
  return await openCase(open.folder)
}

test('it leaves with its rows, and only who has the key of the case can tell which it was', async () => {
  const folder = writeSmallCase()
  folders.push(folder)
  const before = await foundCase(folder)
  const [{ sha256 } = { sha256: '' }] = await before.database.rows<{ sha256: string }>(sql`SELECT sha256 FROM source WHERE name = 'firs'`)
  const open = await reopened(before, WITHOUT)
  const report = await runImport(open)
  expect(report.changed).toBe(true)
  const keyed = (text: string): string => createHmac('sha256', open.key).update(`source that left\u001F${text}`, 'utf8').digest('hex')
  expect(report.removed).toEqual([{ id: `S-${keyed('firs').slice(0, 16).toUpperCase()}`, hmac: keyed(sha256) }])
  expect(importAct(report)).toContain(keyed(sha256))
  for (const value of ['firs', '11/2024', VICTIM, sha256]) expect(importAct(report)).not.toContain(value)
  await runLink(open)
  await runFind(open)
  expect(await open.database.rows(sql`SELECT 1 FROM entity WHERE kind = 'Event'`)).toEqual([])
  expect(await open.database.rows(sql`SELECT 1 FROM information_schema.tables WHERE table_name = 'raw firs'`)).toEqual([])
  expect((await runImport(open)).removed).toEqual([])
  closeCase(open)
  expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toBe(WITHOUT)
})

test('while it is held an import without it is refused, and the case is as it was', async () => {
  const folder = writeSmallCase({ changed: { 'case.yaml': `${CASE}${HOLD}` } })
  folders.push(folder)
  const open = await reopened(await foundCase(folder), `${WITHOUT}${HOLD}`)
  await expect(runImport(open)).rejects.toMatchObject({ code: 'source_on_hold', details: { source: 'firs', hold: 'appeal 3/2025' } })
  expect(await open.database.rows(sql`SELECT row_count FROM source WHERE name = 'firs'`)).toEqual([{ row_count: 4 }])
  closeCase(open)
})
