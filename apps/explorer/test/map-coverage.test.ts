import { expect, test } from 'vitest'
import { coverage, mapView } from '../src/map/projection.ts'

test('metres become pixels as degrees of latitude do', () => {
  const view = mapView([{ latitude: 34, longitude: 74 }, { latitude: 35, longitude: 74.2 }], { width: 400, height: 400 })
  expect(view.length(111_195)).toBeCloseTo(view.at({ latitude: 34, longitude: 74 }).y - view.at({ latitude: 35, longitude: 74 }).y, 9)
})

test('a tower that looks south covers a third of the round below it, one that looks all round a circle', () => {
  const numbers = (path: string): number[] => path.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? []
  const [x, y, leftX, leftY, , , , , , rightX, rightY] = numbers(coverage({ x: 100, y: 100 }, 50, 180))
  expect([x, y]).toEqual([100, 100])
  // Sixty degrees to either side of south: y grows downwards.
  expect([leftX, leftY]).toEqual([expect.closeTo(100 + 50 * Math.sin(Math.PI / 3), 6), expect.closeTo(125, 6)])
  expect([rightX, rightY]).toEqual([expect.closeTo(100 - 50 * Math.sin(Math.PI / 3), 6), expect.closeTo(125, 6)])
  expect(coverage({ x: 0, y: 0 }, 10, null).match(/a10,10/g)).toHaveLength(2)
})
