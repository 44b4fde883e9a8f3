/** Flows between places by month and commodity, and couriers shared between commodities; small numbers are held back, so that it may leave the office. */
import { sql, type Sql } from '@ringmap/store/sql'
import type { LinkKind } from '@ringmap/model/schema'
import { ONLY_USER } from './find-paths.ts'
import { happened, zoneOffset } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings, DraftPlace } from './pattern-drafts.ts'

/** Fewer people than this are not counted out: whoever knows the place could know them (the rule of the Counter Trafficking Data Collaborative). */
export const LEAST_SHOWN = 11
const SEEN: readonly LinkKind[] = ['present_at', 'travelled', 'carried']

export interface RouteOptions {
  /** Every flow with its rows, for use inside the office. */
  readonly inside: boolean
}

export async function findRoutes(open: OpenCase, options: RouteOptions): Promise<DraftFindings> {
  const { database } = open
  const offset = zoneOffset(0, open.file.timezone)
  // A place stands for its district where one is recorded, else for itself.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE sighting AS SELECT coalesce(u.user, h.source) AS who, h.target AS spot, coalesce(d.district, e.label) AS area, h.at_ms, h.commodity, h.file, h.row
    FROM (${happened(SEEN)}) h JOIN entity e ON e.entity = h.target LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source
    LEFT JOIN (SELECT er.entity, min(p.value) AS district FROM property p JOIN entity_record er USING (record) WHERE p.name = 'district' GROUP BY er.entity) d ON d.entity = h.target`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE leg AS SELECT who, area AS origin, next_area AS destination, spot, next_spot, strftime(make_timestamp((at_ms + ${offset}) * 1000), '%Y-%m') AS month, coalesce(commodity, '') AS commodity, file, row, next_file, next_row FROM (
    SELECT *, lead(area) OVER w AS next_area, lead(spot) OVER w AS next_spot, lead(at_ms) OVER w AS next_at, lead(file) OVER w AS next_file, lead(row) OVER w AS next_row FROM sighting WINDOW w AS (PARTITION BY who ORDER BY at_ms, spot, file, row))
    WHERE next_area IS NOT NULL AND next_area <> area AND next_at - at_ms <= 172800000`)
  const flows = await database.rows<{ origin: string; destination: string; commodity: string; people: number; ways: number; month: string; first: number; second: number }>(sql`SELECT origin, destination, commodity, count(DISTINCT who) AS people, count(*) AS ways,
    (SELECT m.month FROM leg m WHERE m.origin = l.origin AND m.destination = l.destination AND m.commodity = l.commodity GROUP BY m.month ORDER BY count(*) DESC, m.month LIMIT 1) AS month, min(spot) AS first, min(next_spot) AS second
    FROM leg l GROUP BY origin, destination, commodity ORDER BY people DESC, ways DESC, origin, destination, commodity`)
  const shown = options.inside ? flows : flows.filter(({ people }) => people >= LEAST_SHOWN)
  const drafts: DraftFinding[] = []
  for (const flow of shown) {
    const rows = options.inside ? await database.rows<DraftPlace & object>(sql`SELECT DISTINCT file AS source, row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity}
      UNION SELECT next_file, next_row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity} ORDER BY 1, 2`) : []
    drafts.push({
      shape: flow.commodity === '' ? 'flow' : flow.commodity, subjects: options.inside ? [flow.first, flow.second] : [], value: flow.people, unit: 'people or vehicles', sureness: { kind: 'exact', value: null },
      text: `${flow.origin} to ${flow.destination}: ${flow.people} people or vehicles, ${roundedWays(flow.ways, options.inside)} ways`, because: [{ code: 'season', text: `most in ${flow.month}`, entities: [] }], rows,
    })
  }
  if (options.inside) drafts.push(...(await sharedCouriers(open)))
  const held = flows.length - shown.length
  await database.run(sql`DROP TABLE leg`)
  await database.run(sql`DROP TABLE sighting`)
  return {
    method: `Who is seen in two districts (or places without one) one after the other within 48 hours, by commodity where a row says one.${options.inside ? '' : ` Flows of fewer than ${LEAST_SHOWN} people or vehicles, names and rows are held back.`}`,
    drafts, cautions: held === 0 ? [] : [`${held} flows of fewer than ${LEAST_SHOWN} are held back; --inside shows them, for use in the office alone.`],
  }
}

/** Outside the office ways are given to the nearest five, so that differences between two reports give nobody away. */
function roundedWays(ways: number, inside: boolean): string {
  return inside ? String(ways) : `about ${Math.round(ways / 5) * 5}`
}

/** Whoever is tied to events or consignments of different commodities. */
async function sharedCouriers(open: OpenCase): Promise<DraftFinding[]> {
  const all: Sql = happened(['carried', 'accused_in', 'travelled', 'seized_from'])
  const rows = await open.database.rows<{ who: number; commodities: string; n: number }>(sql`SELECT coalesce(u.user, h.source) AS who, string_agg(DISTINCT h.commodity, ', ' ORDER BY h.commodity) AS commodities, count(DISTINCT h.commodity) AS n
    FROM (${all}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source WHERE h.commodity IS NOT NULL GROUP BY 1 HAVING count(DISTINCT h.commodity) > 1 ORDER BY n DESC, who`)
  return rows.map(({ who, commodities, n }) => ({
    shape: 'shared courier', subjects: [who], text: `{${who}} is tied to ${n} commodities: ${commodities}`, value: n, unit: 'commodities', sureness: { kind: 'exact', value: null }, because: [],
    rows: sql`SELECT DISTINCT h.file AS source, h.row FROM (${all}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source WHERE h.commodity IS NOT NULL AND coalesce(u.user, h.source) = ${who}`,
  }))
}
