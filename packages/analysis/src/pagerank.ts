/**
 * PageRank (Brin & Page 1998): where a walker is found who follows a tie with probability d and otherwise jumps.
 * x(v) = d * (sum over u pointing to v of x(u) w(u,v) / W(u) + lost * j(v)) + (1 - d) * j(v), where W(u) is the weight leaving u, `lost` the share of
 * nodes that nothing leaves, j the jump distribution (equal, or personalised: Haveliwala 2002).
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { reversed } from './undirected.ts'

export interface PagerankOptions extends WorkOptions {
  /** Probability of following a tie; default 0.85. */
  readonly damping?: number
  /** Ends when the sum of absolute changes is below `tolerance` times the number of nodes; default 1e-12. */
  readonly tolerance?: number
  /** Default 1000. */
  readonly iterations?: number
  /** Follow ties in proportion to weight; default false. */
  readonly weighted?: boolean
  /** Where the walker jumps, not negative, any sum above 0; null jumps anywhere alike. */
  readonly jump?: Float64Array | null
}

/** Sums to 1 (empty for no nodes). */
export function pagerank(csr: Csr, options: PagerankOptions = {}): Float64Array {
  const { nodes } = csr
  if (nodes === 0) return new Float64Array(0)
  const damping = options.damping ?? 0.85
  const tolerance = (options.tolerance ?? 1e-12) * nodes
  const iterations = options.iterations ?? 1000
  const weighted = options.weighted ?? false
  const jump = jumps(nodes, options.jump ?? null)
  const out = leaving(csr, weighted)
  const back = reversed(csr)
  let x: Float64Array = jump.slice()
  let next: Float64Array = new Float64Array(nodes)
  const sent = new Float64Array(nodes)
  for (let i = 0; i < iterations; i++) {
    stopIfAsked(options.signal)
    options.progress?.('pagerank', i, 0)
    let lost = 0
    for (let v = 0; v < nodes; v++) {
      if (out[v] > 0) sent[v] = x[v] / out[v]
      else {
        sent[v] = 0
        lost += x[v]
      }
    }
    const change = weighted ? stepWeighted(back, sent, jump, damping, lost, x, next) : step(back, sent, jump, damping, lost, x, next)
    const kept = x
    x = next
    next = kept
    if (change < tolerance) break
  }
  return x
}

function jumps(nodes: number, given: Float64Array | null): Float64Array {
  if (given === null) return new Float64Array(nodes).fill(1 / nodes)
  invariant(given.length === nodes, 'one jump probability a node')
  let sum = 0
  for (const j of given) {
    invariant(j >= 0, 'jump probabilities are not negative')
    sum += j
  }
  invariant(sum > 0, 'some node is jumped to')
  return given.map((j) => j / sum)
}

function leaving(csr: Csr, weighted: boolean): Float64Array {
  const { nodes, offsets, weights } = csr
  const out = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    if (!weighted) out[v] = offsets[v + 1] - offsets[v]
    else for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) out[v] += weights[arc]
  }
  return out
}

function step(back: Csr, sent: Float64Array, jump: Float64Array, damping: number, lost: number, x: Float64Array, next: Float64Array): number {
  const { nodes, offsets, targets } = back
  const jumping = damping * lost + 1 - damping
  let change = 0
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1]
    let sum = 0
    for (let arc = offsets[v]; arc < end; arc++) sum += sent[targets[arc]]
    const value = damping * sum + jumping * jump[v]
    change += Math.abs(value - x[v])
    next[v] = value
  }
  return change
}

function stepWeighted(back: Csr, sent: Float64Array, jump: Float64Array, damping: number, lost: number, x: Float64Array, next: Float64Array): number {
  const { nodes, offsets, targets, weights } = back
  const jumping = damping * lost + 1 - damping
  let change = 0
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1]
    let sum = 0
    for (let arc = offsets[v]; arc < end; arc++) sum += sent[targets[arc]] * weights[arc]
    const value = damping * sum + jumping * jump[v]
    change += Math.abs(value - x[v])
    next[v] = value
  }
  return change
}
