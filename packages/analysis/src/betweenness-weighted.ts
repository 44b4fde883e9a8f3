/**
 * Betweenness over ties of different lengths (Brandes 2001 with Dijkstra's searches): a strong tie is a short one, length 1 / weight (Newman 2001), unless
 * lengths are given. Blocks are taken apart as in `betweenness`. Ways whose lengths differ by rounding alone are equally short.
 */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { nodeHeap, pop, push } from './shortest-paths.ts'

export interface LengthNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  readonly lengths: Float64Array
  /** How many nodes each one stands for as an end of a path. */
  readonly behind: Float64Array
}

/** Lengths that differ by less than this share are the same. */
const SAME_LENGTH = 1e-10

/** Sum over ordered pairs of the share of shortest paths through each node, ends counted as often as there are nodes behind them. */
export function pathsThrough(net: LengthNet, options: WorkOptions): Float64Array {
  const { nodes, offsets, targets, lengths, behind } = net
  const sum = new Float64Array(nodes)
  const distance = new Float64Array(nodes)
  const paths = new Float64Array(nodes)
  const dependency = new Float64Array(nodes)
  const order = new Uint32Array(nodes)
  const heap = nodeHeap(nodes)
  for (let source = 0; source < nodes; source++) {
    if ((source & 63) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('betweenness', source, nodes)
    }
    distance.fill(Number.POSITIVE_INFINITY)
    paths.fill(0)
    dependency.fill(0)
    distance[source] = 0
    paths[source] = 1
    push(heap, source, distance)
    let reached = 0
    while (heap.size > 0) {
      const v = pop(heap, distance)
      order[reached++] = v
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc]
        const far = distance[v] + lengths[arc]
        const before = distance[u]
        if (far < before * (1 - SAME_LENGTH) || before === Number.POSITIVE_INFINITY) {
          distance[u] = far
          paths[u] = paths[v]
          push(heap, u, distance)
        } else if (far <= before * (1 + SAME_LENGTH)) paths[u] += paths[v]
      }
    }
    for (let i = reached - 1; i > 0; i--) {
      const v = order[i]
      let handed = 0
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc]
        const far = distance[v] + lengths[arc]
        if (far <= distance[u] * (1 + SAME_LENGTH) && far >= distance[u] * (1 - SAME_LENGTH)) handed += (behind[u] + dependency[u]) / paths[u]
      }
      dependency[v] = handed * paths[v]
      sum[v] += dependency[v] * behind[source]
    }
  }
  return sum
}
