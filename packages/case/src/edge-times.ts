/** The times of an edge list: in which form a column is written, and lengths of windows in its unit. */
import { RingmapError } from '@ringmap/model/errors'
import { cell, timeSql } from '@ringmap/sources/column-sql'
import { guessTime } from '@ringmap/sources/sniff-times'
import type { Database } from '@ringmap/store/database'
import { sql, type Sql } from '@ringmap/store/sql'

export interface EdgeTimes {
  /** Milliseconds since 1970 UTC, or the numbers of the column; NaN where the row states none. */
  readonly at: Float64Array
  readonly written: 'dates' | 'numbers'
}

export interface TimeColumn {
  readonly sql: Sql
  readonly written: EdgeTimes['written']
  /** Where the values leave open how they are meant. */
  readonly doubt: string | null
}

/** Values that are looked at for the form. */
const SAMPLE = 2000

/** Dates in any form that is known, moments in seconds or milliseconds since 1970, or else plain numbers. @throws RingmapError edge_list_invalid naming the first row that does not fit. */
export async function edgeTimes(database: Database, table: Sql, shown: string, column: string): Promise<TimeColumn> {
  const text = cell(column)
  const [sample = []] = await database.texts(sql`SELECT ${text} AS value FROM ${table} WHERE ${text} IS NOT NULL ORDER BY r.row LIMIT ${SAMPLE}`)
  const values = sample.filter((value) => value !== null)
  const guess = guessTime(values)
  const number = sql`try_cast(${text} AS DOUBLE)`
  const dates = guess !== null && (guess.format.startsWith('epoch') || !values.every((value) => Number.isFinite(Number(value))))
  const found = dates ? sql`CAST(${timeSql({ column, format: guess.format }, 'UTC')} AS DOUBLE)` : sql`CASE WHEN isfinite(${number}) THEN ${number} END`
  const bad = await database.one<{ row: number; value: string }>(sql`SELECT r.row, ${text} AS value FROM ${table} WHERE ${text} IS NOT NULL AND ${found} IS NULL ORDER BY r.row LIMIT 1`)
  if (bad !== null) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${bad.row}: "${bad.value}" in ${column} is no ${dates ? `time as the others are written (${guess.format})` : 'time and no number'}` })
  return { sql: found, written: dates ? 'dates' : 'numbers', doubt: dates && guess.doubt !== null ? `${column}: ${guess.doubt}.` : null }
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

export interface Length {
  /** In the unit of the times. */
  readonly length: number
  /** What a window begins at a whole number of; 0 where it begins with the first time. */
  readonly grain: number
}

/** `30d`, `2w`, `12h`, `15min`, `10s`; a number alone is days of dates, and the unit of the column of numbers. @throws RingmapError usage */
export function lengthOf(text: string, flag: string, written: EdgeTimes['written']): Length {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(s|min|h|d|w)?$/.exec(text.trim()) ?? []
  const value = Number(amount)
  if (!(value > 0)) throw new RingmapError('usage', { what: `${flag} ${text} is no length of time, such as 30d, 2w, 12h or 15min${written === 'numbers' ? ', or a number in the unit of the times' : ''}.` })
  if (written === 'numbers') {
    if (unit !== '') throw new RingmapError('usage', { what: `The times are plain numbers (rounds, years, steps), so ${flag} is a number in their unit, not ${text}.` })
    return { length: value, grain: 0 }
  }
  const each = UNITS[unit === '' ? 'd' : unit] as number
  return { length: value * each, grain: unit === 'w' ? (UNITS['d'] as number) : each }
}
