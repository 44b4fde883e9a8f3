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
 * The result depends on the set of edges only, never on their order. Memory: about 24 bytes an arc beside the input.
 */
export function csrFromEdges(nodes: number, source: Uint32Array, target: Uint32Array, options: CsrOptions = {}): Csr {
  const directed = options.directed ?? false
  const given = options.weights ?? null
  const edges = source.length
  invariant(target.length === edges && (given === null || given.length === edges), 'edge columns have one length')
  const { order, starts, ends } = sortedByEnds(nodes, source, target, directed)
  const tieOfEdge = new Uint32Array(edges).fill(NO_TIE)
  const low = new Uint32Array(order.length)
  const high = new Uint32Array(order.length)
  const sum = new Float64Array(order.length)
  let ties = 0
  for (let v = 0; v < nodes; v++) {
    let from = starts[v]
    while (from < starts[v + 1]) {
      let to = from
      while (to < starts[v + 1] && ends[to] === ends[from]) tieOfEdge[order[to++]] = ties
      low[ties] = v
      high[ties] = ends[from]
      // Input weights of one tie are added in a fixed order (ascending), so that rounding does not depend on row order.
      sum[ties++] = given === null ? 1 : sumAscending(given, order, from, to)
      from = to
    }
  }
  return rows(nodes, directed, low.subarray(0, ties), high.subarray(0, ties), sum.subarray(0, ties), tieOfEdge)
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
  const lows = new Uint32Array(kept)
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
  return { order, starts, ends }
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

/** Ties arrive sorted by (low, high), so filling low rows and then high rows in one pass keeps each row ascending. */
function rows(nodes: number, directed: boolean, low: Uint32Array, high: Uint32Array, weight: Float64Array, tieOfEdge: Uint32Array): Csr {
  const ties = low.length
  const arcs = directed ? ties : ties * 2
  const offsets = new Uint32Array(nodes + 1)
  for (let t = 0; t < ties; t++) {
    offsets[low[t] + 1]++
    if (!directed) offsets[high[t] + 1]++
  }
  for (let v = 0; v < nodes; v++) offsets[v + 1] += offsets[v]
  const next = offsets.slice(0, nodes)
  const targets = new Uint32Array(arcs)
  const weights = new Float64Array(arcs)
  const tieOfArc = new Uint32Array(arcs)
  const put = (at: number, to: number, t: number): void => {
    const arc = next[at]++
    targets[arc] = to
    weights[arc] = weight[t]
    tieOfArc[arc] = t
  }
  // Lower neighbours of a node come from ties where it is the high end; those ties precede (in low order) the ones where it is the low end.
  if (!directed) for (let t = 0; t < ties; t++) put(high[t], low[t], t)
  for (let t = 0; t < ties; t++) put(low[t], high[t], t)
  return { nodes, directed, offsets, targets, weights, ties: tieOfArc, tie_count: ties, tie_of_edge: tieOfEdge }
}
