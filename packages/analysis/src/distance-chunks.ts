/**
 * Sums of distances from bit-parallel breadth-first searches (Then et al., The More the Merrier, VLDB 2014), 256 sources a pass, passes in chunks: each chunk is added up alone and
 * chunks are added in their order, so that it does not matter who did which.
 */
import type { Csr } from '@ringmap/graph/csr'

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

export function distanceSearch(nodes: number): DistanceSearch {
  return {
    seen: new Int32Array(nodes * WORDS), front: new Int32Array(nodes * WORDS), next: new Int32Array(nodes * WORDS),
    queue: new Uint32Array(nodes), touched: new Uint32Array(nodes), marked: new Uint8Array(nodes), sums: distanceSums(nodes),
  }
}

/** Leaves in `search.sums` what the chunk's sources add; `between` is called after each pass with the sources that are done. */
export function searchChunk(csr: Csr, chunk: number, search: DistanceSearch, between: (done: number) => void = () => undefined): void {
  const { nodes } = csr
  const { reached, distance, harmonic } = search.sums
  reached.fill(0)
  distance.fill(0)
  harmonic.fill(0)
  const size = chunkSize(nodes)
  const end = Math.min((chunk + 1) * size, nodes)
  for (let first = chunk * size; first < end; first += BATCH) {
    pass(csr, first, Math.min(first + BATCH, end), search)
    between(Math.min(first + BATCH, end))
  }
}

export function addSums(into: DistanceSums, part: DistanceSums): void {
  for (let v = 0; v < into.reached.length; v++) {
    into.reached[v] += part.reached[v]
    into.distance[v] += part.distance[v]
    into.harmonic[v] += part.harmonic[v]
  }
}

export interface DistanceSearch {
  /** One bit a source of the pass, WORDS words a node: has reached it; reached it in the last step; reaches it in this one. */
  readonly seen: Int32Array
  readonly front: Int32Array
  readonly next: Int32Array
  readonly queue: Uint32Array
  readonly touched: Uint32Array
  readonly marked: Uint8Array
  readonly sums: DistanceSums
}

function pass(csr: Csr, first: number, last: number, search: DistanceSearch): void {
  const { offsets, targets } = csr
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
    waiting = settle(search, found, step)
  }
}

/** What is new at each touched node becomes the next front, counted at this distance. */
function settle(search: DistanceSearch, found: number, step: number): number {
  const { seen, front, next, queue, touched, marked, sums: { reached, distance, harmonic } } = search
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
