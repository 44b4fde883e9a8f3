/** Communities of a network by Louvain's method (Blondel et al. 2008), the same for the same network and seed. */
import louvainModule, { type DetailedLouvainOutput, type LouvainOptions } from 'graphology-communities-louvain'
import { invariant } from '@ringmap/model/errors'
import { seeded } from '@ringmap/model/random'
import type { Csr } from './csr.ts'
import { csrAsGraph } from './csr-as-graph.ts'

// The package is CommonJS and its types say otherwise: what Node and bundlers import by default is the function itself.
const louvain = louvainModule as unknown as { detailed(graph: object, options: LouvainOptions): DetailedLouvainOutput }

export interface CommunityOptions {
  /** Where each round starts among the nodes. */
  readonly seed: number
  /** Above 1 gives more and smaller communities (Reichardt & Bornholdt 2006). Default 1. */
  readonly resolution?: number
  /** Default true. */
  readonly weighted?: boolean
}

export interface Communities {
  /** Community of each node: 0 is the largest; of equal size, the one with the lowest node comes first. */
  readonly community: Uint32Array
  readonly count: number
  /** At the resolution asked for; 0 for a network without ties. */
  readonly modularity: number
}

/** A node without ties is a community of its own. */
export function communities(csr: Csr, { seed, resolution = 1, weighted = true }: CommunityOptions): Communities {
  invariant(!csr.directed, 'communities are found in undirected networks')
  const singletons = Uint32Array.from({ length: csr.nodes }, (_, v) => v)
  if (totalWeight(csr, weighted) === 0) return { community: singletons, count: csr.nodes, modularity: 0 }
  const found = louvain.detailed(csrAsGraph(csr), {
    getEdgeWeight: weighted ? 'weight' : () => 1,
    resolution,
    rng: seeded(seed),
    randomWalk: true,
    fastLocalMoves: true,
  })
  const { community, count } = bySize(found.dendrogram.at(-1) ?? singletons)
  return { community, count, modularity: modularity(csr, community, { resolution, weighted }) }
}

/**
 * Sum over communities of (weight of ties inside) / m - resolution * (sum of degrees / 2m)^2 (Newman & Girvan 2004; Newman 2006), m the
 * weight of all ties; between -0.5 and 1 at resolution 1.
 */
export function modularity(csr: Csr, community: ArrayLike<number>, { resolution = 1, weighted = true }: Omit<CommunityOptions, 'seed'> = {}): number {
  const twice = totalWeight(csr, weighted)
  if (twice === 0) return 0
  let count = 0
  for (let v = 0; v < csr.nodes; v++) count = Math.max(count, community[v] + 1)
  const inside = new Float64Array(count)
  const degrees = new Float64Array(count)
  for (let v = 0; v < csr.nodes; v++) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      const weight = weighted ? csr.weights[a] : 1
      degrees[community[v]] += weight
      if (community[csr.targets[a]] === community[v]) inside[community[v]] += weight
    }
  }
  let sum = 0
  for (let c = 0; c < count; c++) sum += inside[c] / twice - resolution * (degrees[c] / twice) ** 2
  return sum
}

function totalWeight(csr: Csr, weighted: boolean): number {
  if (!weighted) return csr.targets.length
  let sum = 0
  for (const weight of csr.weights) sum += weight
  return sum
}

/** New numbers for groups: larger first, then the one with the lowest member. */
export function bySize(group: ArrayLike<number>): { readonly community: Uint32Array; readonly count: number } {
  const size = new Map<number, number>()
  // A Map keeps the order of first sight, which is the order of lowest members; the sort is stable.
  for (let v = 0; v < group.length; v++) size.set(group[v], (size.get(group[v]) ?? 0) + 1)
  const order = [...size.keys()].sort((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0))
  const number = new Map(order.map((old, c) => [old, c]))
  return { community: Uint32Array.from({ length: group.length }, (_, v) => number.get(group[v]) ?? 0), count: order.length }
}
