import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped, neo4jTurn } from '@ringmap/fixtures/neo4j-door'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher, type Cypher } from '@ringmap/sources/neo4j-cypher'
import { sql } from '@ringmap/store/sql'
import { findingsOf, viewCase } from '../src/case-view.ts'
import { exportNeo4j, removeNeo4jRun, type Neo4jExportOptions } from '../src/neo4j-export.ts'
import { closeCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'
import { VICTIM, writeSmallCase } from './small-case.ts'

const missing = neo4jSkipped()
let server: Neo4j
let endTurn: (() => void) | undefined
let options: Neo4jExportOptions

describe.skipIf(missing !== null)(`findings into Neo4j${missing === null ? '' : ` (${missing})`}`, () => {
  beforeAll(async () => {
    const { uri, user, password } = await neo4jForTests()
    endTurn = await neo4jTurn()
    server = await Neo4j.open({ uri, user, password })
    options = { uri, user, password: () => Promise.resolve(password) }
  }, 300_000)
  afterAll(async () => {
    await server?.write(cypher`MATCH (n {unit: 'Twelfth'}) DETACH DELETE n`)
    await server?.close()
    endTurn?.()
  })

  const text = async (query: Cypher): Promise<string> => JSON.stringify(await server.rows(query), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  // What a unit has of its own, under the names that a kind of ours has too.
  const OTHERS = cypher`MATCH (n:Person {unit: 'Twelfth'}) OPTIONAL MATCH (n)-[r:CALLED]->(m) RETURN labels(n) AS labels, properties(n) AS node, properties(r) AS link, m.name AS other ORDER BY node.name`
  const GRAPH = cypher`MATCH (n:RingmapEntity) OPTIONAL MATCH (n)-[r]->(m:RingmapEntity) RETURN n.ringmap_id AS id, properties(n) AS node, labels(n) AS labels, properties(r) AS link, type(r) AS type, m.ringmap_id AS target ORDER BY id, r.ringmap_id`

  test('masked, twice the same graph, two runs side by side, and a run comes out again; nothing else is touched', async () => {
    const path = writeSmallCase()
    const open = await foundCase(path)
    try {
      const view = await viewCase(open)
      await server.write(cypher`MATCH (n {unit: 'Twelfth'}) DETACH DELETE n`)
      await server.write(cypher`CREATE (:Person {name: 'Bilqen Rastogar', unit: 'Twelfth'})-[:CALLED {times: 3}]->(:Person {name: 'Other', unit: 'Twelfth'})`)
      const others = await text(OTHERS)
      const first = await exportNeo4j(view, options)
      const once = await text(GRAPH)
      expect(await exportNeo4j(view, options)).toEqual(first)
      expect(await text(GRAPH)).toBe(once)
      expect(once).not.toContain(VICTIM)
      expect(once).toContain('Bilqen Rastogar')
      expect(first.nodes).toBe((await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM entity`))?.n)
      expect(first.relationships).toBe((await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link`))?.n)
      // Nothing of ours answers to a name of theirs.
      expect(await server.rows(cypher`MATCH (n:Ringmap) WHERE any(l IN labels(n) WHERE NOT l STARTS WITH 'Ringmap') RETURN n`)).toEqual([])
      expect(await server.rows(cypher`MATCH (:Ringmap)-[r]-() WHERE NOT type(r) STARTS WITH 'RINGMAP_' RETURN r`)).toEqual([])
      const stands = (await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM judgement`))?.n ?? 0
      expect(stands).toBeGreaterThan(0)
      expect(first.judgements).toBe(stands)
      const judged = await text(cypher`MATCH (j:RingmapJudgement)-[:RINGMAP_ABOUT]->(e) RETURN j.verdict AS verdict, j.by AS by, j.why AS why, count(e) AS about ORDER BY why, by`)
      expect(judged).toContain('same')
      expect(judged).not.toContain(VICTIM)
      const findings = await findingsOf(view)
      const [top] = await server.rows<{ name: string; rank: bigint; low: bigint }>(cypher`MATCH (f:RingmapFinding {among: 'overall', measure: 'current-flow'})-[:RINGMAP_ABOUT]->(e) RETURN e.name AS name, f.rank AS rank, f.rank_low AS low ORDER BY rank, name LIMIT 1`)
      expect(top).toEqual({ name: findings.organisers[0]?.label, rank: 1n, low: BigInt(findings.organisers[0]?.interval.low ?? 0) })

      const bare = await exportNeo4j(await viewCase(open, 'positive control'), options)
      expect(bare.run).not.toBe(first.run)
      expect(await text(GRAPH)).toContain(VICTIM)
      await removeNeo4jRun(bare.run, options)
      await exportNeo4j(view, { ...options, run: 'second' })
      expect(await removeNeo4jRun(first.run, options)).toMatchObject({ nodes: first.nodes, findings: first.findings })
      expect(await server.rows(cypher`MATCH (n:RingmapEntity) RETURN count(n) AS n, collect(DISTINCT n.ringmap_runs) AS runs`)).toEqual([{ n: BigInt(first.nodes), runs: [['second']] }])
      await server.write(cypher`MATCH (p:Person {unit: 'Twelfth', name: 'Other'}) MATCH (e:RingmapEntity {name: 'Bilqen Rastogar'}) CREATE (p)-[:BELIEVED_TO_BE]->(e)`)
      expect(await removeNeo4jRun('second', options)).toMatchObject({ kept: 1 })
      expect(await server.rows(cypher`MATCH (:Person {unit: 'Twelfth'})-[:BELIEVED_TO_BE]->(e:RingmapPerson) RETURN e.name AS name`)).toEqual([{ name: 'Bilqen Rastogar' }])
      await server.write(cypher`MATCH (e:RingmapEntity) DETACH DELETE e`)
      expect(await server.rows(cypher`MATCH (n) WHERE n:Ringmap OR any(l IN labels(n) WHERE l STARTS WITH 'Ringmap') RETURN count(n) AS n`)).toEqual([{ n: 0n }])
      expect(await text(OTHERS)).toBe(others)
    } finally {
      closeCase(open)
      rmSync(path, { recursive: true, force: true })
    }
  })
})
