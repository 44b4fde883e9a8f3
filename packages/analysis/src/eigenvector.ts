/**
 * Eigenvector centrality: who is tied to the well tied (Bonacich 1972). x(v) = 1/lambda * sum over u pointing to v of w(u,v) x(u), lambda the largest
 * eigenvalue, x of length 1. By powers of A + I, which converge on bipartite networks, too. Outside the part with the largest eigenvalue values are 0:
 * of a network in several parts it says something of the densest alone.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { reversed } from './undirected.ts'

export interface EigenvectorOptions extends WorkOptions {
  /** Default false: every tie counts 1. */
  readonly weighted?: boolean
  /** Ends when the largest change of a value, relative to the largest value, is below it; default 1e-12. */
  readonly tolerance?: number
  /** Default 20,000. */
  readonly iterations?: number
}

export interface Eigenvector {
  /** All NaN where no way leads back to where it began (a directed network without cycles), since then no value feeds itself. */
  readonly value: Float64Array
  /** Largest eigenvalue; 0 without cycles. */
  readonly eigenvalue: number
  /** False where the iterations ended first: two parts are nearly alike, and the values between them are not settled. */
  readonly settled: boolean
}

export function eigenvector(csr: Csr, options: EigenvectorOptions = {}): Eigenvector {
  const { nodes } = csr
  const tolerance = options.tolerance ?? 1e-12
  const iterations = options.iterations ?? 20_000
  const back = reversed(csr)
  const weights = (options.weighted ?? false) ? back.weights : null
  if (!hasCycle(csr)) return { value: new Float64Array(nodes).fill(Number.NaN), eigenvalue: 0, settled: true }
  let x: Float64Array = new Float64Array(nodes).fill(1)
  let next: Float64Array = new Float64Array(nodes)
  let eigenvalue = 0
  let settled = false
  for (let i = 0; i < iterations && !settled; i++) {
    if ((i & 15) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('eigenvector', i, 0)
    }
    multiply(back, weights, x, next)
    // The largest value is kept at 1, so what it becomes is an estimate of lambda + 1.
    let most = 0
    for (let v = 0; v < nodes; v++) {
      next[v] += x[v]
      if (next[v] > most) most = next[v]
    }
    let change = 0
    for (let v = 0; v < nodes; v++) {
      next[v] /= most
      change = Math.max(change, Math.abs(next[v] - x[v]))
    }
    settled = change < tolerance
    eigenvalue = most - 1
    const kept = x
    x = next
    next = kept
  }
  let sum = 0
  for (const value of x) sum += value * value
  const length = Math.sqrt(sum)
  return { value: x.map((value) => value / length), eigenvalue, settled }
}

/** out(v) = sum over u pointing to v of w x(u); `back` has the arcs turned round. */
export function multiply(back: Csr, weights: Float64Array | null, x: Float64Array, out: Float64Array): void {
  const { nodes, offsets, targets } = back
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1]
    let sum = 0
    if (weights === null) for (let arc = offsets[v]; arc < end; arc++) sum += x[targets[arc]]
    else for (let arc = offsets[v]; arc < end; arc++) sum += x[targets[arc]] * weights[arc]
    out[v] = sum
  }
}

/** An undirected tie is a cycle of two. Directed: whether something is left when those whom nothing enters are taken away again and again (Kahn 1962). */
export function hasCycle(csr: Csr): boolean {
  if (!csr.directed) return csr.targets.length > 0
  const into = new Uint32Array(csr.nodes)
  for (const u of csr.targets) into[u]++
  const free: number[] = []
  for (let v = 0; v < csr.nodes; v++) if (into[v] === 0) free.push(v)
  for (const v of free) for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) if (--into[csr.targets[arc]] === 0) free.push(csr.targets[arc])
  return free.length < csr.nodes
}
