import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { caseFile, type CaseFileInput, type FileSourceInput } from '@ringmap/model/case-file'
import { Database } from '@ringmap/store/database'
import { PREPARE, rawTable } from '@ringmap/store/tables'
import { sql } from '@ringmap/store/sql'
import { mapSources, type ReadSource } from '../src/map-sources.ts'
import { readFileIntoTable } from '../src/read-file.ts'
import { ReadingDesk } from './reading.ts'

const desk = new ReadingDesk()
let database: Database
afterAll(() => {
  desk.close()
  database.close()
})
beforeEach(async () => {
  database = await Database.open(':memory:')
  for (const statement of PREPARE) await database.run(statement)
})

type FileSource = FileSourceInput
type Source = Omit<FileSource, 'file'> & { readonly text: string }

function mapped(source: Source): FileSource {
  const { text, ...mapping } = source
  return { ...mapping, file: `${text === '' ? 'empty' : source.name}.csv` }
}

/** Imports texts as a case would. */
async function imported(sources: readonly Source[], more: Partial<CaseFileInput> = {}): Promise<void> {
  const file = caseFile.parse({ version: 1, name: 'x', ...more, sources: sources.map(mapped) })
  const read = new Map<string, ReadSource>()
  for (const [i, source] of file.sources.entries()) {
    const path = desk.write(`${source.name}.csv`, sources[i]?.text ?? '')
    const { columns, repeated } = await readFileIntoTable(database, { source: source.name, path, shown: source.file, encoding: 'auto', delimiter: 'auto', table: `raw ${source.name}` })
    read.set(source.name, { file: source.file, columns, repeated })
  }
  await mapSources(database, file, read)
}

async function issues(code: string): Promise<{ source: string; column: string | null; count: number; rows: number[]; message: string }[]> {
  const rows = await database.rows<{ source: string; column_name: string | null; count: number; examples: string; message: string }>(sql`SELECT source, column_name, count, examples, message FROM issue WHERE code = ${code} ORDER BY source, column_name`)
  return rows.map(({ source, column_name: column, count, examples, message }) => ({ source, column, count, rows: (JSON.parse(examples) as { row: number }[]).map(({ row }) => row), message }))
}

const calls = (name: string, text: string): Source => ({
  name, text, entities: { a: { kind: 'Phone', id: 'a' }, b: { kind: 'Phone', id: 'b' } },
  links: [{ kind: 'called', from: 'a', to: 'b', at: { column: 'at', format: 'dmy' }, duration_s: 'seconds' }],
})

describe('a call that two operators report', () => {
  const own = 'a,b,at,seconds\n9419000001,9419000002,01/02/2024 10:00:00,60\n9419000001,9419000002,01/02/2024 12:00:00,5\n9419000001,9419000002,01/02/2024 12:00:08,7\n'
  const other = 'a,b,at,seconds\n9419000001,9419000002,01/02/2024 10:00:04,60\n9419000001,9419000003,01/02/2024 10:00:00,60\n9419000002,9419000001,01/02/2024 10:00:00,60\n'

  test('counts once; both rows stay, and the second is an issue with its row', async () => {
    await imported([calls('own', own), calls('other', other)])
    const kept = await database.rows<{ source: number; row: number; count: number }>(sql`SELECT source, row, count FROM observation ORDER BY source, row`)
    // The same pair, four seconds apart; another pair and the other direction are other calls, and so are two rows of one operator.
    expect(kept).toEqual([{ source: 0, row: 2, count: 1 }, { source: 0, row: 3, count: 1 }, { source: 0, row: 4, count: 1 }, { source: 1, row: 2, count: 0 }, { source: 1, row: 3, count: 1 }, { source: 1, row: 4, count: 1 }])
    expect(await issues('reported_twice')).toMatchObject([{ source: 'other', count: 1, rows: [2] }])
  })

  test('the operator with more rows in a run is believed, whichever comes first in the case file', async () => {
    await imported([calls('other', other), calls('own', `${own}9419000001,9419000002,01/02/2024 10:00:09,3\n`)])
    expect(await issues('reported_twice')).toMatchObject([{ source: 'other', count: 1, rows: [2] }])
  })

  test('counts twice where the window is narrower, or closed', async () => {
    await imported([calls('own', own), calls('other', other)], { same_call_within_s: 3 })
    expect(await issues('reported_twice')).toEqual([])
    database.close()
    database = await Database.open(':memory:')
    for (const statement of PREPARE) await database.run(statement)
    await imported([calls('own', own), calls('other', own)], { same_call_within_s: 0 })
    expect(await issues('reported_twice')).toEqual([])
  })
})

