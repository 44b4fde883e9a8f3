/** Which machine computes on the whole network: this one, or a Neo4j server with Graph Data Science, from which communities and the first candidates come back. */
import type { Csr } from '@ringmap/graph/csr'
import type { PairsToProject } from '@ringmap/sources/gds-projection'

/** Each tie once. */
export function pairsOf(csr: Csr): PairsToProject {
  const source = new Uint32Array(csr.tie_count)
  const target = new Uint32Array(csr.tie_count)
  const weight = new Float64Array(csr.tie_count)
  for (let v = 0; v < csr.nodes; v++) {
    for (let arc = csr.offsets[v] as number; arc < (csr.offsets[v + 1] as number); arc++) {
      const other = csr.targets[arc] as number
      if (other < v) continue
      const tie = csr.ties[arc] as number
      source[tie] = v
      target[tie] = other
      weight[tie] = csr.weights[arc] as number
    }
  }
  return { nodes: csr.nodes, source, target, weight }
}
