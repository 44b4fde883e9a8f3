/**
 * Betweenness: the share of shortest paths between others that pass through a node. Exact, every tie one step long or as short as it is strong (Freeman 1977; Brandes 2001).
 * b(v) = sum over s != v != t of paths(s, t | v) / paths(s, t), divided by (n - 1)(n - 2), ordered pairs (undirected: each pair both ways).
 *
 * An undirected network is taken apart at its cut points (Puzis et al. 2012): inside a block each member counts as an end of paths once for everyone
 * behind it, and a cut point lies on every path between two of the parts that it holds together. Equal to the whole, and nothing to do on trees.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { BatchNet } from './betweenness-batch.ts'
import { accumulatorOf, chunkCount, chunkOf, type ChunkNet } from './betweenness-chunks.ts'
import { blockNet, type BlockNet } from './block-net.ts'
import { blocksOf, type Blocks } from './blocks.ts'
import { lengthsOfWeights, refuseWithoutLength } from './shortest-paths.ts'

export interface BetweennessOptions extends WorkOptions {
  /** A strong tie is a short one: lengths are 1 / weight (`betweenness-weighted.ts`); default false: every tie is one step. */
  readonly weighted?: boolean
  /** Divide by the number of pairs without v, so that values lie in 0 to 1; default true. Otherwise pairs are counted (undirected: once each). */
  readonly normalised?: boolean
}

export function betweenness(csr: Csr, options: BetweennessOptions = {}): Float64Array {
  const { nodes } = csr
  if (options.weighted ?? false) refuseWithoutLength(csr)
  const sum = csr.directed ? insideNet({ ...csr, behind: new Float64Array(nodes).fill(1) }, options) : overBlocks(csr, options)
  options.progress?.('betweenness', nodes, nodes)
  return normalised(csr, sum, options.normalised ?? true)
}

/** From ordered pairs to the values asked for; `sum` is changed. */
export function normalised(csr: Csr, sum: Float64Array, byPairs: boolean): Float64Array {
  const { nodes } = csr
  const pairs = byPairs ? (nodes - 1) * (nodes - 2) : csr.directed ? 1 : 2
  if (nodes > 2) for (let v = 0; v < nodes; v++) sum[v] /= pairs
  return sum
}

function overBlocks(csr: Csr, options: BetweennessOptions): Float64Array {
  const blocks = blocksOf(csr)
  const sum = throughCutPoints(blocks)
  const local = new Uint32Array(csr.nodes)
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size < smallestBlock(options)) continue
    const net = blockNet(blocks, b, local)
    const inside = insideNet(net, options)
    for (let i = 0; i < size; i++) sum[net.members[i]] += inside[i]
  }
  return sum
}

/** Members of a block in which somebody can stand between two others: in a bridge nobody, in a triangle where every tie is one step neither. */
export function smallestBlock(options: BetweennessOptions): number {
  return options.weighted === true ? 3 : 4
}

/** Ordered pairs that each cut point parts: all paths between them pass it. */
export function throughCutPoints(blocks: Blocks): Float64Array {
  const nodes = blocks.component_size.length
  const sum = new Float64Array(nodes)
  const apart = new Float64Array(nodes)
  for (let i = 0; i < blocks.members.length; i++) {
    const v = blocks.members[i]
    // Those on this block's side of v are one of the parts that v holds together.
    const side = blocks.component_size[v] - blocks.behind[i]
    sum[v] += 2 * apart[v] * side
    apart[v] += side
  }
  return sum
}

/** Ordered pairs through each member inside one block. */
export function betweennessOfBlock(net: BlockNet, options: BetweennessOptions): Float64Array {
  return insideNet(net, { signal: options.signal, weighted: options.weighted ?? false })
}

/** The network of a block, or of all where ties have directions, as it is walked. */
export function chunkNet(net: BatchNet & { readonly weights: Float64Array }, options: BetweennessOptions): ChunkNet {
  return { nodes: net.nodes, offsets: net.offsets, targets: net.targets, behind: net.behind, lengths: (options.weighted ?? false) ? lengthsOfWeights(net) : null }
}

function insideNet(net: BatchNet & { readonly weights: Float64Array }, options: BetweennessOptions): Float64Array {
  const { nodes } = net
  const sum = new Float64Array(nodes)
  const part = new Float64Array(nodes)
  const accumulator = accumulatorOf(chunkNet(net, options), { signal: options.signal })
  const chunks = chunkCount(nodes)
  for (let chunk = 0; chunk < chunks; chunk++) {
    stopIfAsked(options.signal)
    options.progress?.('betweenness', chunk, chunks)
    chunkOf(accumulator, nodes, chunk, part)
    for (let v = 0; v < nodes; v++) sum[v] += part[v]
  }
  return sum
}
