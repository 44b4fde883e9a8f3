/**
 * Sums of distances from bit-parallel breadth-first searches (Then et al., The More the Merrier, VLDB 2014), 256 sources a pass, passes in chunks: each chunk is added up alone and
 * chunks are added in their order, so that it does not matter who did which. Where ties have lengths, one search a source (Dijkstra 1959).
 */
import { nodeHeap, pop, push, type NodeHeap } from './shortest-paths.ts'

export interface DistanceNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** Of each arc, above 0; null: every tie is one step. */
  readonly lengths: Float64Array | null
}

export interface DistanceSums {
  /** How many other nodes reach the node. */
  readonly reached: Float64Array
  /** Sum of their distances. */
  readonly distance: Float64Array
  /** Sum of one over their distances. */
  readonly harmonic: Float64Array
}

const WORDS = 8
const BATCH = WORDS * 32
/** Three sums a node are kept for each until all are added. */
const MOST_CHUNKS = 16

/** Sources of a chunk, whole passes; depends on the number of nodes alone. */
function chunkSize(nodes: number): number {
  return Math.max(1, Math.ceil(nodes / BATCH / MOST_CHUNKS)) * BATCH
}

export function distanceChunks(nodes: number): number {
  return Math.ceil(nodes / chunkSize(nodes))
}

export function distanceSums(nodes: number): DistanceSums {
  return { reached: new Float64Array(nodes), distance: new Float64Array(nodes), harmonic: new Float64Array(nodes) }
}

export function distanceSearch({ nodes, lengths }: DistanceNet): DistanceSearch {
  const sums = distanceSums(nodes)
  if (lengths !== null) return { sums, steps: null, lengths: { length: lengths, far: new Float64Array(nodes), heap: nodeHeap(nodes) } }
  const steps = {
    seen: new Int32Array(nodes * WORDS), front: new Int32Array(nodes * WORDS), next: new Int32Array(nodes * WORDS),
    queue: new Uint32Array(nodes), touched: new Uint32Array(nodes), marked: new Uint8Array(nodes),
  }
  return { sums, steps, lengths: null }
}

/** Leaves in `search.sums` what the chunk's sources add; `between` is called after each pass with the sources that are done. */
export function searchChunk(net: DistanceNet, chunk: number, search: DistanceSearch, between: (done: number) => void = () => undefined): void {
  const { nodes } = net
  const { reached, distance, harmonic } = search.sums
  reached.fill(0)
  distance.fill(0)
  harmonic.fill(0)
  const size = chunkSize(nodes)
  const end = Math.min((chunk + 1) * size, nodes)
  for (let first = chunk * size; first < end; first += BATCH) {
    const last = Math.min(first + BATCH, end)
    if (search.steps !== null) pass(net, first, last, search.steps, search.sums)
    else for (let s = first; s < last; s++) {
      if ((s & 63) === 0) between(s)
      fromSource(net, s, search.lengths, search.sums)
    }
    between(last)
  }
}

export function addSums(into: DistanceSums, part: DistanceSums): void {
  for (let v = 0; v < into.reached.length; v++) {
    into.reached[v] += part.reached[v]
    into.distance[v] += part.distance[v]
    into.harmonic[v] += part.harmonic[v]
  }
}

/** Kept between chunks: the sums of the last one, and what its way of searching needs. */
export type DistanceSearch = { readonly sums: DistanceSums } & ({ readonly steps: StepSearch; readonly lengths: null } | { readonly steps: null; readonly lengths: LengthSearch })

interface LengthSearch {
  readonly length: Float64Array
  readonly far: Float64Array
  readonly heap: NodeHeap
}

interface StepSearch {
  /** One bit a source of the pass, WORDS words a node: has reached it; reached it in the last step; reaches it in this one. */
  readonly seen: Int32Array
  readonly front: Int32Array
  readonly next: Int32Array
  readonly queue: Uint32Array
  readonly touched: Uint32Array
  readonly marked: Uint8Array
}

/** What one source adds where ties have lengths. */
function fromSource({ offsets, targets }: DistanceNet, source: number, { length, far, heap }: LengthSearch, { reached, distance, harmonic }: DistanceSums): void {
  far.fill(Number.POSITIVE_INFINITY)
  far[source] = 0
  push(heap, source, far)
  while (heap.size > 0) {
    const v = pop(heap, far)
    if (v !== source) {
      reached[v]++
      distance[v] += far[v]
      harmonic[v] += 1 / far[v]
    }
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      const there = far[v] + length[arc]
      if (there >= far[u]) continue
      far[u] = there
      push(heap, u, far)
    }
  }
}

function pass({ offsets, targets }: DistanceNet, first: number, last: number, search: StepSearch, sums: DistanceSums): void {
  const { seen, front, next, queue, touched, marked } = search
  seen.fill(0)
  let waiting = 0
  for (let s = first; s < last; s++) {
    const at = s * WORDS + ((s - first) >>> 5)
    seen[at] = front[at] = 1 << ((s - first) & 31)
    queue[waiting++] = s
  }
  for (let step = 1; waiting > 0; step++) {
    let found = 0
    for (let i = 0; i < waiting; i++) {
      const from = queue[i] * WORDS
      const f0 = front[from], f1 = front[from + 1], f2 = front[from + 2], f3 = front[from + 3]
      const f4 = front[from + 4], f5 = front[from + 5], f6 = front[from + 6], f7 = front[from + 7]
      front[from] = front[from + 1] = front[from + 2] = front[from + 3] = 0
      front[from + 4] = front[from + 5] = front[from + 6] = front[from + 7] = 0
      const end = offsets[queue[i] + 1]
      for (let arc = offsets[queue[i]]; arc < end; arc++) {
        const u = targets[arc]
        const to = u * WORDS
        if (marked[u] === 0) {
          marked[u] = 1
          touched[found++] = u
        }
        next[to] |= f0
        next[to + 1] |= f1
        next[to + 2] |= f2
        next[to + 3] |= f3
        next[to + 4] |= f4
        next[to + 5] |= f5
        next[to + 6] |= f6
        next[to + 7] |= f7
      }
    }
    waiting = settle(search, sums, found, step)
  }
}

/** What is new at each touched node becomes the next front, counted at this distance. */
function settle({ seen, front, next, queue, touched, marked }: StepSearch, { reached, distance, harmonic }: DistanceSums, found: number, step: number): number {
  let waiting = 0
  for (let i = 0; i < found; i++) {
    const u = touched[i]
    marked[u] = 0
    const at = u * WORDS
    let count = 0
    for (let w = at; w < at + WORDS; w++) {
      const fresh = next[w] & ~seen[w]
      next[w] = 0
      if (fresh === 0) continue
      seen[w] |= fresh
      front[w] = fresh
      count += ones(fresh)
    }
    if (count === 0) continue
    queue[waiting++] = u
    reached[u] += count
    distance[u] += count * step
    harmonic[u] += count / step
  }
  return waiting
}

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
