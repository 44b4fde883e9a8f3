/**
 * Closeness and harmonic centrality from bit-parallel breadth-first searches (Then et al., The More the Merrier, VLDB 2014): 256 sources a pass.
 * With r nodes (v itself among them) that reach v and s the sum of their distances to v:
 * closeness(v) = (r - 1) / s * (r - 1) / (n - 1) (Wasserman & Faust 1994); harmonic(v) = sum over u of 1 / d(u, v) (Marchiori & Latora 2000).
 * Distances count ties; of a directed network they are those towards v, as in networkx.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

/** 0 for a node that nobody reaches. */
export function closeness(csr: Csr, options: WorkOptions = {}): Float64Array {
  const { nodes } = csr
  const { reached, distance } = distanceSums(csr, options)
  const value = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) if (distance[v] > 0) value[v] = ((reached[v] / distance[v]) * reached[v]) / (nodes - 1)
  return value
}

/** Not normalised: at most n - 1. */
export function harmonic(csr: Csr, options: WorkOptions = {}): Float64Array {
  return distanceSums(csr, options).harmonic
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

export function distanceSums(csr: Csr, options: WorkOptions = {}): DistanceSums {
  const { nodes } = csr
  const search: Search = {
    seen: new Int32Array(nodes * WORDS), front: new Int32Array(nodes * WORDS), next: new Int32Array(nodes * WORDS),
    queue: new Uint32Array(nodes), touched: new Uint32Array(nodes), marked: new Uint8Array(nodes),
    reached: new Float64Array(nodes), distance: new Float64Array(nodes), harmonic: new Float64Array(nodes),
  }
  const batch = WORDS * 32
  for (let first = 0; first < nodes; first += batch) {
    stopIfAsked(options.signal)
    options.progress?.('closeness', first, nodes)
    pass(csr, first, Math.min(first + batch, nodes), search)
  }
  options.progress?.('closeness', nodes, nodes)
  return { reached: search.reached, distance: search.distance, harmonic: search.harmonic }
}

interface Search {
  /** One bit a source of the pass, WORDS words a node: has reached it; reached it in the last step; reaches it in this one. */
  readonly seen: Int32Array
  readonly front: Int32Array
  readonly next: Int32Array
  readonly queue: Uint32Array
  readonly touched: Uint32Array
  readonly marked: Uint8Array
  readonly reached: Float64Array
  readonly distance: Float64Array
  readonly harmonic: Float64Array
}

function pass(csr: Csr, first: number, last: number, search: Search): void {
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
function settle(search: Search, found: number, step: number): number {
  const { seen, front, next, queue, touched, marked, reached, distance, harmonic } = search
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