describe('clocks and zones', () => {
  const line = (i: number, ahead: number): string => `9419000001,94190001${String(i).padStart(2, '0')},01/02/2024 10:${String(i).padStart(2, '0')}:${String(ahead % 60).padStart(2, '0')},60`
  const text = (minutes: number, seconds: number): string => `a,b,at,seconds\n${Array.from({ length: 20 }, (_, i) => line(i, seconds).replace(/:(\d\d):/, (_all, m: string) => `:${String(Number(m) + minutes).padStart(2, '0')}:`)).join('\n')}\n`

  test('an operator whose clock is off is told, with the seconds; stated, its calls are those of the other', async () => {
    await imported([calls('own', text(0, 5)), calls('late', text(3, 12))])
    expect(await issues('clock_differs')).toMatchObject([{ source: 'late', count: 20, message: expect.stringContaining('the clock of late is about 187 s ahead of that of own (20 of 20') }])
    expect(await issues('reported_twice')).toEqual([])
    database.close()
    database = await Database.open(':memory:')
    for (const statement of PREPARE) await database.run(statement)
    await imported([calls('own', text(0, 5)), { ...calls('late', text(3, 12)), clock_ahead_s: 187 }])
    expect(await issues('clock_differs')).toEqual([])
    expect(await issues('reported_twice')).toMatchObject([{ source: 'late', count: 20 }])
  })

  test('one call in two zones is one moment', async () => {
    await imported([calls('delhi', 'a,b,at,seconds\n9419000001,9419000002,01/02/2024 10:00:00,60\n'), { ...calls('dubai', 'a,b,at,seconds\n9419000001,9419000002,01/02/2024 08:30:03,60\n'), timezone: 'Asia/Dubai' }])
    expect(await issues('reported_twice')).toMatchObject([{ source: 'dubai', count: 1, rows: [2] }])
  })
})

describe('columns that cannot be what the mapping says', () => {
  test('a column most of whose values fail says so once, beside the values', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `word ${i},94190000${String(i).padStart(2, '0')},01/02/2024 10:00:00,60`).join('\n')
    await imported([calls('shifted', `a,b,at,seconds\n${rows}\n`)])
    expect(await issues('column_doubtful')).toMatchObject([{ source: 'shifted', column: 'a', count: 30, message: expect.stringContaining('30 of 30 different values of a are no phone') }])
  })

  const row = (i: number): string => `9419000001,94190000${String(10 + i)},01/02/2024 10:00:00,60`
  const observed = async (): Promise<number | undefined> => (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation`))?.n

  test('a row whose cells slipped is counted with its row and direction, states no link and stays', async () => {
    await imported([calls('slipped', `a,b,at,seconds\n${row(0)}\n,9419000001,9419000011,01/02/2024 10:00:00\n${row(2)}\n9419000013,01/02/2024 10:00:00,60,\n`)])
    expect(await issues('row_shifted')).toMatchObject([{ source: 'slipped', column: 'at', count: 2, rows: [3, 5], message: expect.stringMatching(/^1 column to the left; 1 column to the right: /) }])
    expect(await observed()).toBe(2)
    expect((await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${rawTable('slipped')}`))?.n).toBe(4)
  })

  test('the template of another operator: every row is counted and none is guessed', async () => {
    await imported([calls('other', `a,b,at,seconds\n${Array.from({ length: 30 }, (_, i) => `OUT,${row(i).split(',').slice(0, 3).join(',')}`).join('\n')}\n`)])
    expect(await issues('row_shifted')).toMatchObject([{ source: 'other', column: 'at', count: 30, message: expect.stringContaining('1 column to the right') }])
    expect(await observed()).toBe(0)
  })

  test('a date that cannot be read beside a second date has not slipped', async () => {
    const dated = (at: string): string => `9419000001,9419000002,${at},01/02/2024 10:00:00`
    await imported([calls('two', `a,b,at,seconds\n${dated('01/02/2024 09:00:00')}\n${dated('31/02/2024 09:00:00')}\n${dated('')}\n`)])
    expect(await issues('row_shifted')).toEqual([])
    expect(await issues('time_unreadable')).toMatchObject([{ column: 'at', rows: [3] }])
    expect(await observed()).toBe(3)
  })

  test('a spreadsheet that rounded numbers: refused, and said why', async () => {
    await imported([calls('rounded', 'a,b,at,seconds\n9.19E+11,9419000002,01/02/2024 10:00:00,60\n')])
    expect(await issues('value_failed_check')).toMatchObject([{ column: 'a', count: 1, rows: [2], message: expect.stringContaining('scientific notation') }])
  })

  test('negative durations are kept out and counted', async () => {
    await imported([calls('negative', 'a,b,at,seconds\n9419000001,9419000002,01/02/2024 10:00:00,-60\n9419000001,9419000002,01/02/2024 11:00:00,60\n')])
    expect(await issues('number_unreadable')).toMatchObject([{ column: 'seconds', count: 1, rows: [2] }])
    expect((await database.one<{ s: number }>(sql`SELECT sum(duration_s) AS s FROM observation`))?.s).toBe(60)
  })

  test('dates of both orders in one file: those that could be either are named', async () => {
    await imported([calls('mixed', 'a,b,at,seconds\n9419000001,9419000002,25/02/2024 10:00:00,1\n9419000001,9419000002,02/25/2024 10:00:00,1\n9419000001,9419000002,03/04/2024 10:00:00,1\n9419000001,9419000002,05/05/2024 10:00:00,1\n')])
    expect(await issues('date_order_mixed')).toMatchObject([{ column: 'at', count: 1, rows: [4], message: expect.stringContaining('1 rows fit only day first, 1 only month first') }])
    expect(await issues('time_unreadable')).toMatchObject([{ count: 1, rows: [3] }])
  })
})

