/** Mapping keys as SQL over a source's raw rows: values, times, amounts, conditions. Every column arrives as text. */
import type { Condition, TimeMapping, ValueMapping } from '@ringmap/model/case-file'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { narrationPart } from './narration.ts'

/** Separates the parts of a composite id; cannot be typed into a cell by accident. */
export const PART = '\u001f'

const QUOTE = "'"

/** The text of a column, trimmed, and without the apostrophes that operators and spreadsheets put around or before what must not be taken for a number; NULL when blank. */
export function cell(column: string): Sql {
  const text = sql`r.${name(column)}`
  const trimmed = (of: Sql): Sql => sql`trim(${of}, chr(32) || chr(9) || chr(10) || chr(13) || chr(160))`
  // Nearly every cell starts and ends with a plain visible character; trimming by a set that holds a no-break space costs twenty times as much. An apostrophe comes before the bracket.
  return sql`(CASE WHEN ${text} >= '(' AND ${text} < chr(127) AND ${text}[-1] BETWEEN '!' AND '~' THEN ${text} ELSE nullif(${trimmed(unquoted(trimmed(text)))}, '') END)`
}

/** A name may begin with an apostrophe; a number does not. */
function unquoted(text: Sql): Sql {
  return sql`CASE WHEN NOT starts_with(${text}, ${QUOTE}) THEN ${text} WHEN length(${text}) > 1 AND ends_with(${text}, ${QUOTE}) THEN ${text}[2:-2] WHEN ${text}[2] BETWEEN '0' AND '9' OR ${text}[2] = '+' THEN ${text}[2:] ELSE ${text} END`
}

/** Where the text of a column comes from: from the raw row, unless a pass has trimmed the cells that it needs already. */
export type CellSql = (column: string) => Sql

/** A value as mapped, NULL when every part of it is blank. */
export function valueSql(value: ValueMapping, text: CellSql = cell): Sql {
  if (typeof value === 'string') return text(value)
  if ('find' in value) return narrationPart(text(value.column), value.find)
  if ('column' in value) return text(value.column)
  if ('columns' in value) return sql`nullif(concat_ws(${value.join}, ${joined(value.columns.map((column) => text(column)))}), '')`
  return sql`${value.value}`
}

/** Columns a value reads. */
export function columnsOf(value: ValueMapping): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('column' in value) return [value.column]
  return 'columns' in value ? value.columns : []
}

export function conditionSql(condition: Condition | undefined, text: CellSql = cell): Sql {
  if (condition === undefined) return sql`TRUE`
  const tests = [condition].flat().flatMap((test): Sql[] => [
    ...(test.in === undefined ? [] : [sql`coalesce(${text(test.column)}, '') IN ${test.in}`]),
    ...(test.not_in === undefined ? [] : [sql`coalesce(${text(test.column)}, '') NOT IN ${test.not_in}`]),
    ...(test.has === undefined ? [] : [sql`coalesce(${narrationPart(text(test.column), test.has)} IS NOT NULL, FALSE)`]),
  ])
  return tests.length === 0 ? sql`TRUE` : sql`(${joined(tests, ' AND ')})`
}

/** Columns that a condition reads. */
export function conditionColumns(condition: Condition | undefined): readonly string[] {
  return condition === undefined ? [] : [condition].flat().map((test) => test.column)
}

const SEPARATOR = '[-/. ,]+'
const TIME_OF_DAY = '(?:[T ,]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:[.][0-9]+)?))? ?([AaPp][.]?[Mm][.]?)?)?'
const NAMED_MONTH = '([0-9]{1,2}|[A-Za-z]{3,9})'

/** Date orders a person can name: a pattern over the whole text, and what its groups are. Month names are English; years may have two digits. */
const ORDERS: Readonly<Record<string, { readonly pattern: string; readonly groups: readonly string[] }>> = {
  dmy: { pattern: `^([0-9]{1,2})${SEPARATOR}${NAMED_MONTH}${SEPARATOR}([0-9]{4}|[0-9]{2})${TIME_OF_DAY}$`, groups: ['d', 'm', 'y', 'h', 'i', 's', 'p'] },
  mdy: { pattern: `^${NAMED_MONTH}${SEPARATOR}([0-9]{1,2})${SEPARATOR}([0-9]{4}|[0-9]{2})${TIME_OF_DAY}$`, groups: ['m', 'd', 'y', 'h', 'i', 's', 'p'] },
  ymd: { pattern: `^([0-9]{4})[-/. ]?([0-9]{1,2}|[A-Za-z]{3})[-/. ]?([0-9]{1,2})${TIME_OF_DAY}$`, groups: ['y', 'm', 'd', 'h', 'i', 's', 'p'] },
}

