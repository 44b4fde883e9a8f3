/** A Csr in the dress of a graphology graph, as far as reading goes: what an algorithm sweeps over once need not be built as objects. */
import type { Csr } from './csr.ts'

/** Nodes are numbers. */
export interface GraphView {
  readonly type: 'undirected'
  readonly multi: false
  readonly order: number
  readonly size: number
  readonly selfLoopCount: 0
  forEachNode(visit: (node: number, attributes: object) => void): void
  forEachEdge(visit: (edge: number, attributes: { weight: number }, source: number, target: number, a: object, b: object, undirected: true) => void): void
  undirectedDegreeWithoutSelfLoops(node: number): number
  /** There because graphology tells a graph by these names; they refuse. */
  addUndirectedEdgeWithKey(): never
  dropNode(): never
}

/** At 100,000 nodes and 500,000 ties a graphology graph takes half a gigabyte; this takes none. The attributes object is one and the same each time. */
export function csrAsGraph(csr: Csr): GraphView {
  const none = Object.freeze({})
  const refuse = (): never => {
    throw new Error('a view of a Csr cannot be changed')
  }
  return {
    type: 'undirected',
    multi: false,
    order: csr.nodes,
    size: csr.tie_count,
    selfLoopCount: 0,
    forEachNode(visit) {
      for (let v = 0; v < csr.nodes; v++) visit(v, none)
    },
    forEachEdge(visit) {
      const attributes = { weight: 1 }
      for (let v = 0; v < csr.nodes; v++) {
        for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
          if (csr.targets[a] < v) continue
          attributes.weight = csr.weights[a]
          visit(csr.ties[a], attributes, v, csr.targets[a], none, none, true)
        }
      }
    },
    undirectedDegreeWithoutSelfLoops: (node) => csr.offsets[node + 1] - csr.offsets[node],
    addUndirectedEdgeWithKey: refuse,
    dropNode: refuse,
  }
}
