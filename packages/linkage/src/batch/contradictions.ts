/** What parts two records whatever else agrees: two papers of a kind that a person has one of, and births a generation apart. */
import { NULL_INDEX } from '@ringmap/store/database'
import type { PreparedRecords } from './prepared-records.ts'
import { withinOneEdit } from './similarity.ts'

export interface ContradictoryColumn {
  /** Name of the field. */
  readonly field: string
  readonly as: 'paper' | 'born'
  /** A column which, where it differs too, explains two papers: each nation gives its own. */
  readonly unless?: string | undefined
}

/** Years between two births that no clerk's slip explains. */
const BORN_APART = 20

/** 1919 and 1999: one digit misread. */
function oneDigit(x: number, y: number): boolean {
  let differing = 0
  for (let [a, b] = [x, y]; a > 0 || b > 0; a = Math.floor(a / 10), b = Math.floor(b / 10)) if (a % 10 !== b % 10) differing++
  return differing === 1
}

/** Dates as eight digits, year first: whether no clerk's slip makes one of the other. A date without a year is apart from none. */
export function bornApart(one: string, other: string): boolean {
  if (!/^[1-9]\d{3}/.test(one) || !/^[1-9]\d{3}/.test(other)) return false
  const [x, y] = [Number(one.slice(0, 4)), Number(other.slice(0, 4))]
  return Math.abs(x - y) >= BORN_APART && !oneDigit(x, y) && one.slice(4) !== other.slice(4)
}

/** Two values, both there, that are not one. */
export function differs(x: number, y: number): boolean {
  return x !== y && x !== NULL_INDEX && y !== NULL_INDEX
}

/** True for two records that differ in a paper by more than one slip, or are born 20 years apart (with another day, and not by one digit); what is missing contradicts nothing. Null when no such column is at hand. */
export function contradictions(prepared: Pick<PreparedRecords, 'fields'>, columns: readonly ContradictoryColumn[]): ((a: number, b: number) => boolean) | null {
  const checks = columns.flatMap(({ field: name, as, unless }) => {
    const field = prepared.fields.get(name)
    if (field === undefined) return []
    const { codes, values, pool } = field
    if (as === 'paper') {
      const nation = unless === undefined ? undefined : prepared.fields.get(unless)?.codes
      return [(a: number, b: number): boolean => {
        const [x, y] = [codes[a] as number, codes[b] as number]
        return differs(x, y) && !withinOneEdit(pool, x, y) && !(nation !== undefined && differs(nation[a] as number, nation[b] as number))
      }]
    }
    const years = Int16Array.from(values, (value) => (/^[1-9]\d{3}/.test(value) ? Number(value.slice(0, 4)) : -1))
    const yearOf = (record: number): number => (codes[record] === NULL_INDEX ? -1 : (years[codes[record] as number] as number))
    return [(a: number, b: number): boolean => {
      const [x, y] = [yearOf(a), yearOf(b)]
      return x >= 0 && y >= 0 && Math.abs(x - y) >= BORN_APART && bornApart(values[codes[a] as number] as string, values[codes[b] as number] as string)
    }]
  })
  return checks.length === 0 ? null : (a, b) => checks.some((check) => check(a, b))
}