/** Two-digit years from here on are of the last century. */
const PIVOT = 69

/** The timestamp in a text of a known order; NULL where it does not fit or the day does not exist. One pattern, matched once. */
function orderedTime(text: Sql, order: { readonly pattern: string; readonly groups: readonly string[] }): Sql {
  const month = sql`CASE WHEN g.m BETWEEN '0' AND '99' THEN lpad(g.m, 2, '0') ELSE lpad(CAST(nullif(list_position(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], lower(left(g.m, 3))), 0) AS VARCHAR), 2, '0') END`
  const year = sql`CASE WHEN length(g.y) = 4 THEN g.y WHEN g.y >= ${String(PIVOT)} THEN '19' || g.y ELSE '20' || g.y END`
  const hour = sql`CASE WHEN g.h = '' THEN '00' WHEN g.p = '' THEN lpad(g.h, 2, '0')
    WHEN try_cast(g.h AS INTEGER) BETWEEN 1 AND 12 THEN lpad(CAST(try_cast(g.h AS INTEGER) % 12 + CASE WHEN lower(left(g.p, 1)) = 'p' THEN 12 ELSE 0 END AS VARCHAR), 2, '0') ELSE '99' END`
  const rebuilt = sql`(${year}) || '-' || (${month}) || '-' || lpad(g.d, 2, '0') || ' ' || (${hour}) || ':' || CASE WHEN g.i = '' THEN '00' ELSE g.i END || ':' || CASE WHEN g.s = '' THEN '00' ELSE g.s END`
  const groups = joined(order.groups.map((group) => sql`${group}`))
  const plain = order.groups[0] === 'd' ? sql`CASE WHEN length(${text}) = 19 THEN try_strptime(${text}, '%d/%m/%Y %H:%M:%S') END` : null
  const full = sql`list_transform([regexp_extract(${text}, ${order.pattern}, [${groups}])], lambda g: try_cast(CASE WHEN g.y = '' THEN NULL ELSE ${rebuilt} END AS TIMESTAMP))[1]`
  // The commonest form has a parser of its own, which is twice as fast.
  return plain === null ? full : sql`coalesce(${plain}, ${full})`
}

/** The written time, both columns joined where date and time stand apart. */
export function timeText(time: TimeMapping, text: CellSql = cell): Sql {
  if (typeof time === 'string') return text(time)
  return time.time_column === undefined ? text(time.column) : sql`(${text(time.column)} || ' ' || coalesce(${text(time.time_column)}, ''))`
}

export function timeColumns(time: TimeMapping): readonly string[] {
  if (typeof time === 'string') return [time]
  return time.time_column === undefined ? [time.column] : [time.column, time.time_column]
}

/** What stands in the way of reading a value twice: takes an expression and gives the column that holds it. */
export type OnceSql = (value: Sql) => Sql

/**
 * UTC milliseconds of a time as written, put back by what the clock is ahead; NULL where it does not fit the format.
 *
 * @param once what is read several times goes through it, the written text first and then what was made of it; left out, it is read several times.
 */
export function timeSql(time: TimeMapping, zone: string, ahead_s = 0, text: CellSql = cell, once: OnceSql = (value) => value): Sql {
  const written = writtenTime(time, zone, text, once)
  return ahead_s === 0 ? written : sql`(${written} - ${ahead_s * 1000})`
}

function writtenTime(time: TimeMapping, zone: string, cellText: CellSql, once: OnceSql): Sql {
  const format = typeof time === 'string' ? 'iso' : time.format.toLowerCase()
  const own = typeof time === 'string' ? zone : (time.timezone ?? zone)
  const whole = timeText(time, cellText)
  // A time without a time of day would end in a space.
  const text = typeof time === 'string' || time.time_column === undefined ? whole : once(sql`trim(${whole})`)
  if (format === 'epoch_s') return sql`CAST(try_cast(${text} AS DECIMAL(18, 3)) * 1000 AS BIGINT)`
  if (format === 'epoch_ms') return sql`try_cast(${text} AS BIGINT)`
  if (format === 'iso') {
    const zoned = once(sql`((ends_with(${text}, 'Z') OR contains(${text}, '+') OR length(${text}) > 19) AND regexp_matches(${text}, ':[0-9.]+ ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$'))`)
    const local = once(sql`CASE WHEN NOT ${zoned} THEN try_cast(${text} AS TIMESTAMP) END`)
    return sql`CASE WHEN ${zoned} THEN epoch_ms(try_cast(${text} AS TIMESTAMPTZ)) ELSE ${utc(local, own)} END`
  }
  const order = ORDERS[format]
  return utc(once(order === undefined ? sql`try_strptime(${text}, ${typeof time === 'string' ? 'iso' : time.format})` : orderedTime(text, order)), own)
}

