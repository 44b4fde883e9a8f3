/** Places for the entities of a chart: the same for the same chart and seed, whatever the order they come in. */
import { seeded } from '@ringmap/model/random'
import { packed, ROOM, toShape, type Place } from './chart-room.ts'
import { forcePlaces } from './force-places.ts'
import { newcomerPlaces } from './newcomer-places.ts'
import { components } from './subgraph.ts'
import { csrFromEdges, type Csr } from './csr.ts'

export interface LayoutOptions {
  readonly seed: number
  /** Places to keep, by id: after an expansion what was there stays where it was. */
  readonly fixed?: ReadonlyMap<string, Place>
}

/**
 * Chart units, y up, about the origin. Entities keep at least the room of a symbol with its label (ROOM) between them; pieces that
 * no link joins stand side by side; the whole is about 16 to 10.
 */
export function layoutChart(
  entities: readonly { readonly id: string }[], links: readonly { readonly source: string; readonly target: string }[], options: LayoutOptions,
): Map<string, Place> {
  const ids = [...new Set(entities.map(({ id }) => id))].sort()
  const csr = chartCsr(ids, links)
  const kept = ids.map((id) => options.fixed?.get(id) ?? null)
  const places = kept.some((place) => place !== null) ? newcomerPlaces(csr, kept) : freePlaces(csr, options.seed)
  return new Map(ids.map((id, v) => [id, places[v]]))
}

/** Ids sorted by code unit become nodes; parallel links and direction do not matter for places. */
function chartCsr(ids: readonly string[], links: readonly { readonly source: string; readonly target: string }[]): Csr {
  const index = new Map(ids.map((id, v) => [id, v]))
  const ends: [number, number][] = []
  for (const { source, target } of links) {
    const s = index.get(source)
    const t = index.get(target)
    if (s !== undefined && t !== undefined) ends.push([s, t])
  }
  return csrFromEdges(ids.length, Uint32Array.from(ends, ([s]) => s), Uint32Array.from(ends, ([, t]) => t))
}

function freePlaces(csr: Csr, seed: number): Place[] {
  const { component, count } = components(csr)
  const pieces: number[][] = Array.from({ length: count }, () => [])
  component.forEach((c, v) => pieces[c].push(v))
  pieces.sort((a, b) => b.length - a.length || a[0] - b[0])
  const random = seeded(seed)
  const laid = pieces.map((nodes) => forcePlaces(csr, nodes, random))
  const places: Place[] = Array.from({ length: csr.nodes }, () => ({ x: 0, y: 0 }))
  packed(laid, ROOM).forEach((piece, p) => piece.forEach((place, i) => (places[pieces[p][i]] = place)))
  return toShape(places)
}
