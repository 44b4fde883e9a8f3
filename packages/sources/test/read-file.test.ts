import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { readFileIntoTable } from '../src/read-file.ts'
import { ReadingDesk, refusal } from './reading.ts'

const desk = new ReadingDesk()
afterAll(() => desk.close())

describe('row numbers are those of a spreadsheet', () => {
  it('counts the header, blank and rejected records', async () => {
    const read = await desk.read('a,b,c\n1,2,3\n\n4,5,6\nshort,row\n7,8,9\nfar,too,long,row\n\n\n10,11,12\n')
    expect(read.table).toEqual([[2, '1', '2', '3'], [4, '4', '5', '6'], [6, '7', '8', '9'], [10, '10', '11', '12']])
    expect(read.rejects).toEqual([{ row: 5, reason: 'only 2 columns', text: 'short,row' }, { row: 7, reason: '4 columns', text: 'far,too,long,row' }])
    expect(read).toMatchObject({ rows: 4, rejected: 2, columns: ['a', 'b', 'c'], repeated: [], delimiter: ',', encoding: 'utf-8' })
    expect(read.issues).toMatchObject([{ code: 'row_rejected', count: 2, file: 'table.csv', examples: [{ row: 5, value: 'short,row' }, { row: 7, value: 'far,too,long,row' }] }])
  })

  it('a record with quoted line breaks is one', async () => {
    for (const end of ['\n', '\r\n']) {
      const read = await desk.read(['a,b', `1,"x${end}y ""z"", w"`, '', '2,u', 'x,y,z', '3,v'].join(end))
      expect(read.table).toEqual([[2, '1', `x${end}y "z", w`], [4, '2', 'u'], [6, '3', 'v']])
    }
  })

  it('takes every line ending, mixed too', async () => {
    expect((await desk.read('a,b\r1,2\r3,4\r')).table).toEqual([[2, '1', '2'], [3, '3', '4']])
    expect((await desk.read('a,b\r\n1,2\n3,4\r5,6')).table).toEqual([[2, '1', '2'], [3, '3', '4'], [4, '5', '6']])
  })

  it('blank lines before the header move everything down', async () => {
    expect((await desk.read('\n\na,b\n1,2\n')).table).toEqual([[4, '1', '2']])
  })

  it('titles that an operator prints above the header are set aside', async () => {
    const read = await desk.read('Call records of 9419012345\n"From 01/01/2024, to 31/01/2024",,,\n\nA Party,B Party,Date,Dur\n9419012345,9419012346,01/01/2024,5\n')
    expect(read.columns).toEqual(['A Party', 'B Party', 'Date', 'Dur'])
    expect(read.table).toEqual([[5, '9419012345', '9419012346', '01/01/2024', '5']])
    expect(read.rejects.map(({ row, reason }) => [row, reason])).toEqual([[1, 'stands before the header'], [2, 'stands before the header']])
  })

  it('extra delimiters at the end of a row are no columns', async () => {
    const read = await desk.read('a,b\n1,2,\n3,4,,,\n5,6,x\n')
    expect(read.table).toEqual([[2, '1', '2'], [3, '3', '4']])
    expect(read.rejects).toMatchObject([{ row: 4, reason: '3 columns' }])
  })
})

