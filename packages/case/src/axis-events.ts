/** Seizures, accusations and arrests of a case, by day: what stands on the axis beside the orders over time. */
import type { AxisEvent } from '@ringmap/model/over-time'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import type { FoundNetwork } from './found-network.ts'
import { listed, plural, type NamedNetwork } from './named-network.ts'

/** Events on the axis; more would hide each other. Those that touch most of the persons asked are kept. */
const MOST_EVENTS = 24

interface Span {
  readonly first: number
  readonly last: number
  /** First millisecond of the day of a moment. */
  readonly dayOf: (ms: number) => number
}

interface Row {
  readonly kind: number
  readonly at_ms: number
  readonly source: string
  readonly target: string
  readonly target_kind: string
  readonly type: string | null
  readonly link: string
}

const HAPPENING = /arrest|raid|rescue|seiz|search|surrender|detain|intercept|गिरफ|छाप|گرفتار|چھاپ/iu

/** Inside the span, and only where somebody who is asked takes part or the event itself is dated there. */
export async function axisEvents(found: FoundNetwork, whole: NamedNetwork, span: Span): Promise<{ events: AxisEvent[]; notes: string[] }> {
  const kinds = ['accused_in', 'seized_from', 'present_at', 'carried'].map((kind) => String(LINK_KIND_NAMES.indexOf(kind as 'carried')))
  const rows = await found.open.database.rows<Row>(sql`SELECT DISTINCT o.kind AS kind, o.at_ms AS at_ms, a.id AS source, b.id AS target, b.kind AS target_kind,
      (SELECT min(p.value) FROM property p WHERE p.record = o.to_record AND p.name = 'type') AS type, l.id AS link
    FROM observation o JOIN entity_record x ON x.record = o.from_record JOIN entity a ON a.entity = x.entity JOIN entity_record y ON y.record = o.to_record JOIN entity b ON b.entity = y.entity
    JOIN link l ON l.kind = o.kind AND l.source = a.entity AND l.target = b.entity
    WHERE CAST(o.kind AS VARCHAR) IN ${kinds} AND o.at_ms IS NOT NULL ORDER BY ALL`)
  const asked = new Set(whole.nodes.map((node) => node.id))
  const groups = new Map<string, { at_ms: number; kind: AxisEvent['kind']; rows: Row[] }>()
  for (const row of rows) {
    const kind = kindOf(row)
    const day = span.dayOf(row.at_ms)
    if (kind === null || day < span.first || day > span.last || (!asked.has(row.source) && !asked.has(row.target))) continue
    const key = `${kind} ${day} ${kind === 'seizure' ? '' : row.target}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { at_ms: day, kind, rows: [row] })
    else group.rows.push(row)
  }
  const all = [...groups.values()]
  const kept = all.toSorted((a, b) => b.rows.length - a.rows.length || a.at_ms - b.at_ms).slice(0, MOST_EVENTS).sort((a, b) => a.at_ms - b.at_ms || (a.kind < b.kind ? -1 : 1))
  return { events: kept.map((group) => ({ at_ms: group.at_ms, kind: group.kind, ...told(group.kind, group.rows) })), notes: kept.length < all.length ? [`${kept.length} of ${all.length} events are on the axis: those with most persons or things.`] : [] }
}

function kindOf(row: Row): AxisEvent['kind'] | null {
  const kind = LINK_KIND_NAMES[row.kind]
  if (kind === 'seized_from') return 'seizure'
  if (kind === 'accused_in') return 'accusation'
  return kind === 'present_at' && row.target_kind === 'Event' && row.type !== null && HAPPENING.test(row.type) ? 'happening' : null
}

function told(kind: AxisEvent['kind'], rows: readonly Row[]): Pick<AxisEvent, 'text' | 'entities' | 'links'> {
  const sources = [...new Set(rows.map((row) => row.source))]
  const targets = [...new Set(rows.map((row) => row.target))]
  const links = [...new Set(rows.map((row) => row.link))]
  const entities = [...new Set([...targets, ...sources])]
  if (kind === 'seizure') return { text: `${plural(sources.length, 'thing')} seized from ${targets.length > 3 ? plural(targets.length, 'person') : listed(targets.map((id) => `{${id}}`))}`, entities, links }
  const what = `{${targets[0] as string}}`
  return { text: kind === 'accusation' ? `${what}: ${plural(sources.length, 'person')} accused` : `${rows[0]?.type ?? 'event'} ${what}: ${plural(sources.length, 'person')} present`, entities, links }
}
