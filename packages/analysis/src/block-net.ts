/** One biconnected block as a network of its own, in breadth-first order from the member with most ties: what is near is near in memory, too. */
import type { Blocks } from './blocks.ts'

export interface BlockNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  readonly weights: Float64Array
  /** Nodes of the component that reach the block through each member, itself among them. */
  readonly behind: Float64Array
  /** Node of the whole network that each one is. */
  readonly members: Uint32Array
}

/** @param local memory for one number a node of the whole network. */
export function blockNet(blocks: Blocks, b: number, local: Uint32Array): BlockNet {
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
  const weights = new Float64Array(ties.length * 2)
  for (const t of ties) {
    const a = local[blocks.low[t]]
    const z = local[blocks.high[t]]
    weights[next[a]] = weights[next[z]] = blocks.weight[t]
    targets[next[a]++] = z
    targets[next[z]++] = a
  }
  const { order, place } = breadthFirst(nodes, offsets, targets, top)
  const behind = new Float64Array(nodes)
  const nearOffsets = new Uint32Array(nodes + 1)
  const nearTargets = new Uint32Array(targets.length)
  const nearWeights = new Float64Array(targets.length)
  let arcs = 0
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      nearWeights[arcs] = weights[arc]
      nearTargets[arcs++] = place[targets[arc]]
    }
    nearOffsets[i + 1] = arcs
    behind[i] = blocks.behind[from + v]
    order[i] = blocks.members[from + v]
  }
  return { nodes, offsets: nearOffsets, targets: nearTargets, weights: nearWeights, behind, members: order }
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
