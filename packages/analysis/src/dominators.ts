/**
 * Dominators of a flow from one root (Lengauer & Tarjan 1979; here by Cooper, Harvey & Kennedy 2001): d dominates v when every way from the root to v
 * passes d. Of money that leaves an account: through whom all of it went.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { reversed } from './undirected.ts'

export interface Dominators {
  /** The nearest dominator of each node; the root's is itself, NOWHERE for whoever the root does not reach. */
  readonly immediate: Uint32Array
  /** How many nodes each one dominates, itself not counted: whom nothing reaches without it. */
  readonly dominated: Uint32Array
}

export const NOWHERE = 0xffffffff

export function dominators(csr: Csr, root: number): Dominators {
  invariant(root < csr.nodes, 'the root is a node')
  const order = depthFirst(csr, root)
  const place = new Uint32Array(csr.nodes).fill(NOWHERE)
  order.forEach((v, i) => (place[v] = i))
  const back = reversed(csr)
  // By place in reverse postorder, so that a dominator is always before.
  const nearest = new Uint32Array(order.length).fill(NOWHERE)
  nearest[0] = 0
  for (let changed = true; changed; ) {
    changed = false
    for (let i = 1; i < order.length; i++) {
      const v = order[i]
      let found = NOWHERE
      for (let arc = back.offsets[v]; arc < back.offsets[v + 1]; arc++) {
        const j = place[back.targets[arc]]
        if (j === NOWHERE || nearest[j] === NOWHERE) continue
        found = found === NOWHERE ? j : meeting(nearest, j, found)
      }
      if (nearest[i] === found) continue
      nearest[i] = found
      changed = true
    }
  }
  const immediate = new Uint32Array(csr.nodes).fill(NOWHERE)
  const dominated = new Uint32Array(csr.nodes)
  for (let i = order.length - 1; i > 0; i--) {
    const up = order[nearest[i]]
    immediate[order[i]] = up
    dominated[up] += dominated[order[i]] + 1
  }
  immediate[root] = root
  return { immediate, dominated }
}

function meeting(nearest: Uint32Array, a: number, b: number): number {
  while (a !== b) {
    while (a > b) a = nearest[a]
    while (b > a) b = nearest[b]
  }
  return a
}

/** Reverse postorder of a depth-first search. */
function depthFirst(csr: Csr, root: number): Uint32Array {
  const { nodes, offsets, targets } = csr
  const next = offsets.slice(0, nodes)
  const seen = new Uint8Array(nodes)
  const path = new Uint32Array(nodes)
  const post = new Uint32Array(nodes)
  let depth = 1
  let done = 0
  path[0] = root
  seen[root] = 1
  while (depth > 0) {
    const v = path[depth - 1]
    if (next[v] === offsets[v + 1]) {
      post[done++] = v
      depth--
      continue
    }
    const u = targets[next[v]++]
    if (seen[u] !== 0) continue
    seen[u] = 1
    path[depth++] = u
  }
  return post.slice(0, done).reverse()
}
