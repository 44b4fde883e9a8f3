/** Seconds for an exhibit: the demo case's as a person makes it, and the drawing, tables and pages of a chart of 500 entities. `node bench/exhibit.ts [entities]` */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chartPng } from '@ringmap/evidence/chart-png'
import type { ExhibitInput } from '@ringmap/evidence/exhibit-model'
import { exhibitPdf, exhibitSvg } from '@ringmap/evidence/exhibit-pages'
import { exhibitTables, tableFiles } from '@ringmap/evidence/exhibit-tables'
import type { MeasuredAccuracy } from '@ringmap/evidence/measured-accuracy'
import { exhibitSettings } from '@ringmap/model/exhibit-file'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { sampleChart } from '@ringmap/fixtures/sample-chart'
import { viewCase } from '@ringmap/case/case-view'
import { writeExhibit } from '@ringmap/case/exhibit-step'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { addUser } from '@ringmap/case/users'
import { measured, printMeasured } from './measured.ts'

const entities = Number(process.argv[2] ?? 500)

async function timed<T>(what: string, most: number, work: () => Promise<T>): Promise<T> {
  const found = await measured(work)
  printMeasured(what, found, `aim: under ${most} s`)
  return found.result
}

const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))
const secret = 'correct horse battery'
await writeDemoCase(folder)
const first = await openCase(folder)
for (const [id, role] of [['asha', 'analyst'], ['bano', 'reviewer']] as const) addUser(first, { id, name: id, role, post: '', training: '' }, secret)
closeCase(first)
const open = await openCase(folder)
await timed('demo case: import, link, find', 20, async () => {
  await runImport(open)
  await runLink(open)
  await runFind(open)
})
await timed('demo case: the signed exhibit of its first ring', 20, async () => await writeExhibit(
  await viewCase(open), { subject: 'ring-1', profile: 'court-open', mode: 'summary', as_of_ms: Date.UTC(2026, 0, 1), analyst: 'asha', reviewer: 'bano', review_remarks: '' },
  { folder: join(folder, 'exhibit'), passphrase: async () => await Promise.resolve(secret), now_ms: Date.UTC(2026, 0, 1) },
))
closeCase(open)
rmSync(folder, { recursive: true, force: true })

const chart = sampleChart(entities)
const user = { id: 'asha', name: 'Asha Verma', role: 'analyst' as const, post: '', training: '', public_key: `${'A'.repeat(43)}=` }
const input: ExhibitInput = {
  case_name: 'Bench', subject: 'ring-1', profile: 'court-open', mode: 'summary', as_of_ms: 0, timezone: 'Asia/Kolkata', version: '0.1.0', settings: exhibitSettings.parse({}), analyst: user, reviewer: null, review_remarks: '', chart, graph: { name: '', entities: [], links: [] },
  order: [], sources: [], trace: [], rows_not_shown: 0, left_out: [], audit: { lines: [], head: { lines: 0, sha256: '0'.repeat(64) } }, masking: { classes: {}, on_chart: 0, rules: [], crowd: { smallest: 11, alone: 0, alone_without_times: 0, times: {} } }, coverage: [], unheard: [], method: {}, accuracy: JSON.parse(readFileSync(new URL('../packages/case/measured/accuracy.json', import.meta.url), 'utf8')) as MeasuredAccuracy, data_sha256: '', cautions: [], leans_on: [], joined_from: null, two_places: null, masked_statement: '',
}
await timed(`chart of ${entities}: SVG, PNG, tables, PDF`, 60, async () => {
  const svg = exhibitSvg(input)
  const tables = exhibitTables(input)
  const pages = await exhibitPdf(input, svg, tables)
  const out = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))
  for (const [name, bytes] of [['chart.svg', svg], ['chart.png', chartPng(svg)], ['exhibit.pdf', pages]] as const) writeFileSync(join(out, name), bytes)
  for (const [name, bytes] of tableFiles(tables)) writeFileSync(join(out, name.replace('/', '-')), bytes)
  if (process.argv.includes('--keep')) console.log(out)
  else rmSync(out, { recursive: true, force: true })
})
