/** Rows of a table that are no records: the headings once more, as merged files and page breaks leave them, and totals and balances brought forward. */
import type { SourceMapping } from '@ringmap/model/case-file'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { cell } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { RowValues } from './row-values.ts'

/** Words with which a statement sums up. */
const TOTALS = String.raw`^(grand |sub-?\s*|page |statement |transaction )?totals?\b|^statement summary\b|^b/f$|^c/f$|^(opening|closing) balance\b|^(balance )?(brought|carried) forward\b|^balance (b/?f|c/?f)\b`
/** Cells of a row in which such a word may stand. */
const FIRST_CELLS = 5

/** Counts them and takes them out of the values, so that they state no link; in the raw table they stay as they are. */
export async function setAsideRows(database: Database, source: SourceMapping, columns: readonly string[], values: RowValues, issues: IssueBook): Promise<void> {
  const [first] = columns
  if (first === undefined) return
  const tests = [['header_repeated', headingRows(columns)], ['row_is_total', totalRows(columns)]] as const
  for (const [code, test] of tests) {
    if (test === null) continue
    const rows = sql`SELECT r.row AS row, ${cell(first)} AS value, 1 AS n, NULL AS problem FROM ${rawTable(source.name)} r WHERE ${test}`
    if (!(await issues.fromQuery(database, { code, source: source.name, column: null, bad: rows }))) continue
    await database.run(sql`DELETE FROM ${values.table} WHERE row IN (SELECT row FROM (${rows}))`)
  }
}

/** Rows that say what the header says, in most of its columns. */
function headingRows(columns: readonly string[]): Sql | null {
  if (columns.length < 2) return null
  const same = joined(columns.map((column) => sql`CAST(coalesce(lower(trim(r.${name(column)})) = ${column.toLowerCase()}, FALSE) AS INTEGER)`), ' + ')
  const likely = joined(columns.slice(0, 2).map((column) => {
    const says = sql`coalesce(lower(trim(r.${name(column)})) = ${column.toLowerCase()}, FALSE)`
    return column >= 'A' ? ofWords(column, says) : says
  }), ' OR ')
  return sql`((${likely}) AND (${same}) >= ${Math.max(2, Math.ceil(columns.length / 2))})`
}

/** A word that sums up in one of the first cells, and at least two cells empty: a narration may well begin with such a word. */
function totalRows(columns: readonly string[]): Sql {
  const word = joined(columns.slice(0, FIRST_CELLS).map((column) => ofWords(column, sql`regexp_matches(trim(r.${name(column)}), ${TOTALS}, 'i')`)), ' OR ')
  const empty = joined(columns.map((column) => sql`CAST(coalesce(trim(r.${name(column)}), '') = '' AS INTEGER)`), ' + ')
  return sql`((${word}) AND (${empty}) >= ${Math.min(2, columns.length - 1)})`
}

/** A test of cells that begin with a letter or with a space; nearly every row is told apart by that alone, and CASE keeps the test from being made. */
function ofWords(column: string, test: Sql): Sql {
  return sql`(CASE WHEN r.${name(column)} >= 'A' OR r.${name(column)} < '!' THEN ${test} ELSE FALSE END)`
}
