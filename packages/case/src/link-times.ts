/** When things were observed under the links of a chart: what the time bar draws, filters by and plays. */
import { encodeColumns } from '@ringmap/model/columns'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { LinkTimesHead } from '@ringmap/model/wire'
import { sql } from '@ringmap/store/sql'
import type { CaseView } from './case-view.ts'

/** Most links whose times one answer carries; a chart beyond that is filtered by first and last time alone. */
export const TIMES_AT_MOST = 20_000
/** Kinds without direction: what was observed the other way round stands under the same link. */
const UNDIRECTED: readonly number[] = LINK_KIND_NAMES.flatMap((kind, i) => LINK_KINDS[kind].directed ? [] : [i])

/**
 * Observations with a time, link by link in the order given: `offsets` (links + 1), `at_ms`, `count`, and `amount` in the smallest unit
 * of the currency (not a number: none). `undated` counts observations without a time, by link.
 */
export async function linkTimes(view: CaseView, ids: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const links = [...new Set(ids)].slice(0, TIMES_AT_MOST)
  const place = new Map(links.map((id, i) => [id, i]))
  const rows = links.length === 0 ? [] : await view.open.database.rows<{ id: string; at_ms: number | null; count: number; amount: number | null }>(
    sql`WITH chosen AS (SELECT * FROM link WHERE id IN ${links}),
      seen AS (SELECT o.kind, o.currency, o.at_ms, o.count, o.amount, a.entity AS one, b.entity AS other
        FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record WHERE o.kind IN (SELECT kind FROM chosen))
      SELECT c.id, s.at_ms, CAST(s.count AS DOUBLE) AS count, CAST(s.amount AS DOUBLE) AS amount FROM chosen c JOIN seen s
        ON s.kind = c.kind AND s.one = c.source AND s.other = c.target AND coalesce(s.currency, '') = coalesce(c.currency, '')
      UNION ALL SELECT c.id, s.at_ms, CAST(s.count AS DOUBLE), CAST(s.amount AS DOUBLE) FROM chosen c JOIN seen s
        ON s.kind = c.kind AND s.one = c.target AND s.other = c.source AND coalesce(s.currency, '') = coalesce(c.currency, '')
        WHERE c.source <> c.target AND CAST(c.kind AS VARCHAR) IN ${UNDIRECTED.map(String)}
      ORDER BY 1, 2, 3, 4`,
  )
  const undated = new Uint32Array(links.length)
  const dated: typeof rows[number][][] = links.map(() => [])
  for (const row of rows) {
    const link = place.get(row.id) as number
    if (row.at_ms === null) undated[link] = (undated[link] as number) + 1
    else (dated[link] as typeof rows[number][]).push(row)
  }
  const flat = dated.flat()
  const offsets = new Uint32Array(links.length + 1)
  dated.forEach((list, i) => (offsets[i + 1] = (offsets[i] as number) + list.length))
  return encodeColumns<LinkTimesHead>({
    head: { links, left_out: new Set(ids).size - links.length },
    columns: { offsets, undated, at_ms: Float64Array.from(flat, (row) => row.at_ms as number), count: Uint32Array.from(flat, (row) => row.count), amount: Float64Array.from(flat, (row) => row.amount ?? NaN) },
  })
}
