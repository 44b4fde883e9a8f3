/** Rows whose cells slipped sideways: the time stands some columns from where the mapping looks for it. They state no link, since every other cell would be read as what it is not. */
import type { SourceMapping, TimeMapping } from '@ringmap/model/case-file'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { timeColumns, timeSql, timeText } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { Mention } from './record-keys.ts'
import type { RowValues } from './row-values.ts'

/** Columns by which a row is looked for, to either side; the nearest place wins where several fit. */
const SHIFTS = [1, -1, 2, -2, 3, -3] as const
/** Rows that say what stands in a column as a rule. */
const USUAL_ROWS = 1000

/**
 * Counts them and takes them out of the values. A row is one where no time reads, the same number of columns away one does, and besides an end of its links is missing or fails its check, a number does not read,
 * or in the rows that read well no time stands there.
 */
export async function setAsideShifted(database: Database, source: SourceMapping, columns: readonly string[], mentions: readonly Mention[], values: RowValues, zone: string, issues: IssueBook): Promise<void> {
  const times = [...new Map(source.links.flatMap(({ at }) => (at === undefined || epoch(at) ? [] : [[JSON.stringify(at), at] as const]))).values()]
  if (times.length === 0) return
  const unread = joined(times.map((time) => sql`${values.time(time)} IS NULL`), ' AND ')
  const raw = rawTable(source.name)
  const some = await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${values.table} m WHERE ${unread}`)
  if ((some?.n ?? 0) === 0) return
  const places = SHIFTS.flatMap((by) => {
    const moved = times.map((time) => movedBy(time, columns, by))
    return moved.includes(null) ? [] : [{ by, reads: joined((moved as TimeMapping[]).map((time) => sql`${timeSql(time, zone)} IS NOT NULL`), ' OR ') }]
  })
  if (places.length === 0) return
  const badNumber = values.checks.filter(({ code }) => code === 'number_unreadable').map(({ text, read }) => sql`(${text} IS NOT NULL AND ${read} IS NULL)`)
  const besides = joined([sql`FALSE`, ...badNumber, ...mentions.filter(({ by_row }) => !by_row).map(({ alias, mapping }) => {
    const record = values.record(alias)
    const fails = sql`${record} IN (SELECT record FROM record WHERE NOT valid)`
    return mapping.where === undefined && typeof mapping.id === 'string' ? sql`${record} IS NULL OR ${fails}` : sql`coalesce(${fails}, FALSE)`
  })], ' OR ')
  const usual = await database.one<Record<string, number>>(sql`SELECT count(*) AS rows, ${joined(places.map(({ by, reads }) => sql`count(*) FILTER (${reads}) AS ${name(String(by))}`))} FROM ${raw} r
    WHERE r.row IN (SELECT m.row FROM ${values.table} m WHERE NOT (${unread}) ORDER BY m.row LIMIT ${USUAL_ROWS})`)
  const rows = usual?.['rows'] ?? 0
  const empty = places.filter(({ by }) => (usual?.[String(by)] ?? 0) * 2 <= rows)
  if (empty.length === 0) return
  const shifted = name('shifted rows')
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${shifted} AS SELECT * FROM (
      SELECT m.row AS row, ${written(times[0] as TimeMapping)} AS value, CASE ${joined(empty.map(({ by, reads }) => sql`WHEN ${reads} THEN ${by}`), ' ')} END AS moved FROM ${values.table} m JOIN ${raw} r ON r.row = m.row WHERE ${unread} AND (${rows > 0} OR ${besides}))
    WHERE moved IS NOT NULL`)
  const bad = sql`SELECT row, value, 1 AS n, abs(moved) || CASE WHEN abs(moved) = 1 THEN ' column' ELSE ' columns' END || ' to the ' || CASE WHEN moved > 0 THEN 'right' ELSE 'left' END AS problem FROM ${shifted}`
  if (await issues.fromQuery(database, { code: 'row_shifted', source: source.name, column: timeColumns(times[0] as TimeMapping).join(' + '), bad })) await database.run(sql`DELETE FROM ${values.table} WHERE row IN (SELECT row FROM ${shifted})`)
  await database.run(sql`DROP TABLE ${shifted}`)
}

/** Any number is a moment then. */
function epoch(time: TimeMapping): boolean {
  return typeof time !== 'string' && time.format.startsWith('epoch')
}

/** The same time read so many columns further on; null where the table has no such column. */
function movedBy(time: TimeMapping, columns: readonly string[], by: number): TimeMapping | null {
  const moved = timeColumns(time).map((column) => columns[columns.indexOf(column) + by])
  const [column, clock] = moved
  if (moved.includes(undefined) || column === undefined) return null
  return typeof time === 'string' ? column : { ...time, column, ...(clock === undefined ? {} : { time_column: clock }) }
}

function written(time: TimeMapping): Sql {
  return sql`coalesce(${timeText(time)}, '')`
}
