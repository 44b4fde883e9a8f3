/** Columns in memory that workers see without a copy being sent. */
import type { Csr } from '@ringmap/graph/csr'

/** The same values in shared memory. */
export function shared<T extends Uint32Array | Float64Array>(column: T): T {
  if (column.buffer instanceof SharedArrayBuffer) return column
  const made = column instanceof Float64Array ? new Float64Array(new SharedArrayBuffer(column.length * 8)) : new Uint32Array(new SharedArrayBuffer(column.length * 4))
  made.set(column)
  return made as T
}

export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8))
}

export function sharedCounts(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4))
}

/** The same network in shared memory. */
export function sharedCsr(csr: Csr): Csr {
  return { ...csr, offsets: shared(csr.offsets), targets: shared(csr.targets), weights: shared(csr.weights), ties: shared(csr.ties), tie_of_edge: shared(csr.tie_of_edge) }
}

/** Where columns come from that a piece of work fills: memory of its own, or memory that workers share. */
export interface Columns {
  readonly floats: (length: number) => Float64Array
  readonly singles: (length: number) => Float32Array
  /** The same values where the work can reach them. */
  readonly kept: <T extends Uint32Array | Float64Array>(column: T) => T
}

export const OWN: Columns = { floats: (length) => new Float64Array(length), singles: (length) => new Float32Array(length), kept: (column) => column }

export const SHARED: Columns = { floats: sharedFloats, singles: (length) => new Float32Array(new SharedArrayBuffer(length * 4)), kept: shared }
