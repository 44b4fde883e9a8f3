/**
 * Closeness and harmonic centrality from the distances of every pair (see `distance-chunks.ts`).
 * With r nodes (v itself among them) that reach v and s the sum of their distances to v:
 * closeness(v) = (r - 1) / s * (r - 1) / (n - 1) (Wasserman & Faust 1994); harmonic(v) = sum over u of 1 / d(u, v) (Marchiori & Latora 2000).
 * Distances count ties, or with weights add up lengths 1 / weight (Newman 2001); of a directed network they are those towards v, as in networkx.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { addSums, distanceChunks, distanceSearch, distanceSums, searchChunk, type DistanceNet, type DistanceSums } from './distance-chunks.ts'
import { lengthsOfWeights } from './shortest-paths.ts'

export interface ClosenessOptions extends WorkOptions {
  /** A strong tie is a short one: lengths are 1 / weight; default false: every tie is one step. */
  readonly weighted?: boolean
}

/** 0 for a node that nobody reaches. */
export function closeness(csr: Csr, options: ClosenessOptions = {}): Float64Array {
  return closenessOf(summed(csr, options))
}

/** Not normalised: at most n - 1, every tie being one step. */
export function harmonic(csr: Csr, options: ClosenessOptions = {}): Float64Array {
  return summed(csr, options).harmonic
}

export function closenessOf({ reached, distance }: DistanceSums): Float64Array {
  return reached.map((r, v) => (distance[v] > 0 ? ((r / distance[v]) * r) / (reached.length - 1) : 0))
}

export function distanceNet(csr: Csr, options: ClosenessOptions): DistanceNet {
  return { nodes: csr.nodes, offsets: csr.offsets, targets: csr.targets, lengths: (options.weighted ?? false) ? lengthsOfWeights(csr) : null }
}

function summed(csr: Csr, options: ClosenessOptions): DistanceSums {
  const { nodes } = csr
  const net = distanceNet(csr, options)
  const search = distanceSearch(net)
  const sums = distanceSums(nodes)
  const look = (done: number): void => {
    stopIfAsked(options.signal)
    options.progress?.('closeness', done, nodes)
  }
  look(0)
  for (let chunk = 0; chunk < distanceChunks(nodes); chunk++) {
    searchChunk(net, chunk, search, look)
    addSums(sums, search.sums)
  }
  look(nodes)
  return sums
}
