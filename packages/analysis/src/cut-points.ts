/**
 * Cut points (articulation points), bridges and biconnected blocks: Hopcroft & Tarjan 1973, one depth-first search without recursion, O(n + m).
 * low(v) = earliest discovery reachable from v's subtree over one back tie; v cuts off a child c when low(c) >= discovery(v).
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'

export interface CutPoints {
  /** 1 for a node without which its component falls apart. */
  readonly cut: Uint8Array
  /** Parts that the rest of a node's component falls into without it: 0 for a node without ties, 1 where it holds together. */
  readonly partsWithout: Uint32Array
  /** Ties without which their component falls apart, ascending. */
  readonly bridges: Uint32Array
  /** Biconnected block of each tie: blocks meet in cut points only. Numbered by their lowest tie. */
  readonly block: Uint32Array
  readonly blocks: number
}

const NONE = 0xffffffff

/** For undirected networks; see `undirected` for others. */
export function cutPoints(csr: Csr): CutPoints {
  invariant(!csr.directed, 'cut points are those of an undirected network')
  const { nodes, offsets, targets, ties } = csr
  const discovered = new Uint32Array(nodes)
  const low = new Uint32Array(nodes)
  const next = offsets.slice(0, nodes)
  const tieUp = new Uint32Array(nodes).fill(NONE)
  const path = new Uint32Array(nodes)
  const waiting = new Uint32Array(csr.tie_count)
  const partsWithout = new Uint32Array(nodes)
  const raw = new Uint32Array(csr.tie_count)
  let blocks = 0
  let clock = 0
  for (let root = 0; root < nodes; root++) {
    if (discovered[root] !== 0) continue
    discovered[root] = low[root] = ++clock
    let depth = 1
    let held = 0
    path[0] = root
    while (depth > 0) {
      const v = path[depth - 1]
      if (next[v] < offsets[v + 1]) {
        const arc = next[v]++
        const u = targets[arc]
        const tie = ties[arc]
        if (tie === tieUp[v]) continue
        if (discovered[u] === 0) {
          discovered[u] = low[u] = ++clock
          tieUp[u] = tie
          waiting[held++] = tie
          path[depth++] = u
        } else if (discovered[u] < discovered[v]) {
          waiting[held++] = tie
          if (discovered[u] < low[v]) low[v] = discovered[u]
        }
        continue
      }
      depth--
      if (depth === 0) break
      const up = path[depth - 1]
      if (low[v] < low[up]) low[up] = low[v]
      if (low[v] < discovered[up]) continue
      // Everything that waits above the tie to v, and that tie, is one block, and v's side falls off without `up`.
      partsWithout[up]++
      for (;;) {
        const tie = waiting[--held]
        raw[tie] = blocks
        if (tie === tieUp[v]) break
      }
      blocks++
    }
    // What is above a node is one part more; above the root there is nothing.
    partsWithout[root] += NONE
  }
  for (let v = 0; v < nodes; v++) partsWithout[v] = (partsWithout[v] + 1) >>> 0
  return finished(csr, partsWithout, raw, blocks)
}

function finished(csr: Csr, partsWithout: Uint32Array, raw: Uint32Array, blocks: number): CutPoints {
  const cut = new Uint8Array(csr.nodes)
  for (let v = 0; v < csr.nodes; v++) cut[v] = partsWithout[v] > 1 ? 1 : 0
  const number = new Uint32Array(blocks).fill(NONE)
  const size = new Uint32Array(blocks)
  const block = new Uint32Array(csr.tie_count)
  let numbered = 0
  for (let t = 0; t < csr.tie_count; t++) {
    if (number[raw[t]] === NONE) number[raw[t]] = numbered++
    block[t] = number[raw[t]]
    size[block[t]]++
  }
  let count = 0
  for (let t = 0; t < csr.tie_count; t++) if (size[block[t]] === 1) count++
  const bridges = new Uint32Array(count)
  count = 0
  for (let t = 0; t < csr.tie_count; t++) if (size[block[t]] === 1) bridges[count++] = t
  return { cut, partsWithout, bridges, block, blocks }
}
