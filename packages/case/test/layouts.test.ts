import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { volumeNumber } from '@ringmap/fixtures/call-volume'
import { csvText } from '@ringmap/fixtures/csv'
import { OPERATORS, operatorFile, operatorRecords, tollRecords, towerDump } from '@ringmap/fixtures/operator-layouts'
import { REGISTERS, registerFixture } from '@ringmap/fixtures/register-layouts'
import { BANKS, bankStatement } from '@ringmap/fixtures/statement-layouts'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import { layouts } from '@ringmap/sources/layout-templates'
import { sql } from '@ringmap/store/sql'
import { initCase } from '../src/init-case.ts'
import { runImport } from '../src/import-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

interface Counted {
  readonly notes: readonly string[]
  /** Observations with a time, and all of them, by kind. */
  readonly links: Map<string, number>
  readonly all: Map<string, number>
  readonly incoming: number
  /** Handsets, SIMs and towers of the number that records were asked of. */
  readonly ofTarget: number
  readonly issues: string[]
  /** Rows of each issue. */
  readonly found: Map<string, number>
  /** Paise out of the account and into it. */
  readonly sums: { readonly out: number; readonly into: number }
}

type Given = { readonly name: string } & ({ readonly text: string } | { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] })

async function counted(table: Given, account = ''): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-layout-'))
  folders.push(folder)
  writeFileSync(join(folder, table.name), 'text' in table ? table.text : csvText(table.header, table.rows))
  const { notes } = await initCase(folder, [join(folder, table.name)], { region: 'IN', timezone: 'Asia/Kolkata' })
  const open = await openCase(folder)
  try {
    await runImport(open)
    const rows = await open.database.rows<{ kind: number; n: number }>(sql`SELECT kind, count(*) AS n FROM observation WHERE at_ms IS NOT NULL GROUP BY kind`)
    const to = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation o JOIN record r ON r.record = o.to_record WHERE o.kind = ${LINK_KIND_NAMES.indexOf('called')} AND r.key = ${`+91${volumeNumber(1)}`}`)
    const held = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation o JOIN record r ON r.record = o.from_record WHERE o.kind IN (${LINK_KIND_NAMES.indexOf('uses')}, ${LINK_KIND_NAMES.indexOf('present_at')}) AND r.key = ${`+91${volumeNumber(1)}`}`)
    const whole = await open.database.rows<{ kind: number; n: number }>(sql`SELECT kind, count(*) AS n FROM observation GROUP BY kind`)
    const sums = await open.database.one<{ out: number | null; into: number | null }>(sql`SELECT CAST(sum(o.amount) FILTER (f.key = ${account}) AS BIGINT) AS out, CAST(sum(o.amount) FILTER (t.key = ${account}) AS BIGINT) AS into
      FROM observation o JOIN record f ON f.record = o.from_record JOIN record t ON t.record = o.to_record`)
    const issues = await open.database.rows<{ code: string; count: number }>(sql`SELECT code, CAST(sum(count) AS INTEGER) AS count FROM issue GROUP BY code ORDER BY code`)
    const named = (counts: typeof rows): Map<string, number> => new Map(counts.map(({ kind, n }) => [LINK_KIND_NAMES[kind] as string, n]))
    return {
      notes, links: named(rows), all: named(whole), incoming: to?.n ?? 0, ofTarget: held?.n ?? 0, issues: issues.map(({ code }) => code), found: new Map(issues.map(({ code, count }) => [code, count])),
      sums: { out: sums?.out ?? 0, into: sums?.into ?? 0 },
    }
  } finally {
    closeCase(open)
  }
}

test('call records of each operator are known by their headings and read whole, in and out', async () => {
  for (const operator of OPERATORS) {
    const table = operatorRecords(operator, 5)
    const { notes, links, incoming, ofTarget, issues } = await counted({ name: table.name, text: operatorFile(operator, table) })
    expect(notes.join(' ').toLowerCase(), operator).toContain(`${operator.split('-')[0]} call records`)
    expect(links.get('called'), operator).toBe(table.calls)
    expect(links.get('messaged'), operator).toBe(table.messages)
    expect(incoming, operator).toBe(table.incoming)
    // Handset, SIM and tower are those of the number whose records they are, whichever way the call went.
    expect([links.get('present_at'), links.get('uses'), ofTarget], operator).toEqual([table.rows.length, table.rows.length * 2, table.rows.length * 3])
    expect(issues.filter((code) => !['row_repeated', 'value_failed_check', 'row_rejected'].includes(code)), operator).toEqual([])
  }
})

test('toll passages and tower dumps are known too', async () => {
  expect((await counted(tollRecords(1))).links.get('present_at')).toBe(50)
  expect((await counted(towerDump(1))).links.get('present_at')).toBe(80)
})

test('a forwarded call is known as two legs', async () => {
  const forwarded = operatorRecords('jio', 5, 40)
  const at = forwarded.header.indexOf('Call Forwarding')
  const type = forwarded.header.indexOf('Call Type')
  const rows = forwarded.rows.map((row, i) => row.map((cell, c) => (c === at && i % 4 === 0 ? volumeNumber(900) : cell)))
  const legs = rows.filter((row, i) => i % 4 === 0 && (row[type] ?? '').startsWith('a_')).length
  expect(legs).toBeGreaterThan(3)
  expect((await counted({ ...forwarded, rows })).links.get('called')).toBe(forwarded.calls + legs)
})

test('registers and lists of agencies are known by their headings and read whole', async () => {
  for (const name of REGISTERS) {
    const table = registerFixture(name, 3)
    const { notes, all, issues } = await counted(table)
    expect(notes.join(' '), name).toContain('read as')
    expect(Object.fromEntries(all), name).toEqual(table.links)
    expect(issues.filter((code) => code !== 'value_failed_check'), name).toEqual([])
  }
})

test('statements of nine banks, three of them in two layouts: rows over the headings, sides, totals and balances are understood to the paisa', async () => {
  for (const bank of BANKS) {
    const made = bankStatement(bank, 7)
    const { notes, all, found, sums } = await counted({ name: made.name, text: made.text }, made.account)
    expect(notes.join(' '), bank).toContain(' statement')
    expect(notes.join(' '), bank).not.toContain('stands over the table')
    expect(all.get('paid'), bank).toBe(made.upi + made.other + made.cash)
    expect(sums, bank).toEqual({ out: made.out, into: made.in })
    expect(found.get('row_unlinked') ?? 0, bank).toBe(made.unnamed)
    expect(found.get('row_is_total') ?? 0, bank).toBe(made.totals)
    expect(found.get('balance_broken'), bank).toBeUndefined()
    const left = [...found.keys()].filter((code) => !['row_unlinked', 'row_is_total', 'row_rejected', 'row_repeated'].includes(code))
    expect(left, bank).toEqual([])
  }
})

test('every template has a fixture, and the other way round', () => {
  const known = layouts().map(({ file }) => file.replace('.yaml', ''))
  expect([...known].sort()).toEqual([...OPERATORS.map((operator) => `${operator}-cdr`), 'fastag-toll', 'tower-dump', ...REGISTERS, ...BANKS.map((bank) => `${bank}-statement`)].sort())
})
