/** Room on a chart: entities kept apart by the box of a symbol with its label, pieces packed side by side, the whole brought to shape. */

export interface Place {
  readonly x: number
  readonly y: number
}

/** Box that an entity has for itself, in chart units: labels are wider than high. */
export interface Room {
  readonly width: number
  readonly height: number
}

export const ROOM: Room = { width: 76, height: 46 }

/** Width over height of a screen and of a page on its side. */
const SHAPE = 1.6
/** Distances mean little, but a layout stretched further is no longer itself. */
const MOST_STRETCH = 1.4

const ROUNDS = 200
/** Less overlap than this is rounding. */
const TOUCHING = 1e-6

/** Pushes boxes off each other, along the axis where less is needed; where that does not settle, widens everything and tries again. */
export function apart(places: readonly Place[], room: Room): Place[] {
  let moving = places.map(({ x, y }) => ({ x, y }))
  for (;;) {
    for (let round = 0; round < ROUNDS; round++) if (!pushed(moving, room)) return moving
    moving = moving.map(({ x, y }, i) => ({ x: x * 1.15 + i * 0.01, y: y * 1.15 }))
  }
}

/** One round; false when nothing overlapped. */
function pushed(places: { x: number; y: number }[], room: Room): boolean {
  const order = [...places.keys()].sort((a, b) => places[a].x - places[b].x || a - b)
  let moved = false
  for (let i = 0; i < order.length; i++) {
    const a = places[order[i]]
    for (let j = i + 1; j < order.length; j++) {
      const b = places[order[j]]
      // Pushes within this round may have disturbed the order a little; a margin of one room covers that.
      if (b.x - a.x > room.width * 2) break
      const dx = room.width - Math.abs(b.x - a.x)
      const dy = room.height - Math.abs(b.y - a.y)
      if (dx <= TOUCHING || dy <= TOUCHING) continue
      moved = true
      if (dx / room.width < dy / room.height) {
        const step = (dx / 2) * 1.04 * (b.x >= a.x ? 1 : -1)
        a.x -= step
        b.x += step
      } else {
        const step = (dy / 2) * 1.04 * (b.y > a.y || (b.y === a.y && order[j] > order[i]) ? 1 : -1)
        a.y -= step
        b.y += step
      }
    }
  }
  return moved
}

/** Pieces in rows, largest first, in the width that comes nearest to the shape; places of each piece in its own order. */
export function packed(pieces: readonly (readonly Place[])[], room: Room): Place[][] {
  const boxes = pieces.map((piece) => {
    const box = bounds(piece)
    return { box, width: box.right - box.left + room.width * 1.5, height: box.top - box.bottom + room.height * 1.5 }
  })
  const widest = boxes.reduce((most, { width }) => Math.max(most, width), 0)
  const all = boxes.reduce((sum, { width }) => sum + width, 0)
  let best: { places: Place[]; cost: number } | null = null
  for (let step = 0; step <= 24; step++) {
    const limit = widest + ((all - widest) * step) / 24
    const { corners, width, height } = rows(boxes, limit)
    // The frame of the right shape that holds it all: smaller is better filled.
    const cost = Math.max(width, height * SHAPE)
    if (best === null || cost < best.cost - 1e-9) best = { places: corners, cost }
  }
  return pieces.map((piece, p) => piece.map(({ x, y }) => ({
    x: x - boxes[p].box.left + (best?.places[p].x ?? 0),
    y: y - boxes[p].box.top + (best?.places[p].y ?? 0),
  })))
}

/** Upper left corners, row by row from the top. */
function rows(boxes: readonly { readonly width: number; readonly height: number }[], limit: number): { corners: Place[]; width: number; height: number } {
  const corners: Place[] = []
  let x = 0
  let y = 0
  let rowHeight = 0
  let width = 0
  for (const box of boxes) {
    if (x > 0 && x + box.width > limit + 1e-9) {
      y -= rowHeight
      x = 0
      rowHeight = 0
    }
    corners.push({ x, y })
    x += box.width
    rowHeight = Math.max(rowHeight, box.height)
    width = Math.max(width, x)
  }
  return { corners, width, height: rowHeight - y }
}

/** Stretched along the shorter side towards the shape (never shrunk, so nothing comes to overlap), and centred. */
export function toShape(places: readonly Place[]): Place[] {
  const box = bounds(places)
  const width = box.right - box.left
  const height = box.top - box.bottom
  const ratio = height > 0 && width > 0 ? width / height : SHAPE
  const sx = Math.min(MOST_STRETCH, Math.max(1, SHAPE / ratio))
  const sy = Math.min(MOST_STRETCH, Math.max(1, ratio / SHAPE))
  const cx = (box.left + box.right) / 2
  const cy = (box.top + box.bottom) / 2
  return places.map(({ x, y }) => ({ x: (x - cx) * sx, y: (y - cy) * sy }))
}

/** Distance from a place to the stretch of line between two others, in rooms. */
export function gapToLine(at: Place, from: Place, to: Place): number {
  const dx = (to.x - from.x) / ROOM.width
  const dy = (to.y - from.y) / ROOM.height
  const ax = (at.x - from.x) / ROOM.width
  const ay = (at.y - from.y) / ROOM.height
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, (ax * dx + ay * dy) / length))
  return Math.hypot(ax - along * dx, ay - along * dy)
}

export interface Bounds {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

export function bounds(places: readonly Place[]): Bounds {
  if (places.length === 0) return { left: 0, right: 0, bottom: 0, top: 0 }
  let left = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.POSITIVE_INFINITY
  let top = Number.NEGATIVE_INFINITY
  for (const { x, y } of places) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  return { left, right, bottom, top }
}
