import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import type { PatternFindings } from '@ringmap/model/pattern'
import { exportGraph } from '../src/export-step.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import * as patterns from '../src/patterns.ts'
import { foundCase } from './found-case.ts'
import { VICTIM, VICTIM_HOME, writeSmallCase } from './small-case.ts'

const CANARIES = [VICTIM, 'Zarqotha', '9419000009', VICTIM_HOME, 'ABC1000009']
let open: OpenCase
let folder: string

beforeAll(async () => {
  folder = writeSmallCase()
  open = await foundCase(folder)
})
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

/** Every pattern, asked as widely as it can be. */
async function everyPattern(view: CaseView): Promise<PatternFindings[]> {
  const phones = (await exportGraph(view)).entities.filter(({ kind }) => kind === 'Phone').map(({ id }) => id).sort()
  const found: PatternFindings[] = [
    await patterns.swapsOf(view, { least: 0 }), await patterns.commonContactsOf(view, { rate: 1 }), await patterns.coLocationOf(view, { rate: 1 }), await patterns.travellersOf(view, { rate: 1 }),
    await patterns.typologiesOf(view, { rate: 1 }), await patterns.motifsOf(view, { rate: 1 }), await patterns.rolesOf(view), await patterns.routesOf(view, { inside: true }), await patterns.gapsOf(view), await patterns.joinsOf(view, phones),
  ]
  for (const from of phones) for (const to of phones) if (from !== to) found.push(await patterns.pathsOf(view, { from, to }))
  return found
}

test('no pattern says who the victim is; with the mask off paths and joins do', async () => {
  const masked = await everyPattern(await viewCase(open))
  for (const found of masked) expect(scanForCanaries(Buffer.from(JSON.stringify(found)), `${found.pattern}.json`, CANARIES), found.pattern).toEqual([])
  expect(masked.some(({ findings }) => findings.length > 0)).toBe(true)
  const control = await everyPattern(await viewCase(open, 'positive control'))
  expect(scanForCanaries(Buffer.from(JSON.stringify(control)), 'control.json', CANARIES).length).toBeGreaterThan(0)
})
