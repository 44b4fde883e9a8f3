/** Clusters that refuse chains: the strongest link first, and two groups become one only if enough of the pairs across them are linked too. */
import { disjointSets, find } from '../disjoint-sets.ts'
import { strongestFirst } from './ordered-links.ts'

export interface Links {
  readonly left: Uint32Array
  readonly right: Uint32Array
  /** Bits; NaN for a pair that is out of the question. */
  readonly weight: Float32Array
}

export interface ClusterOptions {
  /** Weakest link that joins, in bits. */
  readonly threshold: number
  /** Weight from which a pair across two groups counts for joining them: never below the threshold's good sense, however low that is set. Default: the threshold, but not below even odds. */
  readonly linked_at?: number
  /** Least share of linked pairs across two groups. */
  readonly share?: number
  /** Places of all links of at least the lower of the two weights, best first, where they were put in order before. */
  readonly order?: Uint32Array | undefined
  /** True for two records that can never be one, whatever the links say. */
  readonly cannot_link?: ((a: number, b: number) => boolean) | undefined
}

export interface Clusters {
  /** For each record the smallest record of its cluster. */
  readonly cluster: Uint32Array
  /** Links that would have joined two groups and were left for a person, best first, as places in the links. */
  readonly held: Uint32Array
  /** Of those, the ones that a contradiction held. */
  readonly contradicted: number
}

/** @param links each pair once. */
export function guardedClusters(records: number, links: Links, options: ClusterOptions): Clusters {
  const share = options.share ?? 0.5
  const linked_at = options.linked_at ?? Math.max(options.threshold, 0)
  const all = options.order ?? strongestFirst(links.weight, Math.min(options.threshold, linked_at))
  const order = all.subarray(0, countFrom(links, all, options.threshold))
  const { offsets, neighbours } = adjacency(records, links, all.subarray(0, countFrom(links, all, linked_at)))
  const sets = disjointSets(records)
  const next = new Int32Array(records).fill(-1)
  const tail = Uint32Array.from(sets.parent)
  const size = new Uint32Array(records).fill(1)
  const degree = new Float64Array(records)
  for (let r = 0; r < records; r++) degree[r] = (offsets[r + 1] as number) - (offsets[r] as number)
  const held = new Uint32Array(order.length)
  let held_count = 0
  let contradicted = 0
  for (const link of order) {
    const x = find(sets, links.left[link] as number)
    const y = find(sets, links.right[link] as number)
    if (x === y) continue
    const pairs = (size[x] as number) * (size[y] as number)
    let joins = pairs === 1 || across(degree[x] as number, degree[y] as number, x, y) >= share * pairs
    if (joins && options.cannot_link !== undefined && contradicts(x, y, options.cannot_link)) {
      joins = false
      contradicted++
    }
    if (!joins) {
      held[held_count++] = link
      continue
    }
    const [root, other] = x < y ? [x, y] : [y, x]
    sets.parent[other] = root
    next[tail[root] as number] = other
    tail[root] = tail[other] as number
    size[root] = (size[root] as number) + (size[other] as number)
    degree[root] = (degree[root] as number) + (degree[other] as number)
  }
  const cluster = new Uint32Array(records)
  for (let r = 0; r < records; r++) cluster[r] = find(sets, r)
  // What was held early may have become one all the same.
  const open = held.subarray(0, held_count).filter((link) => cluster[links.left[link] as number] !== cluster[links.right[link] as number])
  return { cluster, held: open, contradicted }

  /** Linked pairs across two groups, counted from the side with fewer links. */
  function across(dx: number, dy: number, x: number, y: number): number {
    const [from, to] = dx <= dy ? [x, y] : [y, x]
    let count = 0
    for (let r = from; r !== -1; r = next[r] as number) {
      for (let i = offsets[r] as number; i < (offsets[r + 1] as number); i++) if (find(sets, neighbours[i] as number) === to) count++
    }
    return count
  }

  function contradicts(x: number, y: number, cannot: (a: number, b: number) => boolean): boolean {
    for (let a = x; a !== -1; a = next[a] as number) for (let b = y; b !== -1; b = next[b] as number) if (cannot(a, b)) return true
    return false
  }
}

/** How many of the ordered links weigh at least so much. */
function countFrom(links: Links, order: Uint32Array, weight: number): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((links.weight[order[middle] as number] as number) >= weight) low = middle + 1
    else high = middle
  }
  return low
}

/** Neighbours of each record over the chosen links. */
export function adjacency(records: number, links: Pick<Links, 'left' | 'right'>, order: Uint32Array): { offsets: Uint32Array; neighbours: Uint32Array } {
  const offsets = new Uint32Array(records + 1)
  for (const link of order) {
    const a = links.left[link] as number
    const b = links.right[link] as number
    offsets[a + 1] = (offsets[a + 1] as number) + 1
    offsets[b + 1] = (offsets[b + 1] as number) + 1
  }
  for (let r = 0; r < records; r++) offsets[r + 1] = (offsets[r + 1] as number) + (offsets[r] as number)
  const at = offsets.slice(0, records)
  const neighbours = new Uint32Array(order.length * 2)
  const put = (from: number, to: number): void => {
    const place = at[from] as number
    neighbours[place] = to
    at[from] = place + 1
  }
  for (const link of order) {
    const a = links.left[link] as number
    const b = links.right[link] as number
    put(a, b)
    put(b, a)
  }
  return { offsets, neighbours }
}
