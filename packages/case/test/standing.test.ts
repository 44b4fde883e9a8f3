import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { projectPersons } from '@ringmap/graph/person-network'
import { csrFromEdges } from '@ringmap/graph/csr'
import { currentFlowBetweenness } from '@ringmap/analysis/current-flow-betweenness'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import { findingsOf, viewCase, type CaseView } from '../src/case-view.ts'
import { foundNetwork, type FoundNetwork } from '../src/found-network.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { standingOf } from '../src/standing.ts'
import { whatIf } from '../src/what-if.ts'
import { foundCase } from './found-case.ts'
import { stringLeaves } from './string-leaves.ts'

let folder = ''
let open: OpenCase
let view: CaseView
let found: FoundNetwork
let truth: Awaited<ReturnType<typeof writeDemoCase>>['truth']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringmap-standing-'))
  truth = (await writeDemoCase(folder, { people: 700, calls: 9000 })).truth
  open = await foundCase(folder)
  view = await viewCase(open)
  found = await foundNetwork(open)
})
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

/** The rank of somebody once rows are gone: links counted again by the database, the whole network drawn again, ranks by comparing values. */
async function rankWithout(id: string, rows: readonly { source: string; row: number }[]): Promise<number> {
  const gone = rows.map(({ source, row }) => `${source}:${row}`)
  const left = await open.database.rows<{ kind: number; a: number; b: number }>(sql`SELECT DISTINCT o.kind AS kind, x.entity AS a, y.entity AS b FROM observation o
    JOIN source s ON s.position = o.source JOIN entity_record x ON x.record = o.from_record JOIN entity_record y ON y.record = o.to_record WHERE s.name || ':' || o.row NOT IN ${[...gone, '']}`)
  const there = new Set(left.flatMap(({ kind, a, b }) => [`${kind} ${a} ${b}`, ...(['met', 'related_to', 'associate_of'].includes(LINK_KIND_NAMES[kind] ?? '') ? [`${kind} ${b} ${a}`] : [])]))
  const keep = Array.from(found.links.kind, (kind, l) => there.has(`${kind} ${found.links.source[l]} ${found.links.target[l]}`))
  const pick = <A extends Uint8Array | Uint32Array | Float64Array>(column: A): A => column.filter((_, l) => keep[l]) as A
  const links = { kind: pick(found.links.kind), source: pick(found.links.source), target: pick(found.links.target), count: pick(found.links.count), criminal: pick(found.links.criminal) }
  const network = projectPersons(found.entities, links, open.file.network)
  const asked = [...found.asked].map((actor) => found.network.actors[actor] as number)
  const ends: [number, number][] = []
  asked.forEach((entity, i) => {
    const actor = network.actor_of[entity] as number
    if (actor < 0) return
    for (let arc = network.csr.offsets[actor] as number; arc < (network.csr.offsets[actor + 1] as number); arc++) {
      const other = asked.indexOf(network.actors[network.csr.targets[arc] as number] as number)
      if (other > i) ends.push([i, other])
    }
  })
  const csr = csrFromEdges(asked.length, Uint32Array.from(ends, ([a]) => a), Uint32Array.from(ends, ([, b]) => b))
  const values = currentFlowBetweenness(csr)
  const value = (i: number): number => ((csr.offsets[i + 1] as number) > (csr.offsets[i] as number) ? (values[i] as number) : -1)
  const me = asked.findIndex((entity) => found.names.get(entity)?.id === id)
  const compared = asked.flatMap((entity, i) => (found.unranked.has(entity) || found.contact_only.has(entity) || found.names.get(entity)?.kind === 'Organisation' ? [] : [i]))
  return 1 + compared.filter((i) => value(i) > value(me) + Math.max(1e-15, 1e-9 * Math.abs(value(me)))).length
}

test('the smallest set of rows changes the rank as stated, and no proper subset of it does', async () => {
  const findings = await findingsOf(view)
  let checked = 0
  for (const one of findings.organisers.slice(0, 2)) {
    const { smallest, first } = await standingOf(view, one.subject)
    expect(await rankWithout(one.subject, [])).toBe(one.rank)
    const rows = smallest?.rows.map(({ ref }) => ref) ?? []
    expect(rows.length).toBe(smallest?.rows_of)
    expect(rows.length).toBeGreaterThan(0)
    expect(await rankWithout(one.subject, rows)).toBe(smallest?.rank_without)
    expect(smallest?.rank_without).toBeGreaterThan(first)
    if (rows.length > 6) continue
    checked++
    for (let mask = 1; mask < 2 ** rows.length - 1; mask++) {
      const part = rows.filter((_, i) => ((mask >> i) & 1) === 1)
      expect(await rankWithout(one.subject, part), JSON.stringify(part.map(({ file, row }) => `${file} ${row}`))).toBeLessThanOrEqual(first)
    }
  }
  expect(checked).toBeGreaterThan(0)
})

test('the order without a source is that of the case without it', async () => {
  const [first] = (await findingsOf(view)).organisers
  const { without_source: sources, rows_of: rowsOf } = await standingOf(view, first?.subject ?? '')
  expect(sources.reduce((sum, one) => sum + one.rows, 0)).toBe(rowsOf)
  const one = sources.find(({ source }) => source === 'accounts')
  const rows = await open.database.rows<{ row: number }>(sql`SELECT DISTINCT o.row AS row FROM observation o JOIN source s ON s.position = o.source WHERE s.name = 'accounts'`)
  expect(await rankWithout(first?.subject ?? '', rows.map(({ row }) => ({ source: 'accounts', row })))).toBe(one?.rank_without)
})

test('nobody is told what a protected or an unknown person stands on; nothing that is told names one', async () => {
  const victim = truth.persons.find(({ key }) => key === truth.protected[0]?.key)
  await expect(standingOf(view, victim?.spellings[0] ?? '')).rejects.toMatchObject({ code: 'not_found' })
  await expect(standingOf(view, 'Nobody At All')).rejects.toMatchObject({ code: 'not_found' })
  await expect(whatIf(view, { arrest: [victim?.spellings[0] ?? ''] })).rejects.toMatchObject({ code: 'not_found' })
  const findings = await findingsOf(view)
  const ring = findings.rings.find((one) => one.protected_members > 0)
  const told = [await whatIf(view, { ring: ring?.id ?? '' }), await whatIf(view, { arrest: findings.organisers.slice(0, 3).map(({ subject }) => subject) }), await standingOf(view, findings.organisers[2]?.label ?? '')]
  expect(scanForCanaries(stringLeaves(told), 'told.json', truth.canaries.map(({ value }) => value))).toEqual([])
  expect(JSON.stringify(told)).not.toMatch(/guilt|kingpin|mastermind|culprit/i)
})
