/** Flows between places by month and commodity, and couriers shared between commodities; small numbers are held back, so that it may leave the office. */
import { binomialTail, falseDiscovery } from '@ringmap/analysis/chance'
import { joined, sql, type Sql } from '@ringmap/store/sql'
import type { LinkKind } from '@ringmap/model/schema'
import { ONLY_USER } from './find-paths.ts'
import { happened, zoneOffset } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings, DraftPlace, DraftReason } from './pattern-drafts.ts'

/** Fewer people than this are not counted out: whoever knows the place could know them (the rule of the Counter Trafficking Data Collaborative). */
export const LEAST_SHOWN = 11
const SEEN: readonly LinkKind[] = ['present_at', 'travelled', 'carried']

export interface RouteOptions {
  /** Every flow with its rows, for use inside the office. */
  readonly inside: boolean
  /** Findings that can come back: only these carry rows. */
  readonly limit: number
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const
/** Highest false discovery rate at which a time of year is said to stand out. */
const SEASON_RATE = 0.05

function key(flow: { readonly origin: string; readonly destination: string; readonly commodity: string }): string {
  return JSON.stringify([flow.origin, flow.destination, flow.commodity])
}

/**
 * Months of the year in which a flow has more ways than the share of all ways that fall into that month gives (binomial). With less than a year of
 * records there is no time of year to speak of. Outside the office a month with fewer than eleven people is not said.
 */
async function seasonsOf(open: OpenCase, inside: boolean): Promise<Map<string, DraftReason[]>> {
  const { database } = open
  const months = await database.one<{ n: number }>(sql`SELECT count(DISTINCT season) AS n FROM leg`)
  const found = new Map<string, DraftReason[]>()
  if ((months?.n ?? 0) < 12) return found
  const rows = await database.rows<{ origin: string; destination: string; commodity: string; season: number; ways: number; people: number; whole: number; share: number }>(sql`SELECT origin, destination, commodity, season, count(*) AS ways, count(DISTINCT who) AS people,
      CAST(sum(count(*)) OVER (PARTITION BY origin, destination, commodity) AS BIGINT) AS whole, CAST(sum(count(*)) OVER (PARTITION BY season) AS DOUBLE) / CAST(sum(count(*)) OVER () AS DOUBLE) AS share
    FROM leg GROUP BY origin, destination, commodity, season ORDER BY origin, destination, commodity, season`)
  const rates = falseDiscovery(rows.map(({ ways, whole, share }) => binomialTail(ways, whole, share)))
  rows.forEach((row, i) => {
    if ((rates[i] as number) > SEASON_RATE || (!inside && row.people < LEAST_SHOWN)) return
    const part = inside ? `${row.ways} of ${row.whole} ways` : `about ${Math.round((row.ways / row.whole) * 20) * 5} in 100 ways`
    found.set(key(row), [...(found.get(key(row)) ?? []), { code: 'time-of-year', text: `${part} are in ${MONTHS[row.season - 1] ?? ''}, when ${Math.round(row.share * 100)} in 100 of all ways are made`, entities: [] }])
  })
  return found
}

export async function findRoutes(open: OpenCase, options: RouteOptions): Promise<DraftFindings> {
  const { database } = open
  const offset = zoneOffset(0, open.file.timezone)
  // A place stands for its district where one is recorded, else for itself.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE sighting AS SELECT coalesce(u.user, h.source) AS who, h.target AS spot, coalesce(d.district, e.label) AS area, h.at_ms, h.commodity, h.file, h.row
    FROM (${happened(SEEN)}) h JOIN entity e ON e.entity = h.target LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source
    LEFT JOIN (SELECT er.entity, min(p.value) AS district FROM property p JOIN entity_record er USING (record) WHERE p.name = 'district' GROUP BY er.entity) d ON d.entity = h.target`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE leg AS SELECT who, area AS origin, next_area AS destination, spot, next_spot, strftime(make_timestamp((at_ms + ${offset}) * 1000), '%Y-%m') AS month, CAST(month(make_timestamp((at_ms + ${offset}) * 1000)) AS INTEGER) AS season, coalesce(commodity, '') AS commodity, file, row, next_file, next_row FROM (
    SELECT *, lead(area) OVER w AS next_area, lead(spot) OVER w AS next_spot, lead(at_ms) OVER w AS next_at, lead(file) OVER w AS next_file, lead(row) OVER w AS next_row FROM sighting WINDOW w AS (PARTITION BY who ORDER BY at_ms, spot, file, row))
    WHERE next_area IS NOT NULL AND next_area <> area AND next_at - at_ms <= 172800000`)
  const seasons = await seasonsOf(open, options.inside)
  const flows = await database.rows<{ origin: string; destination: string; commodity: string; people: number; ways: number; month: string; first: number; second: number }>(sql`SELECT origin, destination, commodity, count(DISTINCT who) AS people, count(*) AS ways,
    (SELECT m.month FROM leg m WHERE m.origin = l.origin AND m.destination = l.destination AND m.commodity = l.commodity GROUP BY m.month ORDER BY count(*) DESC, m.month LIMIT 1) AS month, min(spot) AS first, min(next_spot) AS second
    FROM leg l GROUP BY origin, destination, commodity ORDER BY people DESC, ways DESC, origin, destination, commodity`)
  const shown = options.inside ? flows : flows.filter(({ people }) => people >= LEAST_SHOWN)
  const drafts: DraftFinding[] = []
  for (const flow of shown) {
    // Rows of a flow cost a pass over the ways: only those that can be listed have them.
    const rows = options.inside && drafts.length < options.limit ? await database.rows<DraftPlace & object>(sql`SELECT DISTINCT file AS source, row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity}
      UNION SELECT next_file, next_row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity} ORDER BY 1, 2`) : []
    drafts.push({
      shape: flow.commodity === '' ? 'flow' : flow.commodity, subjects: options.inside ? [flow.first, flow.second] : [], value: flow.people, unit: 'people or vehicles', sureness: { kind: 'exact', value: null },
      text: `${flow.origin} to ${flow.destination}: ${flow.people} people or vehicles, ${roundedWays(flow.ways, options.inside)} ways`, because: [{ code: 'season', text: `most in ${flow.month}`, entities: [] }, ...(seasons.get(key(flow)) ?? [])], rows,
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

/** Kinds of traffic by the word of a row and by the sections of a case: the NDPS Act is drugs, the Arms Act and the Explosives Acts arms, the Immoral Traffic (Prevention) Act, IPC 370 and BNS 143 and 144 persons. */
const TRAFFIC: readonly (readonly [string, string])[] = [
  ['persons', '(?i)\\b(persons?|traffick\\w*|girls?|women|itpa|immoral traffic\\w*)\\b|\\bipc\\b[^;]*\\b370[a-z]?\\b|\\bbns\\b[^;]*\\b14[34]\\b'],
  ['drugs', '(?i)\\b(drugs?|ndps|narcotics?|heroin|charas|opium|brown sugar|cannabis|poppy)\\b'],
  ['arms', '(?i)\\b(arms?|ammunition|weapons?|pistols?|grenades?|explosives?)\\b'],
]

/** Whoever, or whatever vehicle or phone, is tied to cases or consignments of different kinds of traffic. */
async function sharedCouriers(open: OpenCase): Promise<DraftFinding[]> {
  const all: Sql = happened(['carried', 'accused_in', 'travelled', 'seized_from'])
  const section = sql`SELECT er.entity, string_agg(DISTINCT p.value, '; ' ORDER BY p.value) AS sections FROM property p JOIN entity_record er USING (record) WHERE p.name IN ('sections', 'commodity') GROUP BY er.entity`
  const kinds = joined(TRAFFIC.map(([kind, words]) => sql`(${kind}, ${words})`))
  const tied = sql`WITH traffic(traffic, words) AS (VALUES ${kinds}), tie AS (
      SELECT coalesce(u.user, h.source) AS who, h.target, h.commodity, s.sections, h.file, h.row FROM (${all}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source LEFT JOIN (${section}) s ON s.entity = h.target)
    SELECT who, target, coalesce(traffic, commodity) AS commodity, file, row FROM tie LEFT JOIN traffic ON regexp_matches(coalesce(commodity, '') || '; ' || coalesce(sections, ''), words) WHERE coalesce(traffic, commodity) IS NOT NULL`
  const rows = await open.database.rows<{ who: number; commodities: string; n: number; cases: string }>(sql`SELECT who, string_agg(DISTINCT commodity, ', ' ORDER BY commodity) AS commodities, count(DISTINCT commodity) AS n, string_agg(DISTINCT CAST(target AS VARCHAR), ' ') AS cases
    FROM (${tied}) GROUP BY 1 HAVING count(DISTINCT commodity) > 1 AND count(DISTINCT target) > 1 ORDER BY n DESC, who`)
  return rows.map(({ who, commodities, n, cases }) => {
    const ties = cases.split(' ').map(Number).sort((a, b) => a - b)
    return {
      shape: 'shared courier', subjects: [who], text: `{${who}} is tied to ${ties.length} cases or consignments of ${n} kinds: ${commodities}`, value: n, unit: 'kinds of traffic', sureness: { kind: 'exact', value: null },
      because: [{ code: 'cases', text: ties.slice(0, 8).map((one) => `{${one}}`).join(', '), entities: ties }], rows: sql`SELECT DISTINCT file AS source, row FROM (${tied}) WHERE who = ${who}`,
    }
  })
}
