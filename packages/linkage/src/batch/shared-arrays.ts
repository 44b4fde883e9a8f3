/** Typed arrays that worker threads see without copying. */

export function buffer(bytes: number, shared = true): ArrayBuffer | SharedArrayBuffer {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
}

export function sharedU32(length: number): Uint32Array {
  return new Uint32Array(buffer(length * 4))
}

export function sharedCopy(array: Uint32Array): Uint32Array
export function sharedCopy(array: Float64Array): Float64Array
export function sharedCopy(array: Uint32Array | Float64Array): Uint32Array | Float64Array {
  const copy = array instanceof Uint32Array ? sharedU32(array.length) : new Float64Array(buffer(array.length * 8))
  copy.set(array)
  return copy
}
