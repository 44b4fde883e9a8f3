/** From rows to observed links: one observation for each link that a row states, with time, amount, grade and strength. */
import type { LinkMapping, SourceMapping } from '@ringmap/model/case-file'
import { parseGrade, STRENGTHS, strengthOf } from '@ringmap/model/grade'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { name, sql, type Sql } from '@ringmap/store/sql'
import { amountSql, cell, conditionSql, countSql, durationSql, timeColumns, timeSql, timeText, valueSql } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { Mention } from './record-keys.ts'

export interface LinkPlace {
  readonly source: SourceMapping
  readonly position: number
  readonly link: LinkMapping
  readonly from: Mention
  readonly to: Mention
  /** Zone of times as written, when the mapping of a time names none. */
  readonly zone: string
}

/** Writes the observations of one link of one source and reports what could not be read. Returns how many. */
export async function writeObservations(database: Database, place: LinkPlace, issues: IssueBook): Promise<number> {
  const { link, source } = place
  const raw = rawTable(source.name)
  const grades = await gradeTable(database, place, issues)
  const wanted = sql`${conditionSql(link.where)} AND ${conditionSql(place.from.mapping.where)} AND ${conditionSql(place.to.mapping.where)}`
  const kind = LINK_KIND_NAMES.indexOf(link.kind)
  const criminal = link.criminal ?? LINK_KINDS[link.kind].criminal
  const written = await database.run(sql`INSERT INTO observation
    SELECT ${kind}, f.record, t.record, ${place.position}, r.row,
      ${link.at === undefined ? sql`NULL` : timeSql(link.at, place.zone)}, ${link.until === undefined ? sql`NULL` : timeSql(link.until, place.zone)},
      ${countSql(link.count)},
      ${link.amount === undefined ? sql`NULL` : amountSql(link.amount.column, link.amount.unit, link.amount.currency)}, ${link.amount?.currency ?? null},
      ${link.duration_s === undefined ? sql`NULL` : durationSql(link.duration_s)},
      ${grades.grade}, ${grades.strength}, ${link.commodity === undefined ? sql`NULL` : valueSql(link.commodity)}, ${criminal}, ${link.layer ?? null}
    FROM ${raw} r JOIN ${place.from.dictionary} f ON f.written = ${place.from.written} JOIN ${place.to.dictionary} t ON t.written = ${place.to.written} ${grades.join}
    WHERE ${wanted}`)
  await reportMissingEnds(database, place, wanted, written, issues)
  await reportUnread(database, place, wanted, issues)
  return written
}

interface GradeSql {
  readonly grade: Sql
  readonly strength: Sql
  readonly join: Sql
}

async function gradeTable(database: Database, place: LinkPlace, issues: IssueBook): Promise<GradeSql> {
  const mapped = place.link.grade
  const ungraded = STRENGTHS.indexOf(strengthOf(null))
  if (mapped === undefined) return { grade: sql`NULL`, strength: sql`${ungraded}`, join: sql`` }
  if (typeof mapped !== 'string') {
    const grade = parseGrade(mapped.value)
    return { grade: sql`${grade?.value ?? null}`, strength: sql`${STRENGTHS.indexOf(strengthOf(grade))}`, join: sql`` }
  }
  const raw = rawTable(place.source.name)
  const [written] = await database.texts(sql`SELECT DISTINCT ${cell(mapped)} FROM ${raw} r WHERE ${cell(mapped)} IS NOT NULL`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('grade word')} (written VARCHAR, grade VARCHAR, strength UTINYINT)`)
  await database.append('grade word', (written ?? []).map((text) => {
    const grade = parseGrade(text as string)
    return [text as string, grade?.value ?? null, STRENGTHS.indexOf(strengthOf(grade))]
  }))
  await issues.fromQuery(database, {
    code: 'grade_unreadable', source: place.source.name, column: mapped,
    bad: sql`SELECT min(r.row) AS row, g.written AS value, count(*) AS n, NULL AS problem FROM ${raw} r JOIN ${name('grade word')} g ON g.written = ${cell(mapped)} WHERE g.grade IS NULL GROUP BY g.written`,
  })
  return { grade: sql`g.grade`, strength: sql`coalesce(g.strength, ${ungraded})`, join: sql`LEFT JOIN ${name('grade word')} g ON g.written = ${cell(mapped)}` }
}

/** A row without one of its ends states no link; it is counted, and its other end stays. */
async function reportMissingEnds(database: Database, place: LinkPlace, wanted: Sql, written: number, issues: IssueBook): Promise<void> {
  const raw = rawTable(place.source.name)
  const rows = await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw} r WHERE ${wanted}`)
  if (rows === null || rows.n === written) return
  for (const end of [place.from, place.to]) {
    const column = typeof end.mapping.id === 'string' ? end.mapping.id : end.alias
    await issues.fromQuery(database, {
      code: 'value_missing', source: place.source.name, column,
      bad: sql`SELECT r.row AS row, NULL AS value, 1 AS n, ${`no ${end.alias} for the link "${place.link.kind}"`} AS problem FROM ${raw} r WHERE ${wanted} AND ${end.written} IS NULL`,
    })
  }
}

/** Values that are written but could not be read: the observation stands without them. */
async function reportUnread(database: Database, place: LinkPlace, wanted: Sql, issues: IssueBook): Promise<void> {
  const { link, zone } = place
  const raw = rawTable(place.source.name)
  const checks: { readonly column: string; readonly text: Sql; readonly read: Sql; readonly code: 'time_unreadable' | 'number_unreadable' }[] = []
  for (const time of [link.at, link.until]) if (time !== undefined) checks.push({ column: timeColumns(time).join(' + '), text: timeText(time), read: timeSql(time, zone), code: 'time_unreadable' })
  if (link.amount !== undefined) checks.push({ column: link.amount.column, text: cell(link.amount.column), read: amountSql(link.amount.column, link.amount.unit, link.amount.currency), code: 'number_unreadable' })
  if (link.duration_s !== undefined) checks.push({ column: link.duration_s, text: cell(link.duration_s), read: durationSql(link.duration_s), code: 'number_unreadable' })
  if (link.count !== undefined) checks.push({ column: link.count, text: cell(link.count), read: sql`CASE WHEN try_cast(${cell(link.count)} AS DOUBLE) >= 1 THEN 1 END`, code: 'number_unreadable' })
  for (const check of checks)
    await issues.fromQuery(database, {
      code: check.code, source: place.source.name, column: check.column,
      bad: sql`SELECT r.row AS row, ${check.text} AS value, 1 AS n, NULL AS problem FROM ${raw} r WHERE ${wanted} AND ${check.text} IS NOT NULL AND ${check.read} IS NULL`,
    })
}
