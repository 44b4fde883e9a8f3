import { expect, test } from 'vitest'
import { arrowHead, HEAD, headLength, lineStroke, shaftEnd, widthStep } from '../src/line-style.ts'

test('thickness goes by order of magnitude and never falls', () => {
  expect([0, 1, 2, 9, 10, 99, 100, 999, 1000, 1e9].map((count) => widthStep(count).width)).toEqual([1.3, 1.3, 2.2, 2.2, 3.5, 3.5, 5, 5, 6.6, 6.6])
})

test('strength is a pattern that grows with thick lines only', () => {
  expect(lineStroke('#000', 5, 'confirmed')).toEqual({ colour: '#000', width: 5 })
  expect(lineStroke('#000', 1.3, 'unconfirmed').dashes).toEqual([7, 4])
  expect(lineStroke('#000', 4, 'unconfirmed').dashes).toEqual([14, 8])
  expect(lineStroke('#000', 2, 'tentative')).toMatchObject({ dashes: [0.1, 4], cap: 'round' })
})

test('a head ends where the line ends, and the shaft stops inside it', () => {
  const arrival = { bend: { x: 0, y: 0 }, to: { x: 100, y: 0 } }
  const { steps } = arrowHead(arrival, 2, '#000')
  const length = headLength(2)
  expect(steps).toEqual([['M', 100, 0], ['L', 100 - length, length * HEAD.half], ['L', 100 - length, -length * HEAD.half], ['Z']])
  const { x, y } = shaftEnd(arrival, 2)
  expect(y).toBe(0)
  expect(x).toBeGreaterThan(100 - length)
  expect(x).toBeLessThan(100)
})
