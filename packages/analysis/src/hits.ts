/**
 * Hubs and authorities (Kleinberg 1999): a good hub points to good authorities, a good authority is pointed to by good hubs. h = A a, a = A^T h, each
 * scaled to sum 1. Where money is concerned: who spreads to those who collect, and who collects. Of an undirected network both are the same.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { multiply } from './eigenvector.ts'
import { reversed } from './undirected.ts'

export interface HitsOptions extends WorkOptions {
  /** Default false. */
  readonly weighted?: boolean
  /** Ends when no authority changes by more, relative to the largest; default 1e-12. */
  readonly tolerance?: number
  /** Default 20,000. */
  readonly iterations?: number
}

export interface Hits {
  /** All NaN for a network without ties. */
  readonly hub: Float64Array
  readonly authority: Float64Array
  /** False where the iterations ended first. */
  readonly settled: boolean
}

export function hits(csr: Csr, options: HitsOptions = {}): Hits {
  const { nodes } = csr
  if (csr.targets.length === 0) return { hub: new Float64Array(nodes).fill(Number.NaN), authority: new Float64Array(nodes).fill(Number.NaN), settled: true }
  const weighted = options.weighted ?? false
  const back = reversed(csr)
  const hub = new Float64Array(nodes)
  let authority: Float64Array = new Float64Array(nodes).fill(1)
  let next: Float64Array = new Float64Array(nodes)
  let settled = false
  for (let i = 0; i < (options.iterations ?? 20_000) && !settled; i++) {
    if ((i & 15) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('hubs and authorities', i, 0)
    }
    // `multiply` adds up over a row's targets, so the given rows make hubs and the turned ones authorities.
    multiply(csr, weighted ? csr.weights : null, authority, hub)
    multiply(back, weighted ? back.weights : null, hub, next)
    let most = 0
    for (const value of next) if (value > most) most = value
    let change = 0
    for (let v = 0; v < nodes; v++) {
      next[v] /= most
      change = Math.max(change, Math.abs(next[v] - authority[v]))
    }
    settled = change < (options.tolerance ?? 1e-12)
    const kept = authority
    authority = next
    next = kept
  }
  multiply(csr, weighted ? csr.weights : null, authority, hub)
  return { hub: summedToOne(hub), authority: summedToOne(authority), settled }
}

function summedToOne(values: Float64Array): Float64Array {
  let sum = 0
  for (const value of values) sum += value
  return values.map((value) => value / sum)
}
