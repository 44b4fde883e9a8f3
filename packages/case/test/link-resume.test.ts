/** A link step that was stopped half way: what it leaves, and that going on gives every table of the case as one run without a stop does. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { name, sql } from '@ringmap/store/sql'
import { runImport } from '../src/import-step.ts'
import { initCase } from '../src/init-case.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-link-resume-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** A digest of the rows of every table, in the order in which they stand. */
async function tables({ database }: OpenCase): Promise<Map<string, string>> {
  const found = await database.rows<{ table_name: string }>(sql`SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY table_name`)
  const digests = new Map<string, string>()
  for (const { table_name } of found) {
    const rows = await database.rows(sql`SELECT * FROM ${name(table_name)}`)
    digests.set(table_name, `${rows.length} ${createHash('sha256').update(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).digest('hex')}`)
  }
  return digests
}

test('stopped half way and taken up again, every table of the case is that of a run without a stop, row for row', async () => {
  await writePersons(3000, 77, work)
  const folder = join(work, 'case')
  await initCase(folder, [join(work, 'persons.csv')], { region: 'IN', timezone: 'Asia/Kolkata' })
  const open = await openCase(folder)
  try {
    await runImport(open)
    const imported = await tables(open)
    const unfinished = join(open.work, 'link.unfinished')
    const stop = new AbortController()
    const progress = (step: string, done: number): void => { if (step === 'comparing persons' && done >= 1500) stop.abort() }
    await expect(runLink(open, { signal: stop.signal, progress })).rejects.toMatchObject({ code: 'interrupted' })
    expect(await tables(open)).toEqual(imported)
    const kept = readdirSync(unfinished).filter((one) => /^part-\d+$/.test(one)).length
    expect(kept).toBeGreaterThanOrEqual(3)
    const counts = await runLink(open, { resume: true })
    expect(counts?.resumed_parts).toBe(kept)
    expect(existsSync(unfinished)).toBe(false)
    const resumed = await tables(open)
    expect(resumed.get('entity')).not.toBe(imported.get('entity'))
    await runLink(open, { force: true })
    expect(await tables(open)).toEqual(resumed)
  } finally {
    closeCase(open)
  }
}, 120_000)
