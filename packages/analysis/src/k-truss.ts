/**
 * Truss numbers: the largest k such that a tie is in a part where every tie closes at least k - 2 triangles inside it (Cohen 2008). A denser and more
 * trusted core than coreness: in a k-truss every pair who know each other have k - 2 others in common. Peeling of ties in the order of
 * their triangles (Wang & Cheng 2012), O(m^1.5).
 */
import type { Csr } from '@ringmap/graph/csr'
import { lowerBound } from '@ringmap/model/lower-bound'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { tieEnds, undirected } from './undirected.ts'

export interface Trusses {
  /** Of each tie, at least 2. Ties are those of the undirected network. */
  readonly tie: Uint32Array
  /** Largest of each node's ties; 0 for a node without ties. */
  readonly node: Uint32Array
}

export function trussNumbers(given: Csr, options: WorkOptions = {}): Trusses {
  const csr = undirected(given)
  const support = triangles(csr, options)
  const { low, high } = tieEnds(csr)
  const { order, place, start } = bySupport(support)
  const left = new Uint8Array(csr.tie_count).fill(1)
  const tie = new Uint32Array(csr.tie_count)
  const node = new Uint32Array(csr.nodes)
  let k = 0
  for (let i = 0; i < order.length; i++) {
    if ((i & 65_535) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('trusses', i, order.length)
    }
    const t = order[i]
    k = Math.max(k, support[t])
    tie[t] = k + 2
    left[t] = 0
    eachTriangle(csr, low[t], high[t], (a, b) => {
      if (left[a] === 0 || left[b] === 0) return
      for (const other of [a, b]) if (support[other] > k) lower(other, support, order, place, start, i + 1)
    })
  }
  for (let t = 0; t < tie.length; t++) for (const v of [low[t], high[t]]) if (tie[t] > node[v]) node[v] = tie[t]
  return { tie, node }
}

/** Both rows are ascending, so common neighbours are met by walking them together, or by halving the longer one where it is much longer. */
function eachTriangle(csr: Csr, a: number, b: number, found: (tieOfA: number, tieOfB: number) => void): void {
  const { offsets, targets, ties } = csr
  if (offsets[a + 1] - offsets[a] > offsets[b + 1] - offsets[b]) [a, b] = [b, a]
  let from = offsets[b]
  const end = offsets[b + 1]
  const sparse = (offsets[a + 1] - offsets[a]) * 16 < end - from
  for (let arc = offsets[a]; arc < offsets[a + 1]; arc++) {
    const u = targets[arc]
    if (sparse) from = lowerBound(targets, u, from, end)
    else while (from < end && targets[from] < u) from++
    if (from === end) return
    if (targets[from] === u) found(ties[arc], ties[from])
  }
}

/** Triangles at each tie, each found once from its lowest corner by rank of degree, so that busy people are walked from their few busier contacts alone. */
function triangles(csr: Csr, options: WorkOptions): Uint32Array {
  const { nodes, offsets, targets, ties } = csr
  const support = new Uint32Array(csr.tie_count)
  const mark = new Uint32Array(nodes)
  const below = (a: number, b: number): boolean => {
    const da = offsets[a + 1] - offsets[a]
    const db = offsets[b + 1] - offsets[b]
    return da < db || (da === db && a < b)
  }
  for (let v = 0; v < nodes; v++) {
    if ((v & 4095) === 0) stopIfAsked(options.signal)
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) if (below(v, targets[arc])) mark[targets[arc]] = arc + 1
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      if (!below(v, u)) continue
      for (let at = offsets[u]; at < offsets[u + 1]; at++) {
        const w = targets[at]
        if (mark[w] === 0 || !below(u, w)) continue
        support[ties[arc]]++
        support[ties[at]]++
        support[ties[mark[w] - 1]]++
      }
    }
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) mark[targets[arc]] = 0
  }
  return support
}

function bySupport(support: Uint32Array): { order: Uint32Array; place: Uint32Array; start: Uint32Array } {
  const most = support.reduce((a, b) => Math.max(a, b), 0)
  const start = new Uint32Array(most + 2)
  for (const s of support) start[s + 1]++
  for (let s = 0; s <= most; s++) start[s + 1] += start[s]
  const order = new Uint32Array(support.length)
  const place = new Uint32Array(support.length)
  const next = start.slice()
  for (let t = 0; t < support.length; t++) order[place[t] = next[support[t]]++] = t
  return { order, place, start }
}

/** One triangle less: the tie changes places with the first of its number, which then begins one later. */
function lower(t: number, support: Uint32Array, order: Uint32Array, place: Uint32Array, start: Uint32Array, peeled: number): void {
  const s = support[t]
  const at = Math.max(start[s], peeled)
  const first = order[at]
  order[place[t]] = first
  place[first] = place[t]
  order[at] = t
  place[t] = at
  start[s] = at + 1
  support[t] = s - 1
}
