/** JSON in the one form that RFC 8785 allows: keys in the order of their UTF-16 units, no white space, numbers as ECMAScript prints them. */
import { invariant } from '@ringmap/model/errors'

/** Throws on what JSON cannot hold: undefined, functions, NaN, infinities, lone surrogates. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'canonical JSON holds finite numbers')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    invariant(value.isWellFormed(), 'canonical JSON holds well-formed text')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  invariant(typeof value === 'object', 'canonical JSON holds data alone')
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, inner]) => `${canonicalJson(key)}:${canonicalJson(inner)}`).join(',')}}`
}
