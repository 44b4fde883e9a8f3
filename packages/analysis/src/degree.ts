/** Degree: ties at a node; weighted degree (strength): the sum of their weights. Freeman 1978; Barrat et al. 2004. */
import type { Csr } from '@ringmap/graph/csr'

export interface DegreeOptions {
  /** Of a directed network: arcs going out, coming in, or both added (as networkx's degree). Default both. */
  readonly direction?: 'both' | 'out' | 'in'
}

/** deg(v) = number of ties at v. */
export function degree(csr: Csr, options: DegreeOptions = {}): Float64Array {
  return strength(csr, null, options)
}

/** s(v) = sum of the weights of the ties at v. */
export function weightedDegree(csr: Csr, options: DegreeOptions = {}): Float64Array {
  return strength(csr, csr.weights, options)
}

function strength(csr: Csr, weights: Float64Array | null, options: DegreeOptions): Float64Array {
  const { nodes, offsets, targets } = csr
  const direction = options.direction ?? 'both'
  const out = !csr.directed || direction !== 'in'
  const into = csr.directed && direction !== 'out'
  const sum = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const w = weights === null ? 1 : weights[arc]
      if (out) sum[v] += w
      if (into) sum[targets[arc]] += w
    }
  }
  return sum
}
