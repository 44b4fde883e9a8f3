/** Courses of a chart's links: straight where they can be, bent around strangers, fanned out where several join the same two. */
import type { ChartLink } from '@ringmap/model/chart'
import { touchesDisc } from './entity-places.ts'
import type { Place, Rect } from './operations.ts'
import type { Curve } from './scene.ts'

/** The curve of a link. */
export interface Course extends Curve {
  readonly link: ChartLink
  /** Points along it, for collisions. */
  readonly points: readonly Place[]
}

export interface Disc extends Place {
  readonly radius: number
  /** Where its label will most likely stand. */
  readonly label: Rect
}

const SAMPLES = 40
/** How far the middle of a line may be bent aside, in radii of a disc: straight first. */
const BENDS = [0, 1.2, -1.2, 2.2, -2.2, 3.4, -3.4, 5, -5, 7, -7]

/** Links in the order of their ids; a link whose end is not on the chart has no course. */
export function coursesOf(links: readonly ChartLink[], discs: ReadonlyMap<string, Disc>): Course[] {
  const pairs = new Map<string, ChartLink[]>()
  for (const link of links) {
    if (!discs.has(link.source) || !discs.has(link.target)) continue
    const [low, high] = link.source < link.target ? [link.source, link.target] : [link.target, link.source]
    const key = JSON.stringify([low, high])
    const pair = pairs.get(key)
    if (pair === undefined) pairs.set(key, [link])
    else pair.push(link)
  }
  const all = [...discs]
  const courses: Course[] = []
  for (const [key, pair] of pairs) {
    const [low, high] = JSON.parse(key) as [string, string]
    const a = discs.get(low) as Disc
    const b = discs.get(high) as Disc
    if (low === high) courses.push(...pair.map((link, i) => loop(link, a, i)))
    else courses.push(...fan(pair, low, a, b, all.filter(([id]) => id !== low && id !== high).map(([, disc]) => disc)))
  }
  return courses.sort((x, y) => (x.link.id < y.link.id ? -1 : 1))
}

function fan(pair: readonly ChartLink[], low: string, a: Disc, b: Disc, strangers: readonly Disc[]): Course[] {
  const gap = Math.max(a.radius, b.radius) * 1.15
  let best: Course[] = []
  let least = Number.POSITIVE_INFINITY
  for (const bend of BENDS) {
    const base = bend * Math.max(a.radius, b.radius)
    const courses = pair.map((link, i) => course(link, low, a, b, base + (i - (pair.length - 1) / 2) * gap))
    let cost = Math.abs(bend) * 3
    for (const { points } of courses) for (const disc of strangers) cost += collision(points, disc)
    if (cost < least) {
      least = cost
      best = courses
    }
    if (cost === 0) break
  }
  return best
}

/** A line through a stranger's symbol can be read as a link to it: far worse than one under a label. */
function collision(points: readonly Place[], disc: Disc): number {
  const near = disc.radius * 1.35
  let label = 0
  for (const point of points) {
    const dx = point.x - disc.x
    const dy = point.y - disc.y
    if (dx * dx + dy * dy < near * near) return 100
    if (label === 0 && touchesDisc(disc.label, point.x, point.y, 1)) label = 12
  }
  return label
}

function course(link: ChartLink, low: string, a: Disc, b: Disc, offset: number): Course {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = Math.sqrt(dx * dx + dy * dy) || 1
  const bend = { x: (a.x + b.x) / 2 - (dy / length) * offset * 2, y: (a.y + b.y) / 2 + (dx / length) * offset * 2 }
  const start = rim(a, bend)
  const end = rim(b, bend)
  const [from, to] = link.source === low ? [start, end] : [end, start]
  return { link, from, bend, to, points: sampled({ from, bend, to }) }
}

function loop(link: ChartLink, disc: Disc, i: number): Course {
  const curve = loopCurve(disc, i)
  return { link, ...curve, points: sampled(curve) }
}

/** Where a self-link leaves, off the axis of its symbol, and how far out it turns; in radii. */
export const LOOP = { near: 0.3, reach: 3 } as const

/** A self-link leaves and comes back at the top right. @param i how many of the same entity come before it. */
export function loopCurve({ x, y, radius: r }: Place & { readonly radius: number }, i: number): Curve {
  const { near, reach } = LOOP
  return { from: { x: x + r * near, y: y - r }, bend: { x: x + r * (reach + i), y: y - r * (reach + i) }, to: { x: x + r, y: y - r * near } }
}

/** Air between a symbol and the lines that end at it. */
export const RIM_GAP = 2

/** Where a line from a symbol towards a place begins. */
export function rim(disc: Place & { readonly radius: number }, towards: Place): Place {
  const dx = towards.x - disc.x
  const dy = towards.y - disc.y
  const length = Math.sqrt(dx * dx + dy * dy) || 1
  const reach = disc.radius + RIM_GAP
  return { x: disc.x + (dx / length) * reach, y: disc.y + (dy / length) * reach }
}

export function pointAt({ from, bend, to }: Curve, t: number): Place {
  const u = 1 - t
  return { x: u * u * from.x + 2 * u * t * bend.x + t * t * to.x, y: u * u * from.y + 2 * u * t * bend.y + t * t * to.y }
}

function sampled(curve: Curve): Place[] {
  return Array.from({ length: SAMPLES + 1 }, (_, i) => pointAt(curve, i / SAMPLES))
}
