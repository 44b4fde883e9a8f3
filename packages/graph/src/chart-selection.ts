/** What to draw for a ring or a person: the actors, and the things that join them, within what a chart can hold. */
import type { Shown } from '@ringmap/model/chart'
import type { EntityColumns, LinkColumns } from './case-columns.ts'
import type { PersonNetwork } from './person-network.ts'

export interface SelectionOptions {
  /** Most entities on the chart; beyond about 80 a chart is no longer read. */
  readonly limit?: number
  /** `ring`: only those given. `person`: those given and whoever is tied to them, strongest ties first. */
  readonly subject: 'ring' | 'person'
}

export interface ChartSelection {
  /** Entity indices, ascending. */
  readonly entities: Uint32Array
  /** Every link of the case between two of them, ascending. */
  readonly links: Uint32Array
  readonly shown: Shown
}

/** Something other than an actor, with the chosen actors that it joins. */
interface Thing {
  readonly entity: number
  readonly joins: Set<number>
  criminal: boolean
}

/**
 * Order of choice: actors in the order given; then what ties an actor to another where he would stand without a line; then things by how many of the
 * chosen actors they join, those with a criminal link first among equals. At most half the chart goes to actors while things wait. A thing left with a single link tells nothing and makes room,
 * unless the link is criminal.
 *
 * @param focus actor indices of the subject, most important first.
 */
export function selectChart(
  entities: EntityColumns, links: LinkColumns, network: PersonNetwork, focus: ArrayLike<number>, { limit = 80, subject }: SelectionOptions,
): ChartSelection {
  const wanted = subject === 'ring' ? [...new Set(Array.from(focus))] : withSurroundings(network, Array.from(focus))
  const all = thingsJoining(network, links, wanted)
  let actors = wanted.length
  if (wanted.length + all.length > limit) {
    actors = Math.min(wanted.length, Math.max(1, Math.floor(limit / 2)))
    while (actors < wanted.length && actors < limit && actors + thingsJoining(network, links, wanted.slice(0, actors)).length < limit) actors++
  }
  const chosen = wanted.slice(0, actors)
  const candidates = actors === wanted.length ? all : thingsJoining(network, links, chosen)
  const needed = attaching(network, links, chosen, limit - actors)
  const inOrder = [...candidates.filter(({ entity }) => needed.has(entity)), ...candidates.filter(({ entity }) => !needed.has(entity))]
  const things = fitting(entities.kind.length, links, chosen.map((a) => network.actors[a]), inOrder, limit - actors)
  const drawn = Uint32Array.from([...chosen.map((a) => network.actors[a]), ...things]).sort()
  const among = linksAmong(entities.kind.length, links, drawn)
  const everything = [...wanted.map((a) => network.actors[a]), ...all.map(({ entity }) => entity)]
  const total = linksAmong(entities.kind.length, links, everything).length
  return {
    entities: drawn,
    links: among,
    shown: {
      entities: drawn.length,
      entities_of: everything.length,
      links: among.length,
      links_of: total,
      why: inWords(subject, { actors, actorsOf: wanted.length, things: things.length, thingsOf: all.length, limit }),
    },
  }
}

/** Links between two of the given entities, ascending. */
export function linksAmong(entityCount: number, links: LinkColumns, entities: ArrayLike<number>): Uint32Array {
  const inside = new Uint8Array(entityCount)
  for (let i = 0; i < entities.length; i++) inside[entities[i]] = 1
  const found: number[] = []
  for (let l = 0; l < links.kind.length; l++) if (inside[links.source[l]] === 1 && inside[links.target[l]] === 1) found.push(l)
  return Uint32Array.from(found)
}

/** The focus, then whoever is tied to it by strength of all ties to it, then by index. */
function withSurroundings({ csr }: PersonNetwork, focus: readonly number[]): number[] {
  const centre = new Set(focus)
  const strength = new Map<number, number>()
  for (const v of centre) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      if (!centre.has(csr.targets[a])) strength.set(csr.targets[a], (strength.get(csr.targets[a]) ?? 0) + csr.weights[a])
    }
  }
  return [...centre, ...[...strength].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([v]) => v)]
}

/** Things under the ties among some actors, and at their criminal links; in order of choice. */
function thingsJoining(network: PersonNetwork, links: LinkColumns, actors: readonly number[]): Thing[] {
  const chosen = new Set(actors)
  const things = new Map<number, Thing>()
  const add = (link: number, ...joined: number[]): void => {
    for (const entity of [links.source[link], links.target[link]]) {
      if (network.actor_of[entity] >= 0) continue
      let thing = things.get(entity)
      if (thing === undefined) things.set(entity, (thing = { entity, joins: new Set(), criminal: false }))
      for (const actor of joined) thing.joins.add(actor)
      if (links.criminal[link] === 1) thing.criminal = true
    }
  }
  const { csr } = network
  for (const v of chosen) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      if (csr.targets[a] < v || !chosen.has(csr.targets[a])) continue
      const tie = csr.ties[a]
      for (let i = network.support_offsets[tie]; i < network.support_offsets[tie + 1]; i++) add(network.support_links[i], v, csr.targets[a])
    }
    for (let i = network.criminal_offsets[v]; i < network.criminal_offsets[v + 1]; i++) add(network.criminal_support[i], v)
  }
  return [...things.values()].sort((a, b) => b.joins.size - a.joins.size || Number(b.criminal) - Number(a.criminal) || a.entity - b.entity)
}

