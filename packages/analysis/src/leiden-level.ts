/** One level of Leiden's method: a network whose nodes stand for groups of people, without ties inside a group. */
import type { Csr } from '@ringmap/graph/csr'

export interface Level {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  readonly weights: Float64Array
  /** What a node counts in the penalty: its weighted degree for modularity, the people it stands for with CPM. */
  readonly size: Float64Array
}

/** Memory used by every step of every level. */
export interface LevelScratch {
  /** Of each group, side by side: weight towards it from the node at work (0 in between), and its size. */
  readonly pair: Float64Array
  readonly near: Uint32Array
  readonly queue: Uint32Array
  readonly waiting: Uint8Array
}

export function levelScratch(nodes: number): LevelScratch {
  return { pair: new Float64Array(2 * nodes), near: new Uint32Array(nodes), queue: new Uint32Array(nodes), waiting: new Uint8Array(nodes) }
}

export function firstLevel(csr: Csr, weighted: boolean, quality: 'modularity' | 'cpm'): Level {
  const { nodes, offsets, targets } = csr
  const weights = weighted || csr.weights.every((w) => w === 1) ? csr.weights : new Float64Array(targets.length).fill(1)
  const size = new Float64Array(nodes)
  if (quality === 'cpm') size.fill(1)
  else for (let v = 0; v < nodes; v++) for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) size[v] += weights[arc]
  return { nodes, offsets, targets, weights, size }
}

export interface Grouping {
  readonly group: Uint32Array
  readonly count: number
}

/** Groups numbered from 0 by first appearance along `order` (or by node). */
export function renumbered(group: Uint32Array, order: Uint32Array | null, nodes: number): Grouping {
  const number = new Uint32Array(nodes)
  const dense = new Uint32Array(nodes)
  let count = 0
  for (let i = 0; i < nodes; i++) {
    const v = order === null ? i : order[i]
    const g = group[v]
    if (number[g] === 0) number[g] = ++count
    dense[v] = number[g] - 1
  }
  return { group: dense, count }
}

/** Nodes sorted by group, within a group in the order of `given` (or by node). */
export function byGroup(grouping: Grouping, given: Uint32Array | null): { order: Uint32Array; starts: Uint32Array } {
  const { group, count } = grouping
  const starts = new Uint32Array(count + 1)
  for (const g of group) starts[g + 1]++
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  const next = starts.slice(0, count)
  const order = new Uint32Array(group.length)
  for (let i = 0; i < group.length; i++) {
    const v = given === null ? i : given[i]
    order[next[group[v]]++] = v
  }
  return { order, starts }
}

/** The network of groups: ties between two groups added up, ties inside one left out. */
export function aggregated(level: Level, grouping: Grouping, scratch: LevelScratch): Level {
  const { offsets, targets, weights, size } = level
  const { group, count } = grouping
  const { pair } = scratch
  const { order, starts } = byGroup(grouping, null)
  const nextOffsets = new Uint32Array(count + 1)
  const nextSize = new Float64Array(count)
  let room = Math.min(targets.length, 1024 + Math.ceil(targets.length * 0.6))
  let nextTargets = new Uint32Array(room)
  let nextWeights = new Float64Array(room)
  let arcs = 0
  for (let g = 0; g < count; g++) {
    let total = 0
    let most = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const v = order[i]
      total += size[v]
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) pair[2 * group[targets[arc]]] += weights[arc]
      most += end - offsets[v]
    }
    nextSize[g] = total
    pair[2 * g] = 0
    if (arcs + most > room) {
      room = Math.max(arcs + most, Math.min(targets.length, room * 2))
      nextTargets = grown(nextTargets, new Uint32Array(room))
      nextWeights = grown(nextWeights, new Float64Array(room))
    }
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const end = offsets[order[i] + 1]
      for (let arc = offsets[order[i]]; arc < end; arc++) {
        const h = group[targets[arc]]
        const w = pair[2 * h]
        if (w === 0) continue
        pair[2 * h] = 0
        nextTargets[arcs] = h
        nextWeights[arcs++] = w
      }
    }
    nextOffsets[g + 1] = arcs
  }
  return { nodes: count, offsets: nextOffsets, targets: nextTargets.subarray(0, arcs), weights: nextWeights.subarray(0, arcs), size: nextSize }
}

/** The same network with nodes in another order: node i becomes what order[i] was. */
export function reordered(level: Level, order: Uint32Array): Level {
  const { nodes, offsets, targets, weights } = level
  const place = new Uint32Array(nodes)
  for (let i = 0; i < nodes; i++) place[order[i]] = i
  const nextOffsets = new Uint32Array(nodes + 1)
  const nextTargets = new Uint32Array(targets.length)
  const nextWeights = new Float64Array(targets.length)
  const size = new Float64Array(nodes)
  let arcs = 0
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      nextTargets[arcs] = place[targets[arc]]
      nextWeights[arcs++] = weights[arc]
    }
    nextOffsets[i + 1] = arcs
    size[i] = level.size[v]
  }
  return { nodes, offsets: nextOffsets, targets: nextTargets, weights: nextWeights, size }
}

function grown<T extends Uint32Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