describe('nothing is lost', () => {
  it('a file cut off inside a quote loses one line at most', async () => {
    const read = await desk.read('a,b\n1,2\n3,"cut\n5,6\n7,8\n')
    expect(read.table).toEqual([[2, '1', '2'], [4, '5', '6'], [5, '7', '8']])
    expect(read.rejects).toMatchObject([{ row: 3, text: '3,"cut' }])
  })
  it('half of the last row is kept with the reason', async () => {
    const read = await desk.read('a,b,c\n1,2,3\n4,5')
    expect(read.rejects).toEqual([{ row: 3, reason: 'only 2 columns (the file ends here: it may have been cut off)', text: '4,5' }])
    expect((await desk.read('a,b\n1,"2')).rejects).toMatchObject([{ row: 2, text: '1,"2' }])
  })
  it('text behind a closing quote is rejected whole, quotes inside a value are not', async () => {
    const read = await desk.read('a,b\n"x"y,2\n5" pipe,3\n"""q""",4\n')
    expect(read.table).toEqual([[3, '5" pipe', '3'], [4, '"q"', '4']])
    expect(read.rejects).toEqual([{ row: 2, reason: 'text follows a closing quote', text: '"x"y,2' }])
  })
  it('spaces around quotes are no part of the value', async () => {
    expect((await desk.read('a, "b" ,c\nx, "y,z" ,w\n "1","2"  ,"3"\n')).table).toEqual([[2, 'x', 'y,z', 'w'], [3, '1', '2', '3']])
  })
  it('all rows can be bad', async () => {
    const rows = 20_000
    const read = await desk.read(`a,b\n${'x\n'.repeat(rows)}`)
    expect(read).toMatchObject({ rows: 0, rejected: rows, table: [] })
    expect(read.rejects).toHaveLength(rows)
    expect(read.rejects.at(-1)).toMatchObject({ row: rows + 1, text: 'x' })
    expect(read.issues[0]?.examples).toHaveLength(10)
  })
  it('equals a plain reading of the same records, whatever is in them', async () => {
    const cell = fc.oneof(fc.constantFrom('', ' ', 'x', '"', '""', 'a"b', '\n', '\r\n', ',', 'x,y', ' "q"', 'ü', 'आ', '#', '\\', "'", 'NULL', '\\N', 'a\tb', '\u00a0', '-', '=1+1'), fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', '')))
    const line = fc.oneof({ weight: 8, arbitrary: fc.array(cell, { minLength: 3, maxLength: 3 }) }, { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: 5 }) }, { weight: 1, arbitrary: fc.constant([]) })
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (lines, end, closing) => {
      const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
      const read = await desk.read(['h1,h2,h3', ...lines.map((cells) => cells.map(quoted).join(','))].join(end) + (closing ? end : ''))
      const good: (string | number | null)[][] = []
      const bad: number[] = []
      lines.forEach((cells, i) => {
        if (cells.length === 0 || (cells.length === 1 && cells[0]?.trim() === '' && !/[\t\n\r\u00a0]/.test(cells[0]))) return
        if (cells.length === 3 || (cells.length > 3 && cells.slice(3).every((text) => text === ''))) good.push([i + 2, ...cells.slice(0, 3).map((text) => (text === '' ? null : text))])
        else bad.push(i + 2)
      })
      expect(read.table).toEqual(good)
      expect(read.rejects.map((reject) => reject.row)).toEqual(bad)
      expect(read.rows + read.rejected).toBe(good.length + bad.length)
    }), { numRuns: 200, seed: 11 })
  })
})

