/** One piece of work by ringmap's kernels (or by graphology, for the charts), timed in a process of its own: `node bench/ours.ts WHO WORK FILE NODES TIES [THREADS] [RUNS]`. Reads the same file and prints one JSON line as peers.py does. */
import { readFileSync } from 'node:fs'
import { betweenness } from '@ringmap/analysis/betweenness'
import { betweennessOnPool, betweennessSampledOnPool } from '@ringmap/analysis/betweenness-on-pool'
import { betweennessSampled } from '@ringmap/analysis/betweenness-sampled'
import { harmonic } from '@ringmap/analysis/closeness'
import { connectedComponents } from '@ringmap/analysis/components'
import { currentFlowBetweenness } from '@ringmap/analysis/current-flow-betweenness'
import { currentFlowSampled } from '@ringmap/analysis/current-flow-sampled'
import { intervalsOnPool } from '@ringmap/analysis/intervals-on-pool'
import { coreness } from '@ringmap/analysis/k-core'
import { leiden } from '@ringmap/analysis/leiden'
import { louvain } from '@ringmap/analysis/louvain'
import { pagerank } from '@ringmap/analysis/pagerank'
import { rankIntervals } from '@ringmap/analysis/stability'
import { WorkerPool } from '@ringmap/analysis/worker-pool'
import { communities } from '@ringmap/graph/communities'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import { measured } from './measured.ts'

const [who = 'ringmap', work = '', file = '', nodes = '0', ties = '0', threads = '1', runs = '2'] = process.argv.slice(2)
const pool = Number(threads) > 1 ? new WorkerPool(Number(threads)) : null

interface Found {
  readonly quality?: number
  /** Said beside the row. */
  readonly note?: string
}

const WORK: Readonly<Record<string, (csr: Csr, run: number) => Found | Promise<Found>>> = {
  leiden: (csr) => leiden(csr, { seed: 1 }),
  louvain: (csr, run) => (who === 'graphology' ? { quality: communities(csr, { seed: run + 1 }).modularity } : louvain(csr, { seed: run + 1 })),
  betweenness: async (csr) => {
    if (pool === null) betweenness(csr)
    else await betweennessOnPool(csr, pool)
    return {}
  },
  'betweenness-sampled': async (csr, run) => {
    const options = { seed: run + 1, epsilon: 0.001, delta: 0.1 }
    const { paths } = pool === null ? betweennessSampled(csr, options) : await betweennessSampledOnPool(csr, pool, options)
    return { note: `${paths} paths` }
  },
  'current-flow': (csr) => {
    currentFlowBetweenness(csr)
    return {}
  },
  'current-flow-sampled': (csr, run) => {
    const { value, error } = currentFlowSampled(csr, { seed: run + 1 })
    const first = Array.from(value.keys()).sort((a, b) => (value[b] as number) - (value[a] as number)).slice(0, 100)
    const shares = first.map((v) => (error[v] as number) / (value[v] as number)).sort((a, b) => a - b)
    return { note: `standard error of the first hundred: ${((shares[50] as number) * 100).toFixed(1)} % in the middle, ${((shares[99] as number) * 100).toFixed(1)} % at most` }
  },
  harmonic: (csr) => {
    harmonic(csr)
    return {}
  },
  pagerank: (csr) => {
    pagerank(csr)
    return {}
  },
  'k-core': (csr) => {
    coreness(csr)
    return {}
  },
  components: (csr) => {
    connectedComponents(csr)
    return {}
  },
  intervals: async (csr) => {
    const run = { samples: 32 }
    if (pool !== null) await intervalsOnPool(csr, 'current-flow', currentFlowSampled(csr, { seed: 1, ...run }).value, null, pool, { copies: 20, seed: 1, run })
    else rankIntervals(csr, (copy) => currentFlowSampled(copy, { seed: 1, ...run }).value, null, { direction: 'high', copies: 20, seed: 1 })
    return { note: '20 copies, 32 drawn ends each' }
  },
}

const best = { cpu: Number.POSITIVE_INFINITY, wall: Number.POSITIVE_INFINITY }
let found: Found = {}
async function timed(once: () => Found | Promise<Found>): Promise<void> {
  const { result, cpu_s, wall_s } = await measured(once)
  found = result
  best.cpu = Math.min(best.cpu, cpu_s)
  best.wall = Math.min(best.wall, wall_s)
}

if (work === 'csr') await fromDatabase(Number(nodes), Number(ties))
else {
  const csr = network()
  for (let run = 0; run < Number(runs); run++) await timed(() => (WORK[work] as (csr: Csr, run: number) => Found)(csr, run))
}
await pool?.close()
console.log(JSON.stringify({ ...best, peak_mb: Math.round(process.resourceUsage().maxRSS / 1024), quality: found.quality ?? null, note: found.note ?? '' }))

function network(): Csr {
  const [people, count] = [Number(nodes), Number(ties)]
  const { buffer, byteOffset } = readFileSync(file)
  const column = byteOffset % 8 === 0 ? buffer : buffer.slice(byteOffset)
  const from = column === buffer ? byteOffset : 0
  return csrFromEdges(people, new Uint32Array(column, from, count), new Uint32Array(column, from + 4 * count, count), { weights: new Float64Array(column, from + 8 * count, count) })
}

/** Link rows in DuckDB to a network: read as columns, built. */
async function fromDatabase(people: number, rows: number): Promise<void> {
  const database = await Database.open(':memory:')
  await database.run(sql`CREATE TABLE link AS SELECT CAST(hash(i) % ${people} AS INTEGER) AS source, CAST(hash(i + ${rows}) % ${people} AS INTEGER) AS target, 1.0 + i % 5 AS weight FROM range(${rows}) t(i)`)
  for (let run = 0; run < Number(runs); run++) {
    await timed(async () => {
      const before = process.memoryUsage().arrayBuffers
      const [source, target, weights] = await database.columns(sql`SELECT source, target, CAST(weight AS DOUBLE) FROM link`, ['u32', 'u32', 'f64'] as const, rows)
      const csr = csrFromEdges(people, source, target, { weights })
      const own = [csr.offsets, csr.targets, csr.weights, csr.ties, csr.tie_of_edge].reduce((sum, column) => sum + column.byteLength, 0)
      return { note: `${(own / 2 ** 20).toFixed(0)} MB of arrays; ${((process.memoryUsage().arrayBuffers - before) / 2 ** 20).toFixed(0)} MB held at the end` }
    })
  }
  database.close()
}
