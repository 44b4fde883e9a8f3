import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped } from '@ringmap/fixtures/neo4j-door'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { RingmapError } from '@ringmap/model/errors'
import type { Findings } from '@ringmap/model/finding'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { sql } from '@ringmap/store/sql'
import { findingsOf, viewCase } from '../src/case-view.ts'
import { overview } from '../src/case-overview.ts'
import { runFind } from '../src/find-step.ts'
import { foundNetwork } from '../src/found-network.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { chooseEngine, type EngineOptions } from '../src/network-engine.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { positionsOf } from '../src/positions.ts'

const missing = neo4jSkipped()

describe.skipIf(missing !== null)(`findings with Graph Data Science as engine${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ringmap-gds-'))
  let open: OpenCase
  let server: Neo4j
  let gds: EngineOptions
  let local: Findings

  beforeAll(async () => {
    const { uri, user, password } = await neo4jForTests()
    server = await Neo4j.open({ uri, user, password })
    gds = { engine: 'gds', at: { uri, user }, password: () => Promise.resolve(password) }
    await writeDemoCase(join(work, 'case'), { people: 300, calls: 3500 })
    open = await openCase(join(work, 'case'))
    await runImport(open)
    await runLink(open)
    local = await runFind(open)
  }, 300_000)
  afterAll(async () => {
    if (missing === null) {
      closeCase(open)
      await server.close()
    }
    rmSync(work, { recursive: true, force: true })
  })

  const stored = async (): Promise<string> => JSON.stringify(await open.database.rows(sql`SELECT * FROM finding ORDER BY name`))

  test('the same rings and the same organisers come out, finished here; what differs is said', async () => {
    const here = await stored()
    const there = await runFind(open, { engine: gds })
    expect(there.engine).toMatchObject({ name: 'gds', concurrency: 1, communities: 'leiden', betweenness_sources: null, why: 'asked for' })
    expect(there.engine?.version).toMatch(/^\d+\.\d+/)
    expect(there.engine?.server).toMatch(/^Neo4j\//)
    expect(there.cautions).toEqual(expect.arrayContaining([...(there.engine?.differs ?? [])]))
    expect(there.network.ties).toBe(local.network.ties)
    // Planted rings are clear: both methods find them, with members at the edge apart.
    const shared = (ring: readonly string[]): number => Math.max(...local.rings.map(({ members }) => members.filter((id) => ring.includes(id)).length / new Set([...members, ...ring]).size))
    expect(there.rings.length).toBeGreaterThan(0)
    for (const { members } of there.rings) expect(shared(members)).toBeGreaterThan(0.6)
    expect(there.organisers.slice(0, 5).filter(({ subject }) => local.organisers.slice(0, 10).some((one) => one.subject === subject)).length).toBeGreaterThan(3)
    for (const one of there.organisers) expect(one.because.length).toBeGreaterThan(0)
    expect(there.rings[0]?.agreement?.runs).toBe(20)
    // Only communities large enough for a ring came back.
    const { persons, of, least } = there.engine?.returned ?? { persons: 0, of: 0, least: 0 }
    expect(least).toBe(open.file.find.ring_min_size)
    expect(of).toBe(there.network.persons + there.network.unattributed)
    expect(persons).toBeGreaterThan(new Set(there.rings.flatMap(({ members }) => members)).size - 1)
    expect(persons).toBeLessThan(of)
    expect(there.cautions.join(' ')).toContain(`The community of ${persons.toLocaleString('en')} of ${of.toLocaleString('en')} persons came back.`)

    // Again the same bytes; without a word about the engine they are taken as they are; a word brings the local ones back.
    const once = await stored()
    expect(await runFind(open, { engine: gds, force: true })).toEqual(there)
    expect(await stored()).toBe(once)
    expect(await runFind(open)).toEqual(there)
    expect(await runFind(open, { engine: { ...gds, engine: 'local' } })).toEqual(local)
    expect(await stored()).toBe(here)
  })

  test('every later view speaks of the same rings, and no protected person is named', async () => {
    const there = await runFind(open, { engine: gds })
    const found = await foundNetwork(open)
    expect(found.rings.map(({ members }) => [...members].map((actor) => found.names.get(found.network.actors[actor] as number)?.id))).toEqual(there.rings.map(({ members }) => members))
    const view = await viewCase(open)
    const shown = await findingsOf(view)
    expect(new Set((await overview(view)).groups.flatMap(({ ring }) => ring ?? []))).toEqual(new Set(shown.rings.map(({ id }) => id)))
    expect((await positionsOf(view, 'constraint')).positions.length).toBeGreaterThan(0)
    const protectedOnes = new Set([...found.unranked.keys()].map((entity) => found.names.get(entity)?.id))
    expect(protectedOnes.size).toBeGreaterThan(0)
    for (const { places } of there.engine?.first ?? []) {
      expect(places.length).toBeGreaterThan(0)
      for (const { subject } of places) expect(protectedOnes.has(subject)).toBe(false)
    }
  })

  test('auto goes by size and says why; several threads and a sample are said', async () => {
    expect(chooseEngine(open, 10, { ...gds, engine: 'auto' })).toMatchObject({ use: 'local', why: expect.stringContaining('10 ties, fewer than 1,000,000') as string })
    expect(chooseEngine(open, 10, { ...gds, engine: 'auto', from_ties: 5 })).toMatchObject({ use: 'gds' })
    expect(chooseEngine(open, 10, { engine: 'auto', from_ties: 5, password: gds.password })).toMatchObject({ use: 'local', why: expect.stringContaining('no Neo4j is known') as string })
    expect(await runFind(open, { engine: { ...gds, engine: 'auto' } })).toEqual(local)
    const there = await runFind(open, { engine: { ...gds, engine: 'auto', from_ties: 5, concurrency: 2, sample: 50, communities: 'louvain' } })
    expect(there.engine).toMatchObject({ concurrency: 2, communities: 'louvain', betweenness_sources: 50 })
    expect(there.cautions.join(' ')).toMatch(/2 threads.*estimated from 50 of.*takes no seed/)
  })

  test('nothing stays projected, also where the work fails; without a server the case is as it was', async () => {
    const before = await stored()
    const code = async (engine: EngineOptions): Promise<string> => await runFind(open, { engine, force: true }).then(() => 'none', (error: unknown) => (error instanceof RingmapError ? error.code : String(error)))
    expect(await code({ ...gds, concurrency: 99 })).toBe('neo4j_query')
    expect(await code({ engine: 'gds', password: gds.password })).toBe('usage')
    expect(await code({ ...gds, password: () => Promise.resolve(null) })).toBe('neo4j_password_missing')
    expect(await code({ ...gds, at: { uri: 'bolt://127.0.0.1:1', user: 'neo4j' } })).toBe('neo4j_unreachable')
    // Other test files use the same server: theirs go away, a leak would stay.
    await expect.poll(async () => await server.rows(cypher`CALL gds.graph.list() YIELD graphName WHERE graphName STARTS WITH 'ringmap-' RETURN graphName`), { timeout: 20_000 }).toEqual([])
    expect(await stored()).toBe(before)
    expect(readFileSync(join(work, 'case', 'case.yaml'), 'utf8')).not.toContain('password')
  })
})