describe('broken quoting of any kind', () => {
  it('loses no letter and numbers every record', async () => {
    const junk = fc.array(fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', 'x', 'yz', ' ', 'x,y,z\n', '"x",y,"z"\n', ' "x" ,y,z\n'), { maxLength: 25 }).map((parts) => parts.join(''))
    const letters = (text: string): number => text.replaceAll(/[^x-z]/g, '').length
    await fc.assert(fc.asyncProperty(junk, async (text) => {
      const read = await desk.read(`h1,h2,h3\n${text}`)
      const cells = read.table.flatMap((row) => row.slice(1)).map((cell) => String(cell ?? '')).join('')
      expect(letters(cells) + letters(read.rejects.map((reject) => reject.text).join(''))).toBe(letters(text))
      const rows = [...read.table.map((row) => Number(row[0])), ...read.rejects.map((reject) => reject.row)]
      expect(new Set(rows).size).toBe(rows.length)
      expect(rows.every((row) => row >= 2)).toBe(true)
    }), { numRuns: 250, seed: 12 })
  })
})

describe('larger than any buffer', () => {
  const serials = (path: string, rows: number, spoil: (n: number) => string | null, line: (n: number) => string): void => {
    const file = openSync(path, 'w')
    let text = 'n,filler,more\n'
    for (let n = 2; n <= rows + 1; n++) {
      text += spoil(n) ?? line(n)
      if (text.length > 4e6) {
        writeSync(file, text)
        text = ''
      }
    }
    writeSync(file, text)
    closeSync(file)
  }
  const count = async (): Promise<unknown> => await (await desk.database()).one(sql`SELECT count(*) AS n, sum(CASE WHEN row = CAST(n AS BIGINT) THEN 0 ELSE 1 END) AS wrong, sum(CASE WHEN row < CAST(n AS BIGINT) THEN 1 ELSE 0 END) AS less FROM "raw big"`)
  const filler = 'x'.repeat(300)
  const read = async (path: string): Promise<Awaited<ReturnType<typeof readFileIntoTable>>> => {
    const database = await desk.database()
    return await database.transaction(async () => await readFileIntoTable(database, { source: 'big', path, shown: 'big.csv', encoding: 'auto', delimiter: 'auto', table: 'raw big' }))
  }

  it('a sound file of 100 MB keeps its row numbers, read on several threads', async () => {
    const path = desk.write('big.csv', '')
    serials(path, 320_000, () => null, (n) => `${n},${filler},${n}\n`)
    expect(await read(path)).toMatchObject({ rows: 320_000, rejected: 0 })
    expect(await count()).toEqual({ n: 320_000, wrong: 0, less: 0 })
  })

  it('so does one with bad rows, blank lines and quoted line breaks strewn in', async () => {
    const path = desk.write('big.csv', '')
    serials(path, 200_000, (n) => (n % 9973 === 0 ? 'short\n' : n % 8887 === 0 ? '\n' : null), (n) => (n % 7 === 0 ? `${n},"${filler}\n\n${filler}",""\n` : `${n},${filler},${n}\n`))
    const found = await read(path)
    expect(found.rejected).toBe(20)
    expect(found.rows).toBe(200_000 - 20 - 22)
    expect(await count()).toEqual({ n: found.rows, wrong: 0, less: 0 })
  })
})

describe('encodings', () => {
  const text = 'नाम,city\nतारिक,Zürich\nX,Łódź 😀\n'
  const rows = [[2, 'तारिक', 'Zürich'], [3, 'X', 'Łódź 😀']]
  const utf16 = Buffer.from(text, 'utf16le')
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE with BOM', Buffer.concat([Buffer.of(0xff, 0xfe), utf16]), 'utf-16le'],
    ['UTF-16 BE with BOM', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(utf16).swap16()]), 'utf-16be'],
  ])('%s', async (_, bytes, encoding) => {
    const read = await desk.read(bytes)
    expect(read.table).toEqual(rows)
    expect(read).toMatchObject({ encoding, columns: ['नाम', 'city'], issues: [], sha256: createHash('sha256').update(bytes).digest('hex'), size_bytes: bytes.length })
  })
  it('UTF-16 without BOM is told by its zeros, or stated', async () => {
    expect((await desk.read(Buffer.from('name,city\nA,B\n', 'utf16le'))).table).toEqual([[2, 'A', 'B']])
    expect((await desk.read(Buffer.from('name,city\nA,B\n', 'utf16le').swap16())).table).toEqual([[2, 'A', 'B']])
    expect((await desk.read(Buffer.from('नाम,शहर\nतारिक,जम्मू\n', 'utf16le'), { encoding: 'utf-16' })).table).toEqual([[2, 'तारिक', 'जम्मू']])
  })
  it('Windows-1252 is taken where the file is no UTF-8, and said', async () => {
    const bytes = Buffer.concat([Buffer.from('name,prix\nRen'), Buffer.of(0xe9), Buffer.from(',5 '), Buffer.of(0x80), Buffer.from('\nJosé'.normalize('NFC'), 'latin1'), Buffer.from(',6\n')])
    const read = await desk.read(bytes)
    expect(read.table).toEqual([[2, 'René', '5 €'], [3, 'José', '6']])
    expect(read.issues).toMatchObject([{ code: 'encoding_guessed' }])
    expect((await desk.read(bytes, { encoding: 'windows-1252' })).issues).toEqual([])
    expect((await desk.read(Buffer.from('pré,b\n1,2\n', 'latin1'))).columns).toEqual(['pré', 'b'])
  })
  it('a few damaged bytes do not turn Devanagari into something else', async () => {
    const read = await desk.read(Buffer.concat([Buffer.from('नाम,b\nतारिक,1\nतारिक'), Buffer.of(0xe0, 0xa4), Buffer.from(',2\n')]))
    expect(read.table).toEqual([[2, 'तारिक', '1'], [3, 'तारिक\ufffd', '2']])
    expect(read).toMatchObject({ encoding: 'utf-8', issues: [{ code: 'encoding_replaced', count: 1, examples: [{ row: 3 }] }] })
  })
  it('bytes that are no UTF-8 where it was stated are replaced and counted', async () => {
    const read = await desk.read(Buffer.concat([Buffer.from('a,b\nRen'), Buffer.of(0xe9), Buffer.from(',1\nx,2\n')]), { encoding: 'utf-8' })
    expect(read.table).toEqual([[2, 'Ren\ufffd', '1'], [3, 'x', '2']])
    expect(read.issues).toMatchObject([{ code: 'encoding_replaced', count: 1 }])
  })
  it('NUL is replaced and counted', async () => {
    const read = await desk.read('a,b\nx\0y,1\n"z",2\nq\0\n')
    expect(read.table).toEqual([[2, 'x\ufffdy', '1'], [3, 'z', '2']])
    expect(read.rejects).toMatchObject([{ row: 4, text: 'q\ufffd' }])
    expect(read.issues.map((issue) => [issue.code, issue.count])).toEqual([['encoding_replaced', 2], ['row_rejected', 1]])
  })
  it('the working copy leaves the temporary folder', async () => {
    // A temporary folder of its own: other work on the machine uses the common one.
    const own = mkdtempSync(join(tmpdir(), 'ringmap-test-'))
    vi.stubEnv('TMPDIR', own)
    try {
      const path = desk.write('wide.csv', Buffer.from('a,b\n\n1,2\n', 'utf16le'))
      expect((await desk.readPath(path, { encoding: 'utf-16' })).table).toEqual([[3, '1', '2']])
      expect(readdirSync(own)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(own, { recursive: true, force: true })
    }
  })
})

