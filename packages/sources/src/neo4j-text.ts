/** Values of Neo4j as the text that a CSV file would hold; counts what had to be brought into one cell, and columns of mixed type. */
import { isDate, isDateTime, isDuration, isInt, isLocalDateTime, isLocalTime, isPoint, isTime } from 'neo4j-driver'

/** Joins the elements of a list. */
const LIST_JOIN = '; '

/** What kind of value a cell held. */
export type CellKind = 'text' | 'integer' | 'float' | 'boolean' | 'time' | 'list' | 'point' | 'bytes' | 'map'

export function kindOf(value: unknown): CellKind {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'bigint' || isInt(value)) return 'integer'
  if (typeof value === 'number') return 'float'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Int8Array) return 'bytes'
  if (isPoint(value as object)) return 'point'
  return isTemporal(value) ? 'time' : 'map'
}

/** Integers to the last digit, times as ISO 8601, a point as `latitude,longitude` (x,y[,z] where it is none of the earth), a list joined by `; `. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null || value === undefined) return ''
  // One that fits in its lower half is written without the driver's long division.
  if (isInt(value)) return value.high === value.low >> 31 ? String(value.low) : value.toString()
  if (Array.isArray(value)) return value.map(textOf).join(LIST_JOIN)
  if (value instanceof Int8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
  if (isPoint(value)) {
    const wgs84 = Number(value.srid) === 4326 || Number(value.srid) === 4979
    const places = wgs84 ? [value.y, value.x] : [value.x, value.y]
    return [...places, ...(value.z === undefined ? [] : [value.z])].join(',')
  }
  // Nanoseconds are finer than anything recorded; the name of a zone stands beside its offset.
  if (isTemporal(value)) return (value as { toString: () => string }).toString().replace(/\[[^\]]*\]$/, '').replace(/(\.\d{6})\d+/, '$1')
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}

function isTemporal(value: unknown): boolean {
  const given = value as object
  return isDate(given) || isDateTime(given) || isLocalDateTime(given) || isLocalTime(given) || isTime(given) || isDuration(given)
}

const KINDS = ['text', 'integer', 'float', 'boolean', 'time', 'list', 'point', 'bytes', 'map'] as const satisfies readonly CellKind[]

/** Tallies of a read, by column. */
export class CellTally {
  readonly columns: readonly string[]
  /** By column, then kind: it is counted for every cell. */
  readonly #counts: Float64Array

  constructor(columns: readonly string[]) {
    this.columns = columns
    this.#counts = new Float64Array(columns.length * KINDS.length)
  }

  count(column: number, kind: CellKind, n = 1): void {
    const at = column * KINDS.length + KINDS.indexOf(kind)
    this.#counts[at] = (this.#counts[at] as number) + n
  }

  add(other: readonly Readonly<Partial<Record<CellKind, number>>>[]): void {
    other.forEach((kinds, column) => {
      for (const [kind, n] of Object.entries(kinds)) this.count(column, kind as CellKind, n)
    })
  }

  plain(): Partial<Record<CellKind, number>>[] {
    return this.columns.map((_, column) => Object.fromEntries(
      KINDS.map((kind, k) => [kind, this.#counts[column * KINDS.length + k] as number] as const).filter(([, n]) => n > 0).sort(([a], [b]) => (a < b ? -1 : 1)),
    ))
  }
}
