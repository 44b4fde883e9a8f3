/** A typed column that grows while it is filled, for outputs whose length is known only at the end. */

export interface GrowingColumn<A extends Uint32Array | Float64Array> {
  readonly length: number
  push(value: number): void
  /** What was pushed, without a copy; the column must not grow afterwards. */
  view(): A
}

export function growingUint32(room = 1024): GrowingColumn<Uint32Array> {
  return growing((length) => new Uint32Array(length), room)
}

export function growingFloat64(room = 1024): GrowingColumn<Float64Array> {
  return growing((length) => new Float64Array(length), room)
}

function growing<A extends Uint32Array | Float64Array>(make: (length: number) => A, room: number): GrowingColumn<A> {
  let data = make(Math.max(1, room))
  let used = 0
  return {
    get length() {
      return used
    },
    push(value) {
      if (used === data.length) {
        const larger = make(data.length * 2)
        larger.set(data)
        data = larger
      }
      data[used++] = value
    },
    view() {
      return data.subarray(0, used) as A
    },
  }
}
