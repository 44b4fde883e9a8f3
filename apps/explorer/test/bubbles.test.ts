/** Bubbles of the whole case: none over another, all inside, larger for more persons, the same each time. */
import { expect, it } from 'vitest'
import { placedBubbles } from '../src/chart/bubbles.ts'

const view = { width: 900, height: 430 }
const groups = Array.from({ length: 60 }, (_, i) => ({ persons: 3 + (i * 37) % 90, x: i % 7, y: i % 5 }))

it('places every bubble apart from the others and inside the picture', () => {
  const places = placedBubbles(groups, view)
  expect(placedBubbles(groups, view)).toEqual(places)
  for (const [i, a] of places.entries()) {
    expect(Math.min(a.x, view.width - a.x, a.y, view.height - a.y)).toBeGreaterThanOrEqual(a.radius)
    for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius)
  }
  const by = places.map(({ radius }, i) => [groups[i]?.persons ?? 0, radius] as const).toSorted((a, b) => a[0] - b[0])
  for (const [i, [, radius]] of by.entries()) expect(radius).toBeGreaterThanOrEqual(by[i - 1]?.[1] ?? 0)
})

it('takes none, one, and several on one spot', () => {
  expect(placedBubbles([], view)).toEqual([])
  expect(placedBubbles([{ persons: 5, x: 0, y: 0 }], view)).toHaveLength(1)
  const [a, b] = placedBubbles([{ persons: 5, x: 1, y: 1 }, { persons: 5, x: 1, y: 1 }], view)
  expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan((a?.radius ?? 0) * 2)
})
