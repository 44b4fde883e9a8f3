import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { gapsOf, pathsOf, routesOf } from '../src/patterns.ts'
import { csv, moment, plantedCase } from './planted-case.ts'

let made: { folder: string; view: CaseView }
const [A, B, C, D] = ['9419000001', '9419000002', '9419000003', '9419000004'] as const

beforeAll(async () => {
  // Fifty numbers with records of their own, thirty of another operator that only others name.
  const own = Array.from({ length: 50 }, (_, n) => `94191${10_000 + n}`)
  const other = Array.from({ length: 30 }, (_, n) => `78891${10_000 + n}`)
  const crowd = own.flatMap((number, n) => Array.from({ length: 6 }, (_, i) => [number, i < 3 ? (other[(n + i) % 30] as string) : (own[(n + i) % 50] as string), moment(40 + n * 0.1 + i), '20', 'T9']))
  const calls = [
    [A, B, moment(1), '30', 'T1'], [B, C, moment(2), '30', 'T2'], [D, B, moment(2.5), '30', 'T1'], [C, D, moment(3), '30', 'T1'], ...crowd,
  ]
  const payments = [['50100001', '50100002', '100.00', moment(1)], ['50100001', '50100003', '90000.00', moment(2)], ['50100003', '50100002', '85000.00', moment(3)]]
  // Two years of ways: P to Q in every month by few, in December by many; R to S evenly.
  const way = (vehicle: number, from: string, to: string, day: number): (string | number)[][] => [[`JK02AB${1000 + vehicle}`, from, moment(day)], [`JK02AB${1000 + vehicle}`, to, moment(day + 0.2)]]
  const toll = Array.from({ length: 24 }, (_, month) => [
    ...Array.from({ length: month % 12 === 11 ? 14 : 1 }, (_each, n) => way(n, 'P', 'Q', 3 + month * 30.42)),
    ...Array.from({ length: 12 }, (_each, n) => way(100 + n, 'R', 'S', 10 + month * 30.42)),
  ].flat()).flat()
  const cases = [['Asif Mir', 'FIR 1', 'NDPS Act 8/21', '', moment(5)], ['Asif Mir', 'FIR 2', 'Arms Act 25', '', moment(9)], ['Bilal Dar', 'FIR 1', 'NDPS Act 8/21', '', moment(5)], ['Bilal Dar', 'FIR 3', 'NDPS Act 20', '', moment(6)], ['Dilshad Lone', 'FIR 4', 'BNS 143', 'heroin', moment(7)]]
  made = await plantedCase({
    'calls.csv': csv('a,b,at,seconds,tower', calls), 'bank.csv': csv('from,to,rs,at', payments), 'toll.csv': csv('plate,plaza,at', toll), 'firs.csv': csv('name,fir,sections,commodity,at', cases),
  }, `  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b }, tower: { kind: Location, id: tower } }
    links: [{ kind: called, from: caller, to: called, at: at, duration_s: seconds }, { kind: present_at, from: caller, to: tower, at: at }]
  - name: bank
    file: bank.csv
    entities: { payer: { kind: BankAccount, id: from, scheme: text }, payee: { kind: BankAccount, id: to, scheme: text } }
    links: [{ kind: paid, from: payer, to: payee, at: at, amount: { column: rs } }]
  - name: toll
    file: toll.csv
    entities: { vehicle: { kind: Vehicle, id: plate }, plaza: { kind: Location, id: plaza } }
    links: [{ kind: present_at, from: vehicle, to: plaza, at: at }]
  - name: firs
    file: firs.csv
    entities: { person: { kind: Person, id: name, scope: p, properties: { name: name } }, fir: { kind: Event, id: fir, scope: f, properties: { sections: sections } } }
    links: [{ kind: accused_in, from: person, to: fir, at: at, commodity: commodity }]
`)
})
afterAll(() => {
  closeCase(made.view.open)
  rmSync(made.folder, { recursive: true, force: true })
})

const ways = async (options: Parameters<typeof pathsOf>[1]): Promise<string[]> => (await pathsOf(made.view, options)).findings.map(({ rows }) => rows.map(({ row }) => row).join(' '))

test('paths ask of each contact: least sum, direction, place', async () => {
  expect(await ways({ from: '50100001', to: '50100002', ways: 5 })).toEqual(['2', '3 4'])
  const large = await pathsOf(made.view, { from: '50100001', to: '50100002', least_amount: 1000, ways: 5 })
  expect(large.findings.map(({ rows }) => rows.map(({ row }) => row))).toEqual([[3, 4]])
  expect(large.method).toContain('Payments below 1,000 are left out')
  // A called B, and D called B: what A says reaches D only where a call passes both ways, or over C.
  expect(await ways({ from: A, to: D, kinds: ['called'], ways: 5 })).toEqual(['2 4', '2 3 5'])
  expect(await ways({ from: A, to: D, kinds: ['called'], ways: 5, one_way: true })).toEqual(['2 3 5'])
  const placed = await pathsOf(made.view, { from: A, to: D, kinds: ['called'], ways: 5, place: 'T1' })
  expect(placed.findings.map(({ rows }) => rows.map(({ row }) => row))).toEqual([[2, 4]])
  expect(placed.method).toContain('recorded at T1')
})

test('an operator none of whose numbers has records is missing; one that has is not', async () => {
  const missing = (await gapsOf(made.view)).findings.filter(({ shape }) => shape === 'missing operator')
  expect(missing).toHaveLength(1)
  expect(missing[0]).toMatchObject({ text: 'numbers that begin with +917889: 30 numbers in the records of others, none with records of its own', value: 30 })
  expect(missing[0]?.sureness.value).toBeLessThan(0.001)
})

test('the time of year is said where it stands out, and only of many when it leaves the office', async () => {
  const of = (found: Awaited<ReturnType<typeof routesOf>>, from: string): string[] => found.findings.filter(({ text }) => text.startsWith(`${from} to`)).flatMap(({ because }) => because.filter(({ code }) => code === 'time-of-year').map(({ text }) => text))
  const out = await routesOf(made.view)
  expect(of(out, 'P')).toEqual([expect.stringMatching(/^about \d+ in 100 ways are in December, when \d+ in 100 of all ways are made$/)])
  expect(of(out, 'R')).toEqual([])
  const inside = await routesOf(made.view, { inside: true })
  expect(of(inside, 'P')).toEqual([expect.stringMatching(/^28 of 50 ways are in December/)])
})

test('who is tied to cases of drugs and of arms is a shared courier; one kind, or one case, is not enough', async () => {
  const couriers = (await routesOf(made.view, { inside: true })).findings.filter(({ shape }) => shape === 'shared courier')
  expect(couriers.map(({ text }) => text)).toEqual(['Asif Mir is tied to 2 cases or consignments of 2 kinds: arms, drugs'])
  expect(couriers[0]?.rows.map(({ file, row }) => `${file} ${row}`)).toEqual(['firs.csv 2', 'firs.csv 3'])
})
