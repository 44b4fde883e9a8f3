/** What rows say of a record: identifiers, properties, roles, and which rows describe it. */
import type { EntityMapping } from '@ringmap/model/case-file'
import { ENTITY_KINDS, ROLES, type IdentifierScheme, type Role } from '@ringmap/model/schema'
import { canonicalise } from '@ringmap/identifiers/canonicalise'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { name, sql, type Sql } from '@ringmap/store/sql'
import { cell, conditionSql, valueSql } from './column-sql.ts'
import type { IssueBook } from './issue-book.ts'
import type { Mention } from './record-keys.ts'
import { withForms } from './written-forms.ts'

/** Writes everything a mention's columns state; checks that fail go to the book of issues. */
export async function writeFacts(database: Database, mention: Mention, region: string, issues: IssueBook): Promise<void> {
  await writeOwnIdentifier(database, mention, issues)
  for (const [scheme, column] of Object.entries(mention.mapping.identifiers)) await writeIdentifier(database, mention, scheme as IdentifierScheme, column, region, issues)
  for (const [property, value] of Object.entries(mention.mapping.properties)) await writeProperty(database, mention, property, valueSql(value))
  if (mention.mapping.label !== undefined) await writeProperty(database, mention, 'label', valueSql(mention.mapping.label))
  await writeRoles(database, mention, issues)
  if (describes(mention.mapping)) {
    await database.run(sql`INSERT INTO record_row SELECT d.record, ${mention.position}, r.row FROM ${rows(mention)}`)
  }
}

/** A row describes a record when it says something of it; a call only mentions its phones. */
function describes(mapping: EntityMapping): boolean {
  return !ENTITY_KINDS[mapping.kind].global_id || mapping.role !== undefined || mapping.label !== undefined
    || Object.keys(mapping.identifiers).length > 0 || Object.keys(mapping.properties).length > 0
}

/** The mention's rows with their dictionary entry, ready for a SELECT. */
function rows(mention: Mention): Sql {
  return sql`${rawTable(mention.source.name)} r JOIN ${mention.dictionary} d ON d.written = ${mention.written} WHERE ${conditionSql(mention.mapping.where)}`
}

async function writeOwnIdentifier(database: Database, mention: Mention, issues: IssueBook): Promise<void> {
  if (mention.by_row) return
  await database.run(sql`INSERT INTO identifier SELECT record, ${mention.scheme}, value, replace(written, chr(31), ' '), valid, note, ${mention.position}, first_row FROM ${mention.dictionary}`)
  await issues.fromQuery(database, {
    code: 'value_failed_check', source: mention.source.name, column: idColumn(mention.mapping),
    bad: sql`SELECT first_row AS row, replace(written, chr(31), ' ') AS value, n, problem FROM ${mention.dictionary} WHERE NOT valid`,
  })
}

function idColumn(mapping: EntityMapping): string | null {
  if (mapping.id === undefined) return null
  if (typeof mapping.id === 'string') return mapping.id
  if (Array.isArray(mapping.id)) return mapping.id.join(' + ')
  return 'value' in mapping.id ? null : mapping.id.column
}

async function writeIdentifier(database: Database, mention: Mention, scheme: IdentifierScheme, column: string, region: string, issues: IssueBook): Promise<void> {
  const table = name('written form')
  await withForms(database, sql`SELECT DISTINCT ${cell(column)} AS written FROM ${rawTable(mention.source.name)} r`, (written) => canonicalise(scheme, written, { region }), async (forms) => {
    await database.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${forms}`)
  })
  await database.run(sql`INSERT INTO identifier SELECT d.record, ${scheme}, f.value, f.written, f.valid, f.note, ${mention.position}, min(r.row)
    FROM ${rawTable(mention.source.name)} r JOIN ${mention.dictionary} d ON d.written = ${mention.written} JOIN ${table} f ON f.written = ${cell(column)}
    WHERE ${conditionSql(mention.mapping.where)} GROUP BY ALL`)
  await issues.fromQuery(database, {
    code: 'value_failed_check', source: mention.source.name, column,
    bad: sql`SELECT min(r.row) AS row, f.written AS value, count(*) AS n, f.problem FROM ${rawTable(mention.source.name)} r JOIN ${table} f ON f.written = ${cell(column)}
      WHERE NOT f.valid AND ${conditionSql(mention.mapping.where)} GROUP BY f.written, f.problem`,
  })
}

async function writeProperty(database: Database, mention: Mention, property: string, value: Sql): Promise<void> {
  await database.run(sql`INSERT INTO property SELECT d.record, ${property}, ${value} AS value, ${mention.position}, min(r.row) FROM ${rows(mention)} AND ${value} IS NOT NULL GROUP BY ALL`)
}

async function writeRoles(database: Database, mention: Mention, issues: IssueBook): Promise<void> {
  const role = mention.mapping.role
  if (role === undefined) return
  if (typeof role === 'string') {
    await database.run(sql`INSERT INTO record_role SELECT d.record, ${role}, ${mention.position}, min(r.row) FROM ${rows(mention)} GROUP BY ALL`)
    return
  }
  const [written] = await database.texts(sql`SELECT DISTINCT ${cell(role.column)} FROM ${rawTable(mention.source.name)} r WHERE ${cell(role.column)} IS NOT NULL AND ${conditionSql(mention.mapping.where)}`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('role word')} (word VARCHAR, role VARCHAR, known BOOLEAN)`)
  await database.append('role word', (written ?? []).map((word) => roleOf(word as string, role.map)))
  await database.run(sql`INSERT INTO record_role SELECT d.record, w.role, ${mention.position}, min(r.row)
    FROM ${rawTable(mention.source.name)} r JOIN ${mention.dictionary} d ON d.written = ${mention.written} JOIN ${name('role word')} w ON w.word = ${cell(role.column)}
    WHERE ${conditionSql(mention.mapping.where)} GROUP BY ALL`)
  await issues.fromQuery(database, {
    code: 'role_unknown', source: mention.source.name, column: role.column,
    bad: sql`SELECT min(r.row) AS row, w.word AS value, count(*) AS n, NULL AS problem FROM ${rawTable(mention.source.name)} r JOIN ${name('role word')} w ON w.word = ${cell(role.column)}
      WHERE NOT w.known AND ${conditionSql(mention.mapping.where)} GROUP BY w.word`,
  })
}

/** A word that is neither mapped nor a role is kept as unknown, and reported: a victim must not slip through on a spelling. */
function roleOf(word: string, map: Readonly<Record<string, Role>>): readonly [string, Role, boolean] {
  const folded = word.trim().toLowerCase()
  const mapped = map[word] ?? Object.entries(map).find(([key]) => key.trim().toLowerCase() === folded)?.[1]
  if (mapped !== undefined) return [word, mapped, true]
  const own = ROLES.find((role) => role === folded)
  return own === undefined ? [word, 'unknown', false] : [word, own, true]
}
