/** Which record gives an entity its id: the one known longest, so that a newcomer renames nobody; joins and splits are written down. */
import type { Database } from '@ringmap/store/database'
import { name, sql } from '@ringmap/store/sql'
import { kindTable, recordId } from './record-entities.ts'

/** Kinds whose records join; of all others a record is its own entity and its key names it. */
const NAMED = ['Person', 'Organisation'] as const

/** Makes the temporary table `record since` (record, id, since). Needs nothing but the records. */
export async function rememberRecords(database: Database, salt: string): Promise<void> {
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('record since')} AS SELECT e.record, ${recordId(salt)} AS id, k.since FROM record e JOIN (${kindTable()}) s ON s.kind = e.kind
    LEFT JOIN known_record k ON k.id = ${recordId(salt)} WHERE e.kind IN ${NAMED}`)
  const run = ((await database.one<{ n: number | null }>(sql`SELECT max(since) AS n FROM known_record`))?.n ?? 0) + 1
  await database.run(sql`UPDATE ${name('record since')} SET since = ${run} WHERE since IS NULL`)
}

/**
 * After entities are written: keeps which entity each record is in, and adds a line for each entity that joined another or was split from it since
 * the last run. Records that are gone keep their last entity, so that they come back under it.
 */
export async function rememberEntities(database: Database): Promise<void> {
  const run = ((await database.one<{ n: number | null }>(sql`SELECT max(run) AS n FROM entity_change`))?.n ?? 0) + 1
  const now = sql`SELECT r.id, r.since, e.id AS entity, k.entity AS before FROM ${name('record since')} r JOIN entity_record er ON er.record = r.record JOIN entity e ON e.entity = er.entity LEFT JOIN known_record k ON k.id = r.id`
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('entity now')} AS ${now}`)
  await database.run(sql`INSERT INTO entity_change SELECT DISTINCT ${run}, 'joined', n.entity, n.before FROM ${name('entity now')} n WHERE n.before <> n.entity
    AND n.before NOT IN (SELECT entity FROM ${name('entity now')}) ORDER BY n.entity, n.before`)
  await database.run(sql`INSERT INTO entity_change SELECT DISTINCT ${run}, 'split', n.before, n.entity FROM ${name('entity now')} n WHERE n.before <> n.entity
    AND n.before IN (SELECT entity FROM ${name('entity now')}) ORDER BY n.before, n.entity`)
  await database.run(sql`DELETE FROM known_record WHERE id IN (SELECT id FROM ${name('entity now')})`)
  await database.run(sql`INSERT INTO known_record SELECT id, since, entity FROM ${name('entity now')} ORDER BY id`)
  await database.run(sql`DROP TABLE ${name('entity now')}`)
  await database.run(sql`DROP TABLE ${name('record since')}`)
}
