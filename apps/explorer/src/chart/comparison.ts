/** Two charts side by side: what came, what is gone, what says something else, told thing by thing; and one chart that holds both. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { LINK_KINDS } from '@ringmap/model/schema'
import type { SavedChart, SavedLink } from '@ringmap/model/saved-chart'

export const MARKS = ['added', 'gone', 'changed'] as const
export type Mark = (typeof MARKS)[number]

/** What of a thing is compared; `rank` of entities, the others of links. */
export type Field = 'rank' | 'count' | 'amount' | 'strength' | 'criminal' | 'first' | 'last'

export interface Difference {
  readonly field: Field
  readonly before: SaidValue
  readonly after: SaidValue
}

/** Amounts in the smallest unit as a decimal string with their currency; times in milliseconds since 1970 UTC. */
export type SaidValue = number | string | boolean | null

export interface Compared {
  readonly type: 'entity' | 'link'
  readonly id: string
  readonly mark: Mark
  /** For `changed`; empty for the others. */
  readonly differences: readonly Difference[]
}

export interface Comparison {
  readonly before: string
  readonly after: string
  readonly marks: ReadonlyMap<string, Compared>
  /** Entities and links that are on both and say the same. */
  readonly same: { readonly entities: number; readonly links: number }
  /** Things of the charts that the case no longer holds: merged, or gone with their source. */
  readonly lost: ReadonlySet<string>
}

/** A chart as it is drawn today and, for a saved one, what it said when it was saved. */
export interface Side {
  readonly name: string
  readonly chart: Chart
  readonly saved: SavedChart | null
}

interface Ranked {
  readonly rank: number | null
  /** Charts saved before ranks were kept say nothing of them. */
  readonly ranked: boolean
}

interface Held {
  readonly entities: ReadonlyMap<string, Ranked>
  readonly links: ReadonlyMap<string, SavedLink>
}

/** How many there are of each, for the line that says it. */
export function sumsOf({ marks, same }: Comparison): Readonly<Record<Mark | 'same', number>> {
  const of = (mark: Mark): number => [...marks.values()].filter((one) => one.mark === mark).length
  return { added: of('added'), gone: of('gone'), changed: of('changed'), same: same.entities + same.links }
}

/** @param unnamed label of an entity that the case no longer holds */
export function compareCharts(before: Side, after: Side, unnamed: (id: string) => string): { readonly chart: Chart; readonly comparison: Comparison; readonly gone: readonly string[] } {
  const [old, now] = [heldBy(before), heldBy(after)]
  const entityMarks = marked('entity', old.entities, now.entities, rankDifferences)
  const linkMarks = marked('link', old.links, now.links, differencesOf)
  const lost = new Set<string>()
  const entities = new Map<string, ChartEntity>()
  for (const { chart, saved } of [after, before]) {
    const known = new Map(chart.entities.map((entity) => [entity.id, entity]))
    for (const entity of saved?.entities ?? chart.entities) {
      if (entities.has(entity.id)) continue
      const drawn = known.get(entity.id)
      if (drawn === undefined) lost.add(entity.id)
      entities.set(entity.id, drawn ?? { id: entity.id, kind: entity.kind ?? 'Person', label: unnamed(entity.id), roles: [], masked: false, x: entity.x, y: entity.y, focus: false, rank: null, ring: null })
    }
  }
  const links = new Map<string, ChartLink>()
  for (const [held, { chart }] of [[now, after], [old, before]] as const) {
    const known = new Map(chart.links.map((link) => [link.id, link]))
    for (const [id, link] of held.links) {
      if (links.has(id) || !entities.has(link.source) || !entities.has(link.target)) continue
      const drawn = known.get(id)
      if (drawn === undefined) lost.add(id)
      links.set(id, { ...(drawn ?? { ...link, label: '', directed: LINK_KINDS[link.kind].directed }), ...link })
    }
  }
  const list = [...entities.values()]
  const lines = [...links.values()]
  return {
    chart: {
      title: '', subtitle: '', entities: list, links: lines,
      shown: { entities: list.length, entities_of: list.length, links: lines.length, links_of: lines.length, why: '' },
    },
    comparison: {
      before: before.name, after: after.name, lost, marks: new Map([...entityMarks, ...linkMarks].map((one) => [one.id, one])),
      same: { entities: sameIn(now.entities, entityMarks), links: sameIn(now.links, linkMarks) },
    },
    gone: list.filter(({ id }) => !now.entities.has(id)).map(({ id }) => id),
  }
}

/** What came or says something else, in the order of now, then what is gone. */
function marked<T>(type: Compared['type'], old: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>, differ: (was: T, is: T) => readonly Difference[]): readonly Compared[] {
  const here = [...now].flatMap(([id, one]): Compared[] => {
    const was = old.get(id)
    if (was === undefined) return [{ type, id, mark: 'added', differences: [] }]
    const differences = differ(was, one)
    return differences.length === 0 ? [] : [{ type, id, mark: 'changed', differences }]
  })
  return [...here, ...[...old.keys()].filter((id) => !now.has(id)).map((id): Compared => ({ type, id, mark: 'gone', differences: [] }))]
}

function sameIn(now: ReadonlyMap<string, unknown>, marks: readonly Compared[]): number {
  return now.size - marks.filter(({ mark }) => mark !== 'gone').length
}

function heldBy({ chart, saved }: Side): Held {
  return {
    entities: new Map(saved === null ? chart.entities.map(({ id, rank }) => [id, { rank, ranked: true }]) : saved.entities.map(({ id, kind, rank }) => [id, { rank, ranked: kind !== null }])),
    links: new Map((saved?.links ?? chart.links).map((link) => [link.id, link])),
  }
}

function rankDifferences(was: Ranked, is: Ranked): readonly Difference[] {
  if (!was.ranked || !is.ranked || was.rank === is.rank) return []
  return [{ field: 'rank', before: was.rank, after: is.rank }]
}

function differencesOf(was: SavedLink, is: SavedLink): readonly Difference[] {
  const sum = ({ amount, currency }: SavedLink): string | null => amount === null ? null : `${amount} ${currency ?? ''}`
  const pairs: readonly (readonly [Field, SaidValue, SaidValue])[] = [
    ['count', was.count, is.count], ['amount', sum(was), sum(is)], ['strength', was.strength, is.strength], ['criminal', was.criminal, is.criminal],
    ['first', was.first_ms, is.first_ms], ['last', was.last_ms, is.last_ms],
  ]
  return pairs.flatMap(([field, before, after]) => before === after ? [] : [{ field, before, after }])
}
