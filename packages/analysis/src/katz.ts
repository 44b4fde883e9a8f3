/**
 * Katz centrality (Katz 1953): all walks that end at a node, a walk of k ties counting alpha^k. x = alpha A^T x + 1, scaled to length 1. Unlike the
 * eigenvector it says something of every part and of directed networks without cycles.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { eigenvector, multiply } from './eigenvector.ts'
import { reversed } from './undirected.ts'

export interface KatzOptions extends WorkOptions {
  /** Below 1 / lambda, the largest eigenvalue; default 0.85 / lambda (0.5 where there is no cycle and every alpha will do). */
  readonly alpha?: number
  /** Default false. */
  readonly weighted?: boolean
}

export function katz(csr: Csr, options: KatzOptions = {}): Float64Array {
  const { nodes } = csr
  if (nodes === 0) return new Float64Array(0)
  const weighted = options.weighted ?? false
  const { eigenvalue } = options.alpha === undefined ? eigenvector(csr, { weighted, signal: options.signal, progress: options.progress, tolerance: 1e-13 }) : { eigenvalue: 0 }
  const alpha = options.alpha ?? (eigenvalue > 0 ? 0.85 / eigenvalue : 0.5)
  const back = reversed(csr)
  const weights = weighted ? back.weights : null
  let x: Float64Array = new Float64Array(nodes).fill(1)
  let next: Float64Array = new Float64Array(nodes)
  for (let step = 0; ; step++) {
    if ((step & 15) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('katz', step, 0)
    }
    multiply(back, weights, x, next)
    let change = 0
    let most = 0
    for (let v = 0; v < nodes; v++) {
      next[v] = alpha * next[v] + 1
      change = Math.max(change, Math.abs(next[v] - x[v]))
      if (next[v] > most) most = next[v]
    }
    const kept = x
    x = next
    next = kept
    invariant(step < 100_000 && most < 1e100, 'alpha is below one over the largest eigenvalue')
    if (change <= 1e-14 * most) break
  }
  let sum = 0
  for (const value of x) sum += value * value
  const length = Math.sqrt(sum)
  return x.map((value) => value / length)
}
