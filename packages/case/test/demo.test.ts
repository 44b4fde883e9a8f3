import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Findings } from '@ringmap/model/finding'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { sql } from '@ringmap/store/sql'
import { chartOf } from '../src/case-chart.ts'
import { findingsOf, linkCard, summary, viewCase, type CaseView } from '../src/case-view.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'
import { stringLeaves } from './string-leaves.ts'

type Truth = Awaited<ReturnType<typeof writeDemoCase>>['truth']

let folder = ''
let open: OpenCase
let view: CaseView
let findings: Findings
let truth: Truth

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringmap-demo-'))
  truth = (await writeDemoCase(folder)).truth
  open = await foundCase(folder)
  view = await viewCase(open)
  findings = await findingsOf(view)
})
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

/** Entity id of a planted person, by voter card. */
async function idOf(key: string): Promise<string> {
  const card = truth.persons.find((person) => person.key === key)?.voter_id ?? ''
  const row = await open.database.one<{ id: string }>(sql`SELECT e.id FROM identifier i JOIN entity_record USING (record) JOIN entity e USING (entity) WHERE e.kind = 'Person' AND i.value = ${card} GROUP BY e.id`)
  return row?.id ?? `no entity for ${key}`
}

test('the planted organiser is among the first three overall and first in his ring; by contacts he is neither', async () => {
  const id = await idOf(truth.organiser)
  const overall = findings.organisers.find((one) => one.subject === id)
  const ring = findings.rings.find((one) => one.members.includes(id))
  const inside = ring?.organisers.find((one) => one.subject === id)
  // The figures are part of what this test is for.
  process.stdout.write(`organiser: ${overall?.rank} of ${overall?.of} overall, ${inside?.rank} of ${inside?.of} in his ring; by contacts ${overall?.beside.degree?.rank} and ${inside?.beside.degree?.rank}\n`)
  expect(overall?.rank).toBeLessThanOrEqual(3)
  expect(inside?.rank).toBe(1)
  expect(overall?.beside.degree?.rank).toBeGreaterThan(3)
  expect(inside?.beside.degree?.rank).toBeGreaterThan(1)
})

test('each planted ring is found as one ring that holds most of its members', async () => {
  for (const planted of truth.rings) {
    const ids = new Set(await Promise.all(planted.members.filter((key) => !planted.victims.includes(key)).map(idOf)))
    const best = Math.max(...findings.rings.map((ring) => ring.members.filter((id) => ids.has(id)).length))
    expect(best / ids.size, planted.name).toBeGreaterThan(0.6)
  }
})

test('no protected person is in any list of suspects, and none of their names or numbers is in the findings', async () => {
  const ids = await Promise.all(truth.protected.map(({ key }) => idOf(key)))
  const codes = ids.map((id) => view.mask.codes.get(id))
  expect(codes.every((code) => code !== undefined)).toBe(true)
  const ranked = new Set([...findings.organisers, ...findings.rings.flatMap((ring) => ring.organisers)].map(({ subject }) => subject))
  for (const id of [...ids, ...codes]) expect(ranked.has(id as string)).toBe(false)
  const planted = truth.canaries.map(({ value }) => value)
  expect(scanForCanaries(stringLeaves(findings), 'findings.json', planted)).toEqual([])
  for (const ring of findings.rings) expect(scanForCanaries(Buffer.from(JSON.stringify(await chartOf(view, ring.id))), 'chart.json', planted)).toEqual([])
})

test('every broken row that was planted is reported as what it is', async () => {
  const { issues } = await summary(view)
  for (const broken of truth.broken) {
    const hit = issues.some((issue) => issue.code === broken.expected && issue.file === broken.file && issue.examples.some(({ row }) => row === broken.row))
    expect(hit, `${broken.file} row ${broken.row}: ${broken.expected}`).toBe(true)
  }
})

test('every reason leads to links, and a link to rows of the files', async () => {
  for (const one of findings.organisers.slice(0, 10)) {
    const link = one.because.flatMap(({ links }) => links)[0]
    expect(link, one.label).toBeDefined()
    const card = await linkCard(view, link as string)
    expect(card.rows.length).toBeGreaterThan(0)
    expect(card.rows[0]?.ref.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(card.observations_of).toBe(card.link.count)
  }
})

test('no text calls anyone guilty', () => {
  expect(JSON.stringify(findings)).not.toMatch(/guilt|kingpin|mastermind|culprit|offender|criminal(?!_)/i)
})
