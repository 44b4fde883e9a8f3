/** Connected components by union-find with path halving (Tarjan & van Leeuwen 1984); directions are ignored (weak components). */
import type { Csr } from '@ringmap/graph/csr'

export interface Components {
  /** Component of each node; numbered from 0 in the order of their lowest node. */
  readonly component: Uint32Array
  readonly count: number
}

export function connectedComponents(csr: Csr): Components {
  const { nodes, offsets, targets } = csr
  const parent = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) parent[v] = v
  for (let v = 0; v < nodes; v++) {
    let a = v
    while (parent[a] !== a) a = parent[a] = parent[parent[a]]
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      let b = targets[arc]
      if (!csr.directed && b > v) break
      while (parent[b] !== b) b = parent[b] = parent[parent[b]]
      // The lower node stays the root, so roots are met in the order in which components are numbered.
      if (a < b) parent[b] = a
      else if (b < a) {
        parent[a] = b
        a = b
      }
    }
  }
  const component = new Uint32Array(nodes)
  let count = 0
  for (let v = 0; v < nodes; v++) {
    // A parent is never above its child, so it has its number already.
    component[v] = parent[v] === v ? count++ : component[parent[v]]
  }
  return { component, count }
}

/** Number of nodes in each component. */
export function componentSizes(components: Components): Uint32Array {
  const sizes = new Uint32Array(components.count)
  for (const c of components.component) sizes[c]++
  return sizes
}
