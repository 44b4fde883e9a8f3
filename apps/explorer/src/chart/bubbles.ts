/** Places for the bubbles of the whole case: as the layout has them, at a size by persons, moved apart until none lies over another. */

interface Bubble {
  readonly persons: number
  readonly x: number
  readonly y: number
}

export interface BubblePlace {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Share of the picture that all bubbles take together. */
const FILL = 0.34
const GAP = 4
const ROUNDS = 400

/** Pixels, y down, all inside the picture; the same for the same input. */
export function placedBubbles(groups: readonly Bubble[], { width, height }: { readonly width: number; readonly height: number }): readonly BubblePlace[] {
  if (groups.length === 0) return []
  const persons = groups.reduce((sum, group) => sum + group.persons, 0)
  for (let fill = FILL; ; fill *= 0.85) {
    const places = packed(groups, { width, height }, Math.sqrt(width * height * fill / (Math.PI * persons)))
    if (places !== null) return places
  }
}

/** Null where the bubbles do not come to rest apart from each other at this size. */
function packed(groups: readonly Bubble[], { width, height }: { readonly width: number; readonly height: number }, scale: number): readonly BubblePlace[] | null {
  const least = Math.min(8, scale * 4)
  const radii = groups.map((group) => Math.max(least, Math.min(height / 4, Math.sqrt(group.persons) * scale)))
  const span = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values, Math.min(...values) + 1e-9)]
  const [left, right] = span(groups.map(({ x }) => x))
  const [low, high] = span(groups.map(({ y }) => y))
  const places = groups.map(({ x, y }, i) => {
    const r = radii[i] as number
    return { x: r + (x - left) / (right - left) * (width - 2 * r), y: r + (high - y) / (high - low) * (height - 2 * r), radius: r }
  })
  for (let round = 0; round < ROUNDS; round++) if (!apart(places, { width, height }, round)) return places
  return null
}

type Movable = { x: number; y: number; readonly radius: number }

/** One round; false once nothing lies over anything. */
function apart(places: readonly Movable[], view: { readonly width: number; readonly height: number }, round: number): boolean {
  let moved = false
  for (const [i, one] of places.entries()) {
    for (let j = i + 1; j < places.length; j++) {
      const other = places[j] as Movable
      const dx = other.x - one.x
      const dy = other.y - one.y
      const distance = Math.hypot(dx, dy)
      const wanted = one.radius + other.radius + GAP
      if (distance >= wanted - GAP / 2) continue
      moved = true
      // Two on one spot part in a direction of their own.
      const [ux, uy] = distance < 1e-6 ? [Math.cos(i + j + round), Math.sin(i + j + round)] : [dx / distance, dy / distance]
      const by = (wanted - distance) / 2
      one.x -= ux * by
      one.y -= uy * by
      other.x += ux * by
      other.y += uy * by
    }
  }
  for (const place of places) {
    place.x = Math.max(place.radius + 1, Math.min(view.width - place.radius - 1, place.x))
    place.y = Math.max(place.radius + 1, Math.min(view.height - place.radius - 1, place.y))
  }
  return moved
}
