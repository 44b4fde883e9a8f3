/** What Leiden's and Louvain's methods work on: levels of a network, whose nodes stand for groups of people, and the columns every step shares. */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'

/** A network without ties inside its nodes. Columns may be longer than what is used: `nodes` and `arcs` say. */
export interface Level {
  readonly nodes: number
  readonly arcs: number
  readonly columns: LevelColumns
}

export interface LevelColumns {
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** Whole numbers where memory is the compiled module's and every sum is exact; else doubles. */
  readonly weights: Uint32Array | Float64Array
  /** What a node counts in the penalty: its weighted degree for modularity, the people it stands for with CPM. */
  readonly size: Float64Array
}

/** Columns of one length or two a node, written and read by every step of every level. */
export interface Work {
  /** Of each group, side by side: weight towards it from the node at work (0 in between), and its size. */
  readonly pair: Float64Array
  readonly near: Uint32Array
  readonly queue: Uint32Array
  readonly waiting: Uint8Array
  readonly members: Uint32Array
  readonly empty: Uint32Array
  /** Community of each node: moves change it, refinement reads it. */
  readonly group: Uint32Array
  /** Order in which nodes come to their turn. */
  readonly order: Uint32Array
  /** Part of its community that refinement gives to each node; aggregation reads it, numbered from 0. */
  readonly part: Uint32Array
  readonly partSize: Float64Array
  /** Weight from each part to the rest of its community. */
  readonly outside: Float64Array
  /** Size of each community. */
  readonly whole: Float64Array
  readonly starts: Uint32Array
}

/** The steps, and the memory they work in: three levels are kept at most (people, the level at work, the next). */
export interface LeidenSteps {
  readonly work: Work
  readonly rooms: readonly [LevelColumns, LevelColumns, LevelColumns]
  /** The first `turns` of `work.order` are to come to their turn, from the communities in `work.group`. */
  readonly begin: (level: Level, turns: number) => void
  /** At most so many turns of the fast local move; returns how many nodes still wait. */
  readonly some: (most: number) => number
  readonly movesOf: () => number
  readonly refine: (level: Level) => void
  /** The network of parts: ties between two added up, ties inside one left out. Returns its arcs. */
  readonly aggregate: (level: Level, count: number, into: LevelColumns) => number
}

/** What sums are made of, fixed for a whole run. */
export interface Terms {
  readonly penalty: number
  /** Rounding never moves a node: a gain has to be more than this. */
  readonly least: number
}

export function termsOf(csr: Csr, weighted: boolean, quality: 'modularity' | 'cpm', resolution: number): Terms & { readonly weight: number; readonly whole: boolean } {
  const { weights, targets } = csr
  let weight = 0
  let whole = true
  if (!weighted) weight = targets.length
  else {
    for (let arc = 0; arc < weights.length; arc++) {
      const w = weights[arc]
      invariant(w >= 0, 'weights are not negative')
      weight += w
      if (w >>> 0 !== w) whole = false
    }
  }
  const penalty = quality === 'cpm' ? resolution : weight > 0 ? resolution / weight : 0
  return { penalty, least: targets.length > 0 ? (weight / targets.length) * 1e-9 : 0, weight, whole: whole && weight < 2 ** 32 }
}

/** The people's network, copied into `columns`. */
export function firstLevel(csr: Csr, weighted: boolean, quality: 'modularity' | 'cpm', columns: LevelColumns): Level {
  const { nodes, offsets, targets } = csr
  columns.offsets.set(offsets.subarray(0, nodes + 1))
  columns.targets.set(targets)
  if (weighted) columns.weights.set(csr.weights)
  else columns.weights.fill(1, 0, targets.length)
  const { size } = columns
  for (let v = 0; v < nodes; v++) {
    if (quality === 'cpm') size[v] = 1
    else {
      let sum = 0
      for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) sum += weighted ? csr.weights[arc] : 1
      size[v] = sum
    }
  }
  return { nodes, arcs: targets.length, columns }
}

/** The same network with nodes in another order: node i becomes what order[i] was. */
export function reordered(level: Level, order: Uint32Array, into: LevelColumns): Level {
  const { nodes, arcs } = level
  const { offsets, targets, weights, size } = level.columns
  const { offsets: nextOffsets, targets: nextTargets, weights: nextWeights, size: nextSize } = into
  const place = new Uint32Array(nodes)
  for (let i = 0; i < nodes; i++) place[order[i]] = i
  let at = 0
  nextOffsets[0] = 0
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      nextTargets[at] = place[targets[arc]]
      nextWeights[at++] = weights[arc]
    }
    nextOffsets[i + 1] = at
    nextSize[i] = size[v]
  }
  return { nodes, arcs, columns: into }
}

/** Numbers the groups from 0 by first appearance along `order` (or by node), in place; `number` is overwritten. Returns how many there are. */
export function renumber(group: Uint32Array, nodes: number, order: Uint32Array | null, number: Uint32Array): number {
  number.fill(0, 0, nodes)
  let count = 0
  for (let i = 0; i < nodes; i++) {
    const v = order === null ? i : order[i]
    const g = group[v]
    if (number[g] === 0) number[g] = ++count
    group[v] = number[g] - 1
  }
  return count
}

/** Nodes sorted by group, within a group in the order of `given` (or by node), into `order`. */
export function byGroup(group: Uint32Array, nodes: number, count: number, given: Uint32Array | null, order: Uint32Array, starts: Uint32Array): void {
  starts.fill(0, 0, count + 1)
  for (let v = 0; v < nodes; v++) starts[group[v] + 1]++
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  for (let i = 0; i < nodes; i++) {
    const v = given === null ? i : given[i]
    order[starts[group[v]]++] = v
  }
}
