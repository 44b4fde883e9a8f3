/** New handsets of a number, and new numbers in a handset: one stops and the other goes on, as the rows themselves say. */
import { sql } from '@ringmap/store/sql'
import { dayText, happened } from './happenings.ts'
import { plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import { entityList, type DraftFinding } from './pattern-drafts.ts'

/** Rows of a number in a handset below this are a borrowed phone or a slip. */
const LEAST_ROWS = 3
/** The old one may be seen this long after the new one is first. */
const OVERLAP_MS = 86_400_000
/** A handset with more numbers than this is a tester's or a call shop's, or its IMEI was copied; a number with more handsets is a SIM box. */
const MOST = 6
/** Drafted of each shape; all are counted. */
const DRAFTED = 500

interface Change {
  readonly same: number
  readonly old: number
  readonly next: number
  readonly last_ms: number
  readonly first_ms: number
  readonly rows: number
  readonly whole: number
}

/** Longest used first. A number whose handset is unknown in between is not asked. */
export async function handsetChanges(open: OpenCase): Promise<{ readonly drafts: DraftFinding[]; readonly of: number }> {
  const { database } = open
  const used = sql`SELECT h.source AS phone, h.target AS handset, min(h.at_ms) AS first_ms, max(h.at_ms) AS last_ms, count(*) AS n FROM (${happened(['uses'])}) h JOIN entity p ON p.entity = h.source JOIN entity e ON e.entity = h.target
    WHERE p.kind = 'Phone' AND e.kind = 'Handset' AND p.valid AND e.valid GROUP BY 1, 2 HAVING count(*) >= ${LEAST_ROWS}`
  const drafts: DraftFinding[] = []
  let of = 0
  for (const shape of ['new handset', 'new number in the same handset'] as const) {
    const [same, changing] = shape === 'new handset' ? [sql`phone`, sql`handset`] : [sql`handset`, sql`phone`]
    const changes = await database.rows<Change>(sql`SELECT same, old, next, last_ms, first_ms, n AS rows, count(*) OVER () AS whole FROM (
        SELECT ${same} AS same, ${changing} AS next, lag(${changing}) OVER w AS old, lag(last_ms) OVER w AS last_ms, first_ms, last_ms AS own_last, n + lag(n) OVER w AS n, count(*) OVER (PARTITION BY ${same}) AS several FROM (${used}) WINDOW w AS (PARTITION BY ${same} ORDER BY first_ms, ${changing}))
      WHERE old IS NOT NULL AND several <= ${MOST} AND last_ms <= first_ms + ${OVERLAP_MS} AND own_last > last_ms ORDER BY n DESC, first_ms, same, next LIMIT ${DRAFTED}`)
    of += changes[0]?.whole ?? 0
    drafts.push(...changes.map((change) => draft(shape, change, open.file.timezone)))
  }
  return { drafts, of }
}

function draft(shape: 'new handset' | 'new number in the same handset', { same, old, next, last_ms: last, first_ms: first, rows }: Change, zone: string): DraftFinding {
  const handset = shape === 'new handset'
  const [phones, handsets] = handset ? [[same], [old, next]] : [[old, next], [same]]
  return {
    shape, subjects: handset ? [same, old, next] : [old, next, same], value: rows, unit: 'rows', sureness: { kind: 'exact', value: null }, first_ms: first, last_ms: first,
    text: handset ? `{${same}} went on in the handset {${next}} from ${dayText(first, zone)}, after {${old}}` : `{${next}} is used in the handset of {${old}} from ${dayText(first, zone)}`,
    because: [{ code: 'one-stops', text: `{${old}} is last seen with {${same}} on ${dayText(last, zone)}, {${next}} first on ${dayText(first, zone)}; ${plural(rows, 'row')} together`, entities: [same, old, next] }],
    rows: sql`SELECT DISTINCT file AS source, row FROM (${happened(['uses'])}) WHERE CAST(source AS VARCHAR) IN ${entityList(phones)} AND CAST(target AS VARCHAR) IN ${entityList(handsets)}`,
  }
}
