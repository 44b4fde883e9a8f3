/** A network with some ties left out: what would have been known had evidence been missing. */
import type { Csr } from '@ringmap/graph/csr'
import { NO_TIE } from '@ringmap/graph/csr'
import type { Random } from '@ringmap/model/random'

/** Each tie is dropped with probability `share`; ties are visited by number, so the copy depends on the network and the random numbers alone. */
export function thinned(csr: Csr, share: number, random: Random): Csr {
  const kept = new Uint8Array(csr.tie_count)
  for (let t = 0; t < csr.tie_count; t++) kept[t] = random() < share ? 0 : 1
  return withTies(csr, kept)
}

/** Only the ties marked 1. Nodes keep their numbers; ties are numbered anew in the same order. */
export function withTies(csr: Csr, kept: Uint8Array): Csr {
  const { nodes } = csr
  const number = new Uint32Array(csr.tie_count).fill(NO_TIE)
  let count = 0
  for (let t = 0; t < csr.tie_count; t++) if (kept[t] !== 0) number[t] = count++
  let arcs = 0
  for (let arc = 0; arc < csr.ties.length; arc++) arcs += kept[csr.ties[arc]] === 0 ? 0 : 1
  const offsets = new Uint32Array(nodes + 1)
  const targets = new Uint32Array(arcs)
  const weights = new Float64Array(arcs)
  const ties = new Uint32Array(arcs)
  arcs = 0
  for (let v = 0; v < nodes; v++) {
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) {
      const tie = csr.ties[arc]
      if (kept[tie] === 0) continue
      targets[arcs] = csr.targets[arc]
      weights[arcs] = csr.weights[arc]
      ties[arcs++] = number[tie]
    }
    offsets[v + 1] = arcs
  }
  const tieOfEdge = csr.tie_of_edge.map((t) => (t === NO_TIE ? NO_TIE : number[t]))
  return { nodes, directed: csr.directed, offsets, targets, weights, ties, tie_count: count, tie_of_edge: tieOfEdge }
}
