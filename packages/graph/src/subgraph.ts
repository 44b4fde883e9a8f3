/** The part of a network among some of its nodes, with the way back to the whole. */
import { invariant } from '@ringmap/model/errors'
import { lowerBound } from '@ringmap/model/lower-bound'
import type { Csr } from './csr.ts'

export interface Subgraph {
  readonly csr: Csr
  /** Node of the whole, for each node of the part; ascending. */
  readonly node_of: Uint32Array
  /** Tie of the whole, for each tie of the part; ascending. */
  readonly tie_of: Uint32Array
}

/** @param nodes in any order, each at most once. */
export function induced(csr: Csr, nodes: ArrayLike<number>): Subgraph {
  const nodeOf = Uint32Array.from(nodes).sort()
  nodeOf.forEach((v, i) => invariant(v < csr.nodes && (i === 0 || nodeOf[i - 1] < v), 'nodes are of the network, each once'))
  const placeOf = nodeOf.length < csr.nodes / FEW ? searched(nodeOf) : listed(nodeOf, csr.nodes)
  const offsets = new Uint32Array(nodeOf.length + 1)
  nodeOf.forEach((v, i) => {
    let inside = 0
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) if (placeOf(csr.targets[a]) >= 0) inside++
    offsets[i + 1] = offsets[i] + inside
  })
  const arcs = offsets[nodeOf.length]
  const targets = new Uint32Array(arcs)
  const weights = new Float64Array(arcs)
  const whole = new Uint32Array(arcs)
  let at = 0
  for (const v of nodeOf) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      const place = placeOf(csr.targets[a])
      if (place < 0) continue
      targets[at] = place
      weights[at] = csr.weights[a]
      whole[at++] = csr.ties[a]
    }
  }
  // Keeping the order of nodes keeps the order of ties, so ranks among the ties kept are their new numbers.
  const tieOf = new Uint32Array(csr.directed ? arcs : arcs / 2)
  const sorted = whole.slice().sort()
  for (let t = 0; t < tieOf.length; t++) tieOf[t] = sorted[csr.directed ? t : 2 * t]
  const number = new Map(Array.from(tieOf, (tie, t) => [tie, t]))
  const ties = whole.map((tie) => number.get(tie) ?? 0)
  return {
    csr: { nodes: nodeOf.length, directed: csr.directed, offsets, targets, weights, ties, tie_count: tieOf.length, tie_of_edge: new Uint32Array(0) },
    node_of: nodeOf,
    tie_of: tieOf,
  }
}

/** A part of fewer than one in so many nodes is searched: a list of all nodes for each of thousands of small parts costs more than what is in them. */
const FEW = 64

function listed(nodeOf: Uint32Array, nodes: number): (v: number) => number {
  const place = new Int32Array(nodes).fill(-1)
  nodeOf.forEach((v, i) => (place[v] = i))
  return (v) => place[v]
}

function searched(nodeOf: Uint32Array): (v: number) => number {
  return (v) => {
    const place = lowerBound(nodeOf, v)
    return nodeOf[place] === v ? place : -1
  }
}

/** Connected component of each node (direction does not matter), numbered by lowest node. */
export function components(csr: Csr): { readonly component: Uint32Array; readonly count: number } {
  const root = Uint32Array.from({ length: csr.nodes }, (_, v) => v)
  const find = (node: number): number => {
    let v = node
    while (root[v] !== v) v = root[v] = root[root[v]]
    return v
  }
  for (let v = 0; v < csr.nodes; v++) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      const one = find(v)
      const other = find(csr.targets[a])
      if (one < other) root[other] = one
      else root[one] = other
    }
  }
  const component = new Uint32Array(csr.nodes)
  let count = 0
  // The root of a component is its lowest node, so it is met before the others.
  for (let v = 0; v < csr.nodes; v++) component[v] = root[v] === v ? count++ : component[find(v)]
  return { component, count }
}
