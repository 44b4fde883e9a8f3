/** Places for entities that come onto a chart: free seats about those they are linked to, while nothing that was there moves. */
import { bounds, gapToLine, ROOM, type Place } from './chart-room.ts'
import type { Csr } from './csr.ts'

/** Ellipses of seats about an anchor, in rooms; the first leaves space for a line and its label. */
const FIRST_RING = 1.6
const RING_STEP = 1.15
/** After so many rings a seat is taken even if a line runs through somebody. */
const CHOOSY_RINGS = 6
/** A line nearer than this to somebody's place, in rooms, could be read as his. */
const CLEAR_OF_LINES = 0.4

interface Seated {
  readonly places: readonly (Place | null)[]
  readonly taken: readonly Place[]
  readonly lines: readonly (readonly [Place, Place])[]
}

/** @param kept place of each node that stays, null for newcomers. */
export function newcomerPlaces(csr: Csr, kept: readonly (Place | null)[]): Place[] {
  const places = [...kept]
  const waiting = new Set(kept.flatMap((place, v) => (place === null ? [v] : [])))
  while (waiting.size > 0) {
    const v = nextToSeat(csr, places, waiting)
    waiting.delete(v)
    const anchors = neighbours(csr, v).flatMap((w) => places[w] ?? [])
    const seated: Seated = { places, taken: places.filter((place) => place !== null), lines: linesAmong(csr, places) }
    places[v] = anchors.length === 0 ? beside(seated.taken) : seat(anchors, seated)
  }
  return places.map((place) => place ?? { x: 0, y: 0 })
}

/** Those with most placed neighbours first: they have least choice. */
function nextToSeat(csr: Csr, places: readonly (Place | null)[], waiting: ReadonlySet<number>): number {
  let best = -1
  let most = -1
  for (const v of waiting) {
    const placed = neighbours(csr, v).filter((w) => places[w] !== null).length
    if (placed > most) {
      best = v
      most = placed
    }
  }
  return best
}

function neighbours(csr: Csr, v: number): number[] {
  return [...csr.targets.subarray(csr.offsets[v], csr.offsets[v + 1])]
}

function linesAmong(csr: Csr, places: readonly (Place | null)[]): [Place, Place][] {
  const lines: [Place, Place][] = []
  places.forEach((from, v) => {
    for (const w of neighbours(csr, v)) {
      const to = places[w]
      if (w > v && from !== null && to !== null) lines.push([from, to])
    }
  })
  return lines
}

/** Innermost ring with a free seat; there the seat furthest from everyone else. */
function seat(anchors: readonly Place[], seated: Seated): Place {
  const centre = {
    x: anchors.reduce((sum, { x }) => sum + x, 0) / anchors.length,
    y: anchors.reduce((sum, { y }) => sum + y, 0) / anchors.length,
  }
  if (anchors.length > 1 && clearance(centre, seated.taken) >= 1 && !misread(centre, anchors, seated)) return centre
  for (let ring = 0; ; ring++) {
    const reach = FIRST_RING + ring * RING_STEP
    const seats = 12 + 6 * ring
    let best: Place | null = null
    let widest = 1
    for (let s = 0; s < seats; s++) {
      const turn = (2 * Math.PI * (s + (ring % 2) / 2)) / seats
      const at = { x: centre.x + Math.cos(turn) * reach * ROOM.width, y: centre.y + Math.sin(turn) * reach * ROOM.height }
      const clear = clearance(at, seated.taken)
      if (clear < widest || (best !== null && clear <= widest + 1e-9)) continue
      if (ring < CHOOSY_RINGS && misread(at, anchors, seated)) continue
      best = at
      widest = clear
    }
    if (best !== null) return best
  }
}

/** Whether a line of this newcomer would run over somebody, or a line of others over him. */
function misread(at: Place, anchors: readonly Place[], { taken, lines }: Seated): boolean {
  return anchors.some((anchor) => taken.some((other) => !anchors.includes(other) && gapToLine(other, at, anchor) < CLEAR_OF_LINES))
    || lines.some(([from, to]) => gapToLine(at, from, to) < CLEAR_OF_LINES)
}

/** Distance to the nearest, in rooms, as boxes measure it: 1 and more does not overlap. */
function clearance(at: Place, taken: readonly Place[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const { x, y } of taken) least = Math.min(least, Math.max(Math.abs(x - at.x) / ROOM.width, Math.abs(y - at.y) / ROOM.height))
  return least
}

/** Linked to nothing that has a place: to the right of everything. */
function beside(taken: readonly Place[]): Place {
  const box = bounds(taken)
  return { x: box.right + ROOM.width * 1.5, y: (box.bottom + box.top) / 2 }
}
