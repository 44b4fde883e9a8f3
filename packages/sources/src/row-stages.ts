/** One pass over raw rows in stages, each a query over the one before, so that no cell is trimmed and no text made a time twice: the database shares nothing that stands inside a CASE. */
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { cell, type CellSql, type OnceSql } from './column-sql.ts'

export interface RowStages {
  /** A value of the raw row as a column. */
  readonly raw: OnceSql
  /** The trimmed text of a column. */
  readonly cell: CellSql
  /** A value made of columns that were asked for before. */
  readonly once: OnceSql
  /** The query, to be named `r`, that holds `row` and every column asked for so far. */
  readonly over: (table: Sql) => Sql
}

export function rowStages(): RowStages {
  const first = columns('raw')
  const later = columns('made')
  return {
    raw: first.of,
    cell: (column) => first.of(cell(column)),
    once: later.of,
    over: (table) => later.list().reduce((before, made) => sql`(SELECT r.*, ${made} FROM ${before} r)`, sql`(SELECT ${joined([sql`r.row AS row`, ...first.list()])} FROM ${table} r)`),
  }
}

function columns(stage: string): { readonly of: OnceSql; readonly list: () => readonly Sql[] } {
  const known = new Map<string, { readonly value: Sql; readonly as: Sql }>()
  return {
    of(value) {
      const column = known.get(value.text) ?? { value, as: name(`${stage} ${known.size}`) }
      known.set(value.text, column)
      return sql`r.${column.as}`
    },
    list: () => [...known.values()].map(({ value, as }) => sql`${value} AS ${as}`),
  }
}
