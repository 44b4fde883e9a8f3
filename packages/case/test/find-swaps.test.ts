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
  const open = found.findings.filter(({ subjects }) => subjects.every(({ masked }) => !masked))
  expect(right.length / open.length).toBeGreaterThanOrEqual(0.9)
  expect(right.length).toBeGreaterThanOrEqual(12)
  for (const finding of found.findings) {
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
