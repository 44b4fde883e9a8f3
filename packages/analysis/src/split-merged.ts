/** Nodes that linkage made of several clusters of records: in a copy of the network each join holds with its probability, and where it does not the node falls into persons of their own. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import type { Random } from '@ringmap/model/random'
import { tieEnds } from './undirected.ts'

export interface MergedNode {
  readonly node: number
  /** Clusters are numbered from 0, at most 31; these joins make them one, without a circle. */
  readonly joins: readonly { readonly one: number; readonly other: number; readonly probability: number }[]
  /** Bit c: cluster c is tied to this neighbour. A neighbour who is not named stays with the node. */
  readonly clusters_of: ReadonlyMap<number, number>
}

/** Who is split off stands behind the nodes of the network; the node keeps the part with most ties, of equal ones that with the lowest cluster. The same network where every join holds. */
export function splitMerged(csr: Csr, merged: readonly MergedNode[], random: Random): Csr {
  const parts = merged.map(({ joins }) => partsOf(joins, random))
  if (parts.every((found) => found.length === 1)) return csr
  const { low, high, weight } = tieEnds(csr)
  const [source, target, weights] = [[...low], [...high], [...weight]]
  // Ties of those who fall apart, found in one pass over all; those that are added join them as they come.
  const tiesOf = new Map<number, number[]>()
  merged.forEach(({ node }, m) => { if (parts[m].length > 1) tiesOf.set(node, []) })
  for (let t = 0; t < source.length; t++) for (const end of [source[t], target[t]]) tiesOf.get(end)?.push(t)
  let nodes = csr.nodes
  merged.forEach(({ node, clusters_of: clustersOf }, m) => {
    if (parts[m].length === 1) return
    const own = (tiesOf.get(node) ?? []).filter((t) => source[t] === node || target[t] === node)
    const neighbour = (t: number): number => (source[t] === node ? target[t] : source[t])
    const named = own.map((t) => clustersOf.get(neighbour(t)) ?? 0)
    const size = parts[m].map((bits) => named.reduce((sum, mask) => sum + ((mask & bits) === 0 ? 0 : 1), 0))
    const main = size.indexOf(Math.max(...size))
    parts[m].forEach((bits, p) => {
      if (p === main) return
      const person = nodes++
      own.forEach((t, i) => {
        if ((named[i] & bits) === 0) return
        const other = neighbour(t)
        // What several clusters are tied to is a tie of each of them.
        tiesOf.get(other)?.push(source.length)
        source.push(person)
        target.push(other)
        weights.push(weights[t])
      })
    })
    own.forEach((t, i) => {
      // A tie of the node to itself is none: it is left out of the rows.
      if (named[i] !== 0 && (named[i] & parts[m][main]) === 0) source[t] = target[t] = node
    })
  })
  return csrFromEdges(nodes, Uint32Array.from(source), Uint32Array.from(target), { directed: csr.directed, weights: Float64Array.from(weights) })
}

/** Clusters that the joins which hold make one, as bits; the lowest cluster first. */
function partsOf(joins: MergedNode['joins'], random: Random): number[] {
  const count = joins.length + 1
  const part = Array.from({ length: count }, (_, c) => c)
  for (const { one, other, probability } of joins) {
    if (random() >= probability) continue
    const [kept, gone] = [Math.min(part[one], part[other]), Math.max(part[one], part[other])]
    for (let c = 0; c < count; c++) if (part[c] === gone) part[c] = kept
  }
  const bits = new Map<number, number>()
  part.forEach((p, c) => bits.set(p, (bits.get(p) ?? 0) | (1 << c)))
  return [...bits.values()]
}
