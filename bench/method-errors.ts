/**
 * Measures what every exhibit prints about the method's own errors, and writes it to packages/case/measured/accuracy.json: `pnpm bench:errors`, with RINGMAP_DATA naming the labelled networks.
 * Order: current flow over the labelled networks and over planted cases. Joining: the link step of a case over invented persons whose answers are known.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { averagePrecision, recallAt } from '@ringmap/analysis/accuracy'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { ranksOf } from '@ringmap/analysis/ranking'
import { thinned } from '@ringmap/analysis/thinned'
import { engineStamp } from '@ringmap/case/engine-stamp'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import type { MeasuredAccuracy } from '@ringmap/evidence/measured-accuracy'
import { closeCase, openCase, type OpenCase } from '@ringmap/case/open-case'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { induced } from '@ringmap/graph/subgraph'
import { seeded } from '@ringmap/model/random'
import { sql } from '@ringmap/store/sql'
import { labelledCases, mean, type LabelledLayer } from './labelled-cases.ts'
import { plantedCases } from './planted-cases.ts'

const DATA = process.env['RINGMAP_DATA'] ?? '../shared/data'
const TO = fileURLToPath(new URL('../packages/case/measured/accuracy.json', import.meta.url))
const COPIES = 20
const TOP = 10
const SEEDS = 40
const PERSONS = { records: 4000, seeds: [1, 2, 3] } as const

const rounded = (value: number): number => Math.round(value * 1000) / 1000

function layerFigures({ csr, leaders, scored }: LabelledLayer): { ap: number; chance: number; recall: number; lost: number; kept: number } {
  const values = currentFlow(csr).value
  const first = (of: ArrayLike<number>): number[] => [...ranksOf(Float64Array.from(of), scored, 'high').entries()].filter(([, rank]) => rank > 0 && rank <= TOP).map(([v]) => v)
  const before = first(values)
  const copies = Array.from({ length: COPIES }, (_, i) => currentFlow(thinned(csr, 0.2, seeded(100 + i))).value)
  const people = scored.reduce((sum, one) => sum + one, 0)
  return {
    ap: averagePrecision(values, leaders, scored, 'high'), recall: recallAt(TOP, values, leaders, scored, 'high'), chance: leaders.reduce((sum, one, v) => sum + one * (scored[v] as number), 0) / people,
    lost: mean(copies.map((one) => averagePrecision(one, leaders, scored, 'high'))), kept: mean(copies.map((one) => first(one).filter((v) => before.includes(v)).length / before.length)),
  }
}

function order(): MeasuredAccuracy['order'] {
  const cases = labelledCases(DATA).filter(({ synthetic }) => !synthetic)
  if (cases.length === 0) throw new Error(`no labelled networks at ${DATA}; RINGMAP_DATA names their folder`)
  const figures = cases.map(({ layers }) => layers.map(layerFigures)).map((layers) => ({ ap: mean(layers.map(({ ap }) => ap)), chance: mean(layers.map(({ chance }) => chance)), recall: mean(layers.map(({ recall }) => recall)), lost: mean(layers.map(({ lost }) => lost)), kept: mean(layers.map(({ kept }) => kept)) }))
  return {
    networks: cases.length, people: cases.reduce((sum, { layers }) => sum + Math.max(...layers.map(({ csr }) => csr.nodes)), 0),
    average_precision: rounded(mean(figures.map(({ ap }) => ap))), lowest: rounded(Math.min(...figures.map(({ ap }) => ap))), chance: rounded(mean(figures.map(({ chance }) => chance))),
    recall_at_ten: rounded(mean(figures.map(({ recall }) => recall))), average_precision_ties_lost: rounded(mean(figures.map(({ lost }) => lost))), first_ten_kept: rounded(mean(figures.map(({ kept }) => kept))),
  }
}

/** How often the planted organiser comes first in his ring and among the first three of all, where no ring that was found holds him counting as neither. */
function planted(): MeasuredAccuracy['planted'] {
  const tally = { all: { ring: 0, three: 0 }, lost: { ring: 0, three: 0 } }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const [all, , , lost] = plantedCases(seed)
    for (const [one, to] of [[all, tally.all], [lost, tally.lost]] as const) {
      if (one === undefined || one.organiser < 0 || one.ring === null) continue
      const part = induced(one.csr, one.ring)
      if ((ranksOf(currentFlow(one.csr).value, one.eligible, 'high')[one.organiser] as number) <= 3) to.three++
      if (ranksOf(currentFlow(part.csr).value, Uint8Array.from(part.node_of, (v) => one.eligible[v] as number), 'high')[part.node_of.indexOf(one.organiser)] === 1) to.ring++
    }
  }
  return { cases: SEEDS, first_in_ring: rounded(tally.all.ring / SEEDS), among_first_three: rounded(tally.all.three / SEEDS), ties_lost_first_in_ring: rounded(tally.lost.ring / SEEDS), ties_lost_among_first_three: rounded(tally.lost.three / SEEDS) }
}

