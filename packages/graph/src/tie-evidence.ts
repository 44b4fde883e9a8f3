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

/** @param node node of each actor that a piece may name. @param links how many links there are. */
export function sumEvidence(evidence: TieEvidence, nodes: number, node: Int32Array, links: number): SupportedNetwork {
  const source = evidence.left.view().map((actor) => node[actor])
  const target = evidence.right.view().map((actor) => node[actor])
  const csr = csrFromEdges(nodes, source, target, { weights: evidence.weight.view() })
  const pieceLinks = evidence.links.view()
  const offsets = evidence.link_offsets.view()
  const tie = new Uint32Array(pieceLinks.length)
  for (let i = 0; i < offsets.length; i++) tie.fill(csr.tie_of_edge[i], offsets[i], i + 1 < offsets.length ? offsets[i + 1] : tie.length)
  const byLink = grouped(pieceLinks, links)
  const byTie = grouped(tie, csr.tie_count, byLink.items)
  const supportOffsets = new Uint32Array(csr.tie_count + 1)
  const supportLinks = new Uint32Array(byTie.items.length)
  let kept = 0
  for (let t = 0; t < csr.tie_count; t++) {
    const start = kept
    for (let i = byTie.offsets[t]; i < byTie.offsets[t + 1]; i++) {
      const link = pieceLinks[byTie.items[i]]
      if (kept === start || supportLinks[kept - 1] !== link) supportLinks[kept++] = link
    }
    supportOffsets[t + 1] = kept
  }
  // The way back from a tie leads to links; the pieces in between are nobody's business afterwards.
  return { csr: { ...csr, tie_of_edge: new Uint32Array(0) }, support_offsets: supportOffsets, support_links: supportLinks.slice(0, kept) }
}
