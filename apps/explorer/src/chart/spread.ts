/** Fits a layout to the view it is drawn in: stretched to its shape, crowded entities moved off each other, nothing past the edge. */

export interface Spot {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface View {
  /** Pixels that entities may take, margins taken off. */
  readonly width: number
  readonly height: number
}

/** A layout pulled further in one direction is no longer itself. */
const MOST_STRETCH = 1.9
/** Share of the view that the rooms of all entities may take: more would not leave space to move. */
const FILL = 0.5
const ROUNDS = 300
/** Beyond this the pairs are too many to go through in one frame, and the view too small to help. */
const LARGEST = 600

/** Places in pixels about the middle of the view, y up, by id; the same for the same input. */
export function spread(spots: readonly Spot[], view: View): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const places = shaped(spots, view)
  if (spots.length <= LARGEST) settle(places, roomOf(spots.length, view), view)
  return new Map(spots.map(({ id }, i) => [id, places[i] as Point]))
}

interface Point {
  x: number
  y: number
}

function shaped(spots: readonly Spot[], view: View): Point[] {
  const xs = spots.map(({ x }) => x)
  const ys = spots.map(({ y }) => y)
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const across = view.width / Math.max(right - left, 1e-9)
  const upward = view.height / Math.max(high - low, 1e-9)
  const least = Math.min(across, upward)
  const [sx, sy] = [Math.min(across, least * MOST_STRETCH), Math.min(upward, least * MOST_STRETCH)]
  // A chart of one or two is not blown up to fill the view.
  const most = view.width / 6
  const scale = Math.min(1, most * Math.sqrt(spots.length) / Math.max((right - left) * sx, (high - low) * sy, 1e-9))
  // A spiral too small to see: entities in one spot would push each other along one line only.
  return spots.map(({ x, y }, i) => ({
    x: (x - (left + right) / 2) * sx * scale + (spots.length > 1 ? Math.sqrt(i) * 0.5 * Math.cos(i * 2.399963) : 0),
    y: (y - (low + high) / 2) * sy * scale + (spots.length > 1 ? Math.sqrt(i) * 0.5 * Math.sin(i * 2.399963) : 0),
  }))
}

/** Room each entity asks for: a symbol at least, a symbol with its name where the view is wide enough. */
function roomOf(count: number, view: View): View {
  const side = Math.sqrt(FILL * view.width * view.height / Math.max(count, 1))
  return { width: Math.max(33, Math.min(110, side * 1.2)), height: Math.max(33, Math.min(56, side * 0.85)) }
}

/** Pushes pairs that stand in each other's room apart along the axis where less is needed, and back from the edges, until all is still. */
function settle(places: Point[], room: View, view: View): void {
  const order = places.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0
    order.sort((a, b) => (places[a] as Point).x - (places[b] as Point).x || a - b)
    for (let i = 0; i < order.length; i++) {
      const a = places[order[i] as number] as Point
      for (let j = i + 1; j < order.length; j++) {
        const b = places[order[j] as number] as Point
        if (b.x - a.x >= room.width) break
        moved += parted(a, b, room)
      }
    }
    for (const place of places) {
      place.x = Math.max(-view.width / 2, Math.min(view.width / 2, place.x))
      place.y = Math.max(-view.height / 2, Math.min(view.height / 2, place.y))
    }
    if (moved < 0.5) return
  }
}

/** Half of the overlap is taken away in one go: gentler steps keep the shape. Returns how far they were moved. */
function parted(a: Point, b: Point, room: View): number {
  const overX = room.width - Math.abs(b.x - a.x)
  const overY = room.height - Math.abs(b.y - a.y)
  if (overX <= 0 || overY <= 0) return 0
  if (overX / room.width < overY / room.height) {
    const by = overX / 4 * (b.x < a.x ? -1 : 1)
    a.x -= by
    b.x += by
    return overX
  }
  const by = overY / 4 * (b.y < a.y ? -1 : 1)
  a.y -= by
  b.y += by
  return overY
}
