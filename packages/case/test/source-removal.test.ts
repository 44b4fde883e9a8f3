/** A source that is taken out of the case: gone with all its rows, in the trail by keyed hashes alone, and not while it is held. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { sql } from '@ringmap/store/sql'
import { chartOf } from '../src/case-chart.ts'
import { findingsOf, search, viewCase } from '../src/case-view.ts'
import { EXPORT_KINDS, writeChart, writeExport } from '../src/export-step.ts'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { openSavedChart, saveChart } from '../src/saved-charts.ts'
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

test('a person whose rows are taken out of the sources is in no later export and in no saved chart; before, he was', async () => {
  const gone = 'Ruvan Thakrel'
  const folder = writeSmallCase()
  folders.push(folder)
  let open = await foundCase(folder)
  let view = await viewCase(open)
  const id = (await search(view, gone)).hits[0]?.id ?? ''
  saveChart(view, { name: 'Raid', revision: 0, subject: id, title: 'Raid', filters: { window: null }, entities: [{ id, x: 5, y: -7, pinned: true, focus: true }], log: [] }, { who: 'analyst', now_ms: 1 })
  const said = async (): Promise<string[]> => {
    const out = join(folder, 'out')
    for (const kind of EXPORT_KINDS) await writeExport(view, kind, out)
    await writeChart(view, await chartOf(view, (await findingsOf(view)).rings[0]?.id ?? ''), join(out, 'ring.svg'))
    const files = [...readdirSync(out).map((name) => [name, readFileSync(join(out, name))] as const), ['saved chart', Buffer.from(JSON.stringify(await openSavedChart(view, 'Raid')))] as const]
    rmSync(out, { recursive: true })
    return files.filter(([name, bytes]) => scanForCanaries(bytes, name, [gone, '9419000005', 'ABC1000005']).length > 0).map(([name]) => name)
  }
  expect(await said()).toEqual(expect.arrayContaining(['entities.csv', 'network.graphml', 'network.anx', 'network.ftm.json', 'ring.svg', 'saved chart']))
  const without = (name: string): void => writeFileSync(join(folder, name), (SMALL_FILES[name] ?? '').split('\n').filter((row) => !row.includes('9419000005') && !row.includes(gone)).join('\n'))
  for (const name of ['persons.csv', 'subscribers.csv', 'calls.csv']) without(name)
  closeCase(open)
  open = await foundCase(folder)
  view = await viewCase(open)
  expect(await said()).toEqual([])
  expect((await openSavedChart(view, 'Raid')).gone).toBe(1)
  closeCase(open)
})
