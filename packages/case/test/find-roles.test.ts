import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import type { CaseView } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { gapsOf, motifsOf, rolesOf, routesOf } from '../src/patterns.ts'
import { judge, readRules } from '../src/role-rules.ts'
import { csv, moment, plantedCase } from './planted-case.ts'

let made: { folder: string; view: CaseView }
const person = (n: number): string => `Person ${String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26))}ulqat`
const phone = (n: number): string => `94190${String(10_000 + n)}`
const VICTIM = 30

beforeAll(async () => {
  const persons = Array.from({ length: 32 }, (_, n) => [person(n), phone(n), n === 0 ? 'JK02AB1000' : '', `5010000${100 + n}`, n === VICTIM ? 'victim' : 'unknown'])
  // 0 drives, 1 collects from 2..8 and pays 9; 10 calls both victims' numbers; 12 people pass on one way.
  const plates = Array.from({ length: 7 }, (_, day) => [0, 1, 2].map((stop) => ['JK02AB1000', `Plaza ${stop}`, moment(3 + day * 4 + stop * 0.1)])).flat()
  const walkers = Array.from({ length: 12 }, (_, n) => [['Plaza A', 0], ['Plaza B', 0.2]].map(([plaza, later]) => [`JK03AC${1000 + n}`, String(plaza), moment(5 + n + Number(later))])).flat()
  const payments = [...Array.from({ length: 7 }, (_, n) => [`5010000${102 + n}`, '5010000101', '50000.00', moment(3.4 + n * 4)]), ['5010000101', '5010000109', '340000.00', moment(34)]]
  const calls = [...Array.from({ length: 7 }, (_, n) => [phone(1), phone(2 + n), moment(3.1 + n * 4), '30']), ...Array.from({ length: 6 }, (_, n) => [phone(0), phone(1), moment(3 + n * 4), '30']), ...Array.from({ length: 4 }, (_, n) => [phone(10), phone(VICTIM), moment(20 + n), '30']), [phone(3), phone(4), moment(2), '5']]
  made = await plantedCase({
    'persons.csv': csv('name,phone,plate,account,role', persons), 'toll.csv': csv('plate,plaza,at', [...plates, ...walkers]),
    'bank.csv': csv('from,to,rs,at', payments), 'calls.csv': csv('a,b,at,seconds', calls),
  }, `  - name: persons
    file: persons.csv
    entities: { person: { kind: Person, id: name, scope: p, role: { column: role }, properties: { name: name } }, phone: { kind: Phone, id: phone }, account: { kind: BankAccount, id: account, scheme: text }, vehicle: { kind: Vehicle, id: plate, where: { column: plate, not_in: [''] } } }
    links: [{ kind: uses, from: person, to: phone }, { kind: uses, from: person, to: account }, { kind: uses, from: person, to: vehicle }]
  - name: toll
    file: toll.csv
    entities: { vehicle: { kind: Vehicle, id: plate }, plaza: { kind: Location, id: plaza } }
    links: [{ kind: present_at, from: vehicle, to: plaza, at: at }]
  - name: bank
    file: bank.csv
    entities: { payer: { kind: BankAccount, id: from, scheme: text }, payee: { kind: BankAccount, id: to, scheme: text } }
    links: [{ kind: paid, from: payer, to: payee, at: at, amount: { column: rs } }]
  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b } }
    links: [{ kind: called, from: caller, to: called, at: at, duration_s: seconds }]
`)
})
afterAll(() => {
  closeCase(made.view.open)
  rmSync(made.folder, { recursive: true, force: true })
})

test('rules are data: points for and against, worded; an unknown figure says nothing', () => {
  const rules = readRules()
  const [judged] = judge({ payers: 6, passed_on: 0.95, money_in: 300_000, payees: 20 }, rules.map((rule) => (rule.role === 'collector' ? { ...rule, needs: 3 } : rule)))
  expect(judged).toMatchObject({ points: 3, rule: { role: 'collector' } })
  expect(judged?.for.map(({ text }) => text)).toEqual(['paid by 6 different payers', 'passes on 95 % of it', 'received 3,00,000 rupees'])
  expect(judged?.against).toHaveLength(1)
  expect(judge({}, rules)).toEqual([])
})

test('driver and collector are named with rows; the victim is nobody\'s suspect and not named', async () => {
  const found = await rolesOf(made.view)
  const roles = (label: string): (string | null)[] => found.findings.filter(({ subjects }) => subjects[0]?.label === label).map(({ shape }) => shape)
  expect(roles(person(0))).toContain('transporter')
  expect(roles(person(1))).toContain('collector')
  for (const { subjects, shape, rows_of, unit } of found.findings) {
    if (subjects[0]?.roles.includes('victim')) expect(shape).toBe('possible victim')
    expect(rows_of).toBeGreaterThan(0)
    expect(unit).toBe('points')
  }
  expect(scanForCanaries(Buffer.from(JSON.stringify(found)), 'roles.json', [person(VICTIM), phone(VICTIM)])).toEqual([])
})

test('routes hold small numbers, names and rows back unless asked inside', async () => {
  const out = await routesOf(made.view)
  expect(out.findings.map(({ text }) => text)).toEqual(['Plaza A to Plaza B: 12 people or vehicles, about 10 ways'])
  expect(out.findings[0]).toMatchObject({ subjects: [], rows: [] })
  expect(out.cautions.join(' ')).toMatch(/held back/)
  const inside = await routesOf(made.view, { inside: true })
  expect(inside.findings.some(({ value }) => value === 1)).toBe(true)
  expect(inside.findings[0]?.rows_of).toBe(24)
})

test('gaps name silent days and what to ask for next; motifs of call, payment and movement are looked for', async () => {
  const { findings } = await gapsOf(made.view)
  expect(findings.some(({ shape, rows_of }) => shape === 'call records' && rows_of > 0)).toBe(true)
  expect(findings.some(({ shape, text }) => shape === 'silent days' && text.startsWith('calls: no call'))).toBe(true)
  const motifs = await motifsOf(made.view)
  for (const { sureness, rows_of } of motifs.findings) {
    expect(sureness.value).toBeLessThanOrEqual(0.05)
    expect(rows_of).toBeGreaterThanOrEqual(6)
  }
})
