/** What ties persons together, piece by piece: each piece a pair, a weight and the links under it; summed at the end into one network. */
import { csrFromEdges, type Csr } from './csr.ts'
import { grouped } from './grouped.ts'
import { growingFloat64, growingUint32, type GrowingColumn } from './growing-column.ts'

export interface TieEvidence {
  readonly left: GrowingColumn<Uint32Array>
  readonly right: GrowingColumn<Uint32Array>
  readonly weight: GrowingColumn<Float64Array>
  /** Links of piece i start at link_offsets[i]. */
  readonly link_offsets: GrowingColumn<Uint32Array>
  readonly links: GrowingColumn<Uint32Array>
}

export function noEvidence(room = 1024): TieEvidence {
  return { left: growingUint32(room), right: growingUint32(room), weight: growingFloat64(room), link_offsets: growingUint32(room), links: growingUint32(room) }
}

/** Starts a piece; its links are pushed to `links` right after. */
export function addPiece(evidence: TieEvidence, left: number, right: number, weight: number): void {
  evidence.left.push(left)
  evidence.right.push(right)
  evidence.weight.push(weight)
  evidence.link_offsets.push(evidence.links.length)
}

export interface SupportedNetwork {
  readonly csr: Csr
  /** Links under tie t are support_links[support_offsets[t]] up to support_links[support_offsets[t + 1]], ascending, each once. */
  readonly support_offsets: Uint32Array
  readonly support_links: Uint32Array
}

/** @param node node of each actor that a piece may name. The evidence is used up. */
export function sumEvidence(evidence: TieEvidence, nodes: number, node: Int32Array): SupportedNetwork {
  const source = nodesOf(evidence.left.view(), node)
  const target = nodesOf(evidence.right.view(), node)
  const csr = csrFromEdges(nodes, source, target, { weights: evidence.weight.view() })
  const links = evidence.links.view()
  evidence.link_offsets.push(links.length)
  const offsets = evidence.link_offsets.view()
  const pieces = grouped(csr.tie_of_edge, csr.tie_count)
  const supportOffsets = new Uint32Array(csr.tie_count + 1)
  const support = new Uint32Array(links.length)
  let end = 0
  for (let t = 0; t < csr.tie_count; t++) {
    for (let p = pieces.offsets[t]; p < pieces.offsets[t + 1]; p++) {
      const piece = pieces.items[p]
      for (let i = offsets[piece]; i < offsets[piece + 1]; i++) support[end++] = links[i]
    }
    end = sortedOnce(support, supportOffsets[t], end)
    supportOffsets[t + 1] = end
  }
  // The way back from a tie leads to links; the pieces in between are nobody's business afterwards.
  return { csr: { ...csr, tie_of_edge: new Uint32Array(0) }, support_offsets: supportOffsets, support_links: support.slice(0, end) }
}

/** Sorts a stretch of a column and drops repeats; gives the new end. Most stretches hold a handful, where inserting is fastest. */
function sortedOnce(column: Uint32Array, start: number, end: number): number {
  if (end - start > 24) {
    column.subarray(start, end).sort()
  } else {
    for (let i = start + 1; i < end; i++) {
      const value = column[i]
      let at = i
      while (at > start && column[at - 1] > value) column[at] = column[--at]
      column[at] = value
    }
  }
  let kept = start
  for (let i = start; i < end; i++) if (kept === start || column[kept - 1] !== column[i]) column[kept++] = column[i]
  return kept
}

function nodesOf(actors: Uint32Array, node: Int32Array): Uint32Array {
  const nodes = new Uint32Array(actors.length)
  for (let i = 0; i < nodes.length; i++) nodes[i] = node[actors[i]]
  return nodes
}
