/**
 * Draws shortest paths at random: a pair of ends, then one of their shortest paths, each as likely as any other. Breadth-first from both ends at once,
 * always the smaller front (Borassi & Natale 2016): on networks of short distances a few hundred nodes are met instead of all.
 */
import { seeded, type Random } from '@ringmap/model/random'

export interface SampleNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** Arcs turned round; the same arrays for an undirected network. */
  readonly back_offsets: Uint32Array
  readonly back_targets: Uint32Array
  /** Ends are drawn in proportion to it; running sums, length nodes. */
  readonly drawn_up_to: Float64Array
}

/** Samples that share one stream of random numbers. */
export const SAMPLES_OF_STREAM = 256

/** Streams of a worker's unit: enough paths that counting them into shared memory costs nothing beside. */
export const STREAMS_OF_UNIT = 32

export interface SamplerScratch {
  /** Of each side, by node: distance + 1 from its end, 0 for not met; shortest paths from there. */
  readonly near: readonly [Uint32Array, Uint32Array]
  readonly paths: readonly [Float64Array, Float64Array]
  readonly queue: readonly [Uint32Array, Uint32Array]
}

export function samplerScratch(nodes: number): SamplerScratch {
  return {
    near: [new Uint32Array(nodes), new Uint32Array(nodes)], paths: [new Float64Array(nodes), new Float64Array(nodes)], queue: [new Uint32Array(nodes), new Uint32Array(nodes)],
  }
}

/** Stream number `stream` of SAMPLES_OF_STREAM paths: adds 1 to `count` of each node inside a drawn path, its ends not. */
export function countPaths(net: SampleNet, seed: number, stream: number, scratch: SamplerScratch, count: Uint32Array): void {
  const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b))
  for (let i = 0; i < SAMPLES_OF_STREAM; i++) {
    const source = drawnEnd(net, random)
    let target = drawnEnd(net, random)
    while (target === source) target = drawnEnd(net, random)
    countPath(net, source, target, random, scratch, count)
  }
}

function drawnEnd(net: SampleNet, random: Random): number {
  const at = random() * net.drawn_up_to[net.nodes - 1]
  let from = 0
  let to = net.nodes - 1
  while (from < to) {
    const middle = (from + to) >>> 1
    if (net.drawn_up_to[middle] > at) to = middle
    else from = middle + 1
  }
  return from
}

function countPath(net: SampleNet, source: number, target: number, random: Random, scratch: SamplerScratch, count: Uint32Array): void {
  const { near, paths, queue } = scratch
  const [fromSource, fromTarget] = near
  queue[0][0] = source
  queue[1][0] = target
  fromSource[source] = fromTarget[target] = 1
  paths[0][source] = paths[1][target] = 1
  // Fronts stand in the queue from `begin` up to `end`; `work` is the number of arcs that leave them.
  let begin0 = 0
  let end0 = 1
  let begin1 = 0
  let end1 = 1
  let work0 = net.offsets[source + 1] - net.offsets[source]
  let work1 = net.back_offsets[target + 1] - net.back_offsets[target]
  let met = 0
  while (met === 0 && begin0 < end0 && begin1 < end1) {
    if (work0 <= work1) {
      const end = advance(net.offsets, net.targets, near[0], paths[0], queue[0], begin0, end0)
      begin0 = end0
      end0 = end
      work0 = 0
      for (let i = begin0; i < end0; i++) {
        const v = queue[0][i]
        work0 += net.offsets[v + 1] - net.offsets[v]
        if (fromTarget[v] !== 0) exchange(queue[0], i, begin0 + met++)
      }
      if (met > 0) walk(net, queue[0], begin0, met, random, scratch, count, source, target)
    } else {
      const end = advance(net.back_offsets, net.back_targets, near[1], paths[1], queue[1], begin1, end1)
      begin1 = end1
      end1 = end
      work1 = 0
      for (let i = begin1; i < end1; i++) {
        const v = queue[1][i]
        work1 += net.back_offsets[v + 1] - net.back_offsets[v]
        if (fromSource[v] !== 0) exchange(queue[1], i, begin1 + met++)
      }
      if (met > 0) walk(net, queue[1], begin1, met, random, scratch, count, source, target)
    }
  }
  for (let i = 0; i < end0; i++) fromSource[queue[0][i]] = 0
  for (let i = 0; i < end1; i++) fromTarget[queue[1][i]] = 0
}

function exchange(queue: Uint32Array, a: number, b: number): void {
  const kept = queue[a]
  queue[a] = queue[b]
  queue[b] = kept
}

/** One step outwards; returns the new end of the queue. */
function advance(offsets: Uint32Array, targets: Uint32Array, near: Uint32Array, paths: Float64Array, queue: Uint32Array, begin: number, end: number): number {
  let found = end
  const step = near[queue[begin]] + 1
  for (let i = begin; i < end; i++) {
    const v = queue[i]
    const p = paths[v]
    const last = offsets[v + 1]
    for (let arc = offsets[v]; arc < last; arc++) {
      const u = targets[arc]
      if (near[u] === 0) {
        near[u] = step
        paths[u] = p
        queue[found++] = u
      } else if (near[u] === step) paths[u] += p
    }
  }
  return found
}

/** Every shortest path passes one of the nodes where the sides met: one of them is drawn, then a way back to each end. */
function walk(
  net: SampleNet, queue: Uint32Array, begin: number, met: number, random: Random, scratch: SamplerScratch, count: Uint32Array, source: number, target: number,
): void {
  const { near, paths } = scratch
  let all = 0
  for (let i = begin; i < begin + met; i++) all += paths[0][queue[i]] * paths[1][queue[i]]
  let left = random() * all
  let middle = queue[begin]
  for (let i = begin; i < begin + met; i++) {
    middle = queue[i]
    left -= paths[0][middle] * paths[1][middle]
    if (left < 0) break
  }
  if (middle !== source && middle !== target) count[middle]++
  back(net.back_offsets, net.back_targets, near[0], paths[0], middle, random, count)
  back(net.offsets, net.targets, near[1], paths[1], middle, random, count)
}

function back(offsets: Uint32Array, targets: Uint32Array, near: Uint32Array, paths: Float64Array, from: number, random: Random, count: Uint32Array): void {
  let v = from
  // At distance 1 (marked 2) only the end itself is left.
  while (near[v] > 2) {
    const wanted = near[v] - 1
    let left = random() * paths[v]
    let next = v
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      if (near[u] !== wanted) continue
      next = u
      left -= paths[u]
      if (left < 0) break
    }
    v = next
    count[v]++
  }
}