describe('delimiters and headers', () => {
  it.each([[';'], ['\t'], ['|'], [',']] as const)('finds %j', async (delimiter) => {
    const read = await desk.read(`name${delimiter}amount${delimiter}note\nA${delimiter}1.5${delimiter}x y\nB${delimiter}2.5${delimiter}"z${delimiter}w"\n`)
    expect(read.delimiter).toBe(delimiter)
    expect(read.table).toEqual([[2, 'A', '1.5', 'x y'], [3, 'B', '2.5', `z${delimiter}w`]])
  })
  it('decimal commas do not hide a semicolon', async () => {
    expect((await desk.read('name;amount;sum\nA;1,5;2,5\nB;2,5;3,5\n')).delimiter).toBe(';')
  })
  it('a stated delimiter is obeyed, and one that Excel announces', async () => {
    expect((await desk.read('a,b;c,d\n1,2;3,4\n', { delimiter: ';' })).table).toEqual([[2, '1,2', '3,4']])
    expect((await desk.read('sep=|\na|b\n1|2\n')).table).toEqual([[3, '1', '2']])
  })
  it('one column is a table', async () => {
    expect((await desk.read('number\n9419012345\n\n9419012346\n')).table).toEqual([[2, '9419012345'], [4, '9419012346']])
  })
  it('a header alone is a table without rows', async () => {
    for (const text of ['a,b', 'a,b\n', '\ufeffa,b\r\n']) expect(await desk.read(text)).toMatchObject({ rows: 0, rejected: 0, columns: ['a', 'b'], table: [] })
  })
  it('repeated and empty names get names of their own and are told', async () => {
    const read = await desk.read('name,Name,,name,row\n1,2,3,4,5\n')
    expect(read.columns).toEqual(['name', 'Name (2)', 'column_3', 'name (3)', 'row (2)'])
    expect(read.repeated).toEqual(['name', 'Name'])
    expect(read.table).toEqual([[2, '1', '2', '3', '4', '5']])
  })
  it('names may hold quotes, dots and line breaks', async () => {
    expect((await desk.read('"a ""b""","c.\nd",e\'f\n1,2,3\n')).columns).toEqual(['a "b"', 'c. d', "e'f"])
  })
  it('a path with wildcards is a path', async () => {
    expect((await desk.readPath(desk.write('a[1]*.csv', 'a,b\n1,2\n'))).table).toEqual([[2, '1', '2']])
  })
})

