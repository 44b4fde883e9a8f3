/**
 * Structural holes (Burt 1992). p(u,v) = (a(u,v) + a(v,u)) / sum over w of (a(u,w) + a(w,u)): the share of u's effort that goes to v.
 * constraint(u) = sum over v of (p(u,v) + sum over w of p(u,w) p(w,v))^2: low where contacts do not know each other;
 * effectiveSize(u) = sum over v of (1 - sum over w of p(u,w) m(v,w)), m(v,w) the mutual weight over the largest one of v: contacts less the overlap.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { undirected } from './undirected.ts'

export interface BurtOptions extends WorkOptions {
  /** Ties count by weight; default false. */
  readonly weighted?: boolean
}

/** NaN for a node without ties. */
export function constraint(given: Csr, options: BurtOptions = {}): Float64Array {
  const csr = undirected(given, { weighted: options.weighted ?? false })
  const { nodes, offsets, targets } = csr
  const weights = tieWeights(given, csr, options)
  const sum = sums(csr, weights)
  const effort = new Float64Array(nodes)
  const value = new Float64Array(nodes).fill(Number.NaN)
  for (let u = 0; u < nodes; u++) {
    if ((u & 1023) === 0) look(u, nodes, options)
    if (!(sum[u] > 0)) continue
    const from = offsets[u]
    const to = offsets[u + 1]
    for (let arc = from; arc < to; arc++) effort[targets[arc]] = weights[arc] / sum[u]
    let total = 0
    for (let arc = from; arc < to; arc++) {
      const v = targets[arc]
      let invested = effort[v]
      const end = offsets[v + 1]
      for (let at = offsets[v]; at < end; at++) {
        const w = targets[at]
        if (effort[w] > 0) invested += (effort[w] * weights[at]) / sum[w]
      }
      if (weights[arc] > 0) total += invested * invested
    }
    for (let arc = from; arc < to; arc++) effort[targets[arc]] = 0
    value[u] = total
  }
  return value
}

/** NaN for a node without ties. */
export function effectiveSize(given: Csr, options: BurtOptions = {}): Float64Array {
  const csr = undirected(given, { weighted: options.weighted ?? false })
  const { nodes, offsets, targets } = csr
  const weights = tieWeights(given, csr, options)
  const sum = sums(csr, weights)
  const most = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) if (weights[arc] > most[v]) most[v] = weights[arc]
  const effort = new Float64Array(nodes)
  const value = new Float64Array(nodes).fill(Number.NaN)
  for (let u = 0; u < nodes; u++) {
    if ((u & 1023) === 0) look(u, nodes, options)
    if (!(sum[u] > 0)) continue
    const from = offsets[u]
    const to = offsets[u + 1]
    for (let arc = from; arc < to; arc++) effort[targets[arc]] = weights[arc] / sum[u]
    let total = 0
    for (let arc = from; arc < to; arc++) {
      const v = targets[arc]
      if (!(weights[arc] > 0)) continue
      let overlap = 0
      const end = offsets[v + 1]
      for (let at = offsets[v]; at < end; at++) overlap += effort[targets[at]] * weights[at]
      total += 1 - overlap / most[v]
    }
    for (let arc = from; arc < to; arc++) effort[targets[arc]] = 0
    value[u] = total
  }
  return value
}

function look(done: number, nodes: number, { signal, progress }: WorkOptions): void {
  stopIfAsked(signal)
  progress?.('structural holes', done, nodes)
}

function tieWeights(given: Csr, csr: Csr, options: BurtOptions): Float64Array {
  // The undirected view of a directed network counts mutual ties twice, weighted or not.
  return given.directed || (options.weighted ?? false) ? csr.weights : new Float64Array(csr.targets.length).fill(1)
}

function sums(csr: Csr, weights: Float64Array): Float64Array {
  const { nodes, offsets } = csr
  const sum = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) sum[v] += weights[arc]
  return sum
}
