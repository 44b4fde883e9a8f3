import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { swapCalls, type SwapCalls } from '@ringmap/fixtures/swap-calls'
import type { PatternFindings } from '@ringmap/model/pattern'
import { volumeNumber } from '@ringmap/fixtures/call-volume'
import type { CaseView } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { swapsOf } from '../src/patterns.ts'
import { csv, moment, plantedCase } from './planted-case.ts'

let planted: SwapCalls
let made: { folder: string; view: CaseView }
let found: PatternFindings
/** Old number of a victim. */
let hers: number

beforeAll(async () => {
  planted = swapCalls(21, { people: 300, swaps: 16, look_alikes: 12, churn: 12 })
  hers = [...planted.swaps.keys()][8] as number
  const calls = Array.from(planted.source, (a, i) => [volumeNumber(a), volumeNumber(planted.target[i] as number), moment(planted.at[i] as number), 60, `35000000${String(planted.handset[a]).padStart(6, '0')}`])
  made = await plantedCase({
    'calls.csv': csv('a,b,at,seconds,imei', calls),
    'persons.csv': csv('name,phone,role', [['Zarqotha Mirbal', volumeNumber(hers), 'victim']]),
  }, `  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b }, handset: { kind: Handset, id: imei } }
    links:
      - { kind: called, from: caller, to: called, at: at, duration_s: seconds }
      - { kind: uses, from: caller, to: handset, at: at }
  - name: persons
    file: persons.csv
    entities: { person: { kind: Person, properties: { name: name }, role: { column: role } }, phone: { kind: Phone, id: phone } }
    links: [{ kind: uses, from: person, to: phone }]
`)
  found = await swapsOf(made.view)
})
afterAll(() => {
  closeCase(made.view.open)
  rmSync(made.folder, { recursive: true, force: true })
})

test('planted swaps of a case are found with rows, reasons and a probability', () => {
  const right = found.findings.filter(({ subjects: [old, next] }) => [...planted.swaps].some(([a, b]) => old?.label === `+91${volumeNumber(a)}` && next?.label === `+91${volumeNumber(b)}`))
  const open = found.findings.filter(({ shape, subjects }) => shape === 'number' && subjects.every(({ masked }) => !masked))
  expect(right.length / open.length).toBeGreaterThanOrEqual(0.9)
  expect(right.length).toBeGreaterThanOrEqual(12)
  for (const finding of found.findings.filter(({ shape }) => shape === 'number')) {
    expect(finding.sureness).toMatchObject({ kind: 'posterior' })
    expect(finding.rows.length).toBeGreaterThan(0)
    expect(finding.because.map(({ code }) => code)).toContain('shared-contacts')
  }
  expect(found.findings.some(({ because }) => because.some(({ code }) => code === 'same-handset'))).toBe(true)
})

test('the number of a victim stands under a code, after the others', () => {
  const [last] = found.findings.slice(-1)
  expect(last?.subjects.some(({ masked }) => masked)).toBe(true)
  expect(scanForCanaries(Buffer.from(JSON.stringify(found)), 'swaps.json', [volumeNumber(hers), 'Zarqotha'])).toEqual([])
  expect(found.cautions.join(' ')).toMatch(/protected persons/)
})

test('a new handset of a number and a new number in a handset follow from the rows; a borrowed phone and a copied IMEI do not', async () => {
  const imei = (n: number): string => `3500000000${String(1000 + n)}`
  const rows: (string | number)[][] = []
  const use = (phone: string, handset: number, days: readonly number[]): void => { for (const day of days) rows.push([phone, '9419099999', moment(day), 30, imei(handset)]) }
  use('9419000001', 1, [1, 2, 3, 4])
  use('9419000001', 2, [6, 7, 8])
  use('9419000002', 2, [2.5, 3.5, 4.5])
  // Borrowed once, and used beside each other.
  use('9419000003', 3, [1, 2, 3, 9])
  use('9419000003', 1, [5])
  use('9419000004', 4, [1, 3, 5, 7, 9])
  use('9419000004', 5, [2, 4, 6, 8])
  for (let n = 0; n < 8; n++) use(`94190001${10 + n}`, 9, [n, n + 0.1, n + 0.2])
  const small = await plantedCase({ 'calls.csv': csv('a,b,at,seconds,imei', rows) }, `  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b }, handset: { kind: Handset, id: imei } }
    links: [{ kind: called, from: caller, to: called, at: at, duration_s: seconds }, { kind: uses, from: caller, to: handset, at: at }]
`)
  try {
    const { findings } = await swapsOf(small.view)
    const changes = findings.filter(({ shape }) => shape !== 'number')
    expect(changes.map(({ shape, subjects, rows_of }) => [shape, subjects[0]?.label, rows_of])).toEqual([
      ['new handset', '+919419000001', 7], ['new number in the same handset', '+919419000002', 6],
    ])
    expect(changes.every(({ sureness }) => sureness.kind === 'exact')).toBe(true)
  } finally {
    closeCase(small.view.open)
    rmSync(small.folder, { recursive: true, force: true })
  }
})
