/** Reading a whole graph out of Neo4j and writing findings back, beside the plain loop over the driver with its default settings, in one run on a throwaway server. */
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startNeo4j } from '@ringmap/fixtures/neo4j-server'
import { seeded } from '@ringmap/model/random'
import type { StepResult } from './neo4j-step.ts'

const nodes = Number(process.argv[2] ?? 200_000)
const ties = nodes * 5
const WRITTEN = 100_000
const LINES = 50_000

/** Written for the server's bulk import, which takes seconds where single statements take minutes. */
function tables(folder: string): { nodes: string; relationships: string } {
  const random = seeded(1)
  const at = { nodes: join(folder, 'nodes.csv'), relationships: join(folder, 'ties.csv') }
  lines(at.nodes, ':ID,id:long', nodes, (i) => `${i},${i}`)
  lines(at.relationships, ':START_ID,:END_ID,n:long,docket:string,weight:double', ties, (i) => `${Math.floor(random() ** 2 * nodes)},${Math.floor(random() * nodes)},${i},D${i},${i / 7}`)
  return at
}

function lines(path: string, header: string, count: number, line: (i: number) => string): void {
  const file = openSync(path, 'w')
  writeSync(file, `${header}\n`)
  for (let from = 0; from < count; from += LINES) writeSync(file, Array.from({ length: Math.min(LINES, count - from) }, (_, i) => `${line(from + i)}\n`).join(''))
  closeSync(file)
}

/** In a process of its own, so that memory is that of the step alone. */
async function step(name: string, expected: number, server: { uri: string; user: string; password: string; pid: number }): Promise<StepResult> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('neo4j-step.ts', import.meta.url)), name, String(expected)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NEO4J_URI: server.uri, NEO4J_USER: server.user, NEO4J_PASSWORD: server.password, BENCH_SERVER_PID: String(server.pid) } })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  return JSON.parse(text) as StepResult
}

const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))
const server = await startNeo4j({ gds: false, quick: false, load: { ...tables(folder), label: 'Number', type: 'Rang' } })
try {
  const told = new Map<string, StepResult>()
  const show = async (name: string, label: string, rows: number): Promise<void> => {
    const result = await step(name, rows, server)
    told.set(name, result)
    console.log(`${label.padEnd(46)} ${result.seconds.toFixed(2).padStart(7)} s ${Math.round(rows / result.seconds).toLocaleString('en').padStart(9)} a second   CPU ${result.node_cpu.toFixed(2)} s here, ${result.server_cpu.toFixed(2)} s there   ${Math.round(result.most_mb)} MB at most`)
  }
  console.log(`${nodes.toLocaleString('en')} nodes, ${ties.toLocaleString('en')} relationships of three properties; best of three after warming up`)
  await show('plain', 'plain loop, for await, nothing kept', ties)
  await show('columns-1', 'typed arrays, 1 session', ties)
  await show('columns-2', 'typed arrays, 2 sessions', ties)
  await show('extract-1', 'a file of the case, 1 session', ties)
  await show('extract-2', 'a file of the case, 2 sessions', ties)
  await show('write', 'findings written back', WRITTEN)
  const plain = told.get('plain') as StepResult
  for (const name of ['columns-1', 'columns-2', 'extract-1', 'extract-2']) {
    const one = told.get(name) as StepResult
    console.log(`${name}: ${(plain.seconds / one.seconds).toFixed(1)} times the plain loop's rate, ${((plain.node_cpu + plain.server_cpu) / (one.node_cpu + one.server_cpu)).toFixed(1)} times by CPU time of both sides`)
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
