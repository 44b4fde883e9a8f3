/** Named typed arrays and a text in JSON: what linkage gives away to be kept in a file and takes back from one. */

export type StoredArray = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

export interface StoredArrays {
  /** JSON. */
  readonly text: string
  readonly arrays: readonly (readonly [name: string, array: StoredArray])[]
}

/** Parts of a long run, kept as they are done, so that a run that was killed need not do them again. */
export interface KeptParts {
  /** Null for a part that was not kept. */
  readonly read: (part: number) => { readonly text: string; readonly arrays: ReadonlyMap<string, StoredArray> } | null
  readonly write: (part: number, arrays: StoredArrays) => void
}
