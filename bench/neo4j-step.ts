/** One step of the Neo4j benchmark in its own process: warms up, takes the best of three, and prints time, CPU of both sides and memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import neo4j from 'neo4j-driver'
import { caseFile, type Neo4jSource } from '@ringmap/model/case-file'
import { readGraph } from '@ringmap/sources/neo4j-columns'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { extractNeo4j } from '@ringmap/sources/neo4j-extract'
import { writeRun, type RunToWrite } from '@ringmap/sources/neo4j-writer'
import { cpuSecondsOf, measured } from './measured.ts'

export interface StepResult {
  readonly seconds: number
  readonly node_cpu: number
  readonly server_cpu: number
  readonly most_mb: number
}

const { NEO4J_URI: uri = '', NEO4J_USER: user = '', NEO4J_PASSWORD: password = '', BENCH_SERVER_PID: pid = '' } = process.env
const [name = '', expected = '0'] = process.argv.slice(2)
const streams = Number(name.split('-')[1] ?? 1)
const ENTITIES = 20_000
const WARM = 3
const RUNS = 3

const STEPS: Readonly<Record<string, () => Promise<number>>> = {
  async plain() {
    const driver = neo4j.driver(uri, neo4j.auth.basic(user, password))
    const session = driver.session()
    let rows = 0
    for await (const record of session.run('MATCH (a:Number)-[r:Rang]->(b:Number) RETURN a.id AS a, b.id AS b, r.n AS n, r.docket AS docket, r.weight AS weight')) if (record.get('docket') !== null) rows++
    await session.close()
    await driver.close()
    return rows
  },
  async columns() {
    const database = await Neo4j.open({ uri, user, password }, { integers: 'halves' })
    const graph = await readGraph(database, { labels: ['Number'], relationship: 'Rang', node_columns: { id: 'i64' }, relationship_columns: { n: 'i64', docket: 'text', weight: 'f64' } }, { streams })
    await database.close()
    return graph.source.length
  },
  async extract() {
    const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))
    const source = caseFile.parse({ version: 1, name: 'x', sources: [{ name: 'rang', kind: 'neo4j', uri, read: { relationships: 'Rang', from: 'Number', to: 'Number', columns: ['from.id', 'to.id', 'n', 'docket', 'weight'] } }] }).sources[0] as Neo4jSource
    const database = await Neo4j.open({ uri, user, password }, { integers: 'halves' })
    try {
      return (await extractNeo4j(database, source, { path: join(folder, 'rang.csv'), used: new Set(), now: () => 0, streams })).rows
    } finally {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async write() {
    const database = await Neo4j.open({ uri, user, password })
    const written = await writeRun(database, findings(`run ${process.pid} ${runs++}`, Number(expected)))
    await database.close()
    return written.findings
  },
}

let runs = 0

function findings(id: string, count: number): RunToWrite {
  return {
    id, properties: {}, nodes: [], relationships: [], judgements: [],
    findings: Array.from({ length: count }, (_, i) => ({
      id: `overall/${i}`, about: `person ${i % ENTITIES}`,
      properties: { finding: 'place in an order', among: 'overall', measure: 'current-flow', value: i / 7, rank: i, of: count, rank_low: i, rank_high: i + 9, copies: 40, because: ['three contacts', 'closest to one of them'] },
    })),
  }
}

if (name === 'write') {
  const database = await Neo4j.open({ uri, user, password })
  await writeRun(database, { id: 'persons', properties: {}, relationships: [], findings: [], judgements: [], nodes: Array.from({ length: ENTITIES }, (_, i) => ({ id: `person ${i}`, kind: 'Person', properties: { name: `Person ${i}` } })) })
  await database.close()
}
const work = STEPS[name.split('-')[0] ?? ''] as () => Promise<number>
let most = 0
for (let i = 0; i < WARM; i++) {
  await work()
  // Later runs would add what the one before left to be collected.
  most ||= process.resourceUsage().maxRSS / 1024
}
let best: StepResult | null = null
for (let i = 0; i < RUNS; i++) {
  const there = cpuSecondsOf(pid)
  const { result: rows, wall_s, cpu_s } = await measured(work)
  if (rows !== Number(expected)) throw new Error(`${name}: ${rows} of ${expected} came`)
  const result = { seconds: wall_s, node_cpu: cpu_s, server_cpu: cpuSecondsOf(pid) - there, most_mb: most }
  if (best === null || result.seconds < best.seconds) best = result
}
process.stdout.write(JSON.stringify(best))
