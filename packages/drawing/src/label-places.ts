/** Places for labels: beside their symbol where there is room, else further out with a leader; never on a symbol, never on each other. */
import { inside, overlaps, touchesDisc } from './entity-places.ts'
import { pointAt, type Course, type Disc } from './link-courses.ts'
import type { Place, Rect } from './operations.ts'

export interface LabelPlace {
  readonly box: Rect
  /** Drawn from the symbol to the box when the box stands away from it. */
  readonly leader: boolean
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Sides in order of liking, as directions from the symbol. */
const SIDES: readonly (readonly [number, number])[] = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]]
const STEPS = [0, 0.7, 1.5, 2.6, 4, 6, 9, 13, 18]

/** One place for each disc, in their order. Where nothing at all is free the label goes below and lies over what is there. */
export function labelPlaces(discs: readonly Disc[], sizes: readonly Size[], courses: readonly Course[], frame: Rect): LabelPlace[] {
  const taken: Rect[] = []
  return discs.map((disc, i) => {
    const place = bestPlace(disc, sizes[i] as Size, discs, courses, taken, frame)
    taken.push(place.box)
    return place
  })
}

function bestPlace(disc: Disc, size: Size, discs: readonly Disc[], courses: readonly Course[], taken: readonly Rect[], frame: Rect): LabelPlace {
  let best: LabelPlace | null = null
  let least = Number.POSITIVE_INFINITY
  for (const step of STEPS) {
    const leader = step > 1
    for (const [side, [dx, dy]] of SIDES.entries()) {
      const away = disc.radius * (1.2 + step)
      const box = {
        x: disc.x + dx * (away + size.width / 2) * (dx !== 0 && dy !== 0 ? 0.8 : 1) - size.width / 2,
        y: disc.y + dy * (away + size.height / 2) * (dx !== 0 && dy !== 0 ? 0.9 : 1) - size.height / 2,
        ...size,
      }
      if (!inside(box, frame)) continue
      if (discs.some((other) => touchesDisc(box, other.x, other.y, other.radius * 1.12))) continue
      if (taken.some((other) => overlaps(box, other))) continue
      // The label that most likely belongs below another symbol is worth respecting, if not at any price.
      const crowded = discs.filter((other) => other !== disc && overlaps(box, other.label)).length
      const cost = side * 0.6 + step * 7 + crowded * 5 + (nearest(box, disc, discs) ? 0 : 25) + crossings(box, courses) * 2
      if (cost < least) {
        least = cost
        best = { box, leader }
      }
    }
    if (best !== null && least < step * 7 + 3) break
  }
  return best ?? { box: { x: disc.x - size.width / 2, y: disc.y + disc.radius * 1.2, ...size }, leader: false }
}

/** Whether the label stands nearer to its own symbol than to any other: else it would be read as the other's. */
function nearest(box: Rect, own: Disc, discs: readonly Disc[]): boolean {
  const reach = gap(box, own) + own.radius * 0.25
  return discs.every((other) => other === own || gap(box, other) > reach)
}

function gap(box: Rect, disc: Disc): number {
  const dx = disc.x - Math.min(Math.max(disc.x, box.x), box.x + box.width)
  const dy = disc.y - Math.min(Math.max(disc.y, box.y), box.y + box.height)
  return Math.sqrt(dx * dx + dy * dy) - disc.radius
}

/** Lines under the box; an arrow head under it counts for three. */
function crossings(box: Rect, courses: readonly Course[]): number {
  let crossed = 0
  for (const course of courses) {
    if (course.link.directed && touchesDisc(box, course.to.x, course.to.y, 9)) crossed += 3
    else if (passes(course, box)) crossed++
  }
  return crossed
}

const ALONG = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8]

/**
 * A free place on each link's line for one of its texts (longest first), or null where there is none. Free of other lines if it can be: a
 * number between two lines could be read as either's.
 */
export function platePlaces(
  courses: readonly Course[], sizes: readonly (readonly Size[])[], discs: readonly Disc[], labels: readonly Rect[], frame: Rect,
): ({ readonly box: Rect; readonly text: number } | null)[] {
  const taken: Rect[] = [...labels]
  const heads: Place[] = courses.filter(({ link }) => link.directed).map(({ to }) => to)
  return courses.map((course, i) => {
    let best: { readonly box: Rect; readonly text: number } | null = null
    let least = Number.POSITIVE_INFINITY
    for (const [text, size] of (sizes[i] as readonly Size[]).entries()) {
      for (const [step, t] of ALONG.entries()) {
        const middle = pointAt(course, t)
        const box = { x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size }
        if (!inside(box, frame) || taken.some((other) => overlaps(box, other))) continue
        if (discs.some(({ x, y, radius }) => touchesDisc(box, x, y, radius * 1.15)) || heads.some(({ x, y }) => touchesDisc(box, x, y, 5))) continue
        // A line that is mostly hidden under its own words no longer shows its style.
        const hidden = course.points.filter((point) => within(point, box)).length / course.points.length
        const cost = text * 4 + step * 0.5 + hidden * hidden * 18 + courses.filter((other) => other !== course && passes(other, box)).length * 3
        if (cost < least) {
          least = cost
          best = { box, text }
        }
      }
      if (least < (text + 1) * 4) break
    }
    if (best !== null) taken.push(best.box)
    return best
  })
}

/** Whether a line runs under a box. */
function passes({ points }: Course, box: Rect): boolean {
  return points.some((point) => within(point, box))
}

function within({ x, y }: Place, box: Rect): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height
}
