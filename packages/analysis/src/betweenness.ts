/**
 * Betweenness: the share of shortest paths between others that pass through a node. Exact, every tie one step long; Brandes 2001, O(n m).
 * b(v) = sum over s != v != t of paths(s, t | v) / paths(s, t), divided by (n - 1)(n - 2), ordered pairs (undirected: each pair both ways).
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export interface BetweennessOptions extends WorkOptions {
  /** Divide by the number of pairs without v, so that values lie in 0 to 1; default true. Otherwise pairs are counted (undirected: once each). */
  readonly normalised?: boolean
}

export function betweenness(csr: Csr, options: BetweennessOptions = {}): Float64Array {
  const { nodes } = csr
  const sum = new Float64Array(nodes)
  const distance = new Int32Array(nodes).fill(-1)
  const paths = new Float64Array(nodes)
  const share = new Float64Array(nodes)
  const order = new Uint32Array(nodes)
  for (let s = 0; s < nodes; s++) {
    if ((s & 255) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('betweenness', s, nodes)
    }
    const reached = search(csr, s, order, distance, paths)
    collect(csr, s, order, reached, distance, paths, share, sum)
  }
  options.progress?.('betweenness', nodes, nodes)
  const normalised = options.normalised ?? true
  const pairs = normalised ? (nodes - 1) * (nodes - 2) : csr.directed ? 1 : 2
  if (nodes > 2) for (let v = 0; v < nodes; v++) sum[v] /= pairs
  return sum
}

/** Breadth-first from s: nodes in order of distance, their distances and how many shortest paths lead to each. */
function search(csr: Csr, s: number, order: Uint32Array, distance: Int32Array, paths: Float64Array): number {
  const { offsets, targets } = csr
  let reached = 1
  order[0] = s
  distance[s] = 0
  paths[s] = 1
  for (let i = 0; i < reached; i++) {
    const v = order[i]
    const step = distance[v] + 1
    const through = paths[v]
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc]
      const d = distance[u]
      if (d === step) paths[u] += through
      else if (d === -1) {
        distance[u] = step
        paths[u] = through
        order[reached++] = u
      }
    }
  }
  return reached
}

/** Back from the farthest: each node hands its share to those before it, v keeps paths(v) / paths(u) of it. Leaves `distance` at -1 again. */
function collect(
  csr: Csr, s: number, order: Uint32Array, reached: number, distance: Int32Array, paths: Float64Array, share: Float64Array, sum: Float64Array,
): void {
  const { offsets, targets } = csr
  for (let i = reached - 1; i > 0; i--) {
    const v = order[i]
    const step = distance[v] + 1
    const end = offsets[v + 1]
    let total = 0
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc]
      // share[u] holds (1 + dependency) / paths of a node that is farther.
      if (distance[u] === step) total += share[u]
    }
    const dependency = total * paths[v]
    share[v] = (1 + dependency) / paths[v]
    sum[v] += dependency
  }
  distance[s] = -1
  for (let i = 1; i < reached; i++) distance[order[i]] = -1
}
