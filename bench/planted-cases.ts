/** Seeded planted cases as person networks: the story of the demo case with other seeds, drawn by the rules of projection, in variants of what was recorded. */
import { ringCommunities } from '@ringmap/case/ring-communities'
import { playScene, type Scene } from '@ringmap/fixtures/scene'
import { communities } from '@ringmap/graph/communities'
import type { Csr } from '@ringmap/graph/csr'
import { projectPersons, type PersonNetwork } from '@ringmap/graph/person-network'
import { findRings } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { seeded } from '@ringmap/model/random'
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'

export const VARIANTS = ['all records', 'calls alone', 'a month missing', 'a fifth of ties missing'] as const
export type Variant = (typeof VARIANTS)[number]

export interface PlantedCase {
  /** Members of rings as found, and the ties among them. */
  readonly csr: Csr
  readonly eligible: Uint8Array
  /** Node of the organiser of the first planted ring; -1 where he is in no ring that was found. */
  readonly organiser: number
  /** 1 for the organisers of all planted rings. */
  readonly organisers: Uint8Array
  /** 1 for couriers. */
  readonly couriers: Uint8Array
  /** Nodes of the ring that holds him, or null. */
  readonly ring: readonly number[] | null
}

const PEOPLE = 2000
const CALLS = 30_000
const DAY_S = 86_400
export const SETTINGS = { unattributed: true, hub_limit: 12, event_limit: 30, contact_limit: 150, min_count: 1 }
export const RINGS = { ring_min_size: 5, ring_min_criminal_share: 0.15, ring_min_criminal_members: 2 }

/** One story told in each variant, in their order. */
export function plantedCases(seed: number): PlantedCase[] {
  const scene = playScene({ seed, people: PEOPLE, calls: CALLS, rings: 3 })
  return VARIANTS.map((variant) => plantedCase(scene, variant))
}

function plantedCase(scene: Scene, variant: Variant): PlantedCase {
  const { network, personOf } = drawn(scene, variant)
  const { community } = ringCommunities(network, communities(network.csr, { seed: 1 }), { ...RINGS, resolution: 1 })
  const rings = findRings(network, community, RINGS)
  const part = induced(network.csr, [...new Set(rings.flatMap((ring) => [...ring.members]))])
  const people = [...part.node_of].map((actor) => personOf(network.actors[actor] as number))
  const planted = scene.rings.all.map((ring) => ring.members.find((member) => member.role === 'organiser')?.person)
  const couriers = new Set(scene.rings.all.flatMap((ring) => ring.members.filter((member) => member.role === 'courier').map((member) => member.person)))
  const organiser = people.findIndex((person) => person !== undefined && person === planted[0])
  const home = rings.find((ring) => organiser >= 0 && ring.members.includes(part.node_of[organiser] as number))
  return {
    csr: part.csr, organiser, eligible: Uint8Array.from(people, (person) => (person?.role === null || person === undefined ? 1 : 0)),
    organisers: Uint8Array.from(people, (person) => (person !== undefined && planted.includes(person) ? 1 : 0)),
    couriers: Uint8Array.from(people, (person) => (person !== undefined && couriers.has(person) ? 1 : 0)),
    ring: home === undefined ? null : [...home.members].map((actor) => part.node_of.indexOf(actor)),
  }
}

type Person = Scene['people']['all'][number]

/** Entities and links as the link step would make them, with the true users of phones. */
export function drawn(scene: Scene, variant: Variant): { network: PersonNetwork; personOf: (entity: number) => Person | undefined } {
  const kinds: number[] = []
  const entity = (kind: EntityKind): number => kinds.push(ENTITY_KIND_NAMES.indexOf(kind)) - 1
  const persons = new Map(scene.people.all.map((person) => [person, entity('Person')]))
  const behind = [...persons.keys()]
  const links: { kind: number; source: number; target: number; criminal: number }[] = []
  const link = (kind: LinkKind, source: number, target: number, criminal = 0): void => void links.push({ kind: LINK_KIND_NAMES.indexOf(kind), source, target, criminal })
  const of = (person: Person): number => persons.get(person) as number
  const phones = new Map(scene.phones.all.map((phone) => [phone.number, entity('Phone')]))
  for (const phone of scene.phones.all) if (phone.user !== null) link('uses', of(phone.user), phones.get(phone.number) as number)
  const kept = (at: number): boolean => variant !== 'a month missing' || at < 30 * DAY_S || at >= 60 * DAY_S
  for (const call of scene.calls) {
    const [a, b] = [phones.get(call.a), phones.get(call.b)]
    if (a !== undefined && b !== undefined && kept(call.at)) link('called', a, b)
  }
  if (variant !== 'calls alone') {
    const accounts = new Map<unknown, number>()
    const account = (one: Scene['payments'][number]['from']): number => {
      let at = accounts.get(one)
      if (at === undefined) {
        accounts.set(one, (at = entity('BankAccount')))
        link('owns', of(one.holder), at)
      }
      return at
    }
    for (const payment of scene.payments) if (kept(payment.at)) link('paid', account(payment.from), account(payment.to))
    for (const stay of scene.stays) {
      if (!kept(stay.at)) continue
      const room = entity('Event')
      for (const guest of stay.guests) link('present_at', of(guest), room)
    }
  }
  for (const fir of scene.firs) {
    const event = entity('Event')
    for (const { person, part } of fir.parties) if (part === 'Accused') link('accused_in', of(person), event, 1)
  }
  if (variant === 'a fifth of ties missing') return { network: projected(kinds, thinnedLinks(scene.options.seed, links)), personOf: (at) => behind[at] }
  return { network: projected(kinds, links), personOf: (at) => behind[at] }
}

/** Without a fifth of the pairs that call, pay or stay together; who uses which phone stays known. */
function thinnedLinks<L extends { kind: number; source: number; target: number }>(seed: number, links: readonly L[]): L[] {
  const random = seeded(seed)
  const lost = new Map<string, boolean>()
  const ties = ['called', 'paid', 'present_at'].map((kind) => LINK_KIND_NAMES.indexOf(kind as LinkKind))
  return links.filter(({ kind, source, target }) => {
    const pair = `${Math.min(source, target)} ${Math.max(source, target)}`
    if (ties.includes(kind) && !lost.has(pair)) lost.set(pair, random() < 0.2)
    return lost.get(pair) !== true
  })
}

/** One link for each kind and pair, as the link step makes them. */
function projected(kinds: readonly number[], rows: readonly { kind: number; source: number; target: number; criminal: number }[]): PersonNetwork {
  const counts = new Map<string, { kind: number; source: number; target: number; criminal: number; count: number }>()
  for (const row of rows) {
    const key = `${row.kind} ${row.source} ${row.target}`
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { ...row, count: 1 })
    else known.count++
  }
  const links = [...counts.values()].sort((a, b) => a.kind - b.kind || a.source - b.source || a.target - b.target)
  return projectPersons({ kind: Uint8Array.from(kinds) }, {
    kind: Uint8Array.from(links, (one) => one.kind), source: Uint32Array.from(links, (one) => one.source), target: Uint32Array.from(links, (one) => one.target),
    count: Float64Array.from(links, (one) => one.count), criminal: Uint8Array.from(links, (one) => one.criminal),
  }, SETTINGS)
}
