/**
 * Shortest paths from one node: breadth-first (every tie one step long), or Dijkstra 1959 with a binary heap where ties have lengths. Of equally short
 * ways the one through the lowest nodes is given, so the answer does not depend on anything but the network.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export interface ShortestPathOptions extends WorkOptions {
  /** Length of each arc, not negative; null: every tie is one step. See `lengthsOfWeights`. */
  readonly lengths?: Float64Array | null
  /** Nodes that may not be passed (1), the start excepted. */
  readonly closed?: Uint8Array | null
  /** Arcs that may not be passed (1). */
  readonly closed_arcs?: Uint8Array | null
  /** Ends as soon as the way to this node is known. */
  readonly to?: number
}

export interface ShortestPaths {
  /** Infinity where there is no way. */
  readonly distance: Float64Array
  /** Arc over which each node is reached, or NO_ARC for the start and whoever is out of reach. */
  readonly arc: Uint32Array
  /** Node before each one on its way; NO_ARC as above. */
  readonly before: Uint32Array
}

export const NO_ARC = 0xffffffff

/** A strong tie is a short one (Newman 2001): 1 / weight. Weights are above 0. */
export function lengthsOfWeights(net: Pick<Csr, 'weights'>): Float64Array {
  refuseWithoutLength(net)
  return net.weights.map((w) => 1 / w)
}

export function refuseWithoutLength({ weights }: Pick<Csr, 'weights'>): void {
  for (const w of weights) invariant(w > 0, 'a tie without weight has no length')
}

export function shortestPaths(csr: Csr, source: number, options: ShortestPathOptions = {}): ShortestPaths {
  invariant(source < csr.nodes, 'the start is a node')
  const lengths = options.lengths ?? null
  return lengths === null ? breadthFirst(csr, source, options) : dijkstra(csr, source, lengths, options)
}

export interface Path {
  /** From the start to the end, both among them. */
  readonly nodes: readonly number[]
  /** Arcs between them. */
  readonly arcs: readonly number[]
  readonly length: number
}

/** The way to `target`, or null where there is none. */
export function pathTo(found: ShortestPaths, target: number): Path | null {
  if (found.distance[target] === Number.POSITIVE_INFINITY) return null
  const nodes = [target]
  const arcs: number[] = []
  for (let v = target; found.before[v] !== NO_ARC; v = found.before[v]) {
    nodes.push(found.before[v])
    arcs.push(found.arc[v])
  }
  return { nodes: nodes.toReversed(), arcs: arcs.toReversed(), length: found.distance[target] }
}

function breadthFirst(csr: Csr, source: number, options: ShortestPathOptions): ShortestPaths {
  const { nodes, offsets, targets } = csr
  const closed = options.closed ?? null
  const closedArcs = options.closed_arcs ?? null
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const arcTo = new Uint32Array(nodes).fill(NO_ARC)
  const before = new Uint32Array(nodes).fill(NO_ARC)
  let near = Uint32Array.of(source)
  distance[source] = 0
  for (let step = 1; near.length > 0; step++) {
    stopIfAsked(options.signal)
    const reached: number[] = []
    for (const v of near) {
      for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
        const u = targets[arc]
        if (distance[u] !== Number.POSITIVE_INFINITY || (closed !== null && closed[u] !== 0) || (closedArcs !== null && closedArcs[arc] !== 0)) continue
        distance[u] = step
        arcTo[u] = arc
        before[u] = v
        reached.push(u)
      }
    }
    if (options.to !== undefined && distance[options.to] !== Number.POSITIVE_INFINITY) break
    // Ascending: the first to reach a node is the lowest.
    near = Uint32Array.from(reached).sort()
  }
  return { distance, arc: arcTo, before }
}

function dijkstra(csr: Csr, source: number, lengths: Float64Array, options: ShortestPathOptions): ShortestPaths {
  const { nodes, offsets, targets } = csr
  const closed = options.closed ?? null
  const closedArcs = options.closed_arcs ?? null
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const arcTo = new Uint32Array(nodes).fill(NO_ARC)
  const before = new Uint32Array(nodes).fill(NO_ARC)
  const done = new Uint8Array(nodes)
  const heap = nodeHeap(nodes)
  distance[source] = 0
  push(heap, source, distance)
  for (let turn = 0; heap.size > 0; turn++) {
    if ((turn & 8191) === 0) stopIfAsked(options.signal)
    const v = pop(heap, distance)
    done[v] = 1
    if (v === options.to) break
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      if (done[u] !== 0 || (closed !== null && closed[u] !== 0) || (closedArcs !== null && closedArcs[arc] !== 0)) continue
      const far = distance[v] + lengths[arc]
      if (far > distance[u] || (far === distance[u] && before[u] <= v)) continue
      const shorter = far < distance[u]
      distance[u] = far
      arcTo[u] = arc
      before[u] = v
      if (shorter) push(heap, u, distance)
    }
  }
  return { distance, arc: arcTo, before }
}

/** A binary heap of nodes by distance, equal ones by node, each node in it once. */
export interface NodeHeap {
  readonly node: Uint32Array
  /** Place of each node plus 1; 0 where it is not in the heap. */
  readonly place: Uint32Array
  size: number
}

export function nodeHeap(nodes: number): NodeHeap {
  return { node: new Uint32Array(nodes), place: new Uint32Array(nodes), size: 0 }
}

/** Puts a node in, or moves it up after its distance fell. */
export function push(heap: NodeHeap, v: number, distance: Float64Array): void {
  const { node, place } = heap
  let at = place[v] === 0 ? heap.size++ : place[v] - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    const u = node[up]
    if (distance[u] < distance[v] || (distance[u] === distance[v] && u < v)) break
    node[at] = u
    place[u] = at + 1
    at = up
  }
  node[at] = v
  place[v] = at + 1
}

export function pop(heap: NodeHeap, distance: Float64Array): number {
  const { node, place } = heap
  const first = node[0]
  place[first] = 0
  const size = --heap.size
  if (size === 0) return first
  const v = node[size]
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    if (down >= size) break
    if (down + 1 < size && before(node[down + 1], node[down], distance)) down++
    if (before(v, node[down], distance)) break
    node[at] = node[down]
    place[node[at]] = at + 1
    at = down
  }
  node[at] = v
  place[v] = at + 1
  return first
}

function before(a: number, b: number, distance: Float64Array): boolean {
  return distance[a] < distance[b] || (distance[a] === distance[b] && a < b)
}
