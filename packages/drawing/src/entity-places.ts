/** Places of a chart's entities on paper: the layout stretched to the frame, then moved apart until symbols and labels have room. */
import type { Place, Rect } from './operations.ts'

/** What stands around a point: how far it reaches to each side. */
export interface Room {
  readonly x: number
  readonly y: number
  readonly left: number
  readonly right: number
  readonly up: number
  readonly down: number
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

export function inside(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
}

export function touchesDisc(rect: Rect, x: number, y: number, radius: number): boolean {
  const dx = x - Math.min(Math.max(x, rect.x), rect.x + rect.width)
  const dy = y - Math.min(Math.max(y, rect.y), rect.y + rect.height)
  return dx * dx + dy * dy < radius * radius
}

/** One axis may be stretched this much more than the other: distances mean nothing, but the shape of the layout should stay known. */
const STRETCH = 1.7
const ROUNDS = 400

/**
 * Rooms are given in the order of ids, y up; places come back y down. Places depend only on that order and the numbers.
 * Where the frame is too small for all, some rooms still overlap at the end.
 */
export function placed(rooms: readonly Room[], frame: Rect): Place[] {
  const places = fitted(rooms, frame)
  for (let round = 0; round < ROUNDS; round++) if (!pushApart(places, rooms, frame)) break
  return places
}

interface Moving {
  x: number
  y: number
}

function fitted(rooms: readonly Room[], frame: Rect): Moving[] {
  const finite = rooms.map(({ x, y }) => ({ x: Number.isFinite(x) ? x : 0, y: Number.isFinite(y) ? -y : 0 }))
  const most = (side: (room: Room) => number): number => rooms.reduce((max, room) => Math.max(max, side(room)), 0)
  const inner = {
    left: frame.x + most(({ left }) => left), right: frame.x + frame.width - most(({ right }) => right),
    top: frame.y + most(({ up }) => up), bottom: frame.y + frame.height - most(({ down }) => down),
  }
  const xs = spread(finite.map(({ x }) => x))
  const ys = spread(finite.map(({ y }) => y))
  const fit = (room: number, size: number): number => (size > 0 ? room / size : Number.POSITIVE_INFINITY)
  let sx = fit(inner.right - inner.left, xs.size)
  let sy = fit(inner.bottom - inner.top, ys.size)
  sx = Math.min(sx, sy * STRETCH)
  sy = Math.min(sy, sx * STRETCH)
  if (!Number.isFinite(sx)) sx = 1
  if (!Number.isFinite(sy)) sy = 1
  const cx = (inner.left + inner.right) / 2
  const cy = (inner.top + inner.bottom) / 2
  // A grain of a spiral by order parts entities that stand on one point.
  // The crowd gets more of the frame and empty parts less: a share of each coordinate goes by order instead of distance.
  const even = rooms.length > 14 ? 0.5 : 0.35
  const rx = ranks(finite.map(({ x }) => x))
  const ry = ranks(finite.map(({ y }) => y))
  const blend = (linear: number, rank: number, room: number): number => linear * (1 - even) + rank * Math.max(0, room) * even
  return finite.map(({ x, y }, i) => ({
    x: cx + blend((x - xs.middle) * sx, rx[i] as number, inner.right - inner.left) + Math.cos(i * 2.399963) * 0.5 * Math.sqrt(i + 1),
    y: cy + blend((y - ys.middle) * sy, ry[i] as number, inner.bottom - inner.top) + Math.sin(i * 2.399963) * 0.5 * Math.sqrt(i + 1),
  }))
}

/** Place of each value in the order of all, from -0.5 to 0.5; equal values share the middle of theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  const first = (value: number, after: boolean): number => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] as number
      if (at < value || (after && at === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  return values.map((value) => (values.length < 2 ? 0 : (first(value, false) + first(value, true) - 1) / 2 / (values.length - 1) - 0.5))
}

function spread(values: readonly number[]): { readonly size: number; readonly middle: number } {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return values.length === 0 ? { size: 0, middle: 0 } : { size: high - low, middle: (low + high) / 2 }
}

/** One round over all pairs: those that overlap part along the axis where less is needed. False when all was well. */
function pushApart(places: Moving[], rooms: readonly Room[], frame: Rect): boolean {
  let moved = false
  for (let i = 0; i < places.length; i++) {
    const a = places[i] as Moving
    const roomA = rooms[i] as Room
    for (let j = i + 1; j < places.length; j++) {
      const b = places[j] as Moving
      const roomB = rooms[j] as Room
      const rightwards = a.x + roomA.right - (b.x - roomB.left)
      const leftwards = b.x + roomB.right - (a.x - roomA.left)
      const downwards = a.y + roomA.down - (b.y - roomB.up)
      const upwards = b.y + roomB.down - (a.y - roomA.up)
      if (rightwards <= 0 || leftwards <= 0 || downwards <= 0 || upwards <= 0) continue
      moved = true
      const dx = rightwards < leftwards ? rightwards : -leftwards
      const dy = downwards < upwards ? downwards : -upwards
      if (Math.abs(dx) < Math.abs(dy)) {
        a.x -= dx * 0.52
        b.x += dx * 0.52
      } else {
        a.y -= dy * 0.52
        b.y += dy * 0.52
      }
    }
    a.x = Math.min(Math.max(a.x, frame.x + roomA.left), frame.x + frame.width - roomA.right)
    a.y = Math.min(Math.max(a.y, frame.y + roomA.up), frame.y + frame.height - roomA.down)
  }
  return moved
}
