/** The chart as it is drawn: links between the same two drawn as one where asked, groups drawn as one entity. Nothing is taken off the chart itself. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { STRENGTHS } from '@ringmap/model/grade'
import type { Places } from './layout-places.ts'

/** Links each for itself, one for each direction, or one for each two. */
export const MERGES = ['each', 'direction', 'pair'] as const
export type Merge = (typeof MERGES)[number]

export interface Group {
  readonly id: string
  readonly label: string
  readonly members: readonly string[]
}

/** Whether an id on the drawing is that of a group. */
export function isGroup(id: string): boolean {
  return id.startsWith('group ')
}

export interface Shaped {
  readonly chart: Chart
  /** Links under a line, members under a group: what a pick of it means. Only for what stands for several. */
  readonly under: ReadonlyMap<string, readonly string[]>
}

/** The same object when nothing is drawn otherwise. Sums are kept whole, the weakest grade stays visible, and one record of an offence marks the line. */
export function shaped(chart: Chart, groups: readonly Group[], merge: Merge): Shaped {
  const under = new Map<string, readonly string[]>()
  const grouped = groups.length === 0 ? chart : withGroups(chart, groups, under)
  // Lines into a group are merged with the rest of theirs: drawn one by one they would be the members again.
  const inGroup = new Set(groups.map(({ id }) => id))
  if (merge === 'each' && inGroup.size === 0) return { chart, under }
  const links = merged(grouped.links, (link) => merge !== 'each' ? merge : inGroup.has(link.source) || inGroup.has(link.target) ? 'direction' : 'each', under)
  return { chart: { ...grouped, links }, under }
}

function withGroups(chart: Chart, groups: readonly Group[], under: Map<string, readonly string[]>): Chart {
  const home = new Map(groups.flatMap((group) => group.members.map((id) => [id, group.id] as const)))
  const entities: ChartEntity[] = chart.entities.filter(({ id }) => !home.has(id))
  for (const group of groups) {
    const members = chart.entities.filter(({ id }) => home.get(id) === group.id)
    const first = members[0]
    if (first === undefined) continue
    under.set(group.id, members.map(({ id }) => id))
    entities.push({
      ...first, id: group.id, label: `${group.label} (${members.length})`, roles: [], masked: false, rank: null, focus: members.some(({ focus }) => focus),
      x: members.reduce((sum, { x }) => sum + x, 0) / members.length, y: members.reduce((sum, { y }) => sum + y, 0) / members.length,
    })
  }
  const at = (id: string): string => home.get(id) ?? id
  const links = chart.links.map((link) => ({ ...link, source: at(link.source), target: at(link.target) })).filter(({ source, target }) => source !== target || !isGroup(source))
  return { ...chart, entities, links }
}

/** With a number of its own. */
export function newGroup(groups: readonly Group[], members: readonly string[], label: string): Group {
  return { id: `group ${nextNumber(groups)}`, label, members }
}

export function nextNumber(groups: readonly Group[]): number {
  return groups.reduce((most, { id }) => Math.max(most, Number(id.slice('group '.length))), 0) + 1
}

/** Room of one member, chart units. */
const MEMBER = 34

/** Members of a group that was seated as one, in a spiral about its place: nothing lies on another when it is opened. */
export function seatsAbout({ id, members }: Group, seats: Places): Places {
  const { x, y } = seats.get(id) ?? { x: 0, y: 0 }
  // By the golden angle (Vogel 1979, Mathematical Biosciences 44), so that all have the same room.
  const turn = Math.PI * (3 - Math.sqrt(5))
  return new Map(members.map((member, i) => [member, { x: x + MEMBER * Math.sqrt(i) * Math.cos(i * turn), y: y + MEMBER * Math.sqrt(i) * Math.sin(i * turn) }]))
}

/** Where everybody stands once what is drawn was laid out: members of a group go with it, as they stood to each other; pinned ones stay. */
export function placesUnder({ entities }: Chart, { under }: Pick<Shaped, 'under'>, places: Places, pinned: ReadonlySet<string>): Places {
  const at = new Map(entities.map(({ id, x, y }) => [id, { x, y }]))
  const all = new Map(places)
  for (const [group, members] of under) {
    const to = places.get(group)
    const there = members.flatMap((id) => at.get(id) ?? [])
    if (to === undefined || there.length === 0) continue
    const [dx, dy] = [to.x - there.reduce((sum, { x }) => sum + x, 0) / there.length, to.y - there.reduce((sum, { y }) => sum + y, 0) / there.length]
    all.delete(group)
    for (const id of members) {
      const from = at.get(id)
      if (from !== undefined && !pinned.has(id)) all.set(id, { x: from.x + dx, y: from.y + dy })
    }
  }
  return all
}

function merged(links: readonly ChartLink[], how: (link: ChartLink) => Merge, under: Map<string, readonly string[]>): ChartLink[] {
  const bundles = new Map<string, ChartLink[]>()
  for (const link of links) {
    const way = how(link)
    const turned = link.source > link.target && (way === 'pair' || !link.directed)
    const ends = turned ? [link.target, link.source] : [link.source, link.target]
    // Links of different kinds stay apart by direction: a call and a payment are two facts. As one line a pair shows only that there is something.
    const key = JSON.stringify(way === 'each' ? [link.id] : way === 'pair' ? ends : [...ends, link.kind, link.directed])
    const bundle = bundles.get(key)
    if (bundle === undefined) bundles.set(key, [link])
    else bundle.push(link)
  }
  return [...bundles.values()].map((bundle) => bundle.length === 1 ? bundle[0] as ChartLink : asOne(bundle, under))
}

function asOne(bundle: readonly ChartLink[], under: Map<string, readonly string[]>): ChartLink {
  const first = bundle.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0] as ChartLink
  const id = `one ${first.id}`
  under.set(id, bundle.map((link) => link.id))
  const currencies = new Set(bundle.flatMap(({ amount, currency }) => amount === null ? [] : [currency]))
  const sums = bundle.flatMap(({ amount }) => amount === null ? [] : [BigInt(amount)])
  const earliest = bundle.flatMap(({ first_ms }) => first_ms ?? [])
  const latest = bundle.flatMap(({ last_ms }) => last_ms ?? [])
  return {
    ...first, id, directed: bundle.every((link) => link.directed && link.source === first.source),
    count: bundle.reduce((sum, { count }) => sum + count, 0),
    first_ms: earliest.length === 0 ? null : Math.min(...earliest), last_ms: latest.length === 0 ? null : Math.max(...latest),
    // Sums of different currencies are no sum.
    amount: sums.length === 0 || currencies.size !== 1 ? null : String(sums.reduce((a, b) => a + b)), currency: currencies.size === 1 ? [...currencies][0] ?? null : null,
    strength: STRENGTHS[Math.max(...bundle.map(({ strength }) => STRENGTHS.indexOf(strength)))] ?? first.strength,
    criminal: bundle.some(({ criminal }) => criminal), ...(bundle.some(({ disputed }) => disputed === true) ? { disputed: true } : {}),
  }
}