/** Things on the shortest way of one tie of each actor who has no line yet, the first actors first, as far as there is room. */
function attaching(network: PersonNetwork, links: LinkColumns, chosen: readonly number[], room: number): Set<number> {
  const inside = new Set(chosen)
  const attached = new Set<number>()
  const needed = new Set<number>()
  for (const v of chosen) {
    if (attached.has(v)) continue
    let best: { readonly to: number; readonly fresh: readonly number[]; readonly weight: number } | null = null
    for (let a = network.csr.offsets[v]; a < network.csr.offsets[v + 1]; a++) {
      const to = network.csr.targets[a]
      if (!inside.has(to)) continue
      const fresh = wayThrough(network, links, network.csr.ties[a], network.actors[v], network.actors[to]).filter((entity) => !needed.has(entity))
      const weight = network.csr.weights[a]
      if (best === null || fresh.length < best.fresh.length || (fresh.length === best.fresh.length && weight > best.weight)) best = { to, fresh, weight }
    }
    if (best === null || needed.size + best.fresh.length > room) continue
    for (const entity of best.fresh) needed.add(entity)
    attached.add(v)
    attached.add(best.to)
  }
  return needed
}

/** Things between the two ends of a tie on a shortest way along the links under it; none where a link joins the two themselves. */
function wayThrough(network: PersonNetwork, links: LinkColumns, tie: number, from: number, to: number): number[] {
  const next = new Map<number, number[]>()
  for (let i = network.support_offsets[tie]; i < network.support_offsets[tie + 1]; i++) {
    const [s, t] = [links.source[network.support_links[i]], links.target[network.support_links[i]]]
    next.set(s, [...(next.get(s) ?? []), t])
    next.set(t, [...(next.get(t) ?? []), s])
  }
  const before = new Map<number, number>([[from, from]])
  const queue = [from]
  for (const at of queue) {
    for (const one of (next.get(at) ?? []).sort((x, y) => x - y)) {
      if (before.has(one)) continue
      before.set(one, at)
      if (one !== to) queue.push(one)
    }
  }
  const way: number[] = []
  for (let at = before.get(to); at !== undefined && at !== from; at = before.get(at)) way.push(at)
  return way
}

/** The first things that fit, leaving out those that would hang on a single link. */
function fitting(entityCount: number, links: LinkColumns, actors: readonly number[], candidates: readonly Thing[], room: number): number[] {
  const pool = linksAmong(entityCount, links, [...actors, ...candidates.map(({ entity }) => entity)])
  const left = new Set<number>()
  for (;;) {
    const taken = candidates.filter(({ entity }) => !left.has(entity)).slice(0, room)
    const ends = endsAmong(links, pool, [...actors, ...taken.map(({ entity }) => entity)])
    const idle = taken.filter(({ entity, criminal }) => !criminal && (ends.get(entity) ?? 0) < 2)
    if (idle.length === 0) return taken.map(({ entity }) => entity)
    for (const { entity } of idle) left.add(entity)
  }
}

/** How many of the others each entity is linked to. */
function endsAmong(links: LinkColumns, pool: Uint32Array, entities: readonly number[]): Map<number, number> {
  const inside = new Set(entities)
  const others = new Map<number, Set<number>>(entities.map((e) => [e, new Set()]))
  for (const l of pool) {
    const source = links.source[l]
    const target = links.target[l]
    if (source === target || !inside.has(source) || !inside.has(target)) continue
    others.get(source)?.add(target)
    others.get(target)?.add(source)
  }
  return new Map([...others].map(([e, found]) => [e, found.size]))
}

interface Counts {
  readonly actors: number
  readonly actorsOf: number
  readonly things: number
  readonly thingsOf: number
  readonly limit: number
}

function inWords(subject: SelectionOptions['subject'], { actors, actorsOf, things, thingsOf, limit }: Counts): string {
  const who = subject === 'ring' ? 'members of the ring' : 'people in this person\'s surroundings'
  const whom = actors === actorsOf
    ? `All ${actorsOf} ${who}`
    : `${actors} of ${actorsOf} ${who}, ${subject === 'ring' ? 'the highest ranked' : 'those most strongly tied'}`
  const what = things === thingsOf
    ? `all ${thingsOf} phones, accounts, vehicles, events and other things that join them or carry a criminal link`
    : `${things} of ${thingsOf} things (phones, accounts, vehicles, events): what ties each of them to another, then what joins most`
  const cut = actors === actorsOf && things === thingsOf ? '' : ` A chart holds at most ${limit} entities; a thing left with a single link is not drawn.`
  return `${whom}, and ${what}.${cut}`
}