const STATEMENT = `Date,Narration,Withdrawal,Deposit,Balance
01/02/24,Opening,,,"10,000.00"
02/02/24,UPI/DR/403312345678/HAMID KO/ravi.k-1@okxyz/payment,"1,200.50",,"8,799.50"
03/02/24,NEFT CR-XYZB0001234-TARVESH KOLDUN-N0330012345678901 FROM A/C 123456789012,,500,"9,299.50"
04/02/24,ATM WDL 0042,2000.00,0.00,"7,299.50"
05/02/24,UPI/CR/403512345678/9419000009@upi,0.00,100.00,"7,000.00"
06/02/24,IMPS TO 98765432101 REF 403612345678,10,,"6,990.00"
`
const statement = (text: string, more: Partial<FileSource> = {}): Source => ({
  name: 'bank', text, balance: { column: 'Balance', debit: 'Withdrawal', credit: 'Deposit' },
  entities: {
    own: { kind: 'BankAccount', id: { value: '555566667777' } }, upi: { kind: 'OnlineAccount', id: { column: 'Narration', find: 'upi' } }, other: { kind: 'BankAccount', id: { column: 'Narration', find: 'account' } },
  },
  links: (['upi', 'other'] as const).flatMap((party) => [
    { kind: 'paid' as const, from: 'own', to: party, at: { column: 'Date', format: 'dmy' }, amount: { column: 'Withdrawal' }, where: { column: 'Withdrawal', not_in: ['', '0.00'] } },
    { kind: 'paid' as const, from: party, to: 'own', at: { column: 'Date', format: 'dmy' }, amount: { column: 'Deposit' }, where: { column: 'Deposit', not_in: ['', '0.00'] } },
  ]), ...more,
})

describe('a bank statement', () => {
  test('the other side is found in the narration, UPI id or account, with its amount and direction', async () => {
    await imported([statement(STATEMENT)])
    const paid = await database.rows(sql`SELECT o.row, f.key AS payer, t.key AS payee, o.amount FROM observation o JOIN record f ON f.record = o.from_record JOIN record t ON t.record = o.to_record ORDER BY o.row`)
    expect(paid).toEqual([
      { row: 3, payer: '555566667777', payee: 'ravi.k-1@okxyz', amount: 120_050 },
      { row: 4, payer: '123456789012', payee: '555566667777', amount: 50_000 },
      { row: 6, payer: '9419000009@upi', payee: '555566667777', amount: 10_000 },
      { row: 7, payer: '555566667777', payee: '98765432101', amount: 1000 },
    ])
    // Cash has no other side: counted, not lost.
    expect((await issues('value_missing')).flatMap(({ rows }) => rows)).toContain(5)
  })

  test('a row that breaks the balance is an issue, in a statement that runs either way', async () => {
    await imported([statement(STATEMENT)])
    expect(await issues('balance_broken')).toMatchObject([{ column: 'Balance', count: 1, rows: [6], message: expect.stringContaining('oldest first') }])
    database.close()
    database = await Database.open(':memory:')
    for (const one of PREPARE) await database.run(one)
    const [head = '', ...rows] = STATEMENT.trim().split('\n')
    await imported([statement([head, ...rows.reverse()].join('\n'))])
    expect(await issues('balance_broken')).toMatchObject([{ count: 1, rows: [3], message: expect.stringContaining('newest first') }])
  })

  test('a totals row states no payment; it stays among the rows and is counted', async () => {
    await imported([statement(`${STATEMENT}Total,,"3,210.50",600.00,\n`)])
    expect((await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${rawTable('bank')}`))?.n).toBe(7)
    expect((await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM observation`))?.n).toBe(4)
    expect(await issues('row_is_total')).toMatchObject([{ rows: [8] }])
  })
})

