/** Checks over whole columns that no single cell can show: shifted columns, mixed date orders, a running balance that does not run. */
import type { SourceMapping, TimeMapping } from '@ringmap/model/case-file'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { sql, type Sql } from '@ringmap/store/sql'
import { cell, isDebit, timeText } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { Mention } from './record-keys.ts'

/** Fewer distinct values than this say nothing about a column. */
const ENOUGH = 20

/** A column most of whose values fail the check of what it is mapped to: the template of another operator, or columns that slipped. */
export async function reportDoubtfulColumns(database: Database, mentions: readonly Mention[], issues: IssueBook): Promise<void> {
  for (const mention of mentions) {
    const { id } = mention.mapping
    if (typeof id !== 'string') continue
    const of = await database.one<{ n: number; bad: number }>(sql`SELECT count(*) AS n, count(*) FILTER (NOT valid) AS bad FROM ${mention.dictionary}`)
    if (of === null || of.n < ENOUGH || of.bad * 2 <= of.n) continue
    await issues.fromQuery(database, {
      code: 'column_doubtful', source: mention.source.name, column: id,
      bad: sql`SELECT first_row AS row, written AS value, n, ${`${of.bad} of ${of.n} different values of ${id} are no ${mention.scheme.replaceAll('_', ' ')}`} AS problem FROM ${mention.dictionary} WHERE NOT valid`,
    })
  }
}

/** Dates of which some can only be day first and others only month first: whichever the mapping says, some are wrong, and nobody can tell which of the rest. */
export async function reportMixedDates(database: Database, source: SourceMapping, issues: IssueBook): Promise<void> {
  const seen = new Set<string>()
  for (const time of source.links.flatMap(({ at, until }) => [at, until])) {
    const format = orderOf(time)
    if (time === undefined || format === null) continue
    const text = timeText(time)
    if (seen.has(text.text)) continue
    seen.add(text.text)
    const parts = (group: number): Sql => sql`try_cast(regexp_extract(${text}, '^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]', ${group}) AS INTEGER)`
    const raw = rawTable(source.name)
    // Few days stand in many rows: day and month are looked at once for each.
    const days = sql`SELECT left(${cell(typeof time === 'string' ? time : time.column)}, 6) AS written, count(*) AS n FROM ${raw} r GROUP BY 1`
    const part = (group: number): Sql => sql`try_cast(regexp_extract(written, '^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]', ${group}) AS INTEGER)`
    const found = await database.one<{ day: number; month: number }>(sql`SELECT CAST(coalesce(sum(n) FILTER (${part(1)} > 12 AND ${part(2)} <= 12), 0) AS BIGINT) AS day, CAST(coalesce(sum(n) FILTER (${part(2)} > 12 AND ${part(1)} <= 12), 0) AS BIGINT) AS month FROM (${days})`)
    if (found === null || found.day === 0 || found.month === 0) continue
    const either = sql`${parts(1)} <= 12 AND ${parts(2)} <= 12 AND ${parts(1)} <> ${parts(2)}`
    await issues.fromQuery(database, {
      code: 'date_order_mixed', source: source.name, column: typeof time === 'string' ? time : time.column,
      bad: sql`SELECT r.row AS row, ${text} AS value, 1 AS n, ${`${found.day} rows fit only day first, ${found.month} only month first; these fit both and were read as ${format === 'dmy' ? 'day' : 'month'} first`} AS problem FROM ${raw} r WHERE ${either}`,
    })
  }
}

function orderOf(time: TimeMapping | undefined): 'dmy' | 'mdy' | null {
  if (time === undefined || typeof time === 'string') return null
  return time.format === 'dmy' || time.format === 'mdy' ? time.format : null
}

/**
 * Each balance is the one before, less the debit, plus the credit. Statements run oldest or newest first: the direction in which fewer rows break is
 * taken. The first row has nothing before it; a row whose figures cannot be read breaks nothing, but the next one is held against it.
 */
export async function checkBalance(database: Database, source: SourceMapping, columns: NonNullable<SourceMapping['balance']>, issues: IssueBook): Promise<void> {
  const account = columns.account === undefined ? sql`''` : sql`coalesce(${cell(columns.account)}, '')`
  const figures = sql`SELECT r.row AS row, ${account} AS account, ${cell(columns.column)} AS written, ${figure(columns.column)} AS balance, ${movement(columns.debit, columns.amount, 'debit')} AS debit, ${movement(columns.credit, columns.amount, 'credit')} AS credit FROM ${rawTable(source.name)} r`
  const before = sql`SELECT *, lag(balance) OVER (PARTITION BY account ORDER BY row) AS above, lead(balance) OVER (PARTITION BY account ORDER BY row) AS below FROM (${figures}) WHERE balance IS NOT NULL`
  const broken = (neighbour: Sql): Sql => sql`(${neighbour} IS NOT NULL AND balance <> ${neighbour} - abs(debit) + abs(credit))`
  const counts = await database.one<{ oldest: number; newest: number }>(sql`SELECT count(*) FILTER (${broken(sql`above`)}) AS oldest, count(*) FILTER (${broken(sql`below`)}) AS newest FROM (${before})`)
  if (counts === null) return
  const oldestFirst = counts.oldest <= counts.newest
  const neighbour = oldestFirst ? sql`above` : sql`below`
  await issues.fromQuery(database, {
    code: 'balance_broken', source: source.name, column: columns.column,
    bad: sql`SELECT row, written AS value, 1 AS n, ${`the statement runs ${oldestFirst ? 'oldest' : 'newest'} first`} AS problem FROM (${before}) WHERE ${broken(neighbour)}`,
  })
}

/** What went out or came in by a row: a column of its own, or the rows of that side in a column of both. */
function movement(own: string | undefined, both: string | undefined, side: 'debit' | 'credit'): Sql {
  if (own !== undefined) return sql`coalesce(${figure(own)}, 0)`
  if (both === undefined) return sql`CAST(0 AS DECIMAL(18, 2))`
  return sql`CASE WHEN ${side === 'debit' ? isDebit(both) : sql`NOT ${isDebit(both)}`} THEN coalesce(abs(${figure(both)}), 0) ELSE 0 END`
}

/** `1,23,456.70`, `Rs. 500`, `500.00 Cr`, `(500.00)` or `500.00 Dr`, the last two below zero. */
function figure(column: string): Sql {
  const text = cell(column)
  const number = sql`try_cast(regexp_replace(${text}, '(?i)^[(]?(₹|rs\\.?|inr)?\\s*|[,\\s]|(/-)?[)]?\\s*(cr|dr)?\\.?$', '', 'g') AS DECIMAL(18, 2))`
  return sql`CASE WHEN regexp_matches(${text}, '(?i)(^[(].*[)]$|dr\\.?$)') THEN -${number} ELSE ${number} END`
}
