import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Measure, OrganiserFinding } from '@ringmap/model/finding'
import { averagePrecision } from '@ringmap/analysis/accuracy'
import { isRequired } from '@ringmap/fixtures/required'
import { findingsOf, viewCase } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const DATA = resolve(ROOT, process.env['RINGMAP_DATA'] ?? '../shared/data')
const REAL = join(ROOT, 'fixtures', 'real')

/** Case, data folder, the change to its network options for one layer, and where its leaders stand. */
const CASES: readonly { readonly name: string; readonly of: string; readonly layer?: string; readonly id?: string }[] = [
  { name: 'caviar', of: 'caviar' },
  { name: 'montagna meetings', of: 'montagna', layer: 'met' },
  { name: 'montagna phone', of: 'montagna', layer: 'called' },
  { name: 'hijackers911', of: 'hijackers911' },
  { name: 'bali2002', of: 'bali2002' },
  { name: 'london_gang', of: 'london_gang' },
  { name: 'mexico_trafficking', of: 'mexico_trafficking', id: 'role_es' },
  { name: 'calorcalor', of: 'calorcalor' },
]
const BESIDE: readonly Measure[] = ['betweenness', 'constraint', 'effective-size', 'degree', 'weighted-degree', 'pagerank', 'closeness', 'k-core']

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })
beforeEach((context) => {
  if (existsSync(join(DATA, 'caviar'))) return
  if (isRequired('data')) throw new Error(`the real networks are required and are not at ${DATA}`)
  context.skip('the real networks are not here; RINGMAP_DATA names their folder')
})

/** Runs a kept case file in a folder of its own, as the command line does. */
async function ranked(of: string, layer?: string): Promise<OrganiserFinding[]> {
  const work = mkdtempSync(join(tmpdir(), 'ringmap-real-'))
  folders.push(work)
  const text = readFileSync(join(REAL, `${of}.yaml`), 'utf8')
  const file = join(work, 'case.yaml')
  writeFileSync(file, (layer === undefined ? text : text.replace('network: {', `network: { tie_kinds: [${layer}],`)).replace('find: {', 'find: { copies: 0,'))
  const open = await foundCase(file, { data: DATA })
  try {
    return [...(await findingsOf(await viewCase(open))).organisers]
  } finally {
    closeCase(open)
  }
}

/** Labels of leaders, from the folder's own list. */
function leaders(of: string, id = 'id'): Set<string> {
  const [header = '', ...rows] = readFileSync(join(DATA, of, 'nodes.csv'), 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  return new Set(rows.map((row) => row.split(',')).filter((cells) => cells[columns.indexOf('leader')] === '1').map((cells) => cells[columns.indexOf(id)] ?? ''))
}

test('the eight real networks go the whole path, and current flow finds their leaders better than counting contacts', async () => {
  const scores = new Map<string, Map<string, number>>()
  for (const { name, of, layer, id } of CASES) {
    const list = await ranked(of, layer)
    const known = leaders(of, id)
    const positives = Uint8Array.from(list, (one) => (known.has(one.label) ? 1 : 0))
    expect(positives.reduce((sum, one) => sum + one, 0), name).toBeGreaterThan(0)
    const row = new Map<string, number>([['current-flow', averagePrecision(Float64Array.from(list, (one) => one.value), positives, null, 'high')]])
    for (const measure of BESIDE) row.set(measure, averagePrecision(Float64Array.from(list, (one) => one.beside[measure]?.rank ?? list.length), positives, null, 'low'))
    scores.set(name, row)
  }
  const macro = (measure: string): number => {
    const of = (name: string): number => scores.get(name)?.get(measure) ?? 0
    const montagna = (of('montagna meetings') + of('montagna phone')) / 2
    return (montagna + CASES.filter((one) => one.of !== 'montagna').reduce((sum, one) => sum + of(one.name), 0)) / 7
  }
  const head = ['current-flow', ...BESIDE]
  const line = (name: string, value: (measure: string) => number): string => `${name.padEnd(20)}${head.map((measure) => value(measure).toFixed(3).padStart(Math.max(measure.length, 5) + 2)).join('')}\n`
  process.stdout.write(`\naverage precision   ${head.map((measure) => measure.padStart(Math.max(measure.length, 5) + 2)).join('')}\n`)
  for (const { name } of CASES) process.stdout.write(line(name, (measure) => scores.get(name)?.get(measure) ?? 0))
  process.stdout.write(line('macro over 7 cases', macro))
  expect(macro('current-flow')).toBeGreaterThanOrEqual(0.75)
  expect(macro('degree')).toBeLessThan(macro('current-flow'))
})

test('VAST 2008 goes the whole path: phones alone stand for their unknown users', async () => {
  const list = await ranked('vast2008')
  expect(list[0]?.of).toBe(400)
  expect(list.every((one) => one.label.startsWith('unknown user of '))).toBe(true)
})
