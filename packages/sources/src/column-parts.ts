/** Columns of a database while they are read: lists that arrive fill typed arrays, and what one session has read is put behind what is there. */
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

export interface GrowingColumn<C extends Neo4jColumn = Neo4jColumn> {
  /** From a list as the driver gives it. */
  add(list: readonly unknown[]): void
  /** What another column of this type holds. */
  append(other: C): void
  /** What is there, without a copy. */
  readonly column: C
}

/** @param room rows it begins with; it grows as needed. */
export function growingColumn(type: ColumnType, room: number): GrowingColumn {
  const least = Math.max(1, room)
  if (type === 'f64') return numbers(least)
  return type === 'i64' ? integers(least) : texts(least)
}

type F64 = Neo4jColumn & { readonly type: 'f64' }
type I64 = Neo4jColumn & { readonly type: 'i64' }
type Text = Neo4jColumn & { readonly type: 'text' }

function numbers(room: number): GrowingColumn<F64> {
  let values = new Float64Array(room)
  let used = 0
  const make = (more: number): void => {
    if (used + more > values.length) values = grown(values, new Float64Array(roomFor(values.length, used + more)))
  }
  return {
    add(list) {
      make(list.length)
      for (let i = 0; i < list.length; i++) {
        const value = list[i]
        values[used++] = typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : isInt(value) ? value.toNumber() : Number.NaN
      }
    },
    append(other) {
      make(other.values.length)
      values.set(other.values, used)
      used += other.values.length
    },
    get column() {
      return { type: 'f64' as const, values: values.subarray(0, used) }
    },
  }
}

function integers(room: number): GrowingColumn<I64> {
  let values = new BigInt64Array(room)
  let halves = new Int32Array(values.buffer)
  let missing = new Uint8Array(room)
  let used = 0
  const make = (more: number): void => {
    if (used + more <= values.length) return
    const length = roomFor(values.length, used + more)
    values = grown(values, new BigInt64Array(length))
    halves = new Int32Array(values.buffer)
    missing = grown(missing, new Uint8Array(length))
  }
  return {
    add(list) {
      make(list.length)
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
    append(other) {
      make(other.values.length)
      values.set(other.values, used)
      missing.set(other.missing, used)
      used += other.values.length
    },
    get column() {
      return { type: 'i64' as const, values: values.subarray(0, used), missing: missing.subarray(0, used) }
    },
  }
}

/** Bytes that a text is expected to have. */
const LETTERS = 8

function texts(room: number): GrowingColumn<Text> {
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(room * LETTERS)
  let offsets = new Uint32Array(room + 1)
  let used = 0
  let at = 0
  const make = (more: number, letters: number): void => {
    if (at + letters > bytes.length) bytes = grown(bytes, new Uint8Array(roomFor(bytes.length, at + letters)))
    if (used + more + 1 > offsets.length) offsets = grown(offsets, new Uint32Array(roomFor(offsets.length, used + more + 1)))
  }
  return {
    add(list) {
      const words = list.map((value) => (typeof value === 'string' ? value : ''))
      const all = words.join('')
      make(words.length, all.length * 3)
      // The whole list in one call; letters of one byte each need no second look.
      const { written } = encoder.encodeInto(all, bytes.subarray(at))
      for (const word of words) {
        at += written === all.length ? word.length : Buffer.byteLength(word)
        offsets[++used] = at
      }
    },
    append(other) {
      make(other.offsets.length - 1, other.bytes.length)
      bytes.set(other.bytes, at)
      for (let i = 1; i < other.offsets.length; i++) offsets[++used] = at + (other.offsets[i] as number)
      at += other.bytes.length
    },
    get column() {
      return { type: 'text' as const, offsets: offsets.subarray(0, used + 1), bytes: bytes.subarray(0, at) }
    },
  }
}

function roomFor(now: number, needed: number): number {
  return Math.max(Math.ceil(now * 1.5), needed)
}

function grown<A extends Float64Array | BigInt64Array | Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never)
  return to
}
