/** Columns of numbers as one binary: what a chart of many links needs travels without a text to parse. */
import { RingmapError } from './errors.ts'

/** Kinds of columns, by the name they have in the head. */
const MAKERS = {
  u8: (buffer: ArrayBuffer, at: number, length: number) => new Uint8Array(buffer, at, length),
  u32: (buffer: ArrayBuffer, at: number, length: number) => new Uint32Array(buffer, at, length),
  f32: (buffer: ArrayBuffer, at: number, length: number) => new Float32Array(buffer, at, length),
  f64: (buffer: ArrayBuffer, at: number, length: number) => new Float64Array(buffer, at, length),
} as const
type ColumnKind = keyof typeof MAKERS
export type Column = Uint8Array | Uint32Array | Float32Array | Float64Array

interface ColumnPlace {
  readonly name: string
  readonly kind: ColumnKind
  readonly length: number
}

/** `RMC1`, little endian. */
const MAGIC = 0x31434d52
const ALIGN = 8

export interface Columns<H> {
  readonly head: H
  readonly columns: Readonly<Record<string, Column>>
}

/** Layout: magic (4 bytes), length of the head (4), head as JSON in ASCII (the rest escaped), then each column from the next multiple of 8 on. Little endian. */
export function encodeColumns<H>({ head, columns }: Columns<H>): Uint8Array<ArrayBuffer> {
  const places = Object.entries(columns).map(([name, column]): ColumnPlace => ({ name, kind: kindOf(column), length: column.length }))
  const text = ascii(JSON.stringify({ head, places }))
  let end = aligned(8 + text.length)
  const starts = Object.values(columns).map((column) => {
    const start = end
    end = aligned(start + column.byteLength)
    return start
  })
  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, text.length, true)
  for (let i = 0; i < text.length; i++) bytes[8 + i] = text.charCodeAt(i)
  Object.values(columns).forEach((column, i) => bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), starts[i]))
  return bytes
}

/** Views on the buffer, nothing is copied. @throws RingmapError usage: not a binary of this kind, or cut off. */
export function decodeColumns<H>(buffer: ArrayBuffer): Columns<H> {
  const wrong = (): RingmapError => new RingmapError('usage', { what: 'The columns that arrived are damaged or cut off.' })
  const view = new DataView(buffer)
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw wrong()
  const length = view.getUint32(4, true)
  if (8 + length > buffer.byteLength) throw wrong()
  let text = ''
  for (const byte of new Uint8Array(buffer, 8, length)) text += String.fromCharCode(byte)
  const { head, places } = JSON.parse(text) as { head: H; places: readonly ColumnPlace[] }
  let at = aligned(8 + length)
  const columns: Record<string, Column> = {}
  for (const place of places) {
    const size = place.length * sizeOf(place.kind)
    if (at + size > buffer.byteLength) throw wrong()
    columns[place.name] = MAKERS[place.kind](buffer, at, place.length)
    at = aligned(at + size)
  }
  return { head, columns }
}

/** JSON says any character in ASCII, so that no encoder is needed, which this package has not. */
function ascii(json: string): string {
  return json.replaceAll(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function kindOf(column: Column): ColumnKind {
  if (column instanceof Uint8Array) return 'u8'
  if (column instanceof Uint32Array) return 'u32'
  return column instanceof Float32Array ? 'f32' : 'f64'
}

function sizeOf(kind: ColumnKind): number {
  return kind === 'u8' ? 1 : kind === 'f64' ? 8 : 4
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGN) * ALIGN
}