/** First and last year over which a zone is asked whether it ever changes. */
const STEADY = [1980, 2060] as const

/** UTC milliseconds of a local timestamp. Where the zone never changes its clocks a subtraction does, which is many times as fast as asking the calendar. */
function utc(local: Sql, zone: string): Sql {
  const offset = steadyOffset(zone)
  const asked = sql`epoch_ms(timezone(${zone}, ${local}))`
  if (offset === null) return asked
  return sql`CASE WHEN ${local} >= TIMESTAMP ${`${STEADY[0]}-01-02`} AND ${local} < TIMESTAMP ${`${STEADY[1]}-01-01`} THEN epoch_ms(${local}) - ${offset} ELSE ${asked} END`
}

const offsets = new Map<string, number | null>()

/** Milliseconds that a zone is ahead of UTC in every month of those years; null where that varies. */
function steadyOffset(zone: string): number | null {
  const known = offsets.get(zone)
  if (known !== undefined) return known
  const written = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  const ahead = (at: number): number => {
    const part = Object.fromEntries(written.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
    return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']) - at
  }
  const first = ahead(Date.UTC(STEADY[0], 0, 1))
  let steady = true
  for (let year = STEADY[0]; year < STEADY[1] && steady; year++) for (let day = 0; day < 366 && steady; day += 10) steady = ahead(Date.UTC(year, 0, 1 + day)) === first
  offsets.set(zone, steady ? first : null)
  return steady ? first : null
}

/**
 * A sum of money as an integer in the smallest unit; NULL where it cannot be read or is finer than that unit.
 *
 * @param sided whether the text may say its side (`500.00 Dr`, `(500.00)`, `-500`): what comes back is then the size alone.
 */
export function amountSql(column: string, unit: 'major' | 'minor', currency: string, sided = false, text: CellSql = cell): Sql {
  const digits = unit === 'minor' ? 0 : minorDigits(currency)
  const number = sided
    ? sql`abs(try_cast(regexp_replace(${text(column)}, '(?i)^[(]?(₹|rs\\.?|inr|usd|eur|\\$|€)?\\s*|[,\\s]|(/-)?[)]?\\s*(cr|dr)?\\.?$', '', 'g') AS DECIMAL(30, 6)))`
    : sql`try_cast(regexp_replace(${text(column)}, '(?i)^(₹|rs\\.?|inr|usd|eur|\\$|€)?\\s*|[,\\s]|/-$', '', 'g') AS DECIMAL(30, 6))`
  // Nearly every sum is digits and a point; a cast to so wide a number costs a hundred times as much as one to a narrow one.
  const plain = sql`regexp_matches(${text(column)}, ${digits === 2 ? '^-?[0-9]{1,12}([.][0-9]{1,2})?$' : '^-?[0-9]{1,12}$'})`
  const narrow = digits === 2 ? sql`CAST(try_cast(${text(column)} AS DECIMAL(16, 2)) * CAST(100 AS DECIMAL(3, 0)) AS BIGINT)` : sql`try_cast(${text(column)} AS BIGINT) * ${10 ** digits}`
  return sql`CASE WHEN ${plain} THEN ${sided ? sql`abs(${narrow})` : narrow} WHEN ${number} * ${10 ** digits} = trunc(${number} * ${10 ** digits}) THEN try_cast(${number} * ${10 ** digits} AS BIGINT) END`
}

/** Whether a sum is written as a debit: `500.00 Dr`, `(500.00)`, `-500`, `500-`. */
export function isDebit(column: string, text: CellSql = cell): Sql {
  return sql`coalesce(regexp_matches(${text(column)}, '(?i)(^\\s*[(].*[)]$|^-|-$|dr\\.?$)'), FALSE)`
}

/** Digits after the point in a currency: 2 for rupees, 0 for yen. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** Seconds, written as a number or as hh:mm:ss; NULL where it is none, or below zero. */
export function durationSql(column: string, cellText: CellSql = cell, once: OnceSql = (value) => value): Sql {
  const text = cellText(column)
  const seconds = once(sql`coalesce(try_cast(${text} AS INTEGER), CASE WHEN contains(${text}, ':') THEN CAST(epoch(try_cast(${text} AS INTERVAL)) AS INTEGER) ELSE try_cast(round(try_cast(${text} AS DOUBLE)) AS INTEGER) END)`)
  return sql`CASE WHEN ${seconds} >= 0 THEN ${seconds} END`
}

/** A whole count of at least 1. */
export function countSql(column: string, text: CellSql = cell): Sql {
  return sql`CASE WHEN try_cast(${text(column)} AS DOUBLE) >= 1 THEN CAST(round(try_cast(${text(column)} AS DOUBLE)) AS INTEGER) ELSE 1 END`
}
