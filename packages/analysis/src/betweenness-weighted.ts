/**
 * Betweenness over ties of different lengths (Brandes 2001 with Dijkstra's searches): a strong tie is a short one, length 1 / weight (Newman 2001), unless
 * lengths are given. Blocks are taken apart as in `betweenness`. Ways whose lengths differ by rounding alone are equally short.
 */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { nodeHeap, pop, push, type NodeHeap } from './shortest-paths.ts'

export interface LengthNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** Of each arc, above 0. */
  readonly lengths: Float64Array
  /** How many nodes each one stands for as an end of a path. */
  readonly behind: Float64Array
}

/** Kept between sources. */
export interface LengthScratch {
  readonly distance: Float64Array
  readonly paths: Float64Array
  readonly dependency: Float64Array
  readonly order: Uint32Array
  readonly heap: NodeHeap
}

export function lengthScratch(nodes: number): LengthScratch {
  return { distance: new Float64Array(nodes), paths: new Float64Array(nodes), dependency: new Float64Array(nodes), order: new Uint32Array(nodes), heap: nodeHeap(nodes) }
}

/** Lengths that differ by less than this share are the same. */
const SAME_LENGTH = 1e-10

/** Adds to `sum` the share of shortest paths from sources `first` up to `last` through each node, ends counted as often as there are nodes behind them. */
export function accumulateLengths(net: LengthNet, first: number, last: number, scratch: LengthScratch, sum: Float64Array, signal?: StopSignal): void {
  for (let source = first; source < last; source++) {
    if ((source & 63) === 0) stopIfAsked(signal)
    const reached = searched(net, source, scratch)
    handBack(net, source, reached, scratch, sum)
  }
}

/** Distances, numbers of shortest paths, and the nodes in the order in which they are reached; says how many. */
function searched({ offsets, targets, lengths }: LengthNet, source: number, { distance, paths, order, heap }: LengthScratch): number {
  distance.fill(Number.POSITIVE_INFINITY)
  paths.fill(0)
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
  return reached
}

function handBack({ offsets, targets, lengths, behind }: LengthNet, source: number, reached: number, { distance, paths, dependency, order }: LengthScratch, sum: Float64Array): void {
  dependency.fill(0)
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