const CASE = `version: 1
name: Invented persons
sources:
  - name: persons
    file: persons.csv
    entities:
      person: { kind: Person, id: record_id, scope: list, identifiers: { voter_id: voter_id }, properties: { name: name, father: father, born: born, village: village, district: district } }
      phone: { kind: Phone, id: phone }
    links:
      - { kind: uses, from: person, to: phone }
`

/** Pairs that the step joined, of those that are one person: at the threshold in use, and at that for court. */
async function joining(): Promise<MeasuredAccuracy['joining']> {
  const tally = { usual: { joined: 0, right: 0 }, court: { joined: 0, right: 0 }, pairs: 0 }
  for (const seed of PERSONS.seeds) {
    const folder = mkdtempSync(join(tmpdir(), 'ringmap-measured-'))
    await writePersons(PERSONS.records, seed, folder)
    writeFileSync(join(folder, 'case.yaml'), CASE)
    const person = new Map(readFileSync(join(folder, 'truth.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',') as [string, string]))
    tally.pairs += pairs([...person.values()])
    const open = await openCase(folder)
    await runImport(open)
    for (const [how, to] of [['usual', tally.usual], ['court', tally.court]] as const) {
      await runLink(open, { court: how === 'court', force: true })
      for (const members of await joined(open)) {
        to.joined += (members.length * (members.length - 1)) / 2
        to.right += pairs(members.map((id) => person.get(id) ?? id))
      }
    }
    closeCase(open)
    rmSync(folder, { recursive: true, force: true })
  }
  const of = ({ joined: all, right }: { joined: number; right: number }): MeasuredAccuracy['joining']['usual'] => ({ joined: all, right, precision: rounded(right / all), recall: rounded(right / tally.pairs) })
  return { records: PERSONS.records * PERSONS.seeds.length, true_pairs: tally.pairs, usual: of(tally.usual), court: of(tally.court) }
}

/** Ids in the list of the records of each person that is made of several. */
async function joined({ database }: OpenCase): Promise<string[][]> {
  const rows = await database.rows<{ ids: string }>(sql`SELECT string_agg(split_part(r.key, ':', 2), ' ' ORDER BY r.key) AS ids FROM record r JOIN entity_record USING (record) WHERE r.kind = 'Person' GROUP BY entity HAVING count(*) > 1`)
  return rows.map(({ ids }) => ids.split(' '))
}

function pairs(of: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
}

const measured: MeasuredAccuracy = { command: 'pnpm bench:errors', engine_sources_sha256: engineStamp().sources_sha256, order: order(), planted: planted(), joining: await joining() }
const text = `${JSON.stringify(measured, null, 2)}\n`
writeFileSync(TO, text)
process.stdout.write(`${text}SHA-256 ${createHash('sha256').update(text).digest('hex')}\n`)
