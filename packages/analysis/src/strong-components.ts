/**
 * Strongly connected components: parts in which everyone reaches everyone along directions (money that comes back). Tarjan 1972 in Pearce's form
 * (2016), one depth-first search without recursion, O(n + m).
 */
import type { Csr } from '@ringmap/graph/csr'
import { connectedComponents, type Components } from './components.ts'

/** Numbered from 0 in the order of their lowest node. Of an undirected network they are the connected components. */
export function strongComponents(csr: Csr): Components {
  if (!csr.directed) return connectedComponents(csr)
  const { nodes, offsets, targets } = csr
  const discovered = new Uint32Array(nodes)
  const low = new Uint32Array(nodes)
  const open = new Uint8Array(nodes)
  const next = offsets.slice(0, nodes)
  const path = new Uint32Array(nodes)
  const held = new Uint32Array(nodes)
  const raw = new Uint32Array(nodes)
  let clock = 0
  let holding = 0
  let count = 0
  for (let root = 0; root < nodes; root++) {
    if (discovered[root] !== 0) continue
    let depth = 0
    path[depth++] = root
    discovered[root] = low[root] = ++clock
    held[holding++] = root
    open[root] = 1
    while (depth > 0) {
      const v = path[depth - 1]
      if (next[v] < offsets[v + 1]) {
        const u = targets[next[v]++]
        if (discovered[u] === 0) {
          discovered[u] = low[u] = ++clock
          held[holding++] = u
          open[u] = 1
          path[depth++] = u
        } else if (open[u] !== 0 && discovered[u] < low[v]) low[v] = discovered[u]
        continue
      }
      depth--
      if (depth > 0 && low[v] < low[path[depth - 1]]) low[path[depth - 1]] = low[v]
      if (low[v] !== discovered[v]) continue
      for (;;) {
        const u = held[--holding]
        open[u] = 0
        raw[u] = count
        if (u === v) break
      }
      count++
    }
  }
  return numberedByLowest(raw, count)
}

function numberedByLowest(raw: Uint32Array, count: number): Components {
  const number = new Uint32Array(count)
  const component = new Uint32Array(raw.length)
  let numbered = 0
  for (let v = 0; v < raw.length; v++) {
    if (number[raw[v]] === 0) number[raw[v]] = ++numbered
    component[v] = number[raw[v]] - 1
  }
  return { component, count }
}
