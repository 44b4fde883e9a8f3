/** Reading a whole graph out of Neo4j into a case's file, beside the plain loop over the driver with its default settings, in one run on a throwaway server. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import neo4j from 'neo4j-driver'
import { startNeo4j } from '@ringmap/fixtures/neo4j-server'
import { caseFile, type Neo4jSource } from '@ringmap/model/case-file'
import { seeded } from '@ringmap/model/random'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { readGraph } from '@ringmap/sources/neo4j-columns'
import { extractNeo4j } from '@ringmap/sources/neo4j-extract'

const nodes = Number(process.argv[2] ?? 200_000)
const ties = nodes * 5
const BATCH = 20_000

const server = await startNeo4j({ gds: false, quick: false })
const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))
try {
  const database = await Neo4j.open(server)
  await database.change(cypher`CREATE CONSTRAINT FOR (n:Number) REQUIRE n.id IS UNIQUE`)
  for (let from = 0; from < nodes; from += BATCH) await database.write(cypher`UNWIND range($from, $to) AS i CREATE (:Number {id: i})`, { from: BigInt(from), to: BigInt(Math.min(from + BATCH, nodes) - 1) })
  const random = seeded(1)
  for (let done = 0; done < ties; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, ties - done) }, (_, i) => ({ a: BigInt(Math.floor(random() ** 2 * nodes)), b: BigInt(Math.floor(random() * nodes)), n: BigInt(done + i) }))
    await database.write(cypher`UNWIND $rows AS row MATCH (a:Number {id: row.a}) MATCH (b:Number {id: row.b}) CREATE (a)-[:Rang {n: row.n, docket: 'D' + row.n, weight: row.n / 7.0}]->(b)`, { rows })
  }
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password))
  const plain = async (): Promise<number> => {
    const session = driver.session()
    let rows = 0
    for await (const record of session.run('MATCH (a:Number)-[r:Rang]->(b:Number) RETURN a.id AS a, b.id AS b, r.n AS n, r.docket AS docket, r.weight AS weight')) if (record.get('docket') !== null) rows++
    await session.close()
    return rows
  }
  const source = caseFile.parse({ version: 1, name: 'x', sources: [{ name: 'rang', kind: 'neo4j', uri: server.uri, read: { relationships: 'Rang', from: 'Number', to: 'Number', columns: ['from.id', 'to.id', 'n', 'docket', 'weight'] } }] }).sources[0] as Neo4jSource
  const path = join(folder, 'rang.csv')
  const ours = async (streams: number): Promise<number> => (await extractNeo4j(database, source, { path, used: new Set(), now: () => 0, streams })).rows
  const halves = await Neo4j.open(server, { integers: 'halves' })
  const columns = async (streams: number): Promise<number> => (await readGraph(halves, { labels: ['Number'], relationship: 'Rang', node_columns: { id: 'i64' }, relationship_columns: { n: 'i64', docket: 'text', weight: 'f64' } }, { streams })).source.length
  // Planner and compiler of the server warm up on both.
  for (let i = 0; i < 3; i++) {
    await columns(2)
    await ours(1)
    await plain()
  }
  const timed = async (name: string, work: () => Promise<number>): Promise<number> => {
    const began = performance.now()
    const rows = await work()
    const seconds = (performance.now() - began) / 1000
    if (rows !== ties) throw new Error(`${name}: ${rows} of ${ties} came`)
    console.log(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${Math.round(rows / seconds).toLocaleString('en').padStart(9)} a second`)
    return seconds
  }
  await timed('typed arrays, 1 session', async () => await columns(1))
  await timed('typed arrays, 2 sessions', async () => await columns(2))
  const ranges = await timed('ranges into a file of the case, 1 session', async () => await ours(1))
  await timed('ranges into a file of the case, 2 sessions', async () => await ours(2))
  console.log(`memory of Node at its most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, the file ${Math.round(statSync(path).size / 1e6)} MB`)
  const loop = await timed('plain loop, for await, nothing kept', plain)
  console.log(`${(loop / ranges).toFixed(1)} times the plain loop's rate`)
  await driver.close()
  await halves.close()
  await database.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
