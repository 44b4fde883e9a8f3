import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { caseFile, type CaseFile } from '@ringmap/model/case-file'
import { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import { PREPARE } from '@ringmap/store/tables'
import { mapSources, misfit } from '../src/map-sources.ts'
import { readFileIntoTable } from '../src/read-file.ts'
import { draftCase } from '../src/sniff-source.ts'
import { madeWorkbook } from './made-workbook.ts'
import { ReadingDesk, refusal } from './reading.ts'

const desk = new ReadingDesk()
afterAll(() => desk.close())

interface Drafted {
  readonly file: CaseFile
  readonly yaml: string
  readonly notes: readonly string[]
}

async function drafted(...files: readonly (readonly [string, string | Buffer])[]): Promise<Drafted> {
  const { yaml, notes } = await draftCase(files.map(([name, content]) => ({ path: desk.write(name, content), name })))
  const file = caseFile.parse(parse(yaml))
  for (const source of file.sources) {
    for (const link of source.links) {
      const [from, to] = [source.entities[link.from], source.entities[link.to]]
      if (from === undefined || to === undefined) throw new Error(`${link.kind} has no ends in ${source.name}`)
      expect(misfit(link.kind, from.kind, to.kind)).toBeNull()
    }
    for (const entity of Object.values(source.entities)) if (!['Person', 'Event'].includes(entity.kind)) expect(entity.id).toBeDefined()
  }
  return { file, yaml, notes }
}

/** `id` of each entity and the shape of each link, for short comparisons. */
function shape({ file }: Drafted): { ids: Record<string, unknown>; links: string[] } {
  const source = file.sources[0]
  return {
    ids: Object.fromEntries(Object.entries(source?.entities ?? {}).map(([alias, entity]) => [alias, entity.id ?? `(${entity.kind})`])),
    links: (source?.links ?? []).map((link) => `${link.from} ${link.kind} ${link.to}`),
  }
}

const rows = (head: string, row: (n: number) => string, count = 30): string => [head, ...Array.from({ length: count }, (_, n) => row(n))].join('\n')
const phone = (n: number): string => `94190${String(10_000 + n * 37).padStart(5, '0')}`
const imei = (n: number): string => `49015420${String(300_000 + n).padStart(6, '0')}`

describe('call records', () => {
  it('with the heads of one operator: parties by role, date and time apart', async () => {
    const draft = await drafted(['cdr.csv', rows('Calling Party Telephone Number,Called Party Telephone Number,Call Date,Call Initiation Time,Call Duration,First Cell ID,Last Cell ID,IMEI,IMSI,Call Type', (n) => `${phone(n)},0${phone(n + 1)},${String((n % 28) + 1).padStart(2, '0')}/03/2024,11:30:0${n % 10},${n},405-86-1-${n % 3},405-86-1-1,${imei(n)},404450123456789,${n % 2 ? 'OUT' : 'IN'}`)])
    expect(shape(draft)).toEqual({
      ids: { caller: 'Calling Party Telephone Number', called: 'Called Party Telephone Number', handset: 'IMEI', sim: 'IMSI', tower: 'First Cell ID' },
      links: ['caller called called', 'caller uses handset', 'caller uses sim', 'caller present_at tower'],
    })
    expect(draft.file.sources[0]?.links[0]).toMatchObject({ at: { column: 'Call Date', time_column: 'Call Initiation Time', format: 'dmy' }, duration_s: 'Call Duration' })
    expect(draft.file.sources[0]?.links[0]?.where).toBeUndefined()
  })

  it('"A party" is whose records they are: incoming calls and messages are turned round', async () => {
    const types = ['CALL_OUT', 'CALL_IN', 'SMS_OUT', 'SMS_IN']
    const draft = await drafted(['x.csv', `Call records of ${phone(1)}\n\n${rows('A PARTY NO,B PARTY NO,DATE,TIME,DUR(S),CALL TYPE,IMEI', (n) => `${phone(1)},${phone(n + 2)},${n + 1}-Mar-2024,11:3${n % 10},${n},${types[n % 4]},${imei(1)}`, 28)}`])
    const links = draft.file.sources[0]?.links ?? []
    expect(links.map((link) => [link.from, link.kind, link.to, link.where])).toEqual([
      ['caller', 'called', 'called', { column: 'CALL TYPE', in: ['CALL_OUT'] }], ['called', 'called', 'caller', { column: 'CALL TYPE', in: ['CALL_IN'] }], ['caller', 'messaged', 'called', { column: 'CALL TYPE', in: ['SMS_OUT'] }], ['called', 'messaged', 'caller', { column: 'CALL TYPE', in: ['SMS_IN'] }], ['caller', 'uses', 'handset', undefined],
    ])
    expect(links[0]).toMatchObject({ at: { column: 'DATE', time_column: 'TIME', format: 'dmy' }, duration_s: 'DUR(S)' })
    expect(links[2]?.duration_s).toBeUndefined()
  })

  it('type and direction in two columns', async () => {
    const draft = await drafted(['cdr.csv', rows('Target No,B Party,Direction,Service Type,Duration', (n) => `${phone(1)},${phone(n + 2)},${n % 2 ? 'Incoming' : 'Outgoing'},${n % 3 ? 'Voice' : 'SMS'},5`)])
    expect(draft.file.sources[0]?.links.map((link) => [link.from, link.kind, link.where])).toEqual([
      ['caller', 'called', [{ column: 'Service Type', in: ['Voice'] }, { column: 'Direction', in: ['Outgoing'] }]],
      ['called', 'called', [{ column: 'Service Type', in: ['Voice'] }, { column: 'Direction', in: ['Incoming'] }]],
      ['caller', 'messaged', [{ column: 'Service Type', in: ['SMS'] }, { column: 'Direction', in: ['Outgoing'] }]],
      ['called', 'messaged', [{ column: 'Service Type', in: ['SMS'] }, { column: 'Direction', in: ['Incoming'] }]],
    ])
  })

  it('messages by the name of the file; headings in camel case', async () => {
    const draft = await drafted(['sms_dump.csv', rows('aParty,bParty,eventTime', (n) => `${phone(n)},${phone(n + 1)},2024-03-${String((n % 28) + 1).padStart(2, '0')} 10:00:00`)])
    expect(shape(draft).links).toEqual(['caller messaged called'])
    expect(draft.file.sources[0]?.links[0]?.at).toBe('eventTime')
  })

  it('phones without telling heads are known by their values', async () => {
    const draft = await drafted(['list.csv', rows('num1,num2,secs,when', (n) => `+91${phone(n)},${phone(n + 1)},${n},2024-03-01T10:00`).replace('secs', 'duration')])
    expect(shape(draft).ids).toMatchObject({ caller: 'num1', called: 'num2' })
    expect(draft.file.sources[0]?.links[0]?.at).toEqual({ column: 'when', format: 'ymd' })
    expect(draft.yaml).toContain('num1: taken by its values: 100 % pass the check')
  })

  it('says when values do not pass the check of their heading', async () => {
    const draft = await drafted(['cdr.csv', rows('a_party,b_party,duration,imei', (n) => `${phone(n)},${phone(n + 1)},5,${n % 3 === 0 ? imei(n) : '12345'}`)])
    expect(draft.yaml).toMatch(/imei: only 33 % of its values pass the check of a imei/)
  })
})

describe('dates', () => {
  const at = async (value: (n: number) => string): Promise<unknown> => (await drafted(['c.csv', rows('a_party,b_party,date', (n) => `${phone(n)},${phone(n + 1)},${value(n)}`)])).file.sources[0]?.links[0]?.at
  it.each([
    ['day first', (n: number) => `${(n % 28) + 1}/03/2024 10:05`, { column: 'date', format: 'dmy' }],
    ['month first', (n: number) => `03/${(n % 28) + 1}/2024 10:05:00 PM`, { column: 'date', format: 'mdy' }],
    ['named months', (n: number) => `${(n % 28) + 1}-Mar-24 10:05`, { column: 'date', format: 'dmy' }],
    ['ISO', (n: number) => `2024-03-${String((n % 28) + 1).padStart(2, '0')}T10:05:00+05:30`, 'date'],
    ['year first', (n: number) => `2024/03/${String((n % 28) + 1).padStart(2, '0')} 10:05`, { column: 'date', format: 'ymd' }],
    ['seconds since 1970', (n: number) => String(1_709_000_000 + n * 86_400), { column: 'date', format: 'epoch_s' }],
    ['milliseconds since 1970', (n: number) => String((1_709_000_000 + n * 86_400) * 1000), { column: 'date', format: 'epoch_ms' }],
    ['digits run together', (n: number) => `202403${String((n % 28) + 1).padStart(2, '0')}100500`, { column: 'date', format: '%Y%m%d%H%M%S' }],
  ] as const)('%s', async (_, value, expected) => {
    expect(await at(value)).toEqual(expected)
  })
  it('says when no value tells day from month', async () => {
    const draft = await drafted(['c.csv', rows('a_party,b_party,date', (n) => `${phone(n)},${phone(n + 1)},0${(n % 9) + 1}/03/2024`)])
    expect(draft.file.sources[0]?.links[0]?.at).toEqual({ column: 'date', format: 'dmy' })
    expect(draft.yaml).toContain('no number above 12 tells day from month; taken as day first')
  })
})

describe('registers', () => {
  it('subscribers', async () => {
    const draft = await drafted(['sdr.csv', rows('MSISDN,Subscriber Name,Father/Husband Name,Permanent Address,Date of Activation,Service Provider,Alternate No', (n) => `${phone(n)},Person ${n},Father ${n},"House ${n}, Bagh",${(n % 28) + 1}/01/2020,Himtel,${n % 2 ? phone(n + 50) : ''}`)])
    expect(shape(draft)).toEqual({ ids: { subscriber: '(Person)', phone: 'MSISDN', phone2: 'Alternate No', home: 'Permanent Address' }, links: ['subscriber owns phone', 'subscriber uses phone2', 'subscriber lives_at home'] })
    expect(draft.file.sources[0]?.entities['phone2']?.where).toEqual({ column: 'Alternate No', not_in: [''] })
    expect(draft.file.sources[0]?.entities['subscriber']?.properties).toEqual({ name: 'Subscriber Name', father: 'Father/Husband Name', address: 'Permanent Address' })
  })
  it('persons with roles: victims are recognised in any spelling', async () => {
    const words = ['Accused', 'VICTIM (minor)', 'Complainant', 'helper']
    const draft = await drafted(['people.csv', rows('id,naam,pita ka naam,umar,mobile no,role in case', (n) => `K${n},Person ${n},Father ${n},${20 + n},${phone(n)},${words[n % 4]}`)])
    expect(draft.file.sources[0]?.entities['person']).toMatchObject({ id: 'id', scope: 'people', role: { column: 'role in case', map: { Accused: 'accused', 'VICTIM (minor)': 'minor', Complainant: 'witness', helper: 'unknown' } }, properties: { name: 'naam', father: 'pita ka naam', age: 'umar' } })
    expect(shape(draft).links).toEqual(['person uses phone'])
  })
  it('headings in Devanagari, UTF-16', async () => {
    const draft = await drafted(['सूची.csv', Buffer.from(`\ufeff${rows('नाम\tपिता का नाम\tपता\tमोबाइल नंबर', (n) => `व्यक्ति ${n}\tपिता ${n}\tमकान ${n} बाग\t९४१९०१${String(2000 + n)}`)}`, 'utf16le')])
    expect(draft.file.sources[0]?.entities['person']?.properties).toEqual({ name: 'नाम', father: 'पिता का नाम', address: 'पता' })
    expect(shape(draft).ids).toMatchObject({ phone: 'मोबाइल नंबर', home: 'पता' })
    expect(draft.file.sources[0]?.name).toBe('source')
  })
  it('vehicles and passages', async () => {
    const plate = (n: number): string => `JK${String((n % 20) + 1).padStart(2, '0')} AB ${1000 + n}`
    const owners = await drafted(['rc.csv', rows('Regn No,Owner Name,Chassis No,Maker Model', (n) => `${plate(n)},Person ${n},CH${n},Van`)])
    expect(shape(owners)).toEqual({ ids: { vehicle: 'Regn No', owner: '(Person)' }, links: ['owner owns vehicle'] })
    const seen = await drafted(['anpr.csv', rows('Plate,Camera ID,Captured At', (n) => `${plate(n)},CAM-${n % 3},2024-03-${String((n % 28) + 1).padStart(2, '0')} 10:00:00`)])
    expect(shape(seen)).toEqual({ ids: { vehicle: 'Plate', plaza: 'Camera ID' }, links: ['vehicle present_at plaza'] })
  })
  it('accounts and payments', async () => {
    const holders = await drafted(['kyc.csv', rows('A/C No,IFSC Code,Account Holder Name,PAN,UPI ID', (n) => `00${100_000_000 + n},SBIN0001234,Person ${n},ABCPD${1000 + n}E,p${n}@oksbi`)])
    expect(shape(holders)).toMatchObject({ ids: { holder: '(Person)', account: 'A/C No', upi: 'UPI ID' }, links: ['holder owns account', 'holder uses upi'] })
    expect(holders.file.sources[0]?.entities['holder']?.identifiers).toEqual({ pan: 'PAN' })
    const paid = await drafted(['txn.csv', rows('From Account,Beneficiary Account No,Amount (INR),Txn Date', (n) => `${100_000_000 + n},${200_000_000 + n},"1,${100 + n}.50",${(n % 28) + 1}/03/2024`)])
    expect(paid.file.sources[0]?.links).toMatchObject([{ kind: 'paid', from: 'payer', to: 'payee', amount: { column: 'Amount (INR)', unit: 'major', currency: 'INR' }, at: { column: 'Txn Date', format: 'dmy' } }])
    const upi = await drafted(['upi.csv', rows('Payer VPA,Payee VPA,Amount', (n) => `a${n}@okaxis,b${n}@ybl,5`)])
    expect(upi.file.sources[0]?.entities['payer']?.kind).toBe('OnlineAccount')
    const statement = await drafted(['statement.csv', rows('Txn Date,Narration,Withdrawal Amt,Deposit Amt,Balance', (n) => `${(n % 28) + 1}/03/2024,UPI/1,${n},,${n}`)])
    expect(statement.file.sources[0]?.links).toEqual([])
    expect(statement.notes.join()).toContain('statement of one account')
  })
  it('cases: accused, victims and witnesses by column of roles or by columns of their own', async () => {
    const parts = ['Accused', 'Victim', 'Witness']
    const listed = await drafted(['fir.csv', rows('FIR No,Police Station,Date,Sections,Name,Part', (n) => `${n}/2024,PS Bagh,${(n % 28) + 1}/03/2024,IPC 370,Person ${n},${parts[n % 3]}`)])
    expect(shape(listed)).toEqual({ ids: { person: '(Person)', fir: ['FIR No', 'Police Station'] }, links: ['person accused_in fir', 'person victim_in fir', 'person witness_in fir'] })
    expect(listed.file.sources[0]?.links.map((link) => link.where)).toEqual(parts.map((part) => ({ column: 'Part', in: [part] })))
    const wide = await drafted(['cases.csv', rows('Case No,Thana,Name of Accused,Victim Name', (n) => `${n},Bagh,Person ${n},${n % 2 ? `Person ${n + 100}` : ''}`)])
    expect(shape(wide).links).toEqual(['accused accused_in fir', 'victim victim_in fir'])
    expect(wide.file.sources[0]?.entities['victim']).toMatchObject({ role: 'victim', where: { column: 'Victim Name', not_in: [''] } })
  })
  it('where nothing tells accused from victim, nobody is made an accused', async () => {
    const draft = await drafted(['fir.csv', rows('FIR No,Police Station,Name', (n) => `${n}/2024,PS Bagh,Person ${n}`)])
    expect(shape(draft).links).toEqual([])
    expect(draft.notes.join()).toContain('no column tells accused from victims')
  })
  it('guests and towers', async () => {
    const guests = await drafted(['reg.csv', rows('Hotel Name;Room No;Guest Name;Check-in Date;Check-out Date;Mobile', (n) => `Hotel A;${n % 5};Person ${n};${(n % 27) + 1}/03/2024;${(n % 27) + 2}/03/2024;${phone(n)}`)])
    expect(shape(guests)).toEqual({ ids: { guest: '(Person)', stay: ['Hotel Name', 'Room No', 'Check-in Date'], phone: 'Mobile' }, links: ['guest present_at stay', 'guest uses phone'] })
    const towers = await drafted(['bts.csv', rows('Cell ID,Site Name,Latitude,Longitude', (n) => `405-86-${n},Site ${n},34.${n},74.${n}`)])
    expect(shape(towers)).toEqual({ ids: { tower: 'Cell ID' }, links: [] })
  })
  it('ties share the ids of the persons they join', async () => {
    const draft = await drafted(['edges.csv', 'source,target,weight\nn1,n2,3\nn2,n3,1\n'], ['nodes.csv', 'id,role\nn1,leader\nn2,victim\nn3,courier\n'])
    expect(draft.file.sources[0]?.entities['one']).toMatchObject({ kind: 'Person', id: 'source', scope: 'people' })
    expect(draft.file.sources[0]?.links).toMatchObject([{ kind: 'associate_of', count: 'weight' }])
    expect(draft.file.sources[1]?.entities['person']).toMatchObject({ id: 'id', scope: 'people', role: { map: { leader: 'unknown', courier: 'unknown' } } })
  })
})

describe('the draft as a whole', () => {
  it('leaves out what is no table, keeps what is not recognised, and says so', async () => {
    const draft = await drafted(['notes.pdf', '%PDF-1.7\n'], ['a&b (x).csv', 'foo,"b: [ar], #1",yes\n1,2,3\n'], ['empty.csv', ''])
    expect(draft.file.sources).toMatchObject([{ name: 'a b x', file: 'a&b (x).csv', entities: {}, links: [] }])
    expect(draft.notes).toHaveLength(3)
    expect(draft.yaml).toContain('# Left out: Source notes.pdf: notes.pdf is a PDF document')
    expect(await refusal(drafted(['empty.csv', '']))).toBe('source_empty')
  })
  it('headings of any kind are quoted so that they come back as they are', async () => {
    const heads = ["a party's no: x", 'B Party No', 'imei #', '- date', 'duration, s']
    const draft = await drafted(['odd.csv', rows(heads.map((head) => `"${head}"`).join(','), (n) => `${phone(n)},${phone(n + 1)},${imei(n)},1/3/2024,5`)])
    expect(draft.file.sources[0]?.entities['called']?.id).toBe('B Party No')
    expect(draft.file.sources[0]?.entities['handset']?.id).toBe('imei #')
  })
  it('takes every sheet of a workbook', async () => {
    const draft = await drafted(['book.xlsx', madeWorkbook({ Calls: [['A Party', 'B Party', 'Date'], ...Array.from({ length: 20 }, (_, n) => [Number(phone(n)), Number(phone(n + 1)), { date: 45_363 + n }])], 'Empty one': [], Subs: [['MSISDN', 'Customer Name'], [Number(phone(1)), 'Person 1']] })])
    expect(draft.file.sources.map((source) => [source.name, source.sheet])).toEqual([['book Calls', 'Calls'], ['book Subs', 'Subs']])
    expect(draft.file.sources[0]?.links[0]?.at).toBe('Date')
  })
  it('names files of one name apart', async () => {
    expect((await drafted(['x.csv', 'id,name\n1,A\n'], ['x.tsv', 'id\tname\n1\tA\n'])).file.sources.map((source) => source.name)).toEqual(['x', 'x 2'])
  })
  it('is imported as it stands', async () => {
    const types = ['OUT', 'IN', 'SMS']
    const files = [['calls.csv', rows('A Party,B Party,Call Date,Call Time,Duration,Call Type,IMEI', (n) => `${phone(n % 5)},${phone(n + 7)},${String((n % 28) + 1).padStart(2, '0')}/03/2024,11:30:00,${n},${types[n % 3]},${imei(n % 5)}`)],
      ['subs.csv', rows('MSISDN,Customer Name,Address', (n) => `${phone(n)},Person ${n},"House ${n}, Bagh, Doda"`)]] as const
    const { file } = await drafted(...files)
    const database = await Database.open(':memory:')
    try {
      for (const statement of PREPARE) await database.run(statement)
      await database.transaction(async () => {
        const read = new Map<string, Awaited<ReturnType<typeof readFileIntoTable>> & { file: string }>()
        for (const source of file.sources) {
          const found = await readFileIntoTable(database, { source: source.name, path: `${desk.folder}/${source.file}`, shown: source.file, encoding: 'auto', delimiter: 'auto', table: `raw ${source.name}` })
          read.set(source.name, { ...found, file: source.file })
        }
        await mapSources(database, file, read)
      })
      expect(await database.rows(sql`SELECT code, count FROM issue WHERE code <> 'row_repeated'`)).toEqual([])
      expect(await database.one(sql`SELECT count(*) AS n, count(at_ms) AS timed FROM observation`)).toEqual({ n: 120, timed: 60 })
    } finally {
      database.close()
    }
  })
})
