/** Typed arrays that grow by doubling. */

export interface GrowingU32 {
  values: Uint32Array
  length: number
}

export function growingU32(size = 1024): GrowingU32 {
  return { values: new Uint32Array(size), length: 0 }
}

export function push(array: GrowingU32, value: number): void {
  if (array.length === array.values.length) {
    const grown = new Uint32Array(array.values.length * 2)
    grown.set(array.values)
    array.values = grown
  }
  array.values[array.length++] = value
}

export function taken(array: GrowingU32): Uint32Array {
  return array.values.slice(0, array.length)
}
