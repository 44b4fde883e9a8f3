/**
 * Communities by Louvain's method (Blondel et al. 2008): nodes move to the best community near them, communities become nodes, until nothing moves. The
 * kernel for large networks; charts have graphology's. Communities can fall into pieces (Traag et al. 2019): `leiden` mends that at twice the cost.
 */
import type { Csr } from '@ringmap/graph/csr'
import type { WorkOptions } from '@ringmap/model/progress'
import { seeded } from '@ringmap/model/random'
import { firstLevel, renumber, termsOf, type Level } from './leiden-level.ts'
import { inBlocks, sorted, stepsFor, taken, type LeidenCommunities } from './leiden.ts'
import { undirected } from './undirected.ts'

export interface LouvainOptions extends WorkOptions {
  /** Order in which nodes come to their turn. */
  readonly seed: number
  /** Above 1 more and smaller communities; default 1. */
  readonly resolution?: number
  /** Default true. */
  readonly weighted?: boolean
}

/** A node without ties is a community of its own. A directed network is taken without directions. */
export function louvain(given: Csr, options: LouvainOptions): LeidenCommunities {
  const csr = undirected(given)
  const weighted = options.weighted ?? true
  const terms = termsOf(csr, weighted, 'modularity', options.resolution ?? 1)
  const steps = stepsFor(csr, terms, undefined)
  const { group, order, part, near } = steps.work
  const random = seeded(options.seed)
  let level: Level = firstLevel(csr, weighted, 'modularity', steps.rooms[0])
  const found = new Uint32Array(csr.nodes)
  for (let v = 0; v < csr.nodes; v++) found[v] = v
  for (let depth = 0; ; depth++) {
    options.progress?.('louvain', depth, 0)
    const { nodes } = level
    for (let v = 0; v < nodes; v++) group[v] = v
    inBlocks(order, nodes, random)
    steps.begin(level, nodes)
    if (taken(steps, Number.POSITIVE_INFINITY, options.signal) === 0) break
    part.set(group.subarray(0, nodes))
    const count = renumber(part, nodes, null, near)
    for (let v = 0; v < found.length; v++) found[v] = part[found[v]]
    const columns = steps.rooms[1 + (depth % 2)]
    level = { nodes: count, arcs: steps.aggregate(level, count, columns), columns }
  }
  return sorted(csr, found, weighted, 'modularity', terms)
}
