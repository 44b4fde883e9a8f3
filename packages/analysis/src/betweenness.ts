/**
 * Betweenness: the share of shortest paths between others that pass through a node. Exact, every tie one step long (Freeman 1977; Brandes 2001).
 * b(v) = sum over s != v != t of paths(s, t | v) / paths(s, t), divided by (n - 1)(n - 2), ordered pairs (undirected: each pair both ways).
 *
 * An undirected network is taken apart at its cut points (Puzis et al. 2012): inside a block each member counts as an end of paths once for everyone
 * behind it, and a cut point lies on every path between two of the parts that it holds together. Equal to the whole, and nothing to do on trees.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { accumulateBatch, batchScratch, LANES, type BatchNet } from './betweenness-batch.ts'
import { blockNet } from './block-net.ts'
import { blocksOf } from './blocks.ts'

export interface BetweennessOptions extends WorkOptions {
  /** Divide by the number of pairs without v, so that values lie in 0 to 1; default true. Otherwise pairs are counted (undirected: once each). */
  readonly normalised?: boolean
}

export function betweenness(csr: Csr, options: BetweennessOptions = {}): Float64Array {
  const { nodes } = csr
  const sum = csr.directed ? insideNet({ ...csr, behind: new Float64Array(nodes).fill(1) }, options) : overBlocks(csr, options)
  options.progress?.('betweenness', nodes, nodes)
  const pairs = (options.normalised ?? true) ? (nodes - 1) * (nodes - 2) : csr.directed ? 1 : 2
  if (nodes > 2) for (let v = 0; v < nodes; v++) sum[v] /= pairs
  return sum
}

function overBlocks(csr: Csr, options: WorkOptions): Float64Array {
  const blocks = blocksOf(csr)
  const sum = new Float64Array(csr.nodes)
  const apart = new Float64Array(csr.nodes)
  const local = new Uint32Array(csr.nodes)
  for (let b = 0; b < blocks.count; b++) {
    const from = blocks.offsets[b]
    const size = blocks.offsets[b + 1] - from
    for (let i = from; i < from + size; i++) {
      const v = blocks.members[i]
      // Those on this block's side of v are one of the parts that v holds together.
      const side = blocks.component_size[v] - blocks.behind[i]
      sum[v] += 2 * apart[v] * side
      apart[v] += side
    }
    // In a bridge or a triangle nobody stands between two others.
    if (size < 4) continue
    const net = blockNet(blocks, b, local)
    const inside = insideNet(net, options)
    for (let i = 0; i < size; i++) sum[net.members[i]] += inside[i]
  }
  return sum
}

function insideNet(net: BatchNet, options: WorkOptions): Float64Array {
  const { nodes } = net
  const sum = new Float64Array(nodes)
  const scratch = batchScratch(nodes)
  for (let s = 0; s < nodes; s += LANES) {
    if (s % (32 * LANES) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('betweenness', s, nodes)
    }
    accumulateBatch(net, s, Math.min(s + LANES, nodes), scratch, sum)
  }
  return sum
}
