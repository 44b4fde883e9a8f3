/** Links that some record under them doubts: graded improbable or suspected false. They bear a mark on every chart, on the screen as in an exhibit. */
import { isDisputed, parseGrade } from '@ringmap/model/grade'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'

/** @param links numbers of links in the table. @returns ids of those that are disputed. */
export async function disputedLinks(database: Database, links: readonly number[]): Promise<ReadonlySet<string>> {
  if (links.length === 0) return new Set()
  const grades = await database.rows<{ grade: string }>(sql`SELECT DISTINCT grade FROM observation WHERE grade IS NOT NULL`)
  const doubted = grades.map(({ grade }) => grade).filter((grade) => isDisputed(parseGrade(grade)))
  if (doubted.length === 0) return new Set()
  const bothWays = LINK_KIND_NAMES.flatMap((kind, i) => LINK_KINDS[kind].directed ? [] : [String(i)])
  const rows = await database.rows<{ id: string }>(sql`WITH doubted AS (
      SELECT DISTINCT o.kind, coalesce(o.currency, '') AS currency, a.entity AS source, b.entity AS target FROM observation o
      JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record WHERE o.grade IN ${doubted})
    SELECT DISTINCT l.id FROM link l JOIN doubted d ON d.kind = l.kind AND d.currency = coalesce(l.currency, '')
      AND ((d.source = l.source AND d.target = l.target) OR (d.source = l.target AND d.target = l.source AND CAST(l.kind AS VARCHAR) IN ${bothWays}))
    WHERE CAST(l.link AS VARCHAR) IN ${links.map(String)}`)
  return new Set(rows.map(({ id }) => id))
}
