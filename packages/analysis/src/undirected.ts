/** The same network seen without directions, or with every direction turned round. */
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
