import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from '../src/case-issues.ts'
import { caseStatus } from '../src/case-status.ts'
import { findingsOf, viewCase } from '../src/case-view.ts'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { SMALL_FILES, writeSmallCase } from './small-case.ts'

const folders: string[] = []
const opened: OpenCase[] = []
afterEach(() => {
  for (const open of opened.splice(0)) closeCase(open)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function small(options: Parameters<typeof writeSmallCase>[0] & { threads?: number } = {}): Promise<OpenCase> {
  const folder = writeSmallCase(options)
  folders.push(folder)
  const open = await openCase(folder, { threads: options.threads ?? 2 })
  opened.push(open)
  return open
}

/** Everything derived, in a form where equal cases are equal. */
async function derived(open: OpenCase): Promise<unknown> {
  const { database } = open
  return {
    entities: await database.rows(sql`SELECT * FROM entity ORDER BY entity`),
    roles: await database.rows(sql`SELECT * FROM entity_role ORDER BY ALL`),
    links: await database.rows(sql`SELECT * FROM link ORDER BY link`),
    findings: await runFind(open),
  }
}

test('records of one person in three files become one entity, by voter id and by the police number', async () => {
  const open = await small()
  await runImport(open)
  const counts = await runLink(open)
  expect(counts).toMatchObject({ joins: 7, observations: 7 + 7 + 7 + 13 + 4 })
  const persons = await open.database.rows<{ label: string; records: number }>(sql`SELECT e.label, count(*) AS records FROM entity e JOIN entity_record USING (entity) WHERE e.kind = 'Person' GROUP BY ALL ORDER BY e.label`)
  expect(persons.map(({ records }) => records)).toEqual([2, 2, 2, 2, 2, 2, 2])
  // The fuller spelling is printed.
  expect(persons.map(({ label }) => label)).toContain('Tarvesh Koldun')
  const phones = await open.database.rows<{ key: string }>(sql`SELECT key FROM entity WHERE kind = 'Phone' ORDER BY key`)
  expect(phones.map(({ key }) => key)).toEqual(['+919419000001', '+919419000002', '+919419000003', '+919419000004', '+919419000005', '+919419000006', '+919419000009', '+919876500000', 'short:12345'])
  const link = await open.database.one(sql`SELECT count, observations, first_ms, last_ms, duration_s, strength FROM link l JOIN entity a ON a.entity = l.source JOIN entity b ON b.entity = l.target
    WHERE a.key = '+919419000001' AND b.key = '+919419000003'`)
  // 2 March 2024, 10:00 and 11:00 in Kolkata; graded A1, so confirmed.
  expect(link).toEqual({ count: 2, observations: 2, first_ms: Date.UTC(2024, 2, 2, 4, 30), last_ms: Date.UTC(2024, 2, 2, 5, 30), duration_s: 123, strength: 0 })
})

test('trouble is counted with file, column and row, and nothing is lost', async () => {
  const open = await small()
  await runImport(open)
  await runLink(open)
  const issues = (await caseIssues(open)).map(({ code, file, column, count, examples }) => ({ code, file, column, count, row: examples[0]?.row, value: examples[0]?.value }))
  expect(issues).toEqual([
    { code: 'number_unreadable', file: 'calls.csv', column: 'seconds', count: 1, row: 11, value: 'x' },
    { code: 'row_repeated', file: 'calls.csv', column: null, count: 1, row: 14, value: null },
    { code: 'time_unreadable', file: 'calls.csv', column: 'start', count: 1, row: 10, value: '31/02/2024 10:00:00' },
    { code: 'value_missing', file: 'calls.csv', column: 'a', count: 1, row: 13, value: null },
  ])
  expect((await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM "raw calls"`))?.n).toBe(14)
})

test('the same case gives the same bytes for any order of rows and any number of threads', async () => {
  const plain = await small({ threads: 1 })
  const mixed = await small({ shuffled: 99, threads: 2 })
  for (const open of [plain, mixed]) {
    await runImport(open)
    await runLink(open)
  }
  expect(JSON.stringify(await derived(mixed))).toBe(JSON.stringify(await derived(plain)))
})

test('a step that is run again on an unchanged case does nothing; a changed file is read again, the others are not', async () => {
  const open = await small()
  expect(await runImport(open)).toMatchObject({ changed: true, rows: 7 + 7 + 14 + 4 })
  await runLink(open)
  await runFind(open)
  const before = JSON.stringify(await derived(open))
  const again = await runImport(open)
  expect(again.changed).toBe(false)
  expect(again.sources.every((source) => !source.read)).toBe(true)
  expect(await runLink(open)).toBeNull()
  expect(JSON.stringify(await derived(open))).toBe(before)
  writeFileSync(join(open.folder, 'calls.csv'), `${SMALL_FILES['calls.csv']}9419000006,9419000001,10/03/2024 10:00:00,5\n`)
  expect((await caseStatus(open)).sources.map(({ state }) => state)).toEqual(['as imported', 'as imported', 'changed since import', 'as imported'])
  expect((await runImport(open)).sources.map(({ read }) => read)).toEqual([false, false, true, false])
  await expect(viewCase(open)).rejects.toMatchObject({ code: 'step_missing', details: { step: 'link' } })
  expect((await runLink(open))?.observations).toBe(39)
})

test('a step that fails leaves the case as it was', async () => {
  const open = await small()
  await runImport(open)
  await runLink(open)
  const before = JSON.stringify(await derived(open))
  const states: readonly [string, string, string][] = [
    ['calls.csv', 'x,y,start,seconds\n1,2,3,4\n', 'column_missing'],
    ['calls.csv', 'a,b,a,start,seconds\n1,2,3,4,5\n', 'column_repeated'],
    ['calls.csv', '', 'source_empty'],
    ['calls.csv', 'PK\u0003\u0004 not a table', 'source_kind'],
  ]
  for (const [file, text, code] of states) {
    writeFileSync(join(open.folder, file), text)
    await expect(runImport(open), text).rejects.toMatchObject({ code })
    expect(JSON.stringify(await derived(open))).toBe(before)
  }
  rmSync(join(open.folder, 'calls.csv'))
  await expect(runImport(open)).rejects.toMatchObject({ code: 'source_missing' })
  const controller = new AbortController()
  controller.abort()
  writeFileSync(join(open.folder, 'calls.csv'), 'a,b,start,seconds\n1,2,3,4\n')
  await expect(runImport(open, { signal: controller.signal })).rejects.toMatchObject({ code: 'interrupted', exit: 130 })
  expect(JSON.stringify(await derived(open))).toBe(before)
})

test('more bad rows than tolerated: exit code 3, and the case stays empty', async () => {
  const open = await small({ changed: { 'calls.csv': `${SMALL_FILES['calls.csv']}1,2\n1,2,3,4,5,6\n` } })
  await expect(runImport(open, { max_bad: '1' })).rejects.toMatchObject({ code: 'too_many_bad', exit: 3, details: { bad: 2, rows: 16 } })
  await expect(runImport(open, { max_bad: '5%' })).rejects.toMatchObject({ code: 'too_many_bad' })
  expect((await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM source`))?.n).toBe(0)
  expect((await runImport(open, { max_bad: '20%' })).sources[2]).toMatchObject({ rows: 14, rejected: 2 })
  const kept = await open.database.rows<{ row: number; text: string }>(sql`SELECT row, text FROM rejected_row ORDER BY row`)
  expect(kept.map(({ row, text }) => [row, text.trim()])).toEqual([[16, '1,2'], [17, '1,2,3,4,5,6']])
})

test('the victim stays in the network, is counted, and is ranked nowhere', async () => {
  const open = await small()
  await runImport(open)
  await runLink(open)
  await runFind(open)
  const findings = await findingsOf(await viewCase(open))
  expect(findings.unranked).toEqual({ victim: 1 })
  expect(findings.rings).toHaveLength(1)
  expect(findings.rings[0]?.protected_members).toBe(1)
  const members = findings.rings[0]?.members ?? []
  const code = members.find((id) => id.startsWith('V-'))
  expect(code).toMatch(/^V-[0-9A-HJKMNP-TV-Z]{6}$/)
  const ranked = [...findings.organisers, ...findings.rings.flatMap((ring) => ring.organisers)].map(({ subject }) => subject)
  expect(ranked).not.toContain(code)
  expect(ranked.length).toBeGreaterThan(4)
  for (const one of findings.organisers) {
    expect(one.because.length).toBeGreaterThan(0)
    expect(one.because.flatMap(({ links }) => links).length).toBeGreaterThan(0)
    expect(one.interval.low).toBeLessThanOrEqual(one.interval.high)
  }
})

test('a case that was linked before joins kept their bits is found in as it is', async () => {
  const open = await small()
  await runImport(open)
  await runLink(open)
  const before = await runFind(open)
  await open.database.run(sql`ALTER TABLE judgement DROP COLUMN weight`)
  closeCase(opened.splice(opened.indexOf(open), 1)[0] as OpenCase)
  const again = await openCase(open.folder)
  opened.push(again)
  expect(await runFind(again, { force: true })).toEqual(before)
})
