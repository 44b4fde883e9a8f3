/** A shape drawn by hand: how it is shown, and which entities lie inside (even-odd rule, over columns). */

export interface Spot {
  readonly x: number
  readonly y: number
}

/** A hand draws more corners than matter. */
const CORNERS = 160

/** Draws a shape that a hand is still drawing, closed. */
export function paintShape(context: CanvasRenderingContext2D, corners: readonly Spot[]): void {
  context.beginPath()
  corners.forEach(({ x, y }, i) => context[i === 0 ? 'moveTo' : 'lineTo'](x, y))
  context.closePath()
  context.fillStyle = 'rgba(28,126,214,0.12)'
  context.fill()
  context.lineWidth = 1.5
  context.strokeStyle = '#1c7ed6'
  context.stroke()
}

/** Ascending. @param on 1 where an entity is in sight */
export function entitiesInside(shape: readonly Spot[], { x, y }: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }, on: ArrayLike<number>): number[] {
  const step = Math.max(1, Math.ceil(shape.length / CORNERS))
  const corners = shape.filter((_, i) => i % step === 0)
  if (corners.length < 3) return []
  const left = Math.min(...corners.map((corner) => corner.x))
  const right = Math.max(...corners.map((corner) => corner.x))
  const low = Math.min(...corners.map((corner) => corner.y))
  const high = Math.max(...corners.map((corner) => corner.y))
  const inside: number[] = []
  for (let v = 0; v < x.length; v++) {
    const [px, py] = [x[v] as number, y[v] as number]
    if (on[v] !== 1 || px < left || px > right || py < low || py > high) continue
    if (isInside(corners, px, py)) inside.push(v)
  }
  return inside
}

export function isInside(corners: readonly Spot[], px: number, py: number): boolean {
  let odd = false
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const a = corners[i] as Spot
    const b = corners[j] as Spot
    if (a.y > py !== b.y > py && px < (b.x - a.x) * (py - a.y) / (b.y - a.y) + a.x) odd = !odd
  }
  return odd
}
