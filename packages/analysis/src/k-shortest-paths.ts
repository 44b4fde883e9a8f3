/**
 * The k shortest ways between two nodes that pass no node twice (Yen 1971): each next one leaves an earlier one at some node and takes the shortest
 * way on that is not known yet. For link charts: not one way between two people but the few that matter.
 */
import type { Csr } from '@ringmap/graph/csr'
import { pathTo, shortestPaths, type Path, type ShortestPathOptions } from './shortest-paths.ts'

export interface KShortestOptions extends Omit<ShortestPathOptions, 'to' | 'closed_arcs'> {
  /** How many; default 5. */
  readonly count?: number
}

/** Shortest first, equally long ones in the order of their nodes; fewer than asked for where there are no more. */
export function kShortestPaths(csr: Csr, source: number, target: number, options: KShortestOptions = {}): readonly Path[] {
  const first = pathTo(shortestPaths(csr, source, { ...options, to: target }), target)
  if (first === null) return []
  const found: Path[] = [first]
  const waiting = new Map<string, Path>()
  const lengths = options.lengths ?? null
  const closedArcs = new Uint8Array(csr.targets.length)
  while (found.length < (options.count ?? 5)) {
    const last = found[found.length - 1]
    for (let i = 0; i < last.nodes.length - 1; i++) {
      const way = detour(csr, target, last, i, found, closedArcs, options)
      if (way !== null) waiting.set(way.nodes.join(' '), { ...way, length: lengthOf(way.arcs, lengths) })
    }
    const next = [...waiting.entries()].reduce<[string, Path] | null>((best, entry) => (best === null || comesBefore(entry[1], best[1]) ? entry : best), null)
    if (next === null) break
    waiting.delete(next[0])
    found.push(next[1])
  }
  return found
}

/** The shortest way that keeps the first i ties of `last` and then goes where no found way with the same beginning goes. */
function detour(csr: Csr, target: number, last: Path, i: number, found: readonly Path[], closedArcs: Uint8Array, options: KShortestOptions): Path | null {
  const closed = options.closed?.slice() ?? new Uint8Array(csr.nodes)
  for (let j = 0; j < i; j++) closed[last.nodes[j]] = 1
  const same = found.filter((path) => path.arcs.length > i && last.arcs.slice(0, i).every((arc, j) => path.arcs[j] === arc))
  for (const path of same) closedArcs[path.arcs[i]] = 1
  const rest = pathTo(shortestPaths(csr, last.nodes[i], { ...options, closed, closed_arcs: closedArcs, to: target }), target)
  for (const path of same) closedArcs[path.arcs[i]] = 0
  if (rest === null) return null
  return { nodes: [...last.nodes.slice(0, i), ...rest.nodes], arcs: [...last.arcs.slice(0, i), ...rest.arcs], length: 0 }
}

/** Added up from the start, so that one way has one length however it was found. */
function lengthOf(arcs: readonly number[], lengths: Float64Array | null): number {
  return lengths === null ? arcs.length : arcs.reduce((sum, arc) => sum + lengths[arc], 0)
}

function comesBefore(a: Path, b: Path): boolean {
  if (a.length !== b.length) return a.length < b.length
  for (let i = 0; i < Math.min(a.nodes.length, b.nodes.length); i++) if (a.nodes[i] !== b.nodes[i]) return a.nodes[i] < b.nodes[i]
  return a.nodes.length < b.nodes.length
}
