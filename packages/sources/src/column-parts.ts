/** Columns of a database while they are read: each part fills typed arrays from the lists that arrive, and the parts become one column. */
import { isInt } from 'neo4j-driver'

/** `f64`: numbers, NaN where there is none; `i64`: exact integers; `text`: UTF-8. What is of another type counts as nothing. */
export type ColumnType = 'f64' | 'i64' | 'text'

export type Neo4jColumn =
  | { readonly type: 'f64'; readonly values: Float64Array }
  /** `missing` is 1 where there is nothing. */
  | { readonly type: 'i64'; readonly values: BigInt64Array; readonly missing: Uint8Array }
  /** Text i is bytes[offsets[i]] up to bytes[offsets[i + 1]]; nothing is empty. */
  | { readonly type: 'text'; readonly offsets: Uint32Array; readonly bytes: Uint8Array }

/** Parameters that stand for null, by type: lists that the server collects leave nulls out. */
export const NOTHING: Readonly<Record<ColumnType, unknown>> = { f64: Number.NaN, i64: '', text: 0 }

export interface ColumnPart {
  add(list: readonly unknown[]): void
  readonly column: Neo4jColumn
}

const ROOM = 1 << 16

export function growingPart(type: ColumnType): ColumnPart {
  if (type === 'f64') return numbers()
  return type === 'i64' ? integers() : texts()
}

function numbers(): ColumnPart {
  let values = new Float64Array(ROOM)
  let used = 0
  return {
    add(list) {
      if (used + list.length > values.length) values = grown(values, new Float64Array(roomFor(values.length, used + list.length)))
      for (let i = 0; i < list.length; i++) {
        const value = list[i]
        values[used++] = typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : isInt(value) ? value.toNumber() : Number.NaN
      }
    },
    get column() {
      return { type: 'f64' as const, values: values.subarray(0, used) }
    },
  }
}

function integers(): ColumnPart {
  let values = new BigInt64Array(ROOM)
  let halves = new Int32Array(values.buffer)
  let missing = new Uint8Array(ROOM)
  let used = 0
  return {
    add(list) {
      if (used + list.length > values.length) {
        const room = roomFor(values.length, used + list.length)
        values = grown(values, new BigInt64Array(room))
        halves = new Int32Array(values.buffer)
        missing = grown(missing, new Uint8Array(room))
      }
      for (let i = 0; i < list.length; i++, used++) {
        const value = list[i]
        if (typeof value === 'bigint') values[used] = value
        else if (isInt(value)) {
          // Both halves as they came, without a big number in between; typed arrays are little-endian on every machine that Node runs on.
          halves[2 * used] = value.low
          halves[2 * used + 1] = value.high
        } else missing[used] = 1
      }
    },
    get column() {
      return { type: 'i64' as const, values: values.subarray(0, used), missing: missing.subarray(0, used) }
    },
  }
}

function texts(): ColumnPart {
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(ROOM * 8)
  let offsets = new Uint32Array(ROOM + 1)
  let used = 0
  let at = 0
  return {
    add(list) {
      const words = list.map((value) => (typeof value === 'string' ? value : ''))
      const all = words.join('')
      if (at + all.length * 3 > bytes.length) bytes = grown(bytes, new Uint8Array(roomFor(bytes.length, at + all.length * 3)))
      if (used + words.length + 1 > offsets.length) offsets = grown(offsets, new Uint32Array(roomFor(offsets.length, used + words.length + 1)))
      // The whole list in one call; letters of one byte each need no second look.
      const { written } = encoder.encodeInto(all, bytes.subarray(at))
      for (const word of words) {
        at += written === all.length ? word.length : Buffer.byteLength(word)
        offsets[++used] = at
      }
    },
    get column() {
      return { type: 'text' as const, offsets: offsets.subarray(0, used + 1), bytes: bytes.subarray(0, at) }
    },
  }
}

function roomFor(now: number, needed: number): number {
  return Math.max(now * 2, needed)
}

function grown<A extends Float64Array | BigInt64Array | Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never)
  return to
}

/** Column `c` of all parts, in their order. */
export function joinedParts(type: ColumnType, parts: readonly (readonly ColumnPart[])[], c: number): Neo4jColumn {
  const columns = parts.map((part) => (part[c] as ColumnPart).column)
  if (type === 'text') return joinedTexts(columns as readonly (Neo4jColumn & { readonly type: 'text' })[])
  if (type === 'f64') return { type, values: joined((columns as readonly (Neo4jColumn & { readonly type: 'f64' })[]).map(({ values }) => values), (length) => new Float64Array(length)) }
  const whole = columns as readonly (Neo4jColumn & { readonly type: 'i64' })[]
  return { type, values: joined(whole.map(({ values }) => values), (length) => new BigInt64Array(length)), missing: joined(whole.map(({ missing }) => missing), (length) => new Uint8Array(length)) }
}

function joined<A extends Float64Array | BigInt64Array | Uint8Array>(parts: readonly A[], make: (length: number) => A): A {
  const all = make(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part as never, at)
    at += part.length
  }
  return all
}

function joinedTexts(parts: readonly (Neo4jColumn & { readonly type: 'text' })[]): Neo4jColumn {
  const bytes = joined(parts.map((part) => part.bytes), (length) => new Uint8Array(length))
  const offsets = new Uint32Array(parts.reduce((sum, part) => sum + part.offsets.length - 1, 0) + 1)
  let row = 0
  let at = 0
  for (const part of parts) {
    for (let i = 1; i < part.offsets.length; i++) offsets[++row] = at + (part.offsets[i] as number)
    at += part.bytes.length
  }
  return { type: 'text', offsets, bytes }
}
