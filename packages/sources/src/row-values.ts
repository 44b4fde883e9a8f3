/** One pass over a source's rows: its records by number, its times, sums and conditions as typed columns, ready for every link of the source. */
import type { LinkMapping, SourceMapping, TimeMapping } from '@ringmap/model/case-file'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { amountSql, cell, conditionSql, countSql, durationSql, isDebit, timeColumns, timeSql, timeText, valueSql } from './column-sql.ts'
import type { Mention } from './record-keys.ts'
import { rowStages, type RowStages } from './row-stages.ts'

/** Where the values stand: columns of the table over the alias `m`. */
export interface RowValues {
  readonly table: Sql
  readonly record: (alias: string) => Sql
  readonly time: (time: TimeMapping | undefined) => Sql
  /** Values of one link, by its place among the source's links. */
  readonly link: (place: number) => LinkValues
  /** Written values that may not be readable, with the columns that hold what was read. */
  readonly checks: readonly ValueCheck[]
}

export interface LinkValues {
  readonly wanted: Sql
  readonly count: Sql
  readonly amount: Sql
  readonly duration: Sql
  readonly grade: Sql
  readonly commodity: Sql
}

export interface ValueCheck {
  readonly code: 'time_unreadable' | 'number_unreadable'
  readonly column: string
  /** Over the raw row `r`. */
  readonly text: Sql
  /** Over `m`: what was read; NULL where nothing was or nothing is there. */
  readonly read: Sql
  /** Over `m`: the rows it is asked of. */
  readonly wanted: Sql
}

const NOTHING = sql`NULL`

/** Makes the temporary table; the caller drops it. */
export async function readRowValues(database: Database, source: SourceMapping, mentions: readonly Mention[], zone: string): Promise<RowValues> {
  const columns: Sql[] = [sql`r.row AS row`]
  const stages = rowStages()
  const put = (as: string, value: Sql): Sql => {
    columns.push(sql`${value} AS ${name(as)}`)
    return sql`m.${name(as)}`
  }
  const used = mentions.filter((mention) => source.links.some((link) => link.from === mention.alias || link.to === mention.alias))
  const records = new Map(used.map((mention) => [mention.alias, put(`record ${mention.alias}`, sql`${name(`d ${mention.alias}`)}.record`)]))
  const times = new Map<string, Sql>()
  const timeOf = (time: TimeMapping): Sql => {
    const key = JSON.stringify(time)
    const known = times.get(key) ?? put(`time ${times.size}`, timeSql(time, zone, source.clock_ahead_s, stages.cell, stages.once))
    times.set(key, known)
    return known
  }
  const checks: ValueCheck[] = []
  const checked = new Set<string>()
  const check = (one: ValueCheck): void => {
    // Several links of one source may read the same time: one trouble is one issue.
    const key = `${one.column}|${one.read.text}`
    if (!checked.has(key)) checks.push(one)
    checked.add(key)
  }
  const links = source.links.map((link, place) => linkValues(link, place, put, timeOf, check, stages))
  const joins = joined(used.map((mention) => {
    const dictionary = name(`d ${mention.alias}`)
    // The condition goes into the key: beside it, it would make the database compare every row with every entry.
    const key = mention.mapping.where === undefined ? mention.written : sql`CASE WHEN ${conditionSql(mention.mapping.where)} THEN ${mention.written} END`
    return sql` LEFT JOIN ${mention.dictionary} ${dictionary} ON ${dictionary}.written = ${stages.raw(key)}`
  }), '')
  const table = name('row values')
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${joined(columns)} FROM ${stages.over(rawTable(source.name))} r ${joins}`)
  return {
    table, checks,
    record: (alias) => records.get(alias) ?? NOTHING,
    time: (time) => (time === undefined ? NOTHING : timeOf(time)),
    link: (place) => links[place] as LinkValues,
  }
}

function linkValues(link: LinkMapping, place: number, put: (as: string, value: Sql) => Sql, timeOf: (time: TimeMapping) => Sql, check: (one: ValueCheck) => void, stages: RowStages): LinkValues {
  const side = link.amount?.side
  const ofSide = side === undefined || link.amount === undefined ? [] : [side === 'debit' ? isDebit(link.amount.column, stages.cell) : sql`NOT ${isDebit(link.amount.column, stages.cell)}`]
  const tests = [...(link.where === undefined ? [] : [conditionSql(link.where, stages.cell)]), ...ofSide]
  const wanted = tests.length === 0 ? sql`TRUE` : put(`wanted ${place}`, joined(tests, ' AND '))
  const read = (code: ValueCheck['code'], column: string, text: Sql, value: Sql): Sql => {
    check({ code, column, text, read: value, wanted })
    return value
  }
  for (const time of [link.at, link.until]) if (time !== undefined) read('time_unreadable', timeColumns(time).join(' + '), timeText(time), timeOf(time))
  const { amount, duration_s: duration, count, grade } = link
  if (count !== undefined) check({ code: 'number_unreadable', column: count, text: cell(count), wanted, read: put(`counted ${place}`, sql`CASE WHEN try_cast(${stages.cell(count)} AS DOUBLE) >= 1 THEN 1 END`) })
  return {
    wanted,
    count: count === undefined ? sql`1` : put(`count ${place}`, countSql(count, stages.cell)),
    amount: amount === undefined ? NOTHING : read('number_unreadable', amount.column, cell(amount.column), put(`amount ${place}`, amountSql(amount.column, amount.unit, amount.currency, amount.side !== undefined, stages.cell))),
    duration: duration === undefined ? NOTHING : read('number_unreadable', duration, cell(duration), put(`duration ${place}`, durationSql(duration, stages.cell, stages.once))),
    grade: typeof grade === 'string' ? put(`grade ${place}`, stages.cell(grade)) : NOTHING,
    commodity: link.commodity === undefined ? NOTHING : put(`commodity ${place}`, valueSql(link.commodity, stages.cell)),
  }
}
