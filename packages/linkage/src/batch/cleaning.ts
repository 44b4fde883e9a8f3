/** One form for each way of writing a value, by kind of comparison. Values arrive trimmed and in small letters. */
import { nameLexicon } from '../names/name-lexicon.ts'
import { nameHalves, type NameKeys } from '../names/parsed-name.ts'
import type { ComparisonKind } from './comparison-kinds.ts'
import type { Clean } from './fields.ts'
import type { ColumnPlan, DateOrder } from './link-plan.ts'

/** Accents of Latin letters go; marks of other scripts are letters and stay. */
export function plainWords(value: string): string | null {
  let text = value
  if (/[\u0080-\uffff]/.test(text)) text = text.normalize('NFKD').replaceAll(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '').normalize('NFC').replaceAll('ß', 'ss').replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('đ', 'd').replaceAll('ł', 'l')
  if (/^[a-z]+(?: [a-z]+)*$/.test(text)) return text
  return text.replaceAll(/['’`´.]/g, '').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim() || null
}

/** Letters and digits alone; a number that a spreadsheet turned into 2119.0 loses its point. Zeros alone say nothing. */
export function plainCode(value: string): string | null {
  const text = value.replace(/^(\d+)\.0+$/, '$1').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
  return text === '' || /^0+$/.test(text) ? null : text
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Eight digits, year first, 00 for what is not stated; days that do not exist are kept, for a slip must still be comparable. */
export function plainDate(order: DateOrder): (value: string) => string | null {
  return (value) => {
    const digits = /^(\d{8})(?:\.0+)?$/.exec(value)?.[1]
    if (digits !== undefined) return order === 'ymd' ? digits : order === 'dmy' ? digits.slice(4) + digits.slice(2, 4) + digits.slice(0, 2) : digits.slice(4) + digits.slice(0, 4)
    const parts = value.replace(/[t ]\d{1,2}:\d{2}.*$/, '').split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
    const named = parts.findIndex((part) => /^\p{L}{3,}$/u.test(part))
    if (parts.length === 1) return /^\d{4}$/.test(parts[0] ?? '') ? `${parts[0]}0000` : null
    if (parts.length === 2 && /^\d{4}$/.test(parts[0] ?? '')) return dated(parts[0], parts[1], '0')
    if (parts.length !== 3) return null
    if (/^\d{4}$/.test(parts[0] ?? '')) return dated(parts[0], parts[1], parts[2])
    const monthFirst = named === 0 || (named < 0 && order === 'mdy')
    return monthFirst ? dated(parts[2], parts[0], parts[1]) : dated(parts[2], parts[1], parts[0])
  }
}

function dated(year = '', month = '', day = ''): string | null {
  const named = MONTHS.indexOf(month.slice(0, 3))
  const m = named >= 0 ? String(named + 1) : month
  const y = /^\d{2}$/.test(year) ? (Number(year) >= 69 ? `19${year}` : `20${year}`) : year
  if (!/^\d{4}$/.test(y) || !/^\d{1,2}$/.test(m) || !/^\d{1,2}$/.test(day)) return null
  return y + m.padStart(2, '0') + day.padStart(2, '0')
}

/** How most of the values are ordered: a number above 12 gives it away. */
export function dateOrder(values: readonly string[]): DateOrder {
  let first = 0
  let second = 0
  let year = 0
  for (const value of values) {
    const digits = /^\d{8}$/.exec(value)?.[0]
    const parts = digits === undefined ? value.split(/\D+/).filter((part) => part !== '') : []
    if (digits !== undefined) {
      if (Number(digits.slice(0, 4)) >= 1500 && Number(digits.slice(0, 4)) <= 2100 && Number(digits.slice(4, 6)) <= 12) year++
      else if (Number(digits.slice(0, 2)) > 12) first++
      else if (Number(digits.slice(2, 4)) > 12) second++
    } else if (parts[0]?.length === 4) year++
    else if (Number(parts[0]) > 12) first++
    else if (Number(parts[1]) > 12) second++
  }
  if (year >= first + second) return 'ymd'
  return second > first ? 'mdy' : 'dmy'
}

export function plainNumber(value: string): string | null {
  const number = Number(value.replaceAll(/[,\s₹$€£]/g, ''))
  return value === '' || !Number.isFinite(number) ? null : String(number)
}

function plainEmail(value: string): string | null {
  const text = value.replaceAll(' ', '')
  return text.includes('@') && text.length > 3 ? text : null
}

/** The last ten digits, which are the same with and without a country or trunk code; shorter numbers as they are. */
export function plainPhone(value: string): string | null {
  const digits = value.replace(/\.0+$/, '').replaceAll(/\D/g, '')
  return digits.length < 5 || /^(\d)\1+$/.test(digits) ? null : digits.slice(-10)
}

/** Makes cleaners for columns; the parts of a name are read once for all columns that ask for them. */
export function cleaners(): (column: ColumnPlan) => Clean {
  let read: NameHalves | null = null
  return (column) => {
    if (column.form === 'phone') return plainPhone
    if (column.form === 'plain') return cleaner(column.kind, column.order)
    const { form } = column
    read ??= remembered()
    const keys = read
    return (value, place, list) => keys(value, place, list)[form] || null
  }
}

type NameHalves = (value: string, place?: number, list?: readonly string[]) => Pick<NameKeys, 'given' | 'family'>

/** Names by their place in the list of a column's values: given and family name are asked for one after the other. */
function remembered(): NameHalves {
  const parse = nameHalves(nameLexicon())
  const lists = new WeakMap<readonly string[], Pick<NameKeys, 'given' | 'family'>[]>()
  return (value, place, list) => {
    if (place === undefined || list === undefined) return parse(value)
    let known = lists.get(list)
    if (known === undefined) lists.set(list, known = [])
    return known[place] ??= parse(value)
  }
}

export function cleaner(kind: ComparisonKind, order: DateOrder = 'ymd'): (value: string) => string | null {
  if (kind === 'date') return plainDate(order)
  if (kind === 'code') return plainCode
  if (kind === 'number') return plainNumber
  if (kind === 'email') return plainEmail
  return plainWords
}
