/** Networks with busy people, leaves and, where asked for, directions: preferential attachment. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { below, seeded, shuffle } from '@ringmap/model/random'

export interface AttachmentOptions {
  readonly directed?: boolean
  /** Order of rows; the network is the same. */
  readonly order?: number
  /** Ties weigh 1 to 9 by their ends; default false: all 1. */
  readonly weighted?: boolean
}

/** Every fifth newcomer has one tie, the others `ties`. */
export function attachment(nodes: number, ties: number, seed: number, { directed = false, order = 0, weighted = false }: AttachmentOptions = {}): Csr {
  const random = seeded(seed)
  const ends = [0, 1]
  const edges: [number, number][] = [[0, 1]]
  for (let v = 2; v < nodes; v++) {
    for (let i = 0; i < (v % 5 === 0 ? 1 : ties); i++) {
      const u = ends[below(random, ends.length)] ?? 0
      edges.push(random() < 0.5 ? [v, u] : [u, v])
      ends.push(u, v)
    }
  }
  if (order !== 0) shuffle(seeded(order), edges)
  return csrFromEdges(nodes, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1]), { directed, weights: weighted ? Float64Array.from(edges, ([a, b]) => 1 + ((a + b) * 7 + a * b) % 9) : null })
}
