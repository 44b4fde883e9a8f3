/**
 * Speed beside the peers in one run, as ratios: `pnpm bench [WORK...] [--small] [--runs N]`. Peers are those of the Python environment at .venv, which
 * `node bench/peers-environment.ts` makes, or the python named in RINGMAP_PYTHON; whoever is missing is said. Every piece of work runs in a process of its own.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { plantedNetwork, writePlanted } from './planted-network.ts'

interface Row {
  readonly work: string
  readonly nodes: number
  readonly ties: number
  readonly peers: readonly (readonly [string, number])[]
  /** Threads of ours. */
  readonly threads: readonly number[]
  /** What is compared: processor seconds of one thread, or the clock. */
  readonly aim: string
}

interface Timing {
  readonly cpu: number
  readonly wall: number
  readonly peak_mb: number
  readonly quality: number | null
  readonly note?: string
}

const ROWS: readonly Row[] = [
  { work: 'leiden', nodes: 1_000_000, ties: 5_000_000, peers: [['networkit', 1], ['igraph', 1]], threads: [1], aim: 'at most 0.7 of NetworKit, quality not lower, under 800 MB' },
  { work: 'louvain', nodes: 100_000, ties: 500_000, peers: [['networkit', 1], ['igraph', 1], ['graphology', 1]], threads: [1], aim: 'fastest' },
  { work: 'betweenness', nodes: 10_000, ties: 50_000, peers: [['igraph', 1], ['networkit', 1]], threads: [1, 2], aim: 'at most 0.4 of igraph; 0.22 by the clock with two' },
  { work: 'betweenness-sampled', nodes: 100_000, ties: 500_000, peers: [['networkit', 1]], threads: [1, 2], aim: 'faster at the same guarantee' },
  { work: 'current-flow', nodes: 2_000, ties: 10_000, peers: [['networkx', 1]], threads: [1], aim: 'a twentieth of networkx' },
  { work: 'current-flow-sampled', nodes: 100_000, ties: 500_000, peers: [], threads: [1], aim: 'under 60 s' },
  { work: 'pagerank', nodes: 1_000_000, ties: 5_000_000, peers: [['igraph', 1], ['networkit', 1]], threads: [1], aim: 'fastest' },
  { work: 'k-core', nodes: 1_000_000, ties: 5_000_000, peers: [['igraph', 1], ['networkit', 1]], threads: [1], aim: 'fastest' },
  { work: 'components', nodes: 1_000_000, ties: 5_000_000, peers: [['igraph', 1], ['networkit', 1]], threads: [1], aim: 'at most 1.2 of the fastest' },
  { work: 'harmonic', nodes: 10_000, ties: 50_000, peers: [['igraph', 1], ['networkit', 1]], threads: [1], aim: 'at most 0.25 of igraph' },
  { work: 'csr', nodes: 500_000, ties: 10_000_000, peers: [], threads: [1], aim: 'under 10 s' },
  { work: 'intervals', nodes: 100_000, ties: 500_000, peers: [], threads: [1, 2], aim: 'under 120 s' },
]

const here = fileURLToPath(new URL('.', import.meta.url))
const python = process.env['RINGMAP_PYTHON'] ?? fileURLToPath(new URL('../.venv/bin/python', import.meta.url))
const files = join(tmpdir(), 'ringmap-bench')
const given = process.argv.slice(2)
const small = given.includes('--small') ? 10 : 1
const runs = given.includes('--runs') ? given[given.indexOf('--runs') + 1] as string : '2'
const wanted = given.filter((word) => ROWS.some((row) => row.work === word))

mkdirSync(files, { recursive: true })
if (!existsSync(python)) console.log('No peers: there is no Python environment at .venv. Make it with: node bench/peers-environment.ts\n')
console.log(`${'work'.padEnd(22)}${'who'.padEnd(14)}${'threads'.padStart(7)}${'CPU s'.padStart(9)}${'wall s'.padStart(9)}${'ringmap / it'.padStart(14)}${'peak MB'.padStart(9)}  quality`)
for (const row of ROWS) if (wanted.length === 0 || wanted.includes(row.work)) measure({ ...row, nodes: row.nodes / small, ties: row.ties / small })

function measure(row: Row): void {
  const size = [String(row.nodes), String(row.ties)]
  const ours = row.threads.map((threads) => ({ threads, timing: timed(process.execPath, [join(here, 'ours.ts'), 'ringmap', row.work, row.work === 'csr' ? '' : file(row), ...size, String(threads), runs]) }))
  console.log(`\n${row.work}, ${row.nodes} nodes, ${row.ties} ${row.work === 'csr' ? 'rows' : 'ties'}; to reach: ${row.aim}`)
  for (const { threads, timing } of ours) print(row.work, 'ringmap', threads, timing, null)
  const one = ours[0]?.timing ?? null
  for (const [peer, threads] of row.peers) {
    const args = [peer, row.work]
    const timing = peer === 'graphology' ? timed(process.execPath, [join(here, 'ours.ts'), ...args, file(row), ...size, '1', runs])
      : existsSync(python) ? timed(python, [join(here, 'peers.py'), ...args, file(row), ...size, String(threads), runs]) : null
    print(row.work, peer, threads, timing, one)
  }
}

function file({ nodes, ties }: Row): string {
  const path = join(files, `planted-${nodes}-${ties}.bin`)
  if (!existsSync(path)) writePlanted(path, plantedNetwork({ nodes, ties }))
  return path
}

function timed(command: string, args: readonly string[]): Timing | null {
  try {
    return JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim().split('\n').at(-1) ?? '') as Timing
  } catch (error) {
    console.log(`  ${args[1]} failed: ${String((error as { stderr?: string }).stderr ?? error).trim().split('\n').at(-1)}`)
    return null
  }
}

function print(work: string, who: string, threads: number, timing: Timing | null, ours: Timing | null): void {
  if (timing === null) return
  const ratio = ours === null ? '' : (ours.cpu / timing.cpu).toFixed(2)
  const quality = timing.quality === null ? '' : `  ${timing.quality.toFixed(4)}`
  console.log(`${work.padEnd(22)}${who.padEnd(14)}${String(threads).padStart(7)}${timing.cpu.toFixed(2).padStart(9)}${timing.wall.toFixed(2).padStart(9)}${ratio.padStart(14)}${String(timing.peak_mb).padStart(9)}${quality}  ${timing.note ?? ''}`.trimEnd())
}
