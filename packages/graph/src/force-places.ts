/** Places of one connected piece by ForceAtlas2 (Jacomy et al. 2014), from several starts: the one that reads best is kept. */
import { UndirectedGraph } from 'graphology'
import forceAtlas2Module, { type ForceAtlas2Settings } from 'graphology-layout-forceatlas2'
import { shuffle, type Random } from '@ringmap/model/random'
import { apart, bounds, ROOM, type Place } from './chart-room.ts'
import { clearOfLines, linesOverOthers } from './clear-lines.ts'
import type { Csr } from './csr.ts'

interface ForceAtlas2 {
  (graph: UndirectedGraph, params: { iterations: number; settings: ForceAtlas2Settings }): Record<string, Place>
  inferSettings(order: number): ForceAtlas2Settings
}
// The package is CommonJS and its types say otherwise: what Node and bundlers import by default is the function itself.
const forceAtlas2 = forceAtlas2Module as unknown as ForceAtlas2

/** Above this many ties counting crossings costs more than another start is worth. */
const COUNTED_TIES = 600
const STARTS = 8
/** Of these, how many are worked on further. */
const CLEARED = 2
/** A line over a stranger misleads; a crossing only disturbs. */
const OVER_OTHERS = 4
/** Typical distance to the nearest neighbour, in rooms. */
const SPACING = 1.5

/** @param nodes of one component. Places in their order, in chart units. */
export function forcePlaces(csr: Csr, nodes: readonly number[], random: Random): Place[] {
  if (nodes.length === 1) return [{ x: 0, y: 0 }]
  if (nodes.length === 2) return [{ x: -ROOM.width, y: 0 }, { x: ROOM.width, y: 0 }]
  const ties = tiesAmong(csr, nodes)
  if (ties.length > COUNTED_TIES) return apart(turned(spaced(oneRun(nodes.length, ties, random))), ROOM)
  const cost = (places: readonly Place[]): number => crossings(places, ties) + OVER_OTHERS * linesOverOthers(places, ties)
  const runs = Array.from({ length: STARTS }, () => apart(turned(spaced(oneRun(nodes.length, ties, random))), ROOM))
  const cleared = cheapest(runs, cost, CLEARED).map((places) => clearOfLines(places, ties))
  return cheapest(cleared, cost, 1)[0]
}

function cheapest(found: readonly Place[][], cost: (places: readonly Place[]) => number, count: number): Place[][] {
  return found.map((places) => ({ places, cost: cost(places) })).sort((a, b) => a.cost - b.cost).slice(0, count).map(({ places }) => places)
}

function tiesAmong(csr: Csr, nodes: readonly number[]): [number, number][] {
  const index = new Map(nodes.map((v, i) => [v, i]))
  const ties: [number, number][] = []
  nodes.forEach((v, i) => {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) if (csr.targets[a] > v) ties.push([i, index.get(csr.targets[a]) ?? i])
  })
  return ties
}

/** From a circle in drawn order. */
function oneRun(count: number, ties: readonly (readonly [number, number])[], random: Random): Place[] {
  const seats = shuffle(random, Array.from({ length: count }, (_, i) => i))
  const graph = new UndirectedGraph()
  for (let i = 0; i < count; i++) {
    const turn = (2 * Math.PI * seats[i]) / count
    graph.addNode(i, { x: 10 * count * Math.cos(turn), y: 10 * count * Math.sin(turn) })
  }
  for (const [s, t] of ties) graph.addEdge(s, t)
  const iterations = count <= 100 ? 500 : count <= 1000 ? 250 : 100
  const found = forceAtlas2(graph, { iterations, settings: { ...forceAtlas2.inferSettings(count), gravity: 0.02 } })
  return Array.from({ length: count }, (_, i) => found[i])
}

export function crossings(places: readonly Place[], ties: readonly (readonly [number, number])[]): number {
  const side = (a: Place, b: Place, c: Place): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  let found = 0
  ties.forEach(([a, b], i) => {
    for (let j = i + 1; j < ties.length; j++) {
      const [c, d] = ties[j]
      if (a === c || a === d || b === c || b === d) continue
      const [pa, pb, pc, pd] = [places[a], places[b], places[c], places[d]]
      if (side(pa, pb, pc) * side(pa, pb, pd) < 0 && side(pc, pd, pa) * side(pc, pd, pb) < 0) found++
    }
  })
  return found
}

/** Scaled so that the middle distance to a nearest neighbour is the spacing, then to the shape of rooms. */
function spaced(places: readonly Place[]): Place[] {
  const nearest = places.map((a, i) => {
    let least = Number.POSITIVE_INFINITY
    places.forEach((b, j) => {
      if (i !== j) least = Math.min(least, (a.x - b.x) ** 2 + (a.y - b.y) ** 2)
    })
    return Math.sqrt(least)
  }).sort((a, b) => a - b)
  const middle = nearest[Math.floor(nearest.length / 2)] || 1
  return places.map(({ x, y }) => ({ x: (x / middle) * SPACING, y: (y / middle) * SPACING }))
}

/** In rooms; turned to the angle at which the piece, with rooms wider than high, comes nearest to a landscape page. */
function turned(places: readonly Place[]): Place[] {
  let best: { places: Place[]; cost: number } | null = null
  for (let step = 0; step < 18; step++) {
    const turn = (Math.PI * step) / 18
    const cos = Math.cos(turn)
    const sin = Math.sin(turn)
    const at = places.map(({ x, y }) => ({ x: (x * cos - y * sin) * ROOM.width, y: (x * sin + y * cos) * ROOM.height }))
    const box = bounds(at)
    const cost = Math.max(box.right - box.left, (box.top - box.bottom) * 1.6)
    if (best === null || cost < best.cost - 1e-9) best = { places: at, cost }
  }
  return best?.places ?? []
}
