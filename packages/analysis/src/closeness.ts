/**
 * Closeness and harmonic centrality from the distances of every pair (see `distance-chunks.ts`).
 * With r nodes (v itself among them) that reach v and s the sum of their distances to v:
 * closeness(v) = (r - 1) / s * (r - 1) / (n - 1) (Wasserman & Faust 1994); harmonic(v) = sum over u of 1 / d(u, v) (Marchiori & Latora 2000).
 * Distances count ties; of a directed network they are those towards v, as in networkx.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { addSums, distanceChunks, distanceSearch, distanceSums, searchChunk, type DistanceSums } from './distance-chunks.ts'

/** 0 for a node that nobody reaches. */
export function closeness(csr: Csr, options: WorkOptions = {}): Float64Array {
  return closenessOf(summed(csr, options))
}

/** Not normalised: at most n - 1. */
export function harmonic(csr: Csr, options: WorkOptions = {}): Float64Array {
  return summed(csr, options).harmonic
}

export function closenessOf({ reached, distance }: DistanceSums): Float64Array {
  return reached.map((r, v) => (distance[v] > 0 ? ((r / distance[v]) * r) / (reached.length - 1) : 0))
}

function summed(csr: Csr, options: WorkOptions): DistanceSums {
  const { nodes } = csr
  const search = distanceSearch(nodes)
  const sums = distanceSums(nodes)
  const look = (done: number): void => {
    stopIfAsked(options.signal)
    options.progress?.('closeness', done, nodes)
  }
  look(0)
  for (let chunk = 0; chunk < distanceChunks(nodes); chunk++) {
    searchChunk(csr, chunk, search, look)
    addSums(sums, search.sums)
  }
  look(nodes)
  return sums
}
