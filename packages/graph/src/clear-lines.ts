/** Moves entities off lines that are not theirs: a line through a stranger's place can be read as a link that nobody recorded. */
import { apart, gapToLine, ROOM, type Place } from './chart-room.ts'

/** In rooms. */
const CLEAR = 0.42
const MOST_ROUNDS = 60
/** Pairs of a line and a place looked at in all; what takes more is too dense to be cleared anyway. */
const MOST_PAIRS = 800_000

type Ties = readonly (readonly [number, number])[]

/** Entities that a foreign line runs over, counted for each line. */
export function linesOverOthers(places: readonly Place[], ties: Ties): number {
  let found = 0
  for (const [a, b] of ties) places.forEach((at, v) => {
    if (v !== a && v !== b && gapToLine(at, places[a], places[b]) < CLEAR) found++
  })
  return found
}

/** Pushes such pairs apart a little at a time and keeps the best arrangement met, the given one at worst. */
export function clearOfLines(places: readonly Place[], ties: Ties): Place[] {
  let best = [...places]
  let least = linesOverOthers(best, ties)
  let moving = best
  const rounds = Math.min(MOST_ROUNDS, Math.floor(MOST_PAIRS / Math.max(1, places.length * ties.length)))
  for (let round = 0; round < rounds && least > 0; round++) {
    moving = apart(nudged(moving, ties), ROOM)
    const left = linesOverOthers(moving, ties)
    if (left < least) {
      best = moving
      least = left
    }
  }
  return best
}

/** The stranger goes one way across the line, its two ends go half as far the other way. */
function nudged(places: readonly Place[], ties: Ties): Place[] {
  const moved = places.map(({ x, y }) => ({ x, y }))
  for (const [a, b] of ties) {
    places.forEach((at, v) => {
      if (v === a || v === b) return
      const gap = gapToLine(at, places[a], places[b])
      if (gap >= CLEAR) return
      const dx = (places[b].x - places[a].x) / ROOM.width
      const dy = (places[b].y - places[a].y) / ROOM.height
      const length = Math.hypot(dx, dy)
      if (length === 0) return
      const across = ((at.x - places[a].x) / ROOM.width) * dy - ((at.y - places[a].y) / ROOM.height) * dx
      // Exactly on the line, the side is chosen by number, so that the result does not hang on rounding noise.
      const side = across > 0 || (across === 0 && v % 2 === 0) ? 1 : -1
      const step = (CLEAR - gap) * 0.4 + 0.03
      const x = side * (dy / length) * step * ROOM.width
      const y = -side * (dx / length) * step * ROOM.height
      moved[v].x += x
      moved[v].y += y
      for (const end of [a, b]) {
        moved[end].x -= x / 2
        moved[end].y -= y / 2
      }
    })
  }
  return moved
}
