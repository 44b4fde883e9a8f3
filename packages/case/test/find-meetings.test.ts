import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitVolume } from '@ringmap/fixtures/visit-volume'
import type { CaseView } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { coLocationOf, joinsOf, pathsOf, travellersOf } from '../src/patterns.ts'
import { csv, moment, plantedCase } from './planted-case.ts'

const planted = visitVolume(3, { subjects: 120, pairs: 6 })
const plate = (n: number): string => `JK02AB${String(1000 + n)}`
let made: { folder: string; view: CaseView }

beforeAll(async () => {
  const rows = Array.from(planted.subject, (v, i) => [plate(v), `Plaza ${planted.place[i] as number}`, moment((planted.at[i] as number) / 86_400_000)])
  const calls = [['9419000001', '9419000002', moment(1)], ['9419000003', '9419000004', moment(2)], ['9419000002', '9419000003', moment(3)], ['9419000003', '9419000004', moment(4)]]
  made = await plantedCase({ 'plates.csv': csv('plate,plaza,at', rows), 'calls.csv': csv('a,b,at', calls) }, `  - name: plates
    file: plates.csv
    entities: { vehicle: { kind: Vehicle, id: plate }, plaza: { kind: Location, id: plaza } }
    links: [{ kind: present_at, from: vehicle, to: plaza, at: at }]
  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b } }
    links: [{ kind: called, from: caller, to: called, at: at }]
`)
})
afterAll(() => {
  closeCase(made.view.open)
  rmSync(made.folder, { recursive: true, force: true })
})

test('meetings and convoys of a case are named with places, rows and a false discovery rate', async () => {
  const met = await coLocationOf(made.view)
  const drove = await travellersOf(made.view)
  const same = (found: typeof met, pairs: typeof planted.meetings): number => pairs.filter(([a, b]) => found.findings.some(({ subjects }) => subjects[0]?.label.replaceAll(' ', '') === plate(a) && subjects[1]?.label.replaceAll(' ', '') === plate(b))).length
  expect(same(met, planted.meetings)).toBeGreaterThanOrEqual(5)
  expect(same(drove, planted.convoys)).toBeGreaterThanOrEqual(5)
  for (const { sureness, rows_of } of [...met.findings, ...drove.findings]) {
    expect(sureness.value).toBeLessThanOrEqual(0.05)
    expect(rows_of).toBeGreaterThan(2)
  }
})

test('a path follows the order of time, row by row; what joins is found; the unknown is refused', async () => {
  const { findings } = await pathsOf(made.view, { from: '+919419000001', to: '+919419000004' })
  expect(findings).toHaveLength(1)
  expect(findings[0]?.rows.map(({ row }) => row)).toEqual([2, 4, 5])
  expect((await pathsOf(made.view, { from: '+919419000001', to: '+919419000004', wait_h: 20 })).findings).toEqual([])
  expect((await pathsOf(made.view, { from: '+919419000001', to: '+919419000004', end: '2026-01-03' })).findings).toEqual([])
  const joined = await joinsOf(made.view, ['+919419000001', '+919419000004'])
  expect(joined.findings[0]?.subjects.map(({ label }) => label)).toEqual(['+919419000001', '+919419000004', '+919419000002', '+919419000003'])
  await expect(joinsOf(made.view, ['+919419000001'])).rejects.toMatchObject({ code: 'usage' })
  await expect(pathsOf(made.view, { from: 'nobody', to: '+919419000004' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(pathsOf(made.view, { from: '+919419000001', to: '+919419000004', start: '1/2/2026' })).rejects.toMatchObject({ code: 'usage' })
})
