/**
 * Communities by Leiden's method (Traag, Waltman & van Eck 2019): local moves, refinement, aggregation, until nothing moves; every community is connected.
 * Maximises sum over communities of (weight inside - penalty): modularity (Newman & Girvan 2004; Reichardt & Bornholdt 2006) has the penalty
 * resolution * K^2 / (4 m), K the weighted degree of the community, m the weight of all ties; CPM (Traag, Van Dooren & Nesterov 2011) has
 * resolution * n (n - 1) / 2 and no limit below which a small community cannot be seen. Refinement takes the best part instead of a random good one.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { seeded, type Random } from '@ringmap/model/random'
import { aggregated, byGroup, firstLevel, levelScratch, renumbered, reordered, type Grouping, type Level, type LevelScratch } from './leiden-level.ts'
import { moveNodes, refine } from './leiden-steps.ts'
import { undirected } from './undirected.ts'

export interface LeidenOptions extends WorkOptions {
  /** Order in which nodes come to their turn. */
  readonly seed: number
  readonly quality?: 'modularity' | 'cpm'
  /** Above 1 (modularity) more and smaller communities; for CPM the least density inside a community. Default 1. */
  readonly resolution?: number
  /** Default true. */
  readonly weighted?: boolean
  /** Whole runs, each starting from the communities of the one before; ends earlier when nothing changes. Default 3. */
  readonly iterations?: number
}

export interface LeidenCommunities {
  /** Community of each node: 0 is the largest; of equal size, the one with the lowest node comes first. */
  readonly community: Uint32Array
  readonly count: number
  /** Modularity, or CPM's sum; 0 for a network without ties. */
  readonly quality: number
}

/** A node without ties is a community of its own. A directed network is taken without directions. */
export function leiden(given: Csr, options: LeidenOptions): LeidenCommunities {
  const csr = undirected(given)
  const quality = options.quality ?? 'modularity'
  const first = firstLevel(csr, options.weighted ?? true, quality)
  let weight = 0
  for (const w of first.weights) {
    invariant(w >= 0, 'weights are not negative')
    weight += w
  }
  const resolution = options.resolution ?? 1
  const penalty = quality === 'cpm' ? resolution : weight > 0 ? resolution / weight : 0
  // Rounding never moves a node: a gain has to be more than a billionth of the mean weight.
  const least = first.targets.length > 0 ? (weight / first.targets.length) * 1e-9 : 0
  const random = seeded(options.seed)
  const scratch = levelScratch(csr.nodes)
  const sketch = sketched(first, penalty, least, random, scratch, options)
  const level = reordered(first, sketch.order)
  let { found } = sketch
  const iterations = options.iterations ?? 3
  for (let i = 0; i < iterations; i++) {
    options.progress?.('leiden', i, iterations)
    const next = run(level, found, i === 0, penalty, least, random, scratch, options)
    if (i > 0 && next.moves === 0) break
    found = next.found
  }
  options.progress?.('leiden', iterations, iterations)
  const pieces = connected(level, found, scratch)
  const back = new Uint32Array(csr.nodes)
  for (let i = 0; i < csr.nodes; i++) back[sketch.order[i]] = pieces.group[i]
  const { community, count } = bySize(renumbered(back, null, csr.nodes))
  return { community, count, quality: weight === 0 ? 0 : qualityOf(first, { group: community, count }, penalty, quality === 'cpm' ? null : weight) }
}

/** One round of moves from single nodes; then people in the order of their groups, so that what is near is near in memory, too. */
function sketched(
  level: Level, penalty: number, least: number, random: Random, scratch: LevelScratch, options: WorkOptions,
): { order: Uint32Array; found: Grouping } {
  const { nodes } = level
  const group = Uint32Array.from({ length: nodes }, (_, v) => v)
  moveNodes(level, group, shuffled(nodes, random), penalty, least, scratch, options.signal)
  const communities = renumbered(group, null, nodes)
  const { order } = byGroup(communities, null)
  return { order, found: { group: order.map((v) => communities.group[v]), count: communities.count } }
}

