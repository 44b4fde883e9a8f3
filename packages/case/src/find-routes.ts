/** Flows between places by month and commodity, and couriers shared between commodities; small numbers are held back, so that it may leave the office. */
import { binomialTail, falseDiscovery } from '@ringmap/analysis/chance'
import { joined, sql, type Sql } from '@ringmap/store/sql'
import type { LinkKind } from '@ringmap/model/schema'
import { ONLY_USER } from './find-paths.ts'
import { columnsOnce, happened, zoneOffset } from './happenings.ts'
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

/**
 * Months of the year in which a flow has more ways than the share of all ways that fall into that month gives (binomial). With less than a year of
 * records there is no time of year to speak of. Outside the office a month with fewer than eleven people is not said. All flows count as tested.
 */
async function seasonsOf(open: OpenCase, inside: boolean): Promise<Map<number, DraftReason[]>> {
  const { database } = open
  const months = await database.one<{ n: number }>(sql`SELECT count(DISTINCT season) AS n FROM leg`)
  const found = new Map<number, DraftReason[]>()
  if ((months?.n ?? 0) < 12) return found
  const [place, season, ways, people, whole, share] = await columnsOnce(open, sql`SELECT CAST(f.place AS INTEGER), s.season, CAST(s.ways AS INTEGER), CAST(s.people AS INTEGER), CAST(f.ways AS INTEGER), m.share FROM (
      SELECT origin, destination, commodity, season, count(*) AS ways, count(DISTINCT who) AS people FROM leg GROUP BY origin, destination, commodity, season) s
    JOIN flow f ON f.origin = s.origin AND f.destination = s.destination AND f.commodity = s.commodity
    JOIN (SELECT season, CAST(count(*) AS DOUBLE) / CAST(sum(count(*)) OVER () AS DOUBLE) AS share FROM leg GROUP BY season) m ON m.season = s.season ORDER BY f.place, s.season`, ['u32', 'u32', 'u32', 'u32', 'u32', 'f64'] as const)
  const rates = falseDiscovery(Float64Array.from(ways, (count, i) => binomialTail(count, whole[i] as number, share[i] as number)))
  rates.forEach((rate, i) => {
    if (rate > SEASON_RATE || (!inside && (people[i] as number) < LEAST_SHOWN)) return
    const [flow, count, of] = [place[i] as number, ways[i] as number, whole[i] as number]
    const part = inside ? `${count} of ${of} ways` : `about ${Math.round((count / of) * 20) * 5} in 100 ways`
    found.set(flow, [...(found.get(flow) ?? []), { code: 'time-of-year', text: `${part} are in ${MONTHS[(season[i] as number) - 1] ?? ''}, when ${Math.round((share[i] as number) * 100)} in 100 of all ways are made`, entities: [] }])
  })
  return found
}

interface Flow {
  readonly place: number
  readonly origin: string
  readonly destination: string
  readonly commodity: string
  readonly people: number
  readonly ways: number
  readonly month: string
  readonly first: number
  readonly second: number
}