describe('statements', () => {
  const statement = (text: string, balance: FileSource['balance']): Source => ({
    name: 'bank', text, balance,
    entities: { own: { kind: 'BankAccount', id: { value: '70000000000001' } }, upi: { kind: 'OnlineAccount', id: { column: 'what', find: 'upi' }, where: { column: 'what', has: 'upi' } }, cash: { kind: 'BankAccount', id: { column: 'what', find: 'cash' }, where: { column: 'what', has: 'cash' } } },
    links: (['upi', 'cash'] as const).flatMap((end) => [
      { kind: 'paid' as const, from: 'own', to: end, at: { column: 'at', format: 'dmy' }, amount: { column: 'sum', side: 'debit' as const } },
      { kind: 'paid' as const, from: end, to: 'own', at: { column: 'at', format: 'dmy' }, amount: { column: 'sum', side: 'credit' as const } },
    ]),
  })

  test('one column of both sides, in every way that banks write it; who is not named is counted', async () => {
    await imported([statement('at,what,sum,left\n01/02/2024,UPI/tea1@ybl,500.00 Dr,500.00 Cr\n02/02/2024,CASH DEP,"1,000.50 Cr","1,500.50Cr"\n03/02/2024,ATM WDL,(200.50),1300.00\n04/02/2024,UPI/tea2@ybl,-300,1000.00\n05/02/2024,INTEREST,7.00,1007.00\n06/02/2024,UPI/tea3@ybl,10.00 Cr,1027.00\n', { column: 'left', amount: 'sum' })])
    const sums = await database.rows<{ row: number; amount: number; out: boolean }>(sql`SELECT o.row, o.amount, f.key = '70000000000001' AS out FROM observation o JOIN record f ON f.record = o.from_record ORDER BY o.row`)
    expect(sums.map(({ row, amount, out }) => [row, amount, out])).toEqual([[2, 50_000, true], [3, 100_050, false], [4, 20_050, true], [5, 30_000, true], [7, 1000, false]])
    expect(await issues('row_unlinked')).toMatchObject([{ count: 1, rows: [6] }])
    expect(await issues('balance_broken')).toMatchObject([{ count: 1, rows: [7] }])
    expect(await issues('value_failed_check')).toEqual([])
  })

  test('headings in two rows are one heading, which is said', async () => {
    const path = desk.write('merged.csv', 'The Invented Bank,,,,\nDate,Particulars,Amount,,Balance\n,,Dr,Cr,\n01/02/2024,UPI/tea1@ybl,5.00,,10.00\n')
    const read = await readFileIntoTable(database, { source: 'merged', path, shown: 'merged.csv', encoding: 'auto', delimiter: 'auto', table: 'raw merged' })
    expect(read.columns).toEqual(['Date', 'Particulars', 'Amount Dr', 'Amount Cr', 'Balance'])
    expect(read.issues.find(({ code }) => code === 'header_merged')).toMatchObject({ count: 1, examples: [{ row: 2 }] })
    expect(await database.rows(sql`SELECT row, "Amount Dr" AS dr FROM ${rawTable('merged')}`)).toEqual([{ row: 4, dr: '5.00' }])
  })

  test('a first row of words under plain headings stays a row', async () => {
    const path = desk.write('words.csv', 'name,village,trade,note,\nAli,Kupwara,tailor,known,\nBashir,Jammu,driver,2 cases,\n')
    const read = await readFileIntoTable(database, { source: 'words', path, shown: 'words.csv', encoding: 'auto', delimiter: 'auto', table: 'raw words' })
    expect(read).toMatchObject({ rows: 2, columns: ['name', 'village', 'trade', 'note', 'column_5'] })
  })
})
