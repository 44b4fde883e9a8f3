/** Files of named typed arrays with a text before them: written beside and renamed, read into one buffer. */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { RingmapError } from '@ringmap/model/errors'
import type { StoredArray, StoredArrays } from '@ringmap/linkage/incremental/stored-arrays'

const MAGIC = 'ringmap state\n'
const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array } as const
/** Most bytes read or written at once. */
const PIECE = 1 << 30

interface Description {
  readonly text: string
  readonly arrays: readonly { readonly name: string; readonly kind: keyof typeof KINDS; readonly length: number }[]
}

/** Written beside and then renamed, so that a run that is killed leaves what was there. */
export function writeArrays(path: string, { text, arrays }: StoredArrays): void {
  const described: Description = { text, arrays: arrays.map(([name, array]) => ({ name, kind: kindOf(array), length: array.length })) }
  const head = Buffer.from(JSON.stringify(described))
  const beside = `${path}.part`
  const file = openSync(beside, 'w', 0o600)
  try {
    const size = Buffer.alloc(8)
    size.writeDoubleLE(head.length)
    let at = 0
    const put = (bytes: Uint8Array): void => {
      for (let from = 0; from < bytes.length; from += PIECE) at += writeSync(file, bytes.subarray(from, from + PIECE))
    }
    const even = (): void => { put(Buffer.alloc((8 - (at % 8)) % 8)) }
    for (const bytes of [Buffer.from(MAGIC), size, head]) put(bytes)
    for (const [, array] of arrays) {
      even()
      put(bytesOf(array))
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}

/** The arrays lie over one buffer, as they stand in the file. @throws RingmapError link_state_invalid */
export function readArrays(path: string): { readonly text: string; readonly arrays: Map<string, StoredArray> } {
  const invalid = (what: string): RingmapError => new RingmapError('link_state_invalid', { file: path, what })
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = new Uint8Array(size)
    for (let at = 0; at < size;) {
      const got = readSync(file, bytes, at, Math.min(PIECE, size - at), at)
      if (got === 0) throw invalid('it ends early')
      at += got
    }
    const start = MAGIC.length + 8
    if (size < start || Buffer.from(bytes.buffer, 0, MAGIC.length).toString() !== MAGIC) throw invalid('it is another kind of file')
    const length = new DataView(bytes.buffer).getFloat64(MAGIC.length, true)
    const { text, arrays } = JSON.parse(Buffer.from(bytes.buffer, start, Math.min(length, size - start)).toString()) as Description
    let at = start + length
    const found = new Map(arrays.map(({ name, kind, length: count }): [string, StoredArray] => {
      at += (8 - (at % 8)) % 8
      const array = KINDS[kind]
      if (at + count * array.BYTES_PER_ELEMENT > size) throw invalid('it ends early')
      const one = new array(bytes.buffer, at, count)
      at += one.byteLength
      return [name, one]
    }))
    return { text, arrays: found }
  } catch (error) {
    if (error instanceof RingmapError) throw error
    throw invalid(error instanceof Error ? error.message : String(error))
  } finally {
    closeSync(file)
  }
}

export function bytesOf(array: StoredArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function kindOf(array: StoredArray): keyof typeof KINDS {
  return array instanceof Uint8Array ? 'u8' : array instanceof Uint16Array ? 'u16' : array instanceof Uint32Array ? 'u32' : array instanceof Float32Array ? 'f32' : 'f64'
}
