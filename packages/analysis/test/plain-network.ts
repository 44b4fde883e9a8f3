/** Small random networks for properties. */
import * as fc from 'fast-check'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'

export interface Plain {
  readonly nodes: number
  readonly directed: boolean
  /** Source, target, weight. */
  readonly edges: readonly (readonly [number, number, number])[]
}

export const plainNetwork: fc.Arbitrary<Plain> = fc.integer({ min: 1, max: 24 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    directed: fc.boolean(),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 70 }),
  }))

export function csrOfPlain({ nodes, directed, edges }: Plain): Csr {
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), { directed, weights: Float64Array.from(edges, (e) => e[2]) })
}
