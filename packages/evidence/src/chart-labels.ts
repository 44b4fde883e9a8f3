/** Places for labels: beside their symbol where there is room, else further out with a leader; never on a symbol, never on each other. */
import { inside, overlaps, touchesDisc, type Place, type Rect } from './chart-places.ts'
import { pointAt, type Course, type Disc } from './chart-lines.ts'

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
      const cost = side * 0.6 + step * 4 + crowded * 6 + crossings(box, courses) * 2.5
      if (cost < least) {
        least = cost
        best = { box, leader }
      }
    }
    if (best !== null && least < step * 4 + 5) break
  }
  return best ?? { box: { x: disc.x - size.width / 2, y: disc.y + disc.radius * 1.2, ...size }, leader: false }
}

/** Lines under the box; an arrow head under it counts for three. */
function crossings(box: Rect, courses: readonly Course[]): number {
  let crossed = 0
  for (const { points, to, link } of courses) {
    if (link.directed && touchesDisc(box, to.x, to.y, 8)) crossed += 3
    else if (points.some(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height)) crossed++
  }
  return crossed
}

const ALONG = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8]

/** A free place on each link's line for one of its texts (longest first), or null where there is none. */
export function platePlaces(
  courses: readonly Course[], sizes: readonly (readonly Size[])[], discs: readonly Disc[], labels: readonly Rect[], frame: Rect,
): ({ readonly box: Rect; readonly text: number } | null)[] {
  const taken: Rect[] = [...labels]
  const heads: Place[] = courses.filter(({ link }) => link.directed).map(({ to }) => to)
  return courses.map((course, i) => {
    for (const [text, size] of (sizes[i] as readonly Size[]).entries()) {
      for (const t of ALONG) {
        const middle = pointAt(course, t)
        const box = { x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size }
        if (!inside(box, frame) || taken.some((other) => overlaps(box, other))) continue
        if (discs.some(({ x, y, radius }) => touchesDisc(box, x, y, radius * 1.15)) || heads.some(({ x, y }) => touchesDisc(box, x, y, 5))) continue
        taken.push(box)
        return { box, text }
      }
    }
    return null
  })
}
