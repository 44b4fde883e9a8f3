/** A network to compute on: compressed sparse rows in typed arrays, built from columns of links. */
import { invariant } from '@ringmap/model/errors'

/** Node and arc indices are dense from 0. An undirected network holds each tie as two arcs, one in each row. */
export interface Csr {
  readonly nodes: number
  readonly directed: boolean
  /** Length nodes + 1; the arcs of node v are offsets[v] up to offsets[v + 1]. */
  readonly offsets: Uint32Array
  /** Node at the far end of each arc, ascending within a row. */
  readonly targets: Uint32Array
  /** Weight of each arc; all 1 when the network is unweighted. */
  readonly weights: Float64Array
  /** Tie of each arc, 0 to ties - 1; both arcs of an undirected tie carry the same one. Ties are numbered by (lower, higher) node. */
  readonly ties: Uint32Array
  readonly tie_count: number
  /** Tie of each input edge, or NO_TIE where the edge was a self-loop: the way back from a tie to what it stands on. */
  readonly tie_of_edge: Uint32Array
}

export const NO_TIE = 0xffffffff

export interface CsrOptions {
  readonly directed?: boolean
  /** Weight of each edge, summed over parallel ones; null counts every tie as 1. */
  readonly weights?: Float64Array | null
}

/**
 * Parallel edges collapse into one tie whose weight is their sum (1 when unweighted); self-loops are left out of the rows.
 * The result depends on the set of edges only, never on their order. Memory while it is built: one and a half times the arrays that are returned, beside the input.
 */
export function csrFromEdges(nodes: number, source: Uint32Array, target: Uint32Array, options: CsrOptions = {}): Csr {
  const directed = options.directed ?? false
  const given = options.weights ?? null
  const edges = source.length
  invariant(target.length === edges && (given === null || given.length === edges), 'edge columns have one length')
  const { order, starts, ends, spare } = sortedByEnds(nodes, source, target, directed)
  const { offsets, below, tie_count } = rowLengths(nodes, directed, starts, ends)
  const arcs = offsets[nodes]
  const targets = new Uint32Array(arcs)
  const weights = new Float64Array(arcs)
  const ties = new Uint32Array(arcs)
  const tieOfEdge = spare.fill(NO_TIE)
  // Lower neighbours of a node stand before the higher ones; ties come by (low, high), so that both parts are filled in ascending order.
  const nextLow = offsets.slice(0, nodes)
  const nextHigh = below
  for (let v = 0; v < nodes; v++) nextHigh[v] += offsets[v]
  let tie = 0
  for (let v = 0; v < nodes; v++) {
    let from = starts[v]
    while (from < starts[v + 1]) {
      const u = ends[from]
      let to = from
      while (to < starts[v + 1] && ends[to] === u) tieOfEdge[order[to++]] = tie
      // Input weights of one tie are added in a fixed order (ascending), so that rounding does not depend on row order.
      const weight = given === null ? 1 : sumAscending(given, order, from, to)
      let arc = nextHigh[v]++
      targets[arc] = u
      weights[arc] = weight
      ties[arc] = tie
      if (!directed) {
        arc = nextLow[u]++
        targets[arc] = v
        weights[arc] = weight
        ties[arc] = tie
      }
      tie++
      from = to
    }
  }
  return { nodes, directed, offsets, targets, weights, ties, tie_count, tie_of_edge: tieOfEdge }
}

/** Where each row will begin, how many of its neighbours are lower, and the number of ties. */
function rowLengths(nodes: number, directed: boolean, starts: Uint32Array, ends: Uint32Array): { offsets: Uint32Array; below: Uint32Array; tie_count: number } {
  const offsets = new Uint32Array(nodes + 1)
  const below = new Uint32Array(nodes)
  let ties = 0
  for (let v = 0; v < nodes; v++) {
    for (let i = starts[v]; i < starts[v + 1]; i++) {
      if (i > starts[v] && ends[i] === ends[i - 1]) continue
      ties++
      offsets[v + 1]++
      if (!directed) below[ends[i]]++
    }
  }
  for (let v = 0; v < nodes; v++) offsets[v + 1] += offsets[v] + below[v]
  return { offsets, below, tie_count: ties }
}

function lowEnd(a: number, b: number, directed: boolean): number {
  return directed || a < b ? a : b
}

function highEnd(a: number, b: number, directed: boolean): number {
  return directed || a < b ? b : a
}

interface SortedEdges {
  /** Edge indices without self-loops, by (low, high) end. */
  readonly order: Uint32Array
  /** Edges whose low end is v stand from starts[v] up to starts[v + 1]. */
  readonly starts: Uint32Array
  /** High end of each. */
  readonly ends: Uint32Array
  /** As long as the edges, and no longer needed. */
  readonly spare: Uint32Array
}

/** Two stable counting sorts; ends are carried along, because looking them up again in sorted order would miss the cache each time. */
function sortedByEnds(nodes: number, source: Uint32Array, target: Uint32Array, directed: boolean): SortedEdges {
  const edges = source.length
  const highStarts = new Uint32Array(nodes + 1)
  const starts = new Uint32Array(nodes + 1)
  let kept = 0
  for (let e = 0; e < edges; e++) {
    invariant(source[e] < nodes && target[e] < nodes, 'edge ends are nodes')
    if (source[e] === target[e]) continue
    highStarts[highEnd(source[e], target[e], directed) + 1]++
    starts[lowEnd(source[e], target[e], directed) + 1]++
    kept++
  }
  for (let v = 0; v < nodes; v++) {
    highStarts[v + 1] += highStarts[v]
    starts[v + 1] += starts[v]
  }
  const byHigh = new Uint32Array(kept)
  const lows = new Uint32Array(edges)
  const next = highStarts.slice(0, nodes)
  for (let e = 0; e < edges; e++) {
    if (source[e] === target[e]) continue
    const at = next[highEnd(source[e], target[e], directed)]++
    byHigh[at] = e
    lows[at] = lowEnd(source[e], target[e], directed)
  }
  const order = new Uint32Array(kept)
  const ends = new Uint32Array(kept)
  next.set(starts.subarray(0, nodes))
  for (let v = 0; v < nodes; v++) {
    for (let i = highStarts[v]; i < highStarts[v + 1]; i++) {
      const at = next[lows[i]]++
      order[at] = byHigh[i]
      ends[at] = v
    }
  }
  return { order, starts, ends, spare: lows }
}

function sumAscending(weights: Float64Array, order: Uint32Array, from: number, to: number): number {
  if (to - from === 1) return weights[order[from]]
  if (to - from === 2) return weights[order[from]] + weights[order[from + 1]]
  const parts = new Float64Array(to - from)
  for (let i = from; i < to; i++) parts[i - from] = weights[order[i]]
  parts.sort()
  let sum = 0
  for (const part of parts) sum += part
  return sum
}
