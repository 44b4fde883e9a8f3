import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from '../src/case-issues.ts'
import { runImport } from '../src/import-step.ts'
import { closeCase } from '../src/open-case.ts'
import { csv, plantedCase } from './planted-case.ts'

const A = '9419000001'
const B = '9419000002'

test('what operators and banks send wrongly is counted with file and row, nothing is lost', async () => {
  const made = await plantedCase({
    'jio.csv': csv('a,b,when,seconds', [
      [A, B, '03/04/2026 10:00:00', 60], ['a', 'b', 'when', 'seconds'], [A, B, '25/04/2026 10:00:00', -4], [A, B, '04/25/2026 11:00:00', 30],
      ['9.19E+11', B, '26/04/2026 10:00:00', 5], ['27/04/2026', A, '9419000002', 10], [A, A, '28/04/2026 10:00:00', 10],
    ]),
    'airtel.csv': csv('a,b,when,seconds', [[A, B, '03/04/2026 10:00:03', 61], [A, B, '03/04/2026 10:30:00', 61], [B, A, '03/04/2026 10:00:00', 60]]),
    'bank.csv': csv('from,to,date,debit,credit,balance', [
      ['5010001', '5010002', '01/04/2026', '100.00', '', '900.00'], ['5010001', '5010003', '02/04/2026', '50.00', '', '850.00'], ['5010001', '5010001', '03/04/2026', '', '10.00', '860.00'],
      ['5010001', '5010002', '04/04/2026', '60.00', '', '700.00'], ['Total', '', '', '210.00', '10.00', ''],
    ]),
  }, ['jio', 'airtel'].map((operator) => `  - name: ${operator}
    file: ${operator}.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b } }
    links: [{ kind: called, from: caller, to: called, at: { column: when, format: dmy }, duration_s: seconds }]
`).join('') + `  - name: bank
    file: bank.csv
    entities: { payer: { kind: BankAccount, id: from, scheme: text }, payee: { kind: BankAccount, id: to, scheme: text } }
    links: [{ kind: paid, from: payer, to: payee, at: { column: date, format: dmy }, amount: { column: debit } }]
    balance: { column: balance, debit: debit, credit: credit }
`)
  try {
    const { view } = made
    const issues = await caseIssues(view.open, view.mask)
    const rows = (code: string, source: string): number[] => issues.filter((one) => one.code === code && one.source === source).flatMap(({ examples }) => examples.map(({ row }) => row))
    expect(rows('header_repeated', 'jio')).toEqual([3])
    expect(rows('number_unreadable', 'jio')).toEqual([4])
    expect(rows('date_order_mixed', 'jio').length).toBeGreaterThan(0)
    expect(rows('row_shifted', 'jio')).toEqual([7])
    expect(rows('self_link', 'jio')).toEqual([8])
    expect(issues.filter(({ code }) => code === 'value_failed_check').map(({ message }) => message).join(' ')).toMatch(/scientific notation/)
    expect(rows('reported_twice', 'airtel')).toEqual([2])
    expect(rows('row_is_total', 'bank')).toEqual([6])
    expect(rows('balance_broken', 'bank')).toEqual([5])
    expect(rows('self_link', 'bank')).toEqual([4])
    const calls = await view.open.database.one<{ n: number }>(sql`SELECT sum(l.count) AS n FROM link l JOIN entity a ON a.entity = l.source JOIN entity b ON b.entity = l.target WHERE a.label = ${`+91${A}`} AND b.label = ${`+91${B}`}`)
    // Three of jio (one without a time), two of airtel of which one is jio's.
    expect(Number(calls?.n)).toBe(4)
    expect((await view.open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM "raw airtel"`))?.n).toBe(3)
  } finally {
    closeCase(made.view.open)
    rmSync(made.folder, { recursive: true, force: true })
  }
})

test('a ledger that goes round at one moment is counted with its rows; one that comes back later is not', async () => {
  const made = await plantedCase({
    'book.csv': csv('from,to,date,sum', [
      ['7001', '7002', '01/04/2026', '10'], ['7002', '7001', '01/04/2026', '10'], ['7003', '7004', '02/04/2026', '5'], ['7004', '7005', '02/04/2026', '5'], ['7005', '7003', '02/04/2026', '5'],
      ['7001', '7006', '03/04/2026', '7'], ['7006', '7001', '04/04/2026', '7'], ['7001', '7003', '01/04/2026', '3'],
    ]),
  }, `  - name: book
    file: book.csv
    entities: { payer: { kind: BankAccount, id: from, scheme: text }, payee: { kind: BankAccount, id: to, scheme: text } }
    links: [{ kind: paid, from: payer, to: payee, at: { column: date, format: dmy }, amount: { column: sum } }]
`)
  try {
    const circles = (await caseIssues(made.view.open, made.view.mask)).filter(({ code }) => code === 'ledger_cyclic')
    expect(circles).toMatchObject([{ source: 'book', file: 'book.csv', count: 5 }])
    expect(circles[0]?.examples.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6])
    expect((await made.view.open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation`))?.n).toBe(8)
  } finally {
    closeCase(made.view.open)
    rmSync(made.folder, { recursive: true, force: true })
  }
})

test('an import that fails after its files were read leaves rows and rejected rows as they were, and the next one reads anew', async () => {
  const made = await plantedCase({ 'calls.csv': 'a,b\n9419000001,9419000002\nonly one\n' }, `  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b } }
    links: [{ kind: called, from: caller, to: called }]
`)
  const { database } = made.view.open
  const held = async (): Promise<unknown> => [await database.rows(sql`SELECT * FROM "raw calls"`), await database.rows(sql`SELECT * FROM rejected_row`), await database.rows(sql`SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%calls%'`)]
  try {
    const before = await held()
    writeFileSync(join(made.folder, 'calls.csv'), 'a,c\n9419000001,9419000003\nthis too\nand this\n')
    await expect(runImport(made.view.open)).rejects.toMatchObject({ code: 'column_missing' })
    expect(await held()).toEqual(before)
    writeFileSync(join(made.folder, 'calls.csv'), 'a,b\n9419000001,9419000003\nthis too\nand this\n')
    expect((await runImport(made.view.open)).sources[0]).toMatchObject({ rows: 1, rejected: 2, read: true })
    expect(await database.rows(sql`SELECT row, text FROM rejected_row ORDER BY row`)).toEqual([{ row: 3, text: 'this too' }, { row: 4, text: 'and this' }])
  } finally {
    closeCase(made.view.open)
    rmSync(made.folder, { recursive: true, force: true })
  }
})
