import { afterAll, describe, expect, it } from 'vitest'
import { madeWorkbook } from './made-workbook.ts'
import { ReadingDesk, refusal } from './reading.ts'

const desk = new ReadingDesk()
afterAll(() => desk.close())

describe('workbooks', () => {
  it('dates are ISO, numbers have all their digits, rows are those of Excel', async () => {
    const book = madeWorkbook({ Calls: [
      ['number', 'at', 'amount', 'ok', 'note'],
      [919419012345, { date: 45363 }, 1234.56, true, ' x '],
      [],
      [{ raw: '9.19419012345E+11' }, { date: 45363.5 }, { raw: '0.10000000000000001' }, false, null],
      [{ raw: '490154203237518' }, { date: 45363.479178240741 }, { raw: '1E-7' }, null, 'a & b'],
      [null, { date: 0.479178240741 }, { raw: '1.5E+20' }, null, null],
    ] })
    const read = await desk.read(book)
    expect(read.columns).toEqual(['number', 'at', 'amount', 'ok', 'note'])
    expect(read.table).toEqual([
      [2, '919419012345', '2024-03-12', '1234.56', 'TRUE', ' x '],
      [4, '919419012345', '2024-03-12 12:00:00', '0.1', 'FALSE', null],
      [5, '490154203237518', '2024-03-12 11:30:01', '0.0000001', null, 'a & b'],
      [6, null, '11:30:01', '150000000000000000000', null, null],
    ])
    expect(read).toMatchObject({ rows: 4, rejected: 0, encoding: 'xlsx', delimiter: '', issues: [] })
  })

  it('takes the sheet by name, the first one otherwise', async () => {
    const book = madeWorkbook({ One: [['a'], ['1']], Two: [['b'], ['2']] })
    expect((await desk.read(book)).columns).toEqual(['a'])
    expect((await desk.read(book, { sheet: 'Two' })).table).toEqual([[2, '2']])
    expect(await refusal(desk.read(book, { sheet: 'Three' }))).toBe('sheet_missing')
  })

  it('titles above the header are set aside; empty and repeated heads are named', async () => {
    const read = await desk.read(madeWorkbook({ S: [['Register of guests'], [], ['name', 'room', null, 'name', 'date'], ['A', 'B', 'C', 'D', 'E']] }))
    expect(read.columns).toEqual(['name', 'room', 'column_3', 'name (2)', 'date'])
    expect(read.repeated).toEqual(['name'])
    expect(read.table).toEqual([[4, 'A', 'B', 'C', 'D', 'E']])
    expect(read.rejects).toEqual([{ row: 1, reason: 'stands before the header', text: 'Register of guests' }])
  })

  it('an empty sheet is refused, a header alone is not', async () => {
    expect(await refusal(desk.read(madeWorkbook({ S: [] })))).toBe('source_empty')
    expect(await desk.read(madeWorkbook({ S: [['a', 'b']] }))).toMatchObject({ rows: 0, columns: ['a', 'b'] })
  })

  it('a workbook cut off is refused, not half read', async () => {
    const book = madeWorkbook({ S: [['a', 'b'], ['1', '2']] })
    expect(await refusal(desk.read(book.subarray(0, book.length - 300)))).toBe('source_unreadable')
    expect(await refusal(desk.read(book.subarray(0, 900)))).toBe('source_unreadable')
  })
})
