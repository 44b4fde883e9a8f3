/** Calls that two operators report, each from its own side, count once; both rows stay under the link. */
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import type { SourceMapping } from '@ringmap/model/case-file'
import type { Database } from '@ringmap/store/database'
import { sql, type Sql } from '@ringmap/store/sql'
import type { IssueBook } from './issue-book.ts'

/**
 * Calls of one pair and kind follow each other in a run as long as each begins within `within_s` of the one before. In a run, as many calls were made as
 * the source with most rows says (of equal ones the first in the case file); the rows of the others are kept with a count of 0. One source alone is
 * never doubted, however close its calls. Clocks of operators differ by seconds, which is what the window is for; a clock that is off by more is reported.
 */
export async function countCallsOnce(database: Database, within_s: number, issues: IssueBook, sources: readonly SourceMapping[]): Promise<void> {
  if (within_s <= 0) return
  const kinds = (['called', 'messaged'] as const).map((kind) => String(LINK_KIND_NAMES.indexOf(kind)))
  const several = await database.one<{ n: number }>(sql`SELECT count(DISTINCT source) AS n FROM observation WHERE CAST(kind AS VARCHAR) IN ${kinds}`)
  if ((several?.n ?? 0) < 2) return
  const calls = sql`SELECT rowid AS id, kind, from_record, to_record, source, row, at_ms FROM observation WHERE CAST(kind AS VARCHAR) IN ${kinds} AND at_ms IS NOT NULL`
  await reportClocks(database, calls, within_s, issues, sources)
  const steps = sql`SELECT *, CASE WHEN at_ms - lag(at_ms) OVER pair <= ${within_s * 1000} THEN 0 ELSE 1 END AS starts FROM (${calls}) WINDOW pair AS (PARTITION BY kind, from_record, to_record ORDER BY at_ms, source, row)`
  const runs = sql`SELECT *, sum(starts) OVER (PARTITION BY kind, from_record, to_record ORDER BY at_ms, source, row ROWS UNBOUNDED PRECEDING) AS run FROM (${steps})`
  const counted = sql`SELECT *, count(*) OVER (PARTITION BY kind, from_record, to_record, run, source) AS own FROM (${runs})`
  const judged = sql`SELECT id, source, row, first_value(source) OVER (PARTITION BY kind, from_record, to_record, run ORDER BY own DESC, source) AS kept FROM (${counted})`
  await database.run(sql`CREATE OR REPLACE TEMP TABLE twice AS SELECT id, source, row FROM (${judged}) WHERE source <> kept`)
  await database.run(sql`UPDATE observation SET count = 0 WHERE rowid IN (SELECT id FROM twice)`)
  for (const [position, { name }] of sources.entries())
    await issues.fromQuery(database, { code: 'reported_twice', source: name, column: null, bad: sql`SELECT row, NULL AS value, 1 AS n, NULL AS problem FROM twice WHERE source = ${position}` })
  await database.run(sql`DROP TABLE twice`)
}

/** Calls of one pair in two sources further apart than this are not held against each other. */
const FURTHEST_S = 900
/** Fewer calls say nothing about a clock. */
const ENOUGH = 8

/** Neighbouring calls of one pair in two sources, most of which stand apart by the same seconds, and by more than the window: one clock is off. */
async function reportClocks(database: Database, calls: Sql, within_s: number, issues: IssueBook, sources: readonly SourceMapping[]): Promise<void> {
  const beside = sql`SELECT *, lag(source) OVER pair AS other, lag(at_ms) OVER pair AS before FROM (${calls}) WINDOW pair AS (PARTITION BY kind, from_record, to_record ORDER BY at_ms, source, row)`
  const apart = sql`SELECT least(source, other) AS one, greatest(source, other) AS two, row, source, CAST(round((at_ms - before) * CASE WHEN source > other THEN 1 ELSE -1 END / 1000.0) AS INTEGER) AS ahead
    FROM (${beside}) WHERE other <> source AND at_ms - before <= ${FURTHEST_S * 1000}`
  const middles = sql`SELECT one, two, CAST(median(ahead) AS INTEGER) AS ahead, count(*) AS n FROM (${apart}) GROUP BY one, two`
  const found = await database.rows<{ one: number; two: number; ahead: number; n: number; near: number }>(sql`SELECT m.one, m.two, m.ahead, m.n, count(*) FILTER (abs(a.ahead - m.ahead) <= ${within_s}) AS near
    FROM (${middles}) m JOIN (${apart}) a USING (one, two) GROUP BY m.one, m.two, m.ahead, m.n ORDER BY m.one, m.two`)
  for (const { one, two, ahead, n, near } of found) {
    if (near < ENOUGH || near * 2 <= n || Math.abs(ahead) <= within_s) continue
    const [first, second] = [sources[one]?.name ?? '', sources[two]?.name ?? '']
    const rows = sql`SELECT row, NULL AS value, 1 AS n, ${`the clock of ${second} is about ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${first} (${near} of ${n} neighbouring calls)`} AS problem
      FROM (${apart}) WHERE one = ${one} AND two = ${two} AND source = ${two} AND abs(ahead - ${ahead}) <= ${within_s}`
    await issues.fromQuery(database, { code: 'clock_differs', source: second, column: null, bad: rows })
  }
}
