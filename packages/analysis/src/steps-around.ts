/** Walks breadth first from one node after another for so many steps, over scratch arrays that are made once. */
import type { Csr } from '@ringmap/graph/csr'

export interface StepsAround {
  /** Nodes met, nearest first: those of the last walk are queue[0] up to queue[met - 1], the start itself the first. */
  readonly queue: Uint32Array
  /** Walks from v and returns how many nodes it met, v among them. */
  readonly walk: (v: number) => number
  /** Of the last walk, where in `queue` those begin who are exactly so many steps away. */
  readonly outermost: () => number
}

/** @param steps longest distance, at least 0; a directed network is walked along directions. */
export function stepsAround({ nodes, offsets, targets }: Pick<Csr, 'nodes' | 'offsets' | 'targets'>, steps: number): StepsAround {
  // A node is met when it bears the number of the walk, so nothing has to be wiped between walks.
  const met = new Uint32Array(nodes)
  const queue = new Uint32Array(nodes)
  let edge = 0
  const walk = (v: number): number => {
    met[v] = v + 1
    queue[0] = v
    let from = 0
    let to = 1
    for (let step = 0; step < steps; step++) {
      let end = to
      for (let i = from; i < to; i++) {
        const u = queue[i]
        for (let arc = offsets[u]; arc < offsets[u + 1]; arc++) {
          const w = targets[arc]
          if (met[w] === v + 1) continue
          met[w] = v + 1
          queue[end++] = w
        }
      }
      from = to
      to = end
    }
    edge = from
    return to
  }
  return { queue, walk, outermost: () => edge }
}