interface Run {
  readonly found: Grouping
  readonly moves: number
}

/** From the people up through every level; `moved` where the people have just had their turns. */
function run(
  first: Level, start: Grouping, moved: boolean, penalty: number, least: number, random: Random, scratch: LevelScratch, options: WorkOptions,
): Run {
  let level = first
  let group = start.group.slice()
  /** Node of the level at work that each person is in. */
  let place: Uint32Array | null = null
  let moves = 0
  for (;;) {
    stopIfAsked(options.signal)
    const order = shuffled(level.nodes, random)
    if (place !== null || !moved) moves += moveNodes(level, group, order, penalty, least, scratch, options.signal)
    const communities = renumbered(group, null, level.nodes)
    const done = communities.count === level.nodes
    let parts: Grouping | null = null
    if (!done) {
      const inside = new Float64Array(communities.count)
      for (let v = 0; v < level.nodes; v++) inside[communities.group[v]] += level.size[v]
      const grouped = byGroup(communities, order).order
      // Parts of one community get numbers side by side, so that what is near is near in memory, too.
      parts = renumbered(refine(level, communities.group, inside, grouped, penalty, scratch), grouped, level.nodes)
    }
    if (parts === null || parts.count === level.nodes) return { found: { group: lifted(communities.group, place), count: communities.count }, moves }
    const next = new Uint32Array(parts.count)
    for (let v = 0; v < level.nodes; v++) next[parts.group[v]] = communities.group[v]
    place = lifted(parts.group, place)
    level = aggregated(level, parts, scratch)
    group = next
  }
}

function lifted(group: Uint32Array, place: Uint32Array | null): Uint32Array {
  if (place === null) return group
  const out = new Uint32Array(place.length)
  for (let v = 0; v < place.length; v++) out[v] = group[place[v]]
  return out
}

export function shuffled(nodes: number, random: Random): Uint32Array {
  const order = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) order[v] = v
  for (let i = nodes - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
  return order
}

/** Communities in separate pieces become several: that never lowers the quality. */
function connected(level: Level, found: Grouping, scratch: LevelScratch): Grouping {
  const { offsets, targets } = level
  const { queue, waiting } = scratch
  const piece = new Uint32Array(level.nodes)
  waiting.fill(0)
  let count = 0
  for (let root = 0; root < level.nodes; root++) {
    if (waiting[root] !== 0) continue
    let left = 0
    queue[left++] = root
    waiting[root] = 1
    for (let i = 0; i < left; i++) {
      const v = queue[i]
      piece[v] = count
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc]
        if (waiting[u] !== 0 || found.group[u] !== found.group[v]) continue
        waiting[u] = 1
        queue[left++] = u
      }
    }
    count++
  }
  return { group: piece, count }
}

/** Largest first; groups come numbered by their lowest node. */
export function bySize(found: Grouping): { community: Uint32Array; count: number } {
  const size = new Uint32Array(found.count)
  for (const g of found.group) size[g]++
  const order = Uint32Array.from({ length: found.count }, (_, g) => g).sort((a, b) => size[b] - size[a] || a - b)
  const number = new Uint32Array(found.count)
  order.forEach((g, i) => (number[g] = i))
  return { community: found.group.map((g) => number[g]), count: found.count }
}

export function qualityOf(level: Level, found: Grouping, penalty: number, weight: number | null): number {
  const total = new Float64Array(found.count)
  const inside = new Float64Array(found.count)
  for (let v = 0; v < level.nodes; v++) {
    const g = found.group[v]
    total[g] += level.size[v]
    for (let arc = level.offsets[v]; arc < level.offsets[v + 1]; arc++) if (found.group[level.targets[arc]] === g) inside[g] += level.weights[arc]
  }
  let sum = 0
  for (let g = 0; g < found.count; g++) {
    sum += weight === null ? inside[g] / 2 - (penalty * total[g] * (total[g] - 1)) / 2 : (inside[g] - penalty * total[g] * total[g]) / weight
  }
  return sum
}
