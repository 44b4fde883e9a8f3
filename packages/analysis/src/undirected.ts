/** The same network seen without directions, or with every direction turned round; its arcs and ties as columns. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'

export interface UndirectedOptions {
  /** Weight of a tie is the sum of both directions' weights; otherwise the number of directions recorded (1 or 2). Default true. */
  readonly weighted?: boolean
}

/** An undirected network is returned as it is; `tie_of_edge` of a new one leads from the old arcs to the new ties. */
export function undirected(csr: Csr, options: UndirectedOptions = {}): Csr {
  if (!csr.directed) return csr
  const weights = (options.weighted ?? true) ? csr.weights : new Float64Array(csr.targets.length).fill(1)
  return csrFromEdges(csr.nodes, arcSources(csr), csr.targets, { weights })
}

/** In-arcs become out-arcs. An undirected network is its own reverse. */
export function reversed(csr: Csr): Csr {
  if (!csr.directed) return csr
  return csrFromEdges(csr.nodes, csr.targets, arcSources(csr), { directed: true, weights: csr.weights })
}

/** Node at the near end of each arc. */
export function arcSources(csr: Csr): Uint32Array {
  const { nodes, offsets } = csr
  const sources = new Uint32Array(csr.targets.length)
  for (let v = 0; v < nodes; v++) sources.fill(v, offsets[v], offsets[v + 1])
  return sources
}

/** Ends and weight of each tie; the low end is the smaller node, or where a directed tie starts. */
export function tieEnds(csr: Csr): { readonly low: Uint32Array; readonly high: Uint32Array; readonly weight: Float64Array } {
  const low = new Uint32Array(csr.tie_count)
  const high = new Uint32Array(csr.tie_count)
  const weight = new Float64Array(csr.tie_count)
  for (let v = 0; v < csr.nodes; v++) {
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) {
      if (!csr.directed && csr.targets[arc] < v) continue
      low[csr.ties[arc]] = v
      high[csr.ties[arc]] = csr.targets[arc]
      weight[csr.ties[arc]] = csr.weights[arc]
    }
  }
  return { low, high, weight }
}
