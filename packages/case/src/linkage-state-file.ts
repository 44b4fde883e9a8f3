/** The state of a dedupe run in a folder: the run itself, which is never changed, and beside it what was added since, replaced as a whole. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { nothingAdded, type AddedRecords, type LinkageState } from '@ringmap/linkage/incremental/linkage-state'
import { addedOfArrays, arraysOfAdded, arraysOfState, stateOfArrays, type StoredArray, type StoredArrays } from '@ringmap/linkage/incremental/state-arrays'

const RUN = 'run.state'
const ADDED = 'added.state'
const MAGIC = 'ringmap state\n'
const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array } as const
/** Most bytes read or written at once. */
const PIECE = 1 << 30

interface Description {
  readonly text: string
  readonly arrays: readonly { readonly name: string; readonly kind: keyof typeof KINDS; readonly length: number }[]
}

export interface KeptState {
  readonly state: LinkageState
  readonly added: AddedRecords
  /** What was read of additions, to see whether another run has written meanwhile. */
  readonly seen: string
  /** SHA-256 of the run's description. */
  readonly run: string
}

/** @throws RingmapError case_exists: a state is never written over. */
export function refuseExisting(folder: string): void {
  if (existsSync(folder)) throw new RingmapError('case_exists', { path: folder })
}

/** @throws RingmapError case_exists, export_failed */
export function saveState(folder: string, state: LinkageState): void {
  refuseExisting(folder)
  try {
    mkdirSync(folder, { recursive: true })
    writeArrays(join(folder, RUN), arraysOfState(state))
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${folder}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

/** @throws RingmapError link_state_invalid */
export function readState(folder: string): KeptState {
  const file = join(folder, RUN)
  if (!existsSync(file)) throw new RingmapError('link_state_invalid', { file: folder, what: 'there is no file run.state in it' })
  const { text, arrays } = readArrays(file)
  const state = stateOfArrays(text, arrays, file)
  const run = createHash('sha256').update(text).update(bytesOf(state.cluster)).digest('hex')
  const beside = join(folder, ADDED)
  if (!existsSync(beside)) return { state, added: nothingAdded(state), seen: '', run }
  const later = readArrays(beside)
  return { state, added: addedOfArrays(later.text, later.arrays, run, beside), seen: digestOf(beside), run }
}

/** @throws RingmapError link_state_busy, export_failed */
export function saveAdded(folder: string, { run, seen }: Pick<KeptState, 'run' | 'seen'>, added: AddedRecords): void {
  const file = join(folder, ADDED)
  if ((existsSync(file) ? digestOf(file) : '') !== seen) throw new RingmapError('link_state_busy', { file: folder })
  try {
    writeArrays(file, arraysOfAdded(added, run))
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${folder}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Written beside and then renamed, so that a run that is killed leaves what was there. */
function writeArrays(path: string, { text, arrays }: StoredArrays): void {
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

/** The arrays lie over one buffer, as they stand in the file. */
function readArrays(path: string): { readonly text: string; readonly arrays: Map<string, StoredArray> } {
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

function bytesOf(array: StoredArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function kindOf(array: StoredArray): keyof typeof KINDS {
  return array instanceof Uint8Array ? 'u8' : array instanceof Uint16Array ? 'u16' : array instanceof Uint32Array ? 'u32' : 'f32'
}
