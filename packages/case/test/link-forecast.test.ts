import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { runImport } from '../src/import-step.ts'
import { forecastLink, runLink } from '../src/link-step.ts'
import { linkSummary } from '../src/link-summary.ts'
import { closeCase, openCase } from '../src/open-case.ts'
import { writeSmallCase } from './small-case.ts'

const folder = writeSmallCase()
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

test('a dry run counts what the step then finds, and writes nothing', async () => {
  const open = await openCase(folder, { threads: 2 })
  try {
    await expect(forecastLink(open)).rejects.toMatchObject({ code: 'step_missing' })
    await runImport(open)
    const steps = async (): Promise<unknown> => await open.database.rows(sql`SELECT * FROM step ORDER BY name`)
    const before = await steps()
    const found = await forecastLink(open)
    expect(await steps()).toEqual(before)
    expect(found.persons).toBeGreaterThan(0)
    expect(found.by_rule.reduce((sum, { pairs }) => sum + pairs, 0)).toBeGreaterThanOrEqual(found.compared)
    const counts = await runLink(open)
    const summary = await linkSummary(open)
    expect(counts?.name_joins ?? 0).toBeLessThanOrEqual(found.would_join)
    expect(summary.waiting).toBeLessThanOrEqual(found.would_wait + found.would_join)
    expect(await forecastLink(open)).toEqual(found)
  } finally {
    closeCase(open)
  }
})
