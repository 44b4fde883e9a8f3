/** Mapping keys as SQL over a source's raw rows: values, times, amounts, conditions. Every column arrives as text. */
import type { Condition, TimeMapping, ValueMapping } from '@ringmap/model/case-file'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'

/** Separates the parts of a composite id; cannot be typed into a cell by accident. */
export const PART = '\u001f'

/** The text of a column, trimmed; NULL when blank. */
export function cell(column: string): Sql {
  return sql`nullif(trim(r.${name(column)}, chr(32) || chr(9) || chr(10) || chr(13) || chr(160)), '')`
}

/** A value as mapped, NULL when every part of it is blank. */
export function valueSql(value: ValueMapping): Sql {
  if (typeof value === 'string') return cell(value)
  if ('column' in value) return cell(value.column)
  if ('columns' in value) return sql`nullif(concat_ws(${value.join}, ${joined(value.columns.map(cell))}), '')`
  return sql`${value.value}`
}

/** Columns a value reads. */
export function columnsOf(value: ValueMapping): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('column' in value) return [value.column]
  return 'columns' in value ? value.columns : []
}

export function conditionSql(condition: Condition | undefined): Sql {
  if (condition === undefined) return sql`TRUE`
  const tests: Sql[] = []
  if (condition.in !== undefined) tests.push(sql`coalesce(${cell(condition.column)}, '') IN ${condition.in}`)
  if (condition.not_in !== undefined) tests.push(sql`coalesce(${cell(condition.column)}, '') NOT IN ${condition.not_in}`)
  return tests.length === 0 ? sql`TRUE` : sql`(${joined(tests, ' AND ')})`
}

/** Date orders a person can name; each with the separators and precisions met in practice. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  dmy: patterns(['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%d %m %Y', '%d-%b-%Y', '%d %b %Y', '%d/%b/%Y', '%d/%m/%y', '%d-%m-%y', '%d-%b-%y']),
  mdy: patterns(['%m/%d/%Y', '%m-%d-%Y', '%b %d %Y', '%b %d, %Y', '%m/%d/%y']),
  ymd: patterns(['%Y-%m-%d', '%Y/%m/%d', '%Y%m%d', '%Y.%m.%d']),
}

function patterns(dates: readonly string[]): readonly string[] {
  const times = ['', ' %H:%M:%S', ' %H:%M', ' %I:%M:%S %p', ' %I:%M %p', 'T%H:%M:%S', 'T%H:%M']
  return dates.flatMap((date) => times.map((time) => date + time))
}

/** The written time, both columns joined where date and time stand apart. */
export function timeText(time: TimeMapping): Sql {
  if (typeof time === 'string') return cell(time)
  return time.time_column === undefined ? cell(time.column) : sql`(${cell(time.column)} || ' ' || coalesce(${cell(time.time_column)}, ''))`
}

export function timeColumns(time: TimeMapping): readonly string[] {
  if (typeof time === 'string') return [time]
  return time.time_column === undefined ? [time.column] : [time.column, time.time_column]
}

/** UTC milliseconds of a time as written, NULL where it does not fit the format. */
export function timeSql(time: TimeMapping, zone: string): Sql {
  const format = typeof time === 'string' ? 'iso' : time.format.toLowerCase()
  const own = typeof time === 'string' ? zone : (time.timezone ?? zone)
  const text = sql`trim(${timeText(time)})`
  if (format === 'epoch_s') return sql`CAST(try_cast(${text} AS DECIMAL(18, 3)) * 1000 AS BIGINT)`
  if (format === 'epoch_ms') return sql`try_cast(${text} AS BIGINT)`
  if (format === 'iso')
    return sql`CASE WHEN regexp_matches(${text}, '[0-9](Z|[+-][0-9]{2}:?[0-9]{2})$') AND contains(${text}, ':')
      THEN epoch_ms(try_cast(${text} AS TIMESTAMPTZ)) ELSE epoch_ms(timezone(${own}, try_cast(${text} AS TIMESTAMP))) END`
  const list = ORDERS[format] ?? [typeof time === 'string' ? 'iso' : time.format]
  // DuckDB reads %y before %Y is tried where years are short, so four-digit years stand first in the lists.
  return sql`epoch_ms(timezone(${own}, try_strptime(${text}, [${joined(list.map((pattern) => sql`${pattern}`))}])))`
}

/** A sum of money as an integer in the smallest unit; NULL where it cannot be read or is finer than that unit. */
export function amountSql(column: string, unit: 'major' | 'minor', currency: string): Sql {
  const digits = unit === 'minor' ? 0 : minorDigits(currency)
  const number = sql`try_cast(regexp_replace(${cell(column)}, '(?i)^(₹|rs\\.?|inr|usd|eur|\\$|€)?\\s*|[,\\s]|/-$', '', 'g') AS DECIMAL(30, 6))`
  return sql`CASE WHEN ${number} * ${10 ** digits} = trunc(${number} * ${10 ** digits}) THEN try_cast(${number} * ${10 ** digits} AS BIGINT) END`
}

/** Digits after the point in a currency: 2 for rupees, 0 for yen. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** Seconds, written as a number or as hh:mm:ss. */
export function durationSql(column: string): Sql {
  const text = cell(column)
  return sql`CASE WHEN contains(${text}, ':') THEN CAST(epoch(try_cast(${text} AS INTERVAL)) AS INTEGER) ELSE CAST(round(try_cast(${text} AS DOUBLE)) AS INTEGER) END`
}

/** A whole count of at least 1. */
export function countSql(column: string | undefined): Sql {
  return column === undefined ? sql`1` : sql`CASE WHEN try_cast(${cell(column)} AS DOUBLE) >= 1 THEN CAST(round(try_cast(${cell(column)} AS DOUBLE)) AS INTEGER) ELSE 1 END`
}
