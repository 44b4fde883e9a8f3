/** Walking the chart by arrow keys: the neighbour that lies best in the direction of the key. */

export type Direction = 'up' | 'down' | 'left' | 'right'

export interface Place {
  readonly id: string
  readonly x: number
  readonly y: number
}

const HEADING: Readonly<Record<Direction, readonly [number, number]>> = { up: [0, 1], down: [0, -1], left: [-1, 0], right: [1, 0] }

/** Nearest of `others` within 60 degrees of the heading, turning counted as extra way; null when none lies there. Chart units, y up. */
export function stepFrom(from: Place, others: readonly Place[], direction: Direction): string | null {
  const [hx, hy] = HEADING[direction]
  let best: string | null = null
  let least = Infinity
  for (const other of others) {
    const dx = other.x - from.x
    const dy = other.y - from.y
    const distance = Math.hypot(dx, dy)
    if (other.id === from.id || distance === 0) continue
    const cosine = (dx * hx + dy * hy) / distance
    if (cosine < 0.5) continue
    const cost = distance * (2 - cosine)
    if (cost < least) {
      least = cost
      best = other.id
    }
  }
  return best
}
