/** What the link step made: records and entities by kind, what waits for a person, which entities joined or were split in the last run. */
import { sql } from '@ringmap/store/sql'
import type { OpenCase } from './open-case.ts'

export interface LinkSummary {
  readonly kinds: readonly { readonly kind: string; readonly records: number; readonly entities: number }[]
  readonly waiting: number
  readonly contradicted: number
  /** Of the last run that changed anything. */
  readonly changes: readonly { readonly change: 'joined' | 'split'; readonly entity: string; readonly other: string }[]
  /** Entities of most records. */
  readonly biggest: readonly { readonly entity: string; readonly records: number }[]
}

export async function linkSummary(open: OpenCase): Promise<LinkSummary> {
  const { database } = open
  const kinds = await database.rows<{ kind: string; records: number; entities: number }>(sql`SELECT e.kind, count(*) AS records, count(DISTINCT er.entity) AS entities FROM entity_record er JOIN entity e USING (entity) GROUP BY e.kind, e.kind_index ORDER BY e.kind_index`)
  const states = await database.rows<{ state: string; n: number }>(sql`SELECT state, count(*) AS n FROM possible_same GROUP BY state`)
  const count = (...names: readonly string[]): number => states.filter((one) => names.includes(one.state)).reduce((sum, one) => sum + one.n, 0)
  const changes = await database.rows<{ change: 'joined' | 'split'; entity: string; other: string }>(sql`SELECT change, entity, other FROM entity_change WHERE run = (SELECT max(run) FROM entity_change) ORDER BY ALL`)
  const biggest = await database.rows<{ entity: string; records: number }>(sql`SELECT e.id AS entity, count(*) AS records FROM entity_record er JOIN entity e USING (entity) GROUP BY e.id HAVING records > 1 ORDER BY records DESC, e.id LIMIT 10`)
  return { kinds, waiting: count('waiting', 'held'), contradicted: count('contradicted'), changes, biggest }
}
