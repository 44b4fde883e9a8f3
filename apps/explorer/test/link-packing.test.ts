/** The vertex buffer of the link program, read back byte by byte. */
import { describe, expect, it } from 'vitest'
import { HEAD_CODE, packLink, STYLE_CODES, verticesPerLink, WORDS_PER_VERTEX, type PackedLink } from '../src/chart/link-packing.ts'

const LINK: PackedLink = {
  startX: 0.25, startY: 0.5, endX: 0.75, endY: 0.125, startRadius: 13, endRadius: 19, width: 3.3, bend: -20,
  style: STYLE_CODES.unconfirmed, arrow: true, colour: 1.5, id: 2.5, grade: 1, first: 3.5, last: 40.25, amount: 9000,
}

function packed(link: PackedLink, segments: number, before = 0) {
  const floats = new Float32Array(before + verticesPerLink(segments) * WORDS_PER_VERTEX)
  packLink(floats, new Uint32Array(floats.buffer), before, link, segments)
  const bytes = new Uint8Array(floats.buffer)
  return Array.from({ length: verticesPerLink(segments) }, (_, v) => {
    const word = before + v * WORDS_PER_VERTEX
    const at = word * 4
    return {
      start: [floats[word], floats[word + 1]], end: [floats[word + 2], floats[word + 3]],
      along: bytes[at + 16], side: bytes[at + 17], style: bytes[at + 18], width: bytes[at + 19],
      startRadius: bytes[at + 20], endRadius: bytes[at + 21], bend: bytes[at + 22], arrow: bytes[at + 23],
      colour: floats[word + 6], id: floats[word + 7], first: floats[word + 8], last: floats[word + 9], amount: floats[word + 10],
    }
  })
}

describe('packing a link', () => {
  it('is a quad of two triangles and a head for a straight line', () => {
    const vertices = packed(LINK, 1)
    expect(vertices).toHaveLength(9)
    expect(vertices.map(({ along, side }) => [along, side])).toEqual([
      [0, 0], [0, 255], [255, 0], [255, 0], [0, 255], [255, 255],
      [255, 128], [0, 0], [0, 255],
    ])
    expect(vertices.map(({ style }) => style)).toEqual([1, 1, 1, 1, 1, 1, HEAD_CODE, HEAD_CODE, HEAD_CODE])
  })

  it('gives every vertex the ends, radii, width, bend, colour, id, times, amount and grade', () => {
    for (const vertex of packed(LINK, 3)) {
      expect(vertex).toMatchObject({ start: [0.25, 0.5], end: [0.75, 0.125], width: 53, startRadius: 52, endRadius: 76, bend: 108, arrow: 129, colour: 1.5, id: 2.5, first: 3.5, last: 40.25, amount: 9000 })
    }
  })

  it('leaves no gap between the pieces of a curve', () => {
    const pieces = packed(LINK, 12).slice(0, -3)
    for (let i = 6; i < pieces.length; i += 6) expect(pieces[i]?.along).toBe(pieces[i - 1]?.along)
    expect(pieces[0]?.along).toBe(0)
    expect(pieces.at(-1)?.along).toBe(255)
  })

  it('keeps what does not fit a byte at its limit, and marks links without direction', () => {
    const [vertex] = packed({ ...LINK, width: 99, bend: 500, startRadius: 400, arrow: false }, 1)
    expect(vertex).toMatchObject({ width: 255, bend: 255, startRadius: 255, arrow: 1 })
  })

  it('writes where it was told to', () => {
    const floats = new Float32Array(250)
    packLink(floats, new Uint32Array(floats.buffer), 100, LINK, 1)
    expect(floats.subarray(0, 100).every((value) => value === 0)).toBe(true)
    expect(floats.subarray(100 + 9 * WORDS_PER_VERTEX).every((value) => value === 0)).toBe(true)
  })

  it('survives byte patterns that are no number', () => {
    // Style 255 and width 255 make the word a NaN if it were written as a float.
    const [vertex] = packed({ ...LINK, style: 255, width: 16 }, 1)
    expect(vertex).toMatchObject({ style: 255, width: 255, side: 0 })
  })
})
