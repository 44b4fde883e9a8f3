/** Places of a large network: groups apart, members inside, hubs in the middle, the same each time. */
import { expect, it } from 'vitest'
import { csrFromEdges } from '../src/csr.ts'
import { largePlaces } from '../src/large-places.ts'

const SIZES = [400, 120, 60, 1, 1, 1]
const group = Uint32Array.from(SIZES.flatMap((size, g) => Array.from({ length: size }, () => g)))
const starts = SIZES.map((_, g) => SIZES.slice(0, g).reduce((sum, size) => sum + size, 0))
/** Stars: the last of each group is its hub. */
const ends = SIZES.flatMap((size, g) => Array.from({ length: size - 1 }, (_, i) => [starts[g] + size - 1, starts[g] + i] as const))
const csr = csrFromEdges(group.length, Uint32Array.from(ends, ([s]) => s), Uint32Array.from(ends, ([, t]) => t))

it('keeps groups apart and gives every node a place of its own', () => {
  const { x, y } = largePlaces(csr, group, SIZES.length)
  expect(largePlaces(csr, group, SIZES.length)).toEqual({ x, y })
  const centre = SIZES.map((size, g) => ({ x: x[starts[g] + size - 1], y: y[starts[g] + size - 1] }))
  const radius = SIZES.map((size, g) => Math.max(...Array.from({ length: size }, (_, i) => Math.hypot(x[starts[g] + i] - centre[g].x, y[starts[g] + i] - centre[g].y))))
  for (const [g, a] of centre.entries()) for (const [h, b] of centre.entries()) if (g < h) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(radius[g] + radius[h])
  let nearest = Infinity
  for (let v = 0; v < 400; v++) for (let w = 0; w < v; w++) nearest = Math.min(nearest, Math.hypot(x[v] - x[w], y[v] - y[w]))
  expect(nearest).toBeGreaterThan(0.5)
})

it('takes a network of nobody', () => {
  expect(largePlaces(csrFromEdges(0, new Uint32Array(0), new Uint32Array(0)), new Uint32Array(0), 0)).toEqual({ x: new Float32Array(0), y: new Float32Array(0) })
})