describe('what is no table is refused by name', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'source_empty'],
    ['blank lines only', '\n \n\r\n', 'source_empty'],
    ['a byte order mark only', '\ufeff', 'source_empty'],
    ['a zip', Buffer.from('PK\x03\x04\x14\x00\x00\x00\x08\x00data.csv', 'latin1'), 'source_kind'],
    ['a gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'source_kind'],
    ['a PDF', '%PDF-1.7\n', 'source_kind'],
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'source_kind'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'source_kind'],
    ['SQLite', 'SQLite format 3\0', 'source_kind'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'source_kind'],
    ['a web page', '<html><table><tr><td>A</td></tr></table></html>', 'source_kind'],
    ['JSON', '[{"a": 1}]', 'source_kind'],
    ['binary junk', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), 'source_kind'],
    ['a damaged workbook', Buffer.from('PK\x03\x04\x14\x00\x00\x00\x08\x00 [Content_Types].xml xl/workbook.xml', 'latin1'), 'source_unreadable'],
  ])('%s', async (_, content, code) => {
    expect(await refusal(desk.read(content))).toBe(code)
  })
  it('a missing file and a folder', async () => {
    expect(await refusal(desk.readPath(join(desk.folder, 'absent.csv')))).toBe('source_missing')
    mkdirSync(join(desk.folder, 'folder.csv'), { recursive: true })
    expect(await refusal(desk.readPath(join(desk.folder, 'folder.csv')))).toBe('source_not_a_file')
    expect(await refusal(desk.readPath('/dev/null'))).toBe('source_unreadable')
  })
  it('a sheet of a file that is no workbook', async () => {
    expect(await refusal(desk.read('a,b\n1,2\n', { sheet: 'Sheet1' }))).toBe('sheet_missing')
  })
  it('a line of 300 MB without a break, in little memory', async () => {
    const path = desk.write('long.csv', 'a,b\n')
    const file = openSync(path, 'a')
    const block = Buffer.alloc(4 << 20, 'x')
    for (let i = 0; i < 75; i++) writeSync(file, block)
    closeSync(file)
    const before = process.memoryUsage().rss
    expect(await refusal(desk.readPath(path))).toBe('source_unreadable')
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
    expect(await refusal(desk.read(Buffer.alloc(3 << 20, 'x')))).toBe('source_unreadable')
  })
  it('a quote that is never closed costs one line, however far the file goes on', async () => {
    const rest = Array.from({ length: 30_000 }, (_, i) => `${i},${'y'.repeat(90)}\n`).join('')
    const read = await desk.read(`a,b\n"open,1\n${rest}`)
    expect(read).toMatchObject({ rows: 30_000, rejected: 1 })
    expect(read.rejects).toMatchObject([{ row: 2, text: '"open,1' }])
    expect(read.table.at(-1)?.[0]).toBe(30_002)
  })
  it('stops when asked, and what was there before stays', async () => {
    const database = await desk.database()
    await desk.read('a,b\n1,2\n')
    const path = desk.write('other.csv', 'a,b\n3,4\n')
    const stopped = database.transaction(async () => await readFileIntoTable(database, { source: 'calls', path, shown: 'x', encoding: 'auto', delimiter: 'auto', table: 'raw calls' }, { signal: { aborted: true } }))
    expect(await refusal(stopped)).toBe('interrupted')
    expect(await database.rows(sql`SELECT * FROM "raw calls"`)).toEqual([{ row: 2, a: '1', b: '2' }])
  })
})
