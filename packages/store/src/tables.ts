/** The tables of a case file: what each holds, in which order it is filled, and which step owns it. */
import { name, Sql, sql } from './sql.ts'

/** Raised when a table changes; a case of another version is rebuilt from its sources. */
export const STORE_VERSION = 2

/**
 * Owned by the reader and kept while a source does not change. Each source also has its rows, every column as written and `row`, in the
 * table that `rawTable` names.
 *
 * - `source`: what was read; `fingerprint` covers the bytes and how they were read, `position` the place in case.yaml.
 * - `rejected_row`: rows that could not be split into columns, whole.
 * - `read_issue`, `issue`: one for each kind of trouble and place; `examples` is JSON.
 * - `known_record`: records of persons and organisations that a link step has seen: the id of the record alone, the link run that saw it
 *   first, and the entity it belongs to. The longest known record of an entity gives it its id, so that newcomers rename nobody.
 * - `entity_change`: one for each entity that joined another or was split from it (`other`), by link run; only added to.
 */
const READ_TABLES: readonly Sql[] = [
  sql`CREATE TABLE IF NOT EXISTS source (name VARCHAR, position INTEGER, file VARCHAR, sheet VARCHAR, sha256 VARCHAR, size_bytes BIGINT, encoding VARCHAR,
    delimiter VARCHAR, row_count BIGINT, rejected BIGINT, columns VARCHAR, repeated VARCHAR, fingerprint VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS rejected_row (source VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS read_issue (source VARCHAR, code VARCHAR, file VARCHAR, column_name VARCHAR, count BIGINT, examples VARCHAR, message VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS step (name VARCHAR, fingerprint VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS known_record (id VARCHAR, since INTEGER, entity VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS entity_change (run INTEGER, change VARCHAR, entity VARCHAR, other VARCHAR)`,
]

/** Table of a source's rows as written. */
export function rawTable(source: string): Sql {
  return name(`raw ${source}`)
}

/**
 * Owned by import; `source` is the position in case.yaml.
 *
 * - `record`: what a row speaks of. `key` is the canonical identifier, or a content hash where the row is its own record.
 *   Numbers follow (kind, key), so they do not depend on row order.
 * - `record_row`: rows that describe a record; a row that only mentions it (a call) is found through `observation`.
 * - `identifier`, `property`, `record_role`: what the rows say of a record, with the first row that says so.
 * - `observation`: one for each link stated by a row. Times are UTC milliseconds, amounts the smallest unit of the currency.
 *   `kind` and `strength` are places in LINK_KIND_NAMES and STRENGTHS.
 */
const IMPORT_TABLES: readonly Sql[] = [
  sql`CREATE TABLE issue (step VARCHAR, code VARCHAR, source VARCHAR, file VARCHAR, column_name VARCHAR, count BIGINT, examples VARCHAR, message VARCHAR)`,
  sql`CREATE TABLE record (record INTEGER, kind VARCHAR, key VARCHAR, valid BOOLEAN)`,
  sql`CREATE TABLE record_row (record INTEGER, source INTEGER, row BIGINT)`,
  sql`CREATE TABLE identifier (record INTEGER, scheme VARCHAR, value VARCHAR, as_written VARCHAR, valid BOOLEAN, note VARCHAR, source INTEGER, row BIGINT)`,
  sql`CREATE TABLE property (record INTEGER, name VARCHAR, value VARCHAR, source INTEGER, row BIGINT)`,
  sql`CREATE TABLE record_role (record INTEGER, role VARCHAR, source INTEGER, row BIGINT)`,
  sql`CREATE TABLE observation (kind UTINYINT, from_record INTEGER, to_record INTEGER, source INTEGER, row BIGINT, at_ms BIGINT, until_ms BIGINT, count INTEGER,
    amount BIGINT, currency VARCHAR, duration_s INTEGER, grade VARCHAR, strength UTINYINT, commodity VARCHAR, criminal BOOLEAN, layer VARCHAR)`,
]

/**
 * Owned by link.
 *
 * - `entity`: dense numbers in the order of (kind, smallest key of its records); `id` is stable across runs.
 * - `entity_record`: which records it is made of.
 * - `judgement`: why records are one entity, or are kept apart: by a person, or by the machine, with the bits where it weighed. Only what stands; the log keeps everything.
 * - `link_run`: bits from which the machine joined records of persons, whether they were asked for (`court`, `threshold`) or are the case's own, and how many of those joins weigh less than a court asks for.
 * - `possible_same`: pairs that may be one and were not joined: `waiting` for a person, `held` by the guard, `contradicted`, `unsure`, `disputed`.
 * - `link`: all observations of one kind between two entities. Undirected kinds have the lower entity as source.
 */
const LINK_TABLES: readonly Sql[] = [
  sql`CREATE TABLE entity (entity INTEGER, id VARCHAR, kind VARCHAR, kind_index UTINYINT, key VARCHAR, label VARCHAR, valid BOOLEAN)`,
  sql`CREATE TABLE entity_record (entity INTEGER, record INTEGER)`,
  sql`CREATE TABLE entity_role (entity INTEGER, role VARCHAR)`,
  sql`CREATE TABLE link (link INTEGER, id VARCHAR, kind UTINYINT, source INTEGER, target INTEGER, count BIGINT, observations INTEGER, first_ms BIGINT, last_ms BIGINT,
    amount HUGEINT, currency VARCHAR, duration_s BIGINT, commodity VARCHAR, strength UTINYINT, criminal BOOLEAN)`,
  sql`CREATE TABLE possible_same (left_record INTEGER, right_record INTEGER, weight DOUBLE, state VARCHAR, why VARCHAR, explanation VARCHAR)`,
  sql`CREATE TABLE judgement (left_record INTEGER, right_record INTEGER, verdict VARCHAR, made_by VARCHAR, machine BOOLEAN, why VARCHAR, weight DOUBLE)`,
  sql`CREATE TABLE link_run (join_at DOUBLE, asked VARCHAR, weak_joins INTEGER)`,
]

/** Owned by find: findings are small and read whole, so they are kept as one JSON text for each run. */
const FIND_TABLES: readonly Sql[] = [sql`CREATE TABLE finding (name VARCHAR, json VARCHAR)`]

export const STEPS = ['import', 'link', 'find'] as const
export type Step = (typeof STEPS)[number]

const TABLES: Readonly<Record<Step, readonly Sql[]>> = { import: IMPORT_TABLES, link: LINK_TABLES, find: FIND_TABLES }

/** Statements that make what is missing; harmless on a case that has it. */
export const PREPARE: readonly Sql[] = [
  ...READ_TABLES,
  // Cases that were linked before joins kept their bits.
  sql`ALTER TABLE IF EXISTS judgement ADD COLUMN IF NOT EXISTS weight DOUBLE`,
]

/** Statements that empty a step's tables and those of every later step. */
export function freshTables(step: Step): readonly Sql[] {
  const statements: Sql[] = []
  for (const each of STEPS.slice(STEPS.indexOf(step))) {
    for (const table of TABLES[each]) statements.push(new Sql(table.text.replace('CREATE TABLE', 'CREATE OR REPLACE TABLE')))
    statements.push(sql`DELETE FROM step WHERE name = ${each}`)
  }
  return statements
}
