/**
 * The small network that joins given nodes: at most twice as costly as the cheapest (Mehlhorn 1988, after Kou, Markowsky & Berman 1981).
 * Going through somebody costs more the more contacts he has, so that a shop that everybody calls joins nobody.
 */
import type { Csr } from '@ringmap/graph/csr'
import { grouped } from '@ringmap/graph/grouped'

export interface JoiningNetwork {
  /** Ties of the network. */
  readonly ties: Uint32Array
  /** Nodes on it, the given ones first, then the joiners ascending. */
  readonly nodes: Uint32Array
  readonly cost: number
  /** Given nodes that cannot be reached from the first. */
  readonly apart: Uint32Array
}

/** Cost of a tie: 1, and a tenth of the log of the contacts of its busier end. */
export function tieCost(csr: Csr, a: number, b: number): number {
  return 1 + Math.log(Math.max(csr.offsets[a + 1] - csr.offsets[a], csr.offsets[b + 1] - csr.offsets[b])) / 10
}

/** @param csr undirected. @param given at least two different nodes. */
export function joiningNetwork(csr: Csr, given: readonly number[]): JoiningNetwork {
  const { nodes, offsets, targets, ties } = csr
  const far = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const owner = new Int32Array(nodes).fill(-1)
  const back = new Int32Array(nodes).fill(-1)
  const heap: [number, number][] = []
  given.forEach((v, g) => {
    far[v] = 0
    owner[v] = g
    push(heap, [0, v])
  })
  for (let top = pop(heap); top !== null; top = pop(heap)) {
    const [distance, v] = top
    if (distance > far[v]) continue
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const w = targets[arc]
      const next = distance + tieCost(csr, v, w)
      if (next < far[w] - 1e-12 || (next < far[w] + 1e-12 && owner[w] > owner[v] && far[w] > 0)) {
        far[w] = next
        owner[w] = owner[v]
        back[w] = arc
        push(heap, [next, w])
      }
    }
  }
  const from = sourcesOfArcs(csr)
  // Between the realms of the given nodes, the cheapest crossings make a spanning tree.
  const crossings: { cost: number; arc: number }[] = []
  for (let arc = 0; arc < targets.length; arc++) {
    const [v, w] = [from[arc], targets[arc]]
    if (v < w && owner[v] >= 0 && owner[w] >= 0 && owner[v] !== owner[w]) crossings.push({ cost: far[v] + far[w] + tieCost(csr, v, w), arc })
  }
  crossings.sort((a, b) => a.cost - b.cost || ties[a.arc] - ties[b.arc])
  const part = given.map((_, g) => g)
  const root = (g: number): number => (part[g] === g ? g : (part[g] = root(part[g])))
  const chosen = new Set<number>()
  for (const { arc } of crossings) {
    const [a, b] = [root(owner[from[arc]]), root(owner[targets[arc]])]
    if (a === b) continue
    part[Math.max(a, b)] = Math.min(a, b)
    chosen.add(arc)
    for (let v of [from[arc], targets[arc]]) for (; back[v] >= 0; v = from[back[v]]) chosen.add(back[v])
  }
  const used = new Map<number, [number, number]>([...chosen].map((arc) => [ties[arc], [from[arc], targets[arc]]]))
  const joiners = [...new Set([...used.values()].flat())].filter((v) => !given.includes(v)).sort((a, b) => a - b)
  return {
    ties: Uint32Array.from([...used.keys()].sort((a, b) => a - b)), nodes: Uint32Array.from([...given, ...joiners]),
    cost: [...used.values()].reduce((sum, [a, b]) => sum + tieCost(csr, a, b), 0), apart: Uint32Array.from(given.filter((_, g) => root(g) !== root(0))),
  }
}

function sourcesOfArcs({ nodes, offsets, targets }: Csr): Uint32Array {
  const from = new Uint32Array(targets.length)
  for (let v = 0; v < nodes; v++) from.fill(v, offsets[v], offsets[v + 1])
  return from
}

function push(heap: [number, number][], item: [number, number]): void {
  let at = heap.push(item) - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    if (!before(item, heap[up])) break
    heap[at] = heap[up]
    at = up
  }
  heap[at] = item
}

function pop(heap: [number, number][]): [number, number] | null {
  const top = heap[0]
  const last = heap.pop()
  if (last === undefined) return null
  if (heap.length === 0) return top
  let at = 0
  for (;;) {
    let down = at * 2 + 1
    if (down >= heap.length) break
    if (down + 1 < heap.length && before(heap[down + 1], heap[down])) down++
    if (!before(heap[down], last)) break
    heap[at] = heap[down]
    at = down
  }
  heap[at] = last
  return top
}

function before(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
}

/** Ties of a csr as pairs of nodes, by tie. */
export function endsOfTies(csr: Csr): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const low = new Uint32Array(csr.tie_count)
  const high = new Uint32Array(csr.tie_count)
  const from = sourcesOfArcs(csr)
  const { items } = grouped(csr.ties, csr.tie_count)
  for (const arc of items) {
    low[csr.ties[arc]] = Math.min(from[arc], csr.targets[arc])
    high[csr.ties[arc]] = Math.max(from[arc], csr.targets[arc])
  }
  return { low, high }
}
