/** How a line says what it stands on: its dashes the strength, its thickness how often, its head the direction. One law for screen and paper. */
import type { Strength } from '@ringmap/model/grade'
import type { PathOperation, Place, Stroke } from './operations.ts'

/** Lengths on and off for a line of up to 2 units; a dot is as long as nothing and round. */
export const DASHES: Readonly<Record<Strength, readonly [number, number] | null>> = { confirmed: null, unconfirmed: [7, 4], tentative: [0.1, 4] }

/** Dashes grow with lines thicker than this. */
export const DASH_WIDTH = 2

/** Thickness goes by order of magnitude; these are the steps. */
export const WIDTH_STEPS: readonly { readonly from: number; readonly width: number }[] = [
  { from: 1000, width: 6.6 },
  { from: 100, width: 5 },
  { from: 10, width: 3.5 },
  { from: 2, width: 2.2 },
  { from: 0, width: 1.3 },
]

export function widthStep(count: number): (typeof WIDTH_STEPS)[number] {
  return WIDTH_STEPS.find(({ from }) => count >= from) ?? (WIDTH_STEPS.at(-1) as (typeof WIDTH_STEPS)[number])
}

/** Length of an arrow head is `HEAD.least + HEAD.by_width * width`; half its breadth that times `HEAD.half`. */
export const HEAD = { least: 6, by_width: 1.5, half: 0.46 } as const

export function headLength(width: number): number {
  return HEAD.least + width * HEAD.by_width
}

export function lineStroke(colour: string, width: number, strength: Strength): Stroke {
  const pattern = DASHES[strength]
  if (pattern === null) return { colour, width }
  const grown = Math.max(1, width / DASH_WIDTH)
  return { colour, width, dashes: pattern.map((part) => part * grown), ...(strength === 'tentative' ? { cap: 'round' as const } : {}) }
}

/** Where a line ends, and from where it comes there. */
interface Arrival {
  readonly bend: Place
  readonly to: Place
}

export function arrowHead({ bend, to }: Arrival, width: number, colour: string): PathOperation {
  const head = headLength(width)
  const { x, y } = directionOf({ bend, to })
  const side = head * HEAD.half
  return {
    op: 'path', paint: { fill: colour },
    steps: [['M', to.x, to.y], ['L', to.x - x * head - y * side, to.y - y * head + x * side], ['L', to.x - x * head + y * side, to.y - y * head - x * side], ['Z']],
  }
}

/** The line stops within its arrow head, so that a thick line does not blunt the point. */
export function shaftEnd(arrival: Arrival, width: number): Place {
  const { x, y } = directionOf(arrival)
  const back = headLength(width) * 0.8
  return { x: arrival.to.x - x * back, y: arrival.to.y - y * back }
}

function directionOf({ bend, to }: Arrival): Place {
  const length = Math.sqrt((to.x - bend.x) ** 2 + (to.y - bend.y) ** 2) || 1
  return { x: (to.x - bend.x) / length, y: (to.y - bend.y) / length }
}
