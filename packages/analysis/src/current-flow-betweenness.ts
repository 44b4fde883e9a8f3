/**
 * Current-flow (random-walk) betweenness: how much of a unit current between two others flows through a node, over all pairs (Newman 2005;
 * Brandes & Fleischer 2005). Exact. Through v for the pair s, t: half the sum over ties e at v of |current in e|, v not being s or t.
 * b(v) = sum over pairs of current through v / ((n - 1)(n - 2) / 2).
 *
 * Current in a tie depends only on where s and t enter the tie's biconnected block, so each block is solved alone, with its members counted as many
 * times as there are nodes behind them: equal to solving the whole, and a network of trees and small blocks costs next to nothing. A bridge
 * carries a unit for each pair on its two sides. Inside a block S(e) = sum over pairs |x(s) - x(t)|, x the potentials of a unit current between
 * the tie's ends, by sorting.
 *
 * Components: pairs in different components carry nothing; n is that of the whole network, isolated nodes included. On a connected network the values
 * are those of networkx; otherwise networkx's values inside a component of n' nodes times (n' - 1)(n' - 2) / ((n - 1)(n - 2)), so that the middle
 * of a small component cannot pass for the middle of a large one.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant, RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { blocksOf, type Blocks } from './blocks.ts'
import { groundedInverse } from './grounded-inverse.ts'
import { pairSpread, spreadScratch, type SpreadScratch } from './pair-spread.ts'
import { undirected } from './undirected.ts'

export interface CurrentFlowOptions extends WorkOptions {
  /** Weights are conductances (a stronger tie carries more), above 0; default false: every tie conducts alike. */
  readonly weighted?: boolean
  /** Divide by the number of pairs without v; default true. Otherwise the sum over pairs, each pair once. */
  readonly normalised?: boolean
  /** Largest block that is solved, two square matrices of 8 bytes a number; above it throws `too_large`. Default 8000 (1 GB). */
  readonly largest_block?: number
}

/** A directed network is taken without directions. */
export function currentFlowBetweenness(given: Csr, options: CurrentFlowOptions = {}): Float64Array {
  const csr = undirected(given)
  const { nodes } = csr
  const weighted = options.weighted ?? false
  if (weighted) for (const w of csr.weights) invariant(w > 0, 'conductances are above 0')
  const blocks = blocksOf(csr)
  const most = largest(blocks, options.largest_block ?? 8000)
  const work = blockWork(nodes, most)
  const carried = new Float64Array(nodes)
  for (let b = 0; b < blocks.count; b++) {
    if (blocks.offsets[b + 1] - blocks.offsets[b] === 2) bridge(blocks, b, carried)
    else solve(blocks, b, weighted, work, carried, options)
  }
  options.progress?.('current-flow', csr.tie_count, csr.tie_count)
  const pairs = (options.normalised ?? true) ? ((nodes - 1) * (nodes - 2)) / 2 : 1
  // As an end of a pair a node carries half a unit as well; that half is none of its betweenness.
  for (let v = 0; v < nodes; v++) carried[v] = nodes > 2 ? Math.max(0, (carried[v] - (blocks.component_size[v] - 1)) / 2 / pairs) : 0
  return carried
}

function largest(blocks: Blocks, limit: number): number {
  let most = 0
  for (let b = 0; b < blocks.count; b++) most = Math.max(most, blocks.offsets[b + 1] - blocks.offsets[b])
  if (most > limit) {
    throw new RingmapError('too_large', {
      what: `Exact current-flow betweenness of ${most} people who are all connected with each other in more than one way`,
      needed: `${Math.ceil((most * most * 16) / 1e9)} GB`, available: `${Math.ceil((limit * limit * 16) / 1e9)} GB`, hint: 'Use the approximate measure, or a part of the network.',
    })
  }
  return most > 2 ? most : 0
}

/** Memory for the largest block, used again for every other. */
interface BlockWork {
  readonly mesh: Float64Array
  readonly inverse: Float64Array
  readonly potential: Float64Array
  readonly behind: Float64Array
  /** Number of each node inside the block at work. */
  readonly local: Uint32Array
  readonly spread: SpreadScratch
}

function blockWork(nodes: number, most: number): BlockWork {
  return {
    mesh: new Float64Array(most * most), inverse: new Float64Array(most * most), potential: new Float64Array(most), behind: new Float64Array(most),
    local: new Uint32Array(nodes), spread: spreadScratch(most),
  }
}

function bridge(blocks: Blocks, b: number, carried: Float64Array): void {
  const at = blocks.offsets[b]
  const pairs = blocks.behind[at] * blocks.behind[at + 1]
  carried[blocks.members[at]] += pairs
  carried[blocks.members[at + 1]] += pairs
}

function solve(blocks: Blocks, b: number, weighted: boolean, work: BlockWork, carried: Float64Array, options: CurrentFlowOptions): void {
  const { members, low, high, weight, ties } = blocks
  const { mesh, potential, behind, local } = work
  const first = blocks.offsets[b]
  const size = blocks.offsets[b + 1] - first
  const from = blocks.tie_offsets[b]
  const to = blocks.tie_offsets[b + 1]
  for (let i = 0; i < size; i++) local[members[first + i]] = i
  mesh.fill(0, 0, size * size)
  for (let i = from; i < to; i++) {
    const t = ties[i]
    const w = weighted ? weight[t] : 1
    mesh[local[low[t]] * size + local[high[t]]] = w
    mesh[local[high[t]] * size + local[low[t]]] = w
  }
  const { inverse, place } = groundedInverse(size, mesh, work.inverse, options)
  for (let i = 0; i < size; i++) behind[place[i]] = blocks.behind[first + i]
  for (let i = from; i < to; i++) {
    if (((i - from) & 255) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('current-flow', i, ties.length)
    }
    const t = ties[i]
    const a = place[local[low[t]]] * size
    const z = place[local[high[t]]] * size
    for (let j = 0; j < size; j++) potential[j] = inverse[a + j] - inverse[z + j]
    const through = pairSpread(potential, behind, size, work.spread) * (weighted ? weight[t] : 1)
    carried[low[t]] += through
    carried[high[t]] += through
  }
}
