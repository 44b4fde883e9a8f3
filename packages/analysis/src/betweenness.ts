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
import { blocksOf, type Blocks } from './blocks.ts'

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
    const { net, order } = blockNet(blocks, b, local)
    const inside = insideNet(net, options)
    for (let i = 0; i < size; i++) sum[order[i]] += inside[i]
  }
  return sum
}

/** A block on its own, members in breadth-first order from the one with most ties: what is near is near in memory, too. */
function blockNet(blocks: Blocks, b: number, local: Uint32Array): { net: BatchNet; order: Uint32Array } {
  const from = blocks.offsets[b]
  const nodes = blocks.offsets[b + 1] - from
  const ties = blocks.ties.subarray(blocks.tie_offsets[b], blocks.tie_offsets[b + 1])
  for (let i = 0; i < nodes; i++) local[blocks.members[from + i]] = i
  const offsets = new Uint32Array(nodes + 1)
  for (const t of ties) {
    offsets[local[blocks.low[t]] + 1]++
    offsets[local[blocks.high[t]] + 1]++
  }
  let top = 0
  for (let i = 0; i < nodes; i++) if (offsets[i + 1] > offsets[top + 1]) top = i
  for (let i = 0; i < nodes; i++) offsets[i + 1] += offsets[i]
  const next = offsets.slice(0, nodes)
  const targets = new Uint32Array(ties.length * 2)
  for (const t of ties) {
    const a = local[blocks.low[t]]
    const z = local[blocks.high[t]]
    targets[next[a]++] = z
    targets[next[z]++] = a
  }
  const { order, place } = breadthFirst(nodes, offsets, targets, top)
  const behind = new Float64Array(nodes)
  const nearOffsets = new Uint32Array(nodes + 1)
  const nearTargets = new Uint32Array(targets.length)
  let arcs = 0
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) nearTargets[arcs++] = place[targets[arc]]
    nearOffsets[i + 1] = arcs
    behind[i] = blocks.behind[from + v]
    order[i] = blocks.members[from + v]
  }
  return { net: { nodes, offsets: nearOffsets, targets: nearTargets, behind }, order }
}

function breadthFirst(nodes: number, offsets: Uint32Array, targets: Uint32Array, first: number): { order: Uint32Array; place: Uint32Array } {
  const order = new Uint32Array(nodes)
  const place = new Uint32Array(nodes)
  const seen = new Uint8Array(nodes)
  let reached = 1
  order[0] = first
  seen[first] = 1
  for (let i = 0; i < reached; i++) {
    const v = order[i]
    place[v] = i
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      if (seen[u] !== 0) continue
      seen[u] = 1
      order[reached++] = u
    }
  }
  return { order, place }
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
