/**
 * Communities by Louvain's method (Blondel et al. 2008): nodes move to the best community near them, communities become nodes, until nothing moves. The
 * kernel for large networks; charts have graphology's. Communities can fall into pieces (Traag et al. 2019): `leiden` mends that at twice the cost.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { seeded, type Random } from '@ringmap/model/random'
import { aggregated, firstLevel, levelScratch, renumbered, type Grouping } from './leiden-level.ts'
import { bySize, qualityOf, shuffled, type LeidenCommunities } from './leiden.ts'
import { moveNodes } from './leiden-steps.ts'
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
  const first = firstLevel(csr, options.weighted ?? true, 'modularity')
  let weight = 0
  for (const w of first.weights) {
    invariant(w >= 0, 'weights are not negative')
    weight += w
  }
  const penalty = weight > 0 ? (options.resolution ?? 1) / weight : 0
  const least = first.targets.length > 0 ? (weight / first.targets.length) * 1e-9 : 0
  const random: Random = seeded(options.seed)
  const scratch = levelScratch(csr.nodes)
  let level = first
  let found: Grouping = { group: Uint32Array.from({ length: csr.nodes }, (_, v) => v), count: csr.nodes }
  for (let depth = 0; ; depth++) {
    stopIfAsked(options.signal)
    options.progress?.('louvain', depth, 0)
    const group = Uint32Array.from({ length: level.nodes }, (_, v) => v)
    const moves = moveNodes(level, group, shuffled(level.nodes, random), penalty, least, scratch, options.signal)
    if (moves === 0) break
    const grouping = renumbered(group, null, level.nodes)
    found = { group: found.group.map((g) => grouping.group[g]), count: grouping.count }
    level = aggregated(level, grouping, scratch)
  }
  const { community, count } = bySize(renumbered(found.group, null, csr.nodes))
  return { community, count, quality: weight === 0 ? 0 : qualityOf(first, { group: community, count }, penalty, weight) }
}
