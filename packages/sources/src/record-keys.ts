/** From the values that identify things to numbered records: one dictionary for each entity of each source. */
import type { CaseFile, EntityMapping, SourceMapping } from '@ringmap/model/case-file'
import { ENTITY_KINDS, type IdentifierScheme } from '@ringmap/model/schema'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { canonicalise } from '@ringmap/identifiers/canonicalise'
import { canonicalAccount } from '@ringmap/identifiers/account'
import type { Canonical } from '@ringmap/identifiers/canonical'
import type { Database } from '@ringmap/store/database'
import { rawTable } from '@ringmap/store/tables'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { cell, conditionSql, PART } from './column-sql.ts'
import { narrationPart } from './narration.ts'
import { withForms } from './written-forms.ts'

/** One entity of one source, with the table that leads from what is written to its record. */
export interface Mention {
  readonly source: SourceMapping
  readonly position: number
  readonly alias: string
  readonly mapping: EntityMapping
  readonly scheme: IdentifierScheme
  /** SQL over `r` that gives what `written` of the dictionary holds. */
  readonly written: Sql
  /** True where each row is a record of its own. */
  readonly by_row: boolean
  /** Columns: written, value, key, valid, problem, note, first_row, n, record. */
  readonly dictionary: Sql
}

export function mentionsOf(source: SourceMapping, position: number, columns: readonly string[]): Mention[] {
  return Object.entries(source.entities).map(([alias, mapping]) => {
    const byRow = mapping.id === undefined
    return {
      source,
      position,
      alias,
      mapping,
      scheme: mapping.scheme ?? ENTITY_KINDS[mapping.kind].scheme,
      written: byRow ? wholeRow(columns) : idSql(mapping),
      by_row: byRow,
      dictionary: name(`key ${position} ${alias}`),
    }
  })
}

/** Fingerprint of a whole row: two rows that agree in every cell are the same record stated twice, whatever id a database gave them. */
function wholeRow(columns: readonly string[]): Sql {
  return sql`left(sha256(concat_ws(${PART}, ${joined(columns.filter((column) => !column.startsWith('~')).map((column) => sql`coalesce(r.${name(column)}, chr(30))`))})), 24)`
}

function idSql(mapping: EntityMapping): Sql {
  const id = mapping.id
  if (id === undefined) return sql`NULL`
  if (typeof id === 'string') return cell(id)
  // Every part must be there: an account without its bank is another thing than one with it.
  if (Array.isArray(id)) return sql`(${joined(id.map((column) => cell(column)), ` || chr(31) || `)})`
  return 'value' in id ? sql`${id.value}` : narrationPart(cell(id.column), id.find)
}

export function idColumns(mapping: EntityMapping): readonly string[] {
  if (mapping.id === undefined) return []
  if (typeof mapping.id === 'string') return [mapping.id]
  if (Array.isArray(mapping.id)) return mapping.id
  return 'value' in mapping.id ? [] : [mapping.id.column]
}

/** Fills the dictionary of a mention, records not yet numbered. */
export async function readDictionary(database: Database, mention: Mention, region: string, signal: StopSignal | undefined): Promise<void> {
  stopIfAsked(signal)
  const distinct = sql`SELECT ${mention.written} AS written, min(r.row) AS first_row, count(*) AS n FROM ${rawTable(mention.source.name)} r WHERE ${conditionSql(mention.mapping.where)} GROUP BY 1`
  const fill = async (forms: Sql, key: Sql): Promise<void> => {
    await database.run(sql`CREATE OR REPLACE TEMP TABLE ${mention.dictionary} AS SELECT written, value, ${key} AS key, valid, problem, note, first_row, n, CAST(NULL AS INTEGER) AS record FROM (${forms})`)
  }
  if (mention.by_row) {
    const none = sql`CAST(NULL AS VARCHAR)`
    await fill(sql`SELECT *, ${none} AS value, TRUE AS valid, ${none} AS problem, ${none} AS note FROM (${distinct})`, sql`${`${mention.source.name}:${mention.alias}:`} || written`)
  } else await withForms(database, distinct, (written) => canonicalId(mention.scheme, written, region), async (forms) => { await fill(forms, sql`${keyPrefix(mention)} || value`) })
}

function canonicalId(scheme: IdentifierScheme, written: string, region: string): Canonical {
  const parts = written.split(PART)
  if (scheme === 'account' && parts.length === 2) return canonicalAccount(parts[1] as string, parts[0])
  if (parts.length === 1) return canonicalise(scheme, written, { region })
  const forms = parts.map((part) => canonicalise(scheme, part, { region }))
  const problem = forms.find((form) => !form.valid)
  return { value: forms.map((form) => form.value).join('|'), valid: problem === undefined, problem: problem?.problem ?? null }
}

/** Equal keys are the same record: of everything where ids are global, else within the scope. */
function keyPrefix(mention: Mention): string {
  const spec = ENTITY_KINDS[mention.mapping.kind]
  if (mention.mapping.scope !== undefined) return `${mention.mapping.scope}:`
  if (!spec.global_id) return `${mention.source.name}:${mention.alias}:`
  return mention.scheme === spec.scheme ? '' : `${mention.scheme}:`
}

/** Numbers the records of all mentions in the order of (kind, key) and writes the numbers back into the dictionaries. */
export async function numberRecords(database: Database, mentions: readonly Mention[]): Promise<void> {
  if (mentions.length === 0) return
  const all = joined(mentions.map((mention) => sql`SELECT ${mention.mapping.kind} AS kind, key, valid FROM ${mention.dictionary}`), ' UNION ALL ')
  await database.run(sql`INSERT INTO record SELECT row_number() OVER (ORDER BY kind, key) - 1, kind, key, valid FROM (SELECT kind, key, bool_and(valid) AS valid FROM (${all}) GROUP BY kind, key)`)
  for (const mention of mentions)
    await database.run(sql`UPDATE ${mention.dictionary} AS d SET record = e.record FROM record e WHERE e.kind = ${mention.mapping.kind} AND e.key = d.key`)
}

/** A case file's mentions over all sources. */
export function allMentions(file: CaseFile, columns: ReadonlyMap<string, readonly string[]>): Mention[] {
  return file.sources.flatMap((source, position) => mentionsOf(source, position, columns.get(source.name) ?? []))
}
