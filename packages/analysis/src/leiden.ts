/**
 * Communities by Leiden's method (Traag, Waltman & van Eck 2019): local moves, refinement, aggregation, until nothing moves; every community is connected.
 * Maximises sum over communities of (weight inside - penalty): modularity (Newman & Girvan 2004; Reichardt & Bornholdt 2006) has the penalty
 * resolution * K^2 / (4 m), K the weighted degree of the community, m the weight of all ties; CPM (Traag, Van Dooren & Nesterov 2011) has
 * resolution * n (n - 1) / 2 and no limit below which a small community cannot be seen. Refinement takes the best part instead of a random good one.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type StopSignal, type WorkOptions } from '@ringmap/model/progress'
import { seeded, type Random } from '@ringmap/model/random'
import { byGroup, firstLevel, renumber, reordered, termsOf, type LeidenSteps, type Level, type Terms } from './leiden-level.ts'
import { plainSteps } from './leiden-steps.ts'
import { wasmSteps } from './leiden-wasm.ts'
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
  /** Who does the steps; the result is the same. Default by size: WebAssembly for large networks where the engine has it. */
  readonly by?: 'plain' | 'wasm'
}

export interface LeidenCommunities {
  /** Community of each node: 0 is the largest; of equal size, the one with the lowest node comes first. */
  readonly community: Uint32Array
  readonly count: number
  /** Modularity, or CPM's sum; 0 for a network without ties. */
  readonly quality: number
}

/** Below this many arcs, making a module ready costs more than it gives. */
const FEW_ARCS = 50_000
/** Nodes change places with others of their block only: rows near in memory are read one after the other. */
const BLOCK = 1024
/** Turns between two looks at the signal. */
const TURNS = 65_536

/** A node without ties is a community of its own. A directed network is taken without directions. */
export function leiden(given: Csr, options: LeidenOptions): LeidenCommunities {
  const csr = undirected(given)
  const { nodes } = csr
  const quality = options.quality ?? 'modularity'
  const weighted = options.weighted ?? true
  const terms = termsOf(csr, weighted, quality, options.resolution ?? 1)
  const steps = stepsFor(csr, terms, options.by)
  const random = seeded(options.seed)
  const { people, level } = sketched(csr, weighted, quality, steps, random, options.signal)
  const found = steps.work.group.slice(0, nodes)
  const iterations = options.iterations ?? 3
  for (let i = 0; i < iterations; i++) {
    options.progress?.('leiden', i, iterations)
    const moves = run(level, found, i === 0, steps, random, options.signal)
    if (i > 0 && moves === 0) break
  }
  options.progress?.('leiden', iterations, iterations)
  const piece = pieces(level, found, steps)
  const community = new Uint32Array(nodes)
  for (let i = 0; i < nodes; i++) community[people[i]] = piece[i]
  return sorted(csr, community, weighted, quality, terms)
}

export function stepsFor(csr: Csr, terms: ReturnType<typeof termsOf>, by: 'plain' | 'wasm' | undefined): LeidenSteps {
  const arcs = csr.targets.length
  const compiled = by === 'wasm' || (by === undefined && arcs >= FEW_ARCS) ? wasmSteps(csr.nodes, arcs, terms, terms.whole) : null
  return compiled ?? plainSteps(csr.nodes, arcs, terms)
}

/**
 * Every node once to its turn; then people in the order of their groups, so that what is near is near in memory, too; then the turns that are still due.
 * Leaves the groups in `steps.work.group`; `people` says who each node is.
 */
function sketched(
  csr: Csr, weighted: boolean, quality: 'modularity' | 'cpm', steps: LeidenSteps, random: Random, signal: StopSignal | undefined,
): { people: Uint32Array; level: Level } {
  const { nodes } = csr
  const { group, order, starts, near, part, waiting } = steps.work
  const first = firstLevel(csr, weighted, quality, steps.rooms[1])
  for (let v = 0; v < nodes; v++) group[v] = v
  inBlocks(order, nodes, random)
  steps.begin(first, nodes)
  taken(steps, nodes, signal)
  byGroup(group, nodes, renumber(group, nodes, null, near), null, order, starts)
  const people = order.slice(0, nodes)
  const level = reordered(first, people, steps.rooms[0])
  let due = 0
  for (let i = 0; i < nodes; i++) {
    part[i] = group[people[i]]
    if (waiting[people[i]] !== 0) order[due++] = i
  }
  group.set(part.subarray(0, nodes))
  steps.begin(level, due)
  taken(steps, Number.POSITIVE_INFINITY, signal)
  return { people, level }
}

