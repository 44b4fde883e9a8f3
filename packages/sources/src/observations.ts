/** From rows to observed links: one observation for each link that a row states, with time, amount, grade and strength. */
import type { LinkMapping, SourceMapping } from '@ringmap/model/case-file'
import { gradeText, parseGrade, STRENGTHS, strengthOf } from '@ringmap/model/grade'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { cell } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { GradingSchemeName } from '@ringmap/model/grading-schemes'
import type { Mention } from './record-keys.ts'
import type { LinkValues, RowValues } from './row-values.ts'

export interface LinkPlace {
  readonly source: SourceMapping
  readonly position: number
  readonly link: LinkMapping
  readonly from: Mention
  readonly to: Mention
  readonly values: RowValues
  readonly of_link: LinkValues
  /** Scheme of grades that name none. */
  readonly grading: GradingSchemeName
}

/** Writes the observations of one link of one source and reports rows that lack an end. Returns how many were written. */
export async function writeObservations(database: Database, place: LinkPlace, issues: IssueBook): Promise<number> {
  const { link, values, of_link: own } = place
  const grades = await gradeTable(database, place, issues)
  const kind = LINK_KIND_NAMES.indexOf(link.kind)
  const criminal = link.criminal ?? LINK_KINDS[link.kind].criminal
  const [from, to] = [values.record(link.from), values.record(link.to)]
  const written = await database.run(sql`INSERT INTO observation
    SELECT ${kind}, ${from}, ${to}, ${place.position}, m.row, ${values.time(link.at)}, ${values.time(link.until)}, ${own.count},
      ${own.amount}, ${link.amount?.currency ?? null}, ${own.duration}, ${grades.grade}, ${grades.strength}, ${own.commodity}, ${criminal}, ${link.layer ?? null}
    FROM ${values.table} m ${grades.join} WHERE ${own.wanted} AND ${from} IS NOT NULL AND ${to} IS NOT NULL`)
  await reportMissingEnds(database, place, issues)
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
    const grade = parseGrade(mapped.value, place.grading)
    return { grade: sql`${grade === null ? null : gradeText(grade)}`, strength: sql`${STRENGTHS.indexOf(strengthOf(grade))}`, join: sql`` }
  }
  const raw = rawTable(place.source.name)
  const words = name('grade word')
  const [written] = await database.texts(sql`SELECT DISTINCT ${cell(mapped)} FROM ${raw} r WHERE ${cell(mapped)} IS NOT NULL`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${words} (written VARCHAR, grade VARCHAR, strength UTINYINT)`)
  await database.append('grade word', (written ?? []).map((text) => {
    const grade = parseGrade(text as string, place.grading)
    return [text, grade === null ? null : gradeText(grade), STRENGTHS.indexOf(strengthOf(grade))]
  }))
  await issues.fromQuery(database, {
    code: 'grade_unreadable', source: place.source.name, column: mapped,
    bad: sql`SELECT min(r.row) AS row, g.written AS value, count(*) AS n, NULL AS problem FROM ${raw} r JOIN ${words} g ON g.written = ${cell(mapped)} WHERE g.grade IS NULL GROUP BY g.written`,
  })
  return { grade: sql`g.grade`, strength: sql`coalesce(g.strength, ${ungraded})`, join: sql`LEFT JOIN ${words} g ON g.written = ${place.of_link.grade}` }
}

/** A row without one of its ends states no link; it is counted, and its other end stays. An end that the mapping asks for in some rows only is not missed in the others. */
async function reportMissingEnds(database: Database, place: LinkPlace, issues: IssueBook): Promise<void> {
  for (const end of [place.from, place.to]) {
    if (end.mapping.where !== undefined) continue
    const column = typeof end.mapping.id === 'string' ? end.mapping.id : end.alias
    await issues.fromQuery(database, {
      code: 'value_missing', source: place.source.name, column,
      bad: sql`SELECT m.row AS row, NULL AS value, 1 AS n, ${`no ${end.alias} for the link "${place.link.kind}"`} AS problem FROM ${place.values.table} m
        WHERE ${place.of_link.wanted} AND ${place.values.record(end.alias)} IS NULL`,
    })
  }
}

/** Rows of a statement that no link of the mapping takes: no other side in the narration, a word that was not foreseen. They stay in their source. */
export async function reportUnlinked(database: Database, source: SourceMapping, values: RowValues, issues: IssueBook): Promise<void> {
  if (source.balance === undefined) return
  const taken = joined(source.links.map((link, place) => sql`(${values.link(place).wanted} AND ${values.record(link.from)} IS NOT NULL AND ${values.record(link.to)} IS NOT NULL)`), ' OR ')
  await issues.fromQuery(database, { code: 'row_unlinked', source: source.name, column: null, bad: sql`SELECT m.row AS row, NULL AS value, 1 AS n, NULL AS problem FROM ${values.table} m WHERE NOT (${taken})` })
}

/** Values of a source that are written but could not be read: the observations stand without them. */
export async function reportUnread(database: Database, source: SourceMapping, values: RowValues, issues: IssueBook): Promise<void> {
  for (const check of values.checks)
    await issues.fromQuery(database, {
      code: check.code, source: source.name, column: check.column,
      bad: sql`SELECT r.row AS row, ${check.text} AS value, 1 AS n, NULL AS problem FROM ${rawTable(source.name)} r JOIN ${values.table} m ON m.row = r.row
        WHERE ${check.wanted} AND ${check.read} IS NULL AND ${check.text} IS NOT NULL`,
    })
}
