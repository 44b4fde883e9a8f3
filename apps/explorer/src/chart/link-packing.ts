/** Packs one link into the vertex buffer of the link program: a ribbon of `segments` pieces and an arrow head, eleven words a vertex. */

/** Where each value stands inside a vertex: start xy, end xy, shape bytes, end bytes, colour bytes, id bytes, first and last time, amount. */
export const WORDS_PER_VERTEX = 11
export const HEAD_VERTICES = 3

/** Line styles by number, as the shader reads them; 3 marks the arrow head. */
export const STYLE_CODES = { confirmed: 0, unconfirmed: 1, tentative: 2 } as const
export const HEAD_CODE = 3
/** Added to the grade where the link has a direction. */
export const ARROW_BIT = 128

export interface PackedLink {
  readonly startX: number
  readonly startY: number
  readonly endX: number
  readonly endY: number
  /** Radii of the entities at both ends in pixels at zoom 1, up to 63. */
  readonly startRadius: number
  readonly endRadius: number
  /** Pixels, up to 15.9. */
  readonly width: number
  /** How far the middle stands off the straight line, in pixels at zoom 1, -128 to 127. */
  readonly bend: number
  readonly style: number
  readonly arrow: boolean
  /** Place of the grade in STRENGTHS. */
  readonly grade: number
  /** Days since the first moment of the chart; a link without a time reaches over every window. */
  readonly first: number
  readonly last: number
  /** Smallest unit of the currency; below 0: it has none. */
  readonly amount: number
  /** Four bytes each, carried as floats the way the renderer hands them out. */
  readonly colour: number
  readonly id: number
}

export function verticesPerLink(segments: number): number {
  return segments * 6 + HEAD_VERTICES
}

/**
 * Writes every vertex of one link from word `at` on. `words` must view the same memory as `floats`:
 * bytes written as whole words are never mistaken for a NaN and normalised away.
 */
export function packLink(floats: Float32Array, words: Uint32Array, at: number, link: PackedLink, segments: number): void {
  const ends = byte(link.startRadius * 4) | byte(link.endRadius * 4) << 8 | byte(link.bend + 128) << 16 | (link.arrow ? ARROW_BIT : 0) << 24 | link.grade << 24
  const width = byte(link.width * 16)
  let i = at
  const vertex = (along: number, side: number, style: number): void => {
    floats[i] = link.startX
    floats[i + 1] = link.startY
    floats[i + 2] = link.endX
    floats[i + 3] = link.endY
    words[i + 4] = (along | side << 8 | style << 16 | width << 24) >>> 0
    words[i + 5] = ends >>> 0
    floats[i + 6] = link.colour
    floats[i + 7] = link.id
    floats[i + 8] = link.first
    floats[i + 9] = link.last
    floats[i + 10] = link.amount
    i += WORDS_PER_VERTEX
  }
  for (let s = 0; s < segments; s++) {
    const from = Math.round(s / segments * 255)
    const to = Math.round((s + 1) / segments * 255)
    vertex(from, 0, link.style)
    vertex(from, 255, link.style)
    vertex(to, 0, link.style)
    vertex(to, 0, link.style)
    vertex(from, 255, link.style)
    vertex(to, 255, link.style)
  }
  vertex(255, 128, HEAD_CODE)
  vertex(0, 0, HEAD_CODE)
  vertex(0, 255, HEAD_CODE)
}

function byte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}
