/** How far a rank can be trusted: its range when part of the ties had not been recorded. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { seeded } from '@ringmap/model/random'
import { ranksOf, type Direction } from './ranking.ts'
import { thinned } from './thinned.ts'

export interface StabilityOptions extends WorkOptions {
  readonly direction: Direction
  /** Default 40. */
  readonly copies?: number
  /** Probability that a tie is missing from a copy; default 0.2. */
  readonly thinned?: number
  readonly seed: number
}

export interface RankIntervals {
  /** 5th and 95th percentile (nearest rank) of each node's rank over the copies; 0 for those who are not eligible. */
  readonly low: Uint32Array
  readonly high: Uint32Array
  /** Mean share of the first ten (of the whole network's order) that are among the first ten of a copy; NaN with nobody eligible. */
  readonly top_overlap: number
}

/**
 * Runs `measure` on copies of the network, each without some of its ties. Copy i has a stream of random numbers of its own, so the first copies
 * are the same however many are made. A node that loses all its ties ranks last in that copy.
 */
export function rankIntervals(csr: Csr, measure: (copy: Csr) => Float64Array, eligible: Uint8Array | null, options: StabilityOptions): RankIntervals {
  const copies = options.copies ?? 40
  const share = options.thinned ?? 0.2
  const ranks = new Uint32Array(copies * csr.nodes)
  const top = ranksOf(measure(csr), eligible, options.direction)
  let overlap = 0
  for (let i = 0; i < copies; i++) {
    stopIfAsked(options.signal)
    options.progress?.('stability', i, copies)
    const copy = thinned(csr, share, seeded(Math.imul(options.seed, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b)))
    const values = measure(copy).slice()
    const lost = withoutTies(copy)
    for (let v = 0; v < csr.nodes; v++) if (lost[v] !== 0) values[v] = Number.NaN
    const inCopy = ranksOf(values, eligible, options.direction)
    ranks.set(inCopy, i * csr.nodes)
    overlap += shareOfTop(top, inCopy, 10)
  }
  options.progress?.('stability', copies, copies)
  return { ...percentiles(ranks, csr.nodes, copies), top_overlap: overlap / copies }
}

function withoutTies(csr: Csr): Uint8Array {
  const lost = new Uint8Array(csr.nodes).fill(1)
  for (let v = 0; v < csr.nodes; v++) if (csr.offsets[v + 1] > csr.offsets[v]) lost[v] = 0
  if (csr.directed) for (const u of csr.targets) lost[u] = 0
  return lost
}

function shareOfTop(before: Uint32Array, after: Uint32Array, k: number): number {
  let first = 0
  let kept = 0
  for (let v = 0; v < before.length; v++) {
    if (before[v] === 0 || before[v] > k) continue
    first++
    if (after[v] <= k) kept++
  }
  return kept / first
}

function percentiles(ranks: Uint32Array, nodes: number, copies: number): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(nodes)
  const high = new Uint32Array(nodes)
  const own = new Uint32Array(copies)
  if (copies === 0) return { low, high }
  const at5 = Math.ceil(copies * 0.05) - 1
  const at95 = Math.ceil(copies * 0.95) - 1
  for (let v = 0; v < nodes; v++) {
    for (let i = 0; i < copies; i++) own[i] = ranks[i * nodes + v]
    own.sort()
    low[v] = own[at5]
    high[v] = own[at95]
  }
  return { low, high }
}
