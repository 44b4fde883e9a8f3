/** One person's calls, money, movement and events in the order of time, over what he or she uses and owns; and where the places of a chart are. */
import type { Entity } from '@ringmap/model/entity'
import { LINK_KIND_NAMES, type LinkKind } from '@ringmap/model/schema'
import type { PlacedEntity, Timeline, TimelineEvent } from '@ringmap/model/wire'
import { sql } from '@ringmap/store/sql'
import { entitiesByNumber, entityNumber, type CaseView } from './case-view.ts'
import { kindList } from './happenings.ts'
import { internalId, maskedWords, shownFile } from './mask-case.ts'

/** Events that one answer carries; the answer says how many there are. */
export const EVENTS_AT_MOST = 3000

/** Through these a thing is taken for the person's own. */
const HOLDS = kindList(['uses', 'owns'])
/** What happens at a time, by lane. */
const LANES: Readonly<Record<TimelineEvent['lane'], readonly LinkKind[]>> = {
  contact: ['called', 'messaged', 'met'], money: ['paid'], movement: ['travelled', 'present_at', 'carried'], offence: ['accused_in', 'seized_from'],
}
const LANE_OF = new Map(Object.entries(LANES).flatMap(([lane, kinds]) => kinds.map((kind): [LinkKind, TimelineEvent['lane']] => [kind, lane as TimelineEvent['lane']])))

/** Of a protected person nothing is told: times and places alone can show who she is. @throws RingmapError not_found */
export async function personTimeline(view: CaseView, id: string): Promise<Timeline> {
  const { database } = view.open
  const number = await entityNumber(view, id)
  const subject = (await entitiesByNumber(view, [number])).get(number) as Entity
  if (subject.masked) return { subject, things: [], events: [], of: 0, undated: 0 }
  const own = (await database.rows<{ entity: number }>(sql`SELECT DISTINCT target AS entity FROM link WHERE source = ${number} AND CAST(kind AS VARCHAR) IN ${HOLDS} ORDER BY 1`)).map(({ entity }) => entity)
  const mine = [number, ...own].map(String)
  const kinds = kindList([...LANE_OF.keys()])
  const seen = sql`SELECT o.kind, a.entity AS source, b.entity AS target, o.at_ms, o.count, CAST(o.amount AS VARCHAR) AS amount, o.currency, o.duration_s, s.name, s.file, s.sha256, o.row
    FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record JOIN source s ON s.position = o.source
    WHERE CAST(o.kind AS VARCHAR) IN ${kinds} AND a.entity <> b.entity AND (CAST(a.entity AS VARCHAR) IN ${mine} OR CAST(b.entity AS VARCHAR) IN ${mine})`
  const counts = await database.one<{ dated: number; undated: number }>(sql`SELECT count(at_ms) AS dated, count(*) - count(at_ms) AS undated FROM (${seen})`)
  const rows = await database.rows<{ kind: number; source: number; target: number; at_ms: number; count: number; amount: string | null; currency: string | null; duration_s: number | null; name: string; file: string; sha256: string; row: number }>(
    sql`SELECT * FROM (${seen}) WHERE at_ms IS NOT NULL ORDER BY at_ms, name, row, source, target LIMIT ${EVENTS_AT_MOST}`)
  const ends = await entitiesByNumber(view, new Set([...own, ...rows.flatMap(({ source, target }) => [source, target])]))
  const inside = new Set([number, ...own])
  return {
    subject, things: own.map((entity) => ends.get(entity) as Entity), of: counts?.dated ?? 0, undated: counts?.undated ?? 0,
    events: rows.map((row): TimelineEvent => {
      const kind = LINK_KIND_NAMES[row.kind] as LinkKind
      const outward = inside.has(row.source)
      return {
        lane: LANE_OF.get(kind) as TimelineEvent['lane'], kind, outward, at_ms: row.at_ms, via: ends.get(outward ? row.source : row.target)?.id ?? '', other: ends.get(outward ? row.target : row.source) as Entity,
        count: row.count, amount: row.amount, currency: row.currency, duration_s: row.duration_s, source: { source: row.name, file: shownFile(view.mask, row.file), sha256: row.sha256, row: row.row },
      }
    }),
  }
}

/** What the rows say of where things are: coordinates and words. Things of protected persons have none. */
export async function placesOf(view: CaseView, ids: readonly string[]): Promise<PlacedEntity[]> {
  const wanted = ids.flatMap((id) => {
    const inside = internalId(view.mask, id)
    return inside === null || view.mask.codes.has(inside) ? [] : [inside]
  })
  if (wanted.length === 0) return []
  const rows = await view.open.database.rows<{ id: string; name: string; value: string }>(sql`SELECT DISTINCT e.id, p.name, p.value FROM entity e JOIN entity_record er USING (entity) JOIN property p USING (record)
    WHERE e.id IN ${wanted} AND e.kind IN ('Location', 'Address', 'Event') AND p.name IN ('latitude', 'longitude', 'radius_m', 'azimuth', 'district', 'place', 'name', 'village', 'address') ORDER BY e.id, p.name, p.value`)
  const found = new Map<string, Record<Figure, number | null> & { words: string[] }>()
  for (const { id, name, value } of rows) {
    const place = found.get(id) ?? { latitude: null, longitude: null, radius_m: null, azimuth: null, words: [] }
    found.set(id, place)
    if (!isFigure(name)) place.words.push(maskedWords(view.mask, value))
    else if (place[name] === null && Number.isFinite(Number(value))) place[name] = Number(value)
  }
  return [...found].map(([id, place]) => ({ id, ...place }))
}

type Figure = 'latitude' | 'longitude' | 'radius_m' | 'azimuth'

function isFigure(name: string): name is Figure {
  return name === 'latitude' || name === 'longitude' || name === 'radius_m' || name === 'azimuth'
}
