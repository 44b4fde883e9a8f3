import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { volumeNumber } from '@ringmap/fixtures/call-volume'
import { OPERATORS, operatorRecords, tollRecords, towerDump } from '@ringmap/fixtures/operator-layouts'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import { layouts } from '@ringmap/sources/layout-templates'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from '../src/case-issues.ts'
import { viewCase } from '../src/case-view.ts'
import { initCase } from '../src/init-case.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

async function counted(table: { readonly name: string; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }): Promise<{ notes: readonly string[]; links: Map<string, number>; incoming: number; issues: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-layout-'))
  folders.push(folder)
  writeFileSync(join(folder, table.name), [table.header, ...table.rows].map((row) => row.join(',')).join('\n'))
  const { notes } = await initCase(folder, [join(folder, table.name)], { region: 'IN', timezone: 'Asia/Kolkata' })
  const open = await openCase(folder)
  try {
    await runImport(open)
    await runLink(open)
    const rows = await open.database.rows<{ kind: number; n: number }>(sql`SELECT kind, count(*) AS n FROM observation WHERE at_ms IS NOT NULL GROUP BY kind`)
    const to = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation o JOIN record r ON r.record = o.to_record WHERE o.kind = ${LINK_KIND_NAMES.indexOf('called')} AND r.key = ${`+91${volumeNumber(1)}`}`)
    const view = await viewCase(open)
    return { notes, links: new Map(rows.map(({ kind, n }) => [LINK_KIND_NAMES[kind] as string, n])), incoming: to?.n ?? 0, issues: (await caseIssues(open, view.mask)).map(({ code }) => code) }
  } finally {
    closeCase(open)
  }
}

test('call records of each operator are known by their headings and read whole, in and out', async () => {
  for (const operator of OPERATORS) {
    const table = operatorRecords(operator, 5)
    const { notes, links, incoming, issues } = await counted(table)
    expect(notes.join(' ').toLowerCase(), operator).toContain(`${operator} call records`)
    expect(links.get('called'), operator).toBe(table.calls)
    expect(links.get('messaged'), operator).toBe(table.messages)
    expect(incoming, operator).toBe(table.incoming)
    expect(links.get('present_at'), operator).toBe(table.rows.length)
    expect(issues.filter((code) => code !== 'row_repeated' && code !== 'value_failed_check'), operator).toEqual([])
  }
})

test('toll passages and tower dumps are known too, and every template has a fixture', async () => {
  expect((await counted(tollRecords(1))).links.get('present_at')).toBe(50)
  expect((await counted(towerDump(1))).links.get('present_at')).toBe(80)
  expect(layouts().map(({ file }) => file).sort()).toEqual(['airtel-cdr.yaml', 'bsnl-cdr.yaml', 'fastag-toll.yaml', 'jio-cdr.yaml', 'tower-dump.yaml', 'vi-cdr.yaml'])
})
