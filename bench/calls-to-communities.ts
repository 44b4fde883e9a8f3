/** From a CSV of calls to communities: import, link, project, Louvain; prints seconds and peak memory of each step. `node bench/calls-to-communities.ts [rows] [phones]` */
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { communities } from '@ringmap/graph/communities'
import { loadNetwork } from '@ringmap/case/case-network'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { callRows } from '@ringmap/fixtures/call-volume'
import { measured, printMeasured } from './measured.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const phones = Number(process.argv[3] ?? 50_000)
const folder = join(tmpdir(), `ringmap-bench-calls-${rows}-${phones}`)
mkdirSync(folder, { recursive: true })
if (!existsSync(join(folder, 'calls.csv'))) await pipeline(Readable.from(callRows(rows, phones, 1)), createWriteStream(join(folder, 'calls.csv')))
writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Bench
sources:
  - name: calls
    file: calls.csv
    entities:
      caller: { kind: Phone, id: a_party }
      called: { kind: Phone, id: b_party }
    links:
      - { kind: called, from: caller, to: called, at: { column: call_date, time_column: call_time, format: dmy }, duration_s: duration_s }
network: { contact_limit: 100000 }
`)
for (const file of ['case.duckdb', 'case.duckdb.wal']) rmSync(join(folder, file), { force: true })

async function timed<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const found = await measured(work)
  printMeasured(what, found)
  return found.result
}

console.log(`${rows} call rows among ${phones} phones`)
const open = await openCase(folder, { memory: '1200MB' })
await timed('import', () => runImport(open))
await timed('link', () => runLink(open))
const { network } = await timed('person network', () => loadNetwork(open))
const found = await timed('Louvain communities', () => communities(network.csr, { seed: 1 }))
console.log(`${network.csr.nodes} nodes, ${network.csr.tie_count} ties, ${found.count} communities, modularity ${found.modularity.toFixed(4)}`)
closeCase(open)
