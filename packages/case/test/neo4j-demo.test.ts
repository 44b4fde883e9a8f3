import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { neo4jForTests, neo4jSkipped, type Neo4jForTests } from '@ringmap/fixtures/neo4j-door'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { cypher, cypherName } from '@ringmap/sources/neo4j-cypher'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { name, sql } from '@ringmap/store/sql'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, KEY_FILE, openCase, type OpenCase } from '../src/open-case.ts'

const missing = neo4jSkipped()

/** The CSV rows as a graph: calls and payments as relationships between numbers and accounts, every register row as a node. */
const TIES: Readonly<Record<string, readonly [string, string, string]>> = { calls: ['a_party', 'b_party', 'DemoNumber'], transactions: ['from_account', 'to_account', 'DemoAccount'] }

async function loaded(open: OpenCase, server: Neo4j): Promise<Map<string, unknown>> {
  const reads = new Map<string, unknown>()
  for (const source of open.file.sources) {
    const columns = (JSON.parse((await open.database.one<{ columns: string }>(sql`SELECT columns FROM source WHERE name = ${source.name}`))?.columns ?? '[]')) as string[]
    const rows = await open.database.rows<Record<string, string | null>>(sql`SELECT * EXCLUDE (row) FROM ${name(`raw ${source.name}`)} ORDER BY row`)
    const tie = TIES[source.name]
    if (tie === undefined) {
      const label = `Demo ${source.name}`
      await server.write(cypher`UNWIND $rows AS row CREATE (n:${cypherName(label)}) SET n = row`, { rows })
      reads.set(source.name, { nodes: label, columns })
    } else {
      const [from, to, label] = tie
      const text = cypher`UNWIND $rows AS row MERGE (a:${cypherName(label)} {${cypherName('id')}: coalesce(row.${cypherName(from)}, '')}) MERGE (b:${cypherName(label)} {${cypherName('id')}: coalesce(row.${cypherName(to)}, '')})
        CREATE (a)-[r:${cypherName(`Demo ${source.name}`)}]->(b) SET r = row`
      await server.change(cypher`CREATE CONSTRAINT IF NOT EXISTS FOR (n:${cypherName(label)}) REQUIRE n.id IS UNIQUE`)
      for (let at = 0; at < rows.length; at += 10_000) await server.write(text, { rows: rows.slice(at, at + 10_000) })
      reads.set(source.name, { relationships: `Demo ${source.name}`, from: label, to: label, columns })
    }
  }
  return reads
}

describe.skipIf(missing !== null)(`the demo case, from files and from Neo4j${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let folder = ''
  let at: Neo4jForTests
  const cases: OpenCase[] = []

  beforeAll(async () => {
    at = await neo4jForTests()
    folder = mkdtempSync(join(tmpdir(), 'ringmap-demo-'))
    await writeDemoCase(join(folder, 'files'), { people: 700, calls: 8000 })
    const files = await openCase(join(folder, 'files'))
    cases.push(files)
    await runImport(files)
    await runLink(files)
    await runFind(files)
    const server = await Neo4j.open(at)
    const reads = await loaded(files, server)
    await server.close()
    const text = parse(readFileSync(join(folder, 'files', 'case.yaml'), 'utf8')) as { sources: Record<string, unknown>[] }
    const sources = text.sources.map((source) => ({ ...source, file: undefined, encoding: undefined, kind: 'neo4j', uri: at.uri, user: at.user, read: reads.get(String(source['name'])) }))
    writeCaseFile(join(folder, 'database'), stringify({ ...text, sources }, { keepUndefined: false }))
    // Ids and codes are made with the key of a case: the same key, so that they can be compared.
    copyFileSync(join(folder, 'files', KEY_FILE), join(folder, 'database', KEY_FILE))
    const graph = await openCase(join(folder, 'database'))
    cases.push(graph)
    await runImport(graph, { databases: { password: () => Promise.resolve(at.password), now: () => 1_800_000_000_000, range_ids: 4000 } })
    await runLink(graph)
    await runFind(graph)
  }, 240_000)
  afterAll(async () => {
    for (const open of cases) closeCase(open)
    rmSync(folder, { recursive: true, force: true })
    if (missing !== null) return
    const server = await Neo4j.open(at)
    await server.change(cypher`MATCH (n) WHERE any(label IN labels(n) WHERE label STARTS WITH 'Demo') CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS`)
    await server.close()
  })

  test.each(['record', 'identifier', 'property', 'record_role', 'observation', 'entity_record', 'entity', 'entity_role', 'link', 'finding'])('%s is the same, byte for byte', async (table) => {
    const dump = async (open: OpenCase): Promise<string[]> => (await open.database.rows(sql`SELECT * EXCLUDE (row) FROM (SELECT *, NULL AS row FROM ${name(table)}) ORDER BY ALL`)).map((row) => JSON.stringify(row))
    const [files = [], graph = []] = await Promise.all(cases.map(dump))
    expect(graph.length).toBeGreaterThan(0)
    // Only the first that differ: a whole table says nothing to a reader.
    expect(graph.filter((row, i) => row !== files[i]).slice(0, 3)).toEqual([])
    expect(graph.length).toBe(files.length)
  })

  test('every row leads back into the database: store, query and time in its source, the id beside its cells', async () => {
    const graph = cases[1] as OpenCase
    const source = await graph.database.one<{ file: string; sha256: string }>(sql`SELECT file, sha256 FROM source WHERE name = 'calls'`)
    expect(source?.file).toMatch(/^bolt:.* neo4j \(:DemoNumber\)-\[:Demo calls\]->\(:DemoNumber\), store [0-9A-F]{64}, read 2027-01-15T/)
    const row = await graph.database.one<Record<string, string>>(sql`SELECT * FROM ${name('raw calls')} LIMIT 1`)
    const server = await Neo4j.open(at)
    const found = await server.rows<{ a: string }>(cypher`MATCH ()-[r]->() WHERE id(r) = $id RETURN r.a_party AS a`, { id: BigInt(row?.['~id'] ?? -1) })
    await server.close()
    expect(found).toEqual([{ a: row?.['a_party'] }])
    expect(readdirSync(join(graph.work, 'neo4j')).filter((file) => file.endsWith('.part'))).toEqual([])
  })
})

function writeCaseFile(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'case.yaml'), text)
}
