import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { chartOf, expandFrom } from '../src/case-chart.ts'
import { caseIssues } from '../src/case-issues.ts'
import { entityCard, findingsOf, linkCard, search, summary, viewCase, type CaseView } from '../src/case-view.ts'
import { EXPORT_KINDS, exportGraph, writeChart, writeExport } from '../src/export-step.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'
import { VICTIM, VICTIM_HOME, writeSmallCase } from './small-case.ts'

/** Everything that says who the protected person is; the number without its country code, as the scan adds the other forms. */
const CANARIES = [VICTIM, 'Zarqotha', '9419000009', VICTIM_HOME, 'ABC1000009', 'Mirnal Belimwal']

let open: OpenCase
let masked: CaseView
let shown: CaseView
const folders: string[] = []

beforeAll(async () => {
  const folder = writeSmallCase()
  folders.push(folder)
  open = await foundCase(folder)
  masked = await viewCase(open)
  shown = await viewCase(open, 'positive control')
})
afterAll(() => {
  closeCase(open)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ringmap-masking-'))
  folders.push(made)
  return made
}

async function everyExport(view: CaseView): Promise<Map<string, Uint8Array>> {
  const into = folder()
  for (const kind of EXPORT_KINDS) await writeExport(view, kind, into)
  const ring = (await findingsOf(view)).rings[0]?.id ?? ''
  for (const name of ['ring.svg', 'ring.png', 'ring.anx']) await writeChart(view, await chartOf(view, ring), join(into, name))
  return new Map(readdirSync(into).map((name) => [name, readFileSync(join(into, name))]))
}

test('no export, in any format, says who the victim is; with the mask off each text format does', async () => {
  const files = await everyExport(masked)
  expect([...files.keys()].sort()).toEqual(['entities.csv', 'findings.json', 'links.csv', 'network.anx', 'network.ftm.json', 'network.gexf', 'network.graphml', 'organisers.csv', 'ring.anx', 'ring.png', 'ring.svg', 'rings.csv'])
  for (const [name, bytes] of files) expect(scanForCanaries(bytes, name, CANARIES), name).toEqual([])
  const control = await everyExport(shown)
  // Links, rankings and rings name no entity that is never ranked; pictures in pixels hold no text at all.
  for (const name of ['entities.csv', 'network.anx', 'network.ftm.json', 'network.gexf', 'network.graphml', 'ring.anx', 'ring.svg']) expect(scanForCanaries(control.get(name) as Uint8Array, name, CANARIES).length, name).toBeGreaterThan(0)
})

/** Every answer that the server can give about this case. */
async function everyAnswer(view: CaseView): Promise<Record<string, unknown>> {
  const graph = await exportGraph(view)
  const answers: Record<string, unknown> = { summary: await summary(view), findings: await findingsOf(view), issues: await caseIssues(open, view.mask) }
  for (const entity of graph.entities) {
    answers[`entity ${entity.id}`] = await entityCard(view, entity.id)
    answers[`chart ${entity.id}`] = await chartOf(view, entity.id)
    answers[`expand ${entity.id}`] = await expandFrom(view, { id: entity.id, link: null, kind: null, have: [], limit: 50 })
  }
  for (const link of graph.links) answers[`link ${link.id}`] = await linkCard(view, link.id)
  for (const word of ['zarq', '9419', '000009', 'lane', 'house', 'koldun', '11/2024', 'V-']) answers[`search ${word}`] = await search(view, word)
  return answers
}

test('no answer of the server says who the victim is, cards and source rows of her own phone and report included', async () => {
  for (const [name, answer] of Object.entries(await everyAnswer(masked))) expect(scanForCanaries(Buffer.from(JSON.stringify(answer)), `${name}.json`, CANARIES), name).toEqual([])
  const control = await everyAnswer(shown)
  for (const kind of ['entity', 'chart', 'expand', 'link', 'search']) {
    const bytes = Buffer.from(JSON.stringify(Object.entries(control).filter(([name]) => name.startsWith(kind))))
    expect(scanForCanaries(bytes, `${kind}.json`, CANARIES).length, kind).toBeGreaterThan(0)
  }
})

test('a protected person is found by code alone, and her raw id is as good as unknown', async () => {
  expect((await search(masked, VICTIM)).hits).toEqual([])
  expect((await search(shown, VICTIM)).hits.length).toBeGreaterThan(0)
  const raw = (await exportGraph(shown)).entities.find((entity) => entity.label === VICTIM)?.id ?? ''
  await expect(entityCard(masked, raw)).rejects.toMatchObject({ code: 'not_found' })
  const code = masked.mask.codes.get(raw) as string
  const [hit] = (await search(masked, code.toLowerCase())).hits
  expect(hit).toMatchObject({ id: code, label: code, masked: true, kind: 'Person' })
  const card = await entityCard(masked, code)
  expect(card.entity).toMatchObject({ label: code, masked: true, roles: ['victim'] })
  expect(card.properties).toEqual([])
  expect(card.rows.length).toBeGreaterThan(0)
  expect(card.rows.every((row) => row.cells.some((cell) => cell.masked))).toBe(true)
})

test('a row about somebody else keeps its cells, but not her name in the remarks', async () => {
  const graph = await exportGraph(masked)
  const accused = graph.entities.find((entity) => entity.label === 'Bilqen Rastogar')
  const link = graph.links.find((one) => one.kind === 'accused_in' && one.source === accused?.id)
  const [row] = (await linkCard(masked, link?.id ?? '')).rows
  const cells = new Map(row?.cells.map((cell) => [cell.column, cell]))
  expect(cells.get('section')).toEqual({ column: 'section', value: 'BNS 143' })
  expect(cells.get('remarks')).toMatchObject({ masked: true })
  expect(cells.get('remarks')?.value).toMatch(/^seen with V-\w{6} at the bus stand$/)
  expect(row?.ref).toMatchObject({ source: 'firs', file: 'firs.csv', row: 2 })
})
