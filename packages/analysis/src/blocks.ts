/**
 * A network taken apart at its cut points: who is in each biconnected block, and how many people stand behind each of them.
 * Seen from inside a block everyone outside it hangs at one of its members, so a sum over all pairs of the network is a weighted sum inside blocks.
 */
import type { Csr } from '@ringmap/graph/csr'
import { componentSizes, connectedComponents } from './components.ts'
import { cutPoints } from './cut-points.ts'
import { tieEnds } from './undirected.ts'

export interface Blocks {
  readonly count: number
  /** Members of block b are members[offsets[b]] up to members[offsets[b + 1]], ascending. A cut point is in several blocks. */
  readonly offsets: Uint32Array
  readonly members: Uint32Array
  /** Beside each member: nodes of its component that reach the block through it, itself among them. */
  readonly behind: Float64Array
  /** Ties of block b are ties[tie_offsets[b]] up to ties[tie_offsets[b + 1]], ascending. */
  readonly tie_offsets: Uint32Array
  readonly ties: Uint32Array
  /** Ends and weight of each tie. */
  readonly low: Uint32Array
  readonly high: Uint32Array
  readonly weight: Float64Array
  /** Size of each node's component. */
  readonly component_size: Uint32Array
}

/** For undirected networks. O(n + m). */
export function blocksOf(csr: Csr): Blocks {
  const { block, blocks: count } = cutPoints(csr)
  const components = connectedComponents(csr)
  const sizes = componentSizes(components)
  const size = components.component.map((c) => sizes[c])
  const { low, high, weight } = tieEnds(csr)
  const tieOffsets = new Uint32Array(count + 1)
  for (const b of block) tieOffsets[b + 1]++
  for (let b = 0; b < count; b++) tieOffsets[b + 1] += tieOffsets[b]
  const ties = new Uint32Array(csr.tie_count)
  const next = tieOffsets.slice(0, count)
  for (let t = 0; t < csr.tie_count; t++) ties[next[block[t]]++] = t
  const { offsets, members } = membersOf(csr.nodes, count, tieOffsets, ties, low, high)
  const behind = behindOf(csr.nodes, count, offsets, members, size)
  return { count, offsets, members, behind, tie_offsets: tieOffsets, ties, low, high, weight, component_size: size }
}

function membersOf(
  nodes: number, count: number, tieOffsets: Uint32Array, ties: Uint32Array, low: Uint32Array, high: Uint32Array,
): { offsets: Uint32Array; members: Uint32Array } {
  const offsets = new Uint32Array(count + 1)
  const found = new Uint32Array(ties.length * 2)
  const last = new Uint32Array(nodes)
  let total = 0
  for (let b = 0; b < count; b++) {
    for (let i = tieOffsets[b]; i < tieOffsets[b + 1]; i++) {
      const a = low[ties[i]]
      const z = high[ties[i]]
      if (last[a] !== b + 1) found[total++] = a
      last[a] = b + 1
      if (last[z] !== b + 1) found[total++] = z
      last[z] = b + 1
    }
    offsets[b + 1] = total
    if (total - offsets[b] > 2) found.subarray(offsets[b], total).sort()
  }
  return { offsets, members: found.slice(0, total) }
}

/** Walks each component's tree of blocks from its lowest node; sizes are then added up from the outermost blocks inwards. */
function behindOf(nodes: number, count: number, offsets: Uint32Array, members: Uint32Array, size: Uint32Array): Float64Array {
  const blocksAt = new Uint32Array(nodes + 1)
  for (const v of members) blocksAt[v + 1]++
  for (let v = 0; v < nodes; v++) blocksAt[v + 1] += blocksAt[v]
  const own = new Uint32Array(members.length)
  const next = blocksAt.slice(0, nodes)
  for (let b = 0; b < count; b++) for (let i = offsets[b]; i < offsets[b + 1]; i++) own[next[members[i]]++] = b
  const seen = new Uint8Array(nodes)
  const queue = new Uint32Array(nodes)
  const top = new Uint32Array(count)
  const met = new Uint8Array(count)
  const order = new Uint32Array(count)
  let ordered = 0
  let waiting = 0
  for (let root = 0; root < nodes; root++) {
    if (seen[root] !== 0) continue
    let at = waiting
    seen[root] = 1
    queue[waiting++] = root
    for (; at < waiting; at++) {
      const v = queue[at]
      for (let i = blocksAt[v]; i < blocksAt[v + 1]; i++) {
        const b = own[i]
        if (met[b] !== 0) continue
        met[b] = 1
        top[b] = v
        order[ordered++] = b
        for (let j = offsets[b]; j < offsets[b + 1]; j++) {
          if (seen[members[j]] !== 0) continue
          seen[members[j]] = 1
          queue[waiting++] = members[j]
        }
      }
    }
  }
  const hanging = new Float64Array(nodes).fill(1)
  const behind = new Float64Array(members.length)
  for (let k = count - 1; k >= 0; k--) {
    const b = order[k]
    let below = 0
    let place = 0
    for (let i = offsets[b]; i < offsets[b + 1]; i++) {
      if (members[i] === top[b]) place = i
      else below += behind[i] = hanging[members[i]]
    }
    behind[place] = size[top[b]] - below
    hanging[top[b]] += below
  }
  return behind
}

/** Members of the largest block of at most `limit`; 0 where there is none. */
export function largestBlock({ count, offsets }: Blocks, limit: number = Number.POSITIVE_INFINITY): number {
  let most = 0
  for (let b = 0; b < count; b++) {
    const size = offsets[b + 1] - offsets[b]
    if (size <= limit && size > most) most = size
  }
  return most
}