/** Turns until none is due or `most` are taken; returns how often a node moved. */
export function taken(steps: LeidenSteps, most: number, signal: StopSignal | undefined): number {
  for (let turns = 0; turns < most; turns += TURNS) {
    stopIfAsked(signal)
    if (steps.some(Math.min(TURNS, most - turns)) === 0) break
  }
  return steps.movesOf()
}

/** From the people up through every level, `found` being changed; `moved` where the people have just had their turns. Returns how often a node moved. */
function run(first: Level, found: Uint32Array, moved: boolean, steps: LeidenSteps, random: Random, signal: StopSignal | undefined): number {
  const { group, order, queue, starts, part, near, whole, members } = steps.work
  let level = first
  let moves = 0
  /** Node of the level at work that each person is in. */
  const place = new Uint32Array(first.nodes)
  for (let i = 0; i < first.nodes; i++) place[i] = i
  group.set(found)
  for (let depth = 0; ; depth++) {
    const { nodes } = level
    inBlocks(order, nodes, random)
    if (depth > 0 || !moved) {
      steps.begin(level, nodes)
      moves += taken(steps, Number.POSITIVE_INFINITY, signal)
    }
    const communities = renumber(group, nodes, null, near)
    let parts = nodes
    if (communities < nodes) {
      whole.fill(0, 0, communities)
      for (let v = 0; v < nodes; v++) whole[group[v]] += level.columns.size[v]
      queue.set(order.subarray(0, nodes))
      byGroup(group, nodes, communities, queue, order, starts)
      steps.refine(level)
      // Parts of one community get numbers side by side, so that what is near is near in memory, too.
      parts = renumber(part, nodes, order, near)
    }
    if (parts === nodes) {
      for (let i = 0; i < place.length; i++) found[i] = group[place[i]]
      return moves
    }
    for (let v = 0; v < nodes; v++) members[part[v]] = group[v]
    group.set(members.subarray(0, parts))
    for (let i = 0; i < place.length; i++) place[i] = part[place[i]]
    const columns = steps.rooms[1 + (depth % 2)]
    level = { nodes: parts, arcs: steps.aggregate(level, parts, columns), columns }
  }
}

export function inBlocks(order: Uint32Array, nodes: number, random: Random): void {
  for (let v = 0; v < nodes; v++) order[v] = v
  for (let from = 0; from < nodes; from += BLOCK) {
    for (let i = Math.min(from + BLOCK, nodes) - 1; i > from; i--) {
      const j = from + Math.floor(random() * (i - from + 1))
      const kept = order[i]
      order[i] = order[j]
      order[j] = kept
    }
  }
}

/** Communities in separate pieces become several: that never lowers the quality. */
function pieces({ nodes, columns: { offsets, targets } }: Level, found: Uint32Array, { work: { queue, waiting, part: piece } }: LeidenSteps): Uint32Array {
  waiting.fill(0, 0, nodes)
  let count = 0
  for (let root = 0; root < nodes; root++) {
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
        if (waiting[u] !== 0 || found[u] !== found[v]) continue
        waiting[u] = 1
        queue[left++] = u
      }
    }
    count++
  }
  return piece
}

/** Numbered largest first, of equal size by their lowest node, with their quality. */
export function sorted(csr: Csr, group: Uint32Array, weighted: boolean, quality: 'modularity' | 'cpm', terms: Terms & { weight: number }): LeidenCommunities {
  const { nodes } = csr
  const count = renumber(group, nodes, null, new Uint32Array(nodes))
  const members = new Uint32Array(count)
  for (const g of group) members[g]++
  const order = Uint32Array.from({ length: count }, (_, g) => g).sort((a, b) => members[b] - members[a] || a - b)
  const number = new Uint32Array(count)
  order.forEach((g, i) => (number[g] = i))
  for (let v = 0; v < nodes; v++) group[v] = number[group[v]]
  return { community: group, count, quality: terms.weight === 0 ? 0 : qualityOf(csr, group, count, weighted, quality, terms) }
}

function qualityOf(csr: Csr, group: Uint32Array, count: number, weighted: boolean, quality: 'modularity' | 'cpm', { penalty, weight }: Terms & { weight: number }): number {
  const { nodes, offsets, targets, weights } = csr
  const total = new Float64Array(count)
  const inside = new Float64Array(count)
  for (let v = 0; v < nodes; v++) {
    const g = group[v]
    let size = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const w = weighted ? weights[arc] : 1
      size += w
      if (group[targets[arc]] === g) inside[g] += w
    }
    total[g] += quality === 'cpm' ? 1 : size
  }
  let sum = 0
  for (let g = 0; g < count; g++) {
    sum += quality === 'cpm' ? inside[g] / 2 - (penalty * total[g] * (total[g] - 1)) / 2 : (inside[g] - penalty * total[g] * total[g]) / weight
  }
  return sum
}
