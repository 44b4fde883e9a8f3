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
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { blocksOf, largestBlock } from './blocks.ts'
import { carriedAlone, throughNodes } from './current-flow-plan.ts'
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
  const blocks = blocksOf(csr)
  refuseAbove(largestBlock(blocks), options.largest_block ?? 8000)
  const { carried } = carriedAlone(blocks, { ...options, seed: 0, weighted: options.weighted ?? false, exact_up_to: Number.POSITIVE_INFINITY, samples: 0, tolerance: 0 })
  options.progress?.('current-flow', csr.tie_count, csr.tie_count)
  return throughNodes(blocks, carried, options.normalised ?? true)
}

function refuseAbove(most: number, limit: number): void {
  if (most <= limit) return
  throw new RingmapError('too_large', {
    what: `Exact current-flow betweenness of ${most} people who are all connected with each other in more than one way`,
    needed: `${Math.ceil((most * most * 16) / 1e9)} GB`, available: `${Math.ceil((limit * limit * 16) / 1e9)} GB`, hint: 'Use the approximate measure, or a part of the network.',
  })
}