export async function findRoutes(open: OpenCase, options: RouteOptions): Promise<DraftFindings> {
  const { database } = open
  await writeLegs(open)
  // By people, then ways: the order in which flows are listed.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE flow AS SELECT row_number() OVER (ORDER BY people DESC, ways DESC, origin, destination, commodity) AS place, * FROM (
    SELECT origin, destination, commodity, count(DISTINCT who) AS people, count(*) AS ways, min(spot) AS first, min(next_spot) AS second FROM leg GROUP BY origin, destination, commodity)`)
  const least = options.inside ? 0 : LEAST_SHOWN
  const counts = await database.one<{ shown: number; held: number }>(sql`SELECT count(*) FILTER (people >= ${least}) AS shown, count(*) FILTER (people < ${least}) AS held FROM flow`)
  const { shown, held } = counts ?? { shown: 0, held: 0 }
  // A place can be guarded and stand behind the others: some more than can come back are drafted.
  const flows = await database.rows<Flow>(sql`SELECT f.place, f.origin, f.destination, f.commodity, f.people, f.ways, f.first, f.second, m.month FROM (SELECT * FROM flow WHERE people >= ${least} ORDER BY place LIMIT ${2 * options.limit + 50}) f,
    LATERAL (SELECT printf('%04d-%02d', l.month // 12, l.month % 12 + 1) AS month FROM leg l WHERE l.origin = f.origin AND l.destination = f.destination AND l.commodity = f.commodity GROUP BY l.month ORDER BY count(*) DESC, l.month LIMIT 1) m ORDER BY f.place`)
  const seasons = await seasonsOf(open, options.inside)
  const drafts: DraftFinding[] = []
  for (const flow of flows) {
    // Rows of a flow cost a pass over the ways: only those that can be listed have them.
    const rows = options.inside && drafts.length < options.limit ? await database.rows<DraftPlace & object>(sql`SELECT DISTINCT file AS source, row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity}
      UNION SELECT next_file, next_row FROM leg WHERE origin = ${flow.origin} AND destination = ${flow.destination} AND commodity = ${flow.commodity} ORDER BY 1, 2`) : []
    drafts.push({
      shape: flow.commodity === '' ? 'flow' : flow.commodity, subjects: options.inside ? [flow.first, flow.second] : [], value: flow.people, unit: 'people or vehicles', sureness: { kind: 'exact', value: null },
      text: `${flow.origin} to ${flow.destination}: ${flow.people} people or vehicles, ${roundedWays(flow.ways, options.inside)} ways`, because: [{ code: 'season', text: `most in ${flow.month}`, entities: [] }, ...(seasons.get(flow.place) ?? [])], rows,
    })
  }
  const couriers = options.inside ? await sharedCouriers(open) : []
  for (const table of [sql`flow`, sql`leg`]) await database.run(sql`DROP TABLE ${table}`)
  return {
    method: `Who is seen in two districts (or places without one) one after the other within 48 hours, by commodity where a row says one.${options.inside ? '' : ` Flows of fewer than ${LEAST_SHOWN} people or vehicles, names and rows are held back.`}`,
    drafts: [...drafts, ...couriers], of: shown + couriers.length, cautions: held === 0 ? [] : [`${held} flows of fewer than ${LEAST_SHOWN} are held back; --inside shows them, for use in the office alone.`],
  }
}

/** Ways of everybody from one area to another, as the temporary table `leg`. A place stands for its district where one is recorded, else for itself. */
async function writeLegs(open: OpenCase): Promise<void> {
  const { database } = open
  const offset = zoneOffset(0, open.file.timezone)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE sighting AS SELECT coalesce(u.user, h.source) AS who, h.target AS spot, h.at_ms, h.commodity, h.file, h.row
    FROM (${happened(SEEN)}) h LEFT JOIN (${ONLY_USER}) u ON u.thing = h.source`)
  // Areas go in as numbers and names come last: ten million ways carry no text.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE area AS SELECT e.entity AS spot, coalesce(d.district, e.label) AS name, dense_rank() OVER (ORDER BY coalesce(d.district, e.label)) AS area
    FROM entity e LEFT JOIN (SELECT er.entity, min(p.value) AS district FROM property p JOIN entity_record er USING (record) WHERE p.name = 'district' GROUP BY er.entity) d ON d.entity = e.entity
    WHERE e.entity IN (SELECT spot FROM sighting)`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE leg AS WITH way AS (
      SELECT s.*, a.area, lead(a.area) OVER w AS next_area, lead(s.spot) OVER w AS next_spot, lead(s.at_ms) OVER w AS next_at, lead(s.file) OVER w AS next_file, lead(s.row) OVER w AS next_row
      FROM sighting s JOIN area a ON a.spot = s.spot WINDOW w AS (PARTITION BY s.who ORDER BY s.at_ms, s.spot, s.file, s.row)),
    made AS (SELECT *, make_timestamp((at_ms + ${offset}) * 1000) AS local FROM way WHERE next_area <> area AND next_at - at_ms <= 172800000)
    SELECT w.who, o.name AS origin, d.name AS destination, w.spot, w.next_spot, CAST(year(w.local) * 12 + month(w.local) - 1 AS INTEGER) AS month, CAST(month(w.local) AS INTEGER) AS season, coalesce(w.commodity, '') AS commodity, w.file, w.row, w.next_file, w.next_row
    FROM made w JOIN area o ON o.spot = w.spot JOIN area d ON d.spot = w.next_spot`)
  for (const table of [sql`sighting`, sql`area`]) await database.run(sql`DROP TABLE ${table}`)
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
