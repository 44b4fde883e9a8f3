/**
 * How many of the rings planted in a large background come back: `pnpm bench:rings [people] [rings]`. For communities alone and with the groups that they swallow taken out: rings found,
 * mean Jaccard of each planted ring with the found one nearest to it, share of planted rings with at least half in common, share of found rings that are one of these, normalised mutual
 * information over planted members, and the organiser: in that ring, first in it, among its first three; beside it what the order makes of him where the ring is known whole.
 */
import { plantedRings, type PlantedRing, type PlantedRingsOptions } from '@ringmap/fixtures/planted-rings'
import { playScene } from '@ringmap/fixtures/scene'
import { ranksOf } from '@ringmap/analysis/ranking'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { ringCommunities } from '@ringmap/case/ring-communities'
import { communities } from '@ringmap/graph/communities'
import { projectPersons, type PersonNetwork } from '@ringmap/graph/person-network'
import { findRings } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { measured } from './measured.ts'
import { drawn, RINGS, SETTINGS } from './planted-cases.ts'

interface Planted {
  readonly name: string
  readonly network: PersonNetwork
  readonly rings: readonly PlantedRing[]
}

/** The story of the demo case with other numbers; victims are no members to be found. */
function story(people: number, count: number): Planted {
  const scene = playScene({ seed: 1, people, calls: people * 15, rings: count })
  const { network, personOf } = drawn(scene, 'all records')
  const actor = new Map(Array.from(network.actors, (entity, a) => [personOf(entity), a]))
  const rings = scene.rings.all.map(({ members }) => ({
    members: members.flatMap(({ person, role }) => (role === 'victim' ? [] : (actor.get(person) ?? []))),
    organiser: actor.get(members.find(({ role }) => role === 'organiser')?.person) ?? -1,
  }))
  return { name: 'story of the demo', network, rings }
}

export interface RingFigures {
  readonly found: number
  readonly jaccard: number
  readonly recall: number
  readonly precision: number
  readonly nmi: number
  readonly organiser_in: number
  readonly first: number
  readonly three: number
}

export function ringFigures(network: PersonNetwork, planted: readonly PlantedRing[], community: ArrayLike<number>): RingFigures {
  const found = findRings(network, community, RINGS)
  let [jaccard, recall, organiserIn, first, three] = [0, 0, 0, 0, 0]
  const matched = new Set<number>()
  for (const { members, organiser } of planted) {
    const own = new Set(members)
    const shares = found.map((ring) => {
      const common = ring.members.reduce((sum, v) => sum + (own.has(v) ? 1 : 0), 0)
      return common / (own.size + ring.members.length - common)
    })
    const best = shares.indexOf(Math.max(0, ...shares))
    const share = shares[best] ?? 0
    jaccard += share
    if (share >= 0.5) {
      recall++
      matched.add(best)
    }
    const nearest = share === 0 ? undefined : found[best]
    if (nearest?.members.includes(organiser) !== true) continue
    organiserIn++
    const place = placeOf(network, nearest.members, organiser)
    if (place === 1) first++
    if (place <= 3) three++
  }
  const n = planted.length
  return { found: found.length, jaccard: jaccard / n, recall: recall / n, precision: found.length === 0 ? Number.NaN : matched.size / found.length, nmi: nmi(planted, community), organiser_in: organiserIn / n, first: first / n, three: three / n }
}

export function placeOf({ csr }: PersonNetwork, members: ArrayLike<number>, organiser: number): number {
  const part = induced(csr, members)
  return ranksOf(currentFlow(part.csr).value, null, 'high')[part.node_of.indexOf(organiser)] ?? 0
}

/** 2 I(planted ring; community) / (H + H) over planted members. */
function nmi(planted: readonly PlantedRing[], community: ArrayLike<number>): number {
  const joint = new Map<string, number>()
  const [one, other] = [new Map<number, number>(), new Map<number, number>()]
  let n = 0
  planted.forEach(({ members }, r) => {
    for (const v of members) {
      const c = community[v] as number
      joint.set(`${r} ${c}`, (joint.get(`${r} ${c}`) ?? 0) + 1)
      one.set(r, (one.get(r) ?? 0) + 1)
      other.set(c, (other.get(c) ?? 0) + 1)
      n++
    }
  })
  const entropy = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((sum, x) => sum - (x / n) * Math.log(x / n), 0)
  const [a, b] = [entropy(one), entropy(other)]
  return a + b === 0 ? 1 : (2 * (a + b - entropy(joint))) / (a + b)
}

function line(name: string, values: readonly (string | number)[]): string {
  return name.padEnd(52) + values.map((value) => (typeof value === 'number' ? value.toFixed(2) : value).padStart(10)).join('')
}

if (import.meta.main) {
  const [people = '20000', rings = '60'] = process.argv.slice(2)
  const drawnWith = (name: string, options: Partial<PlantedRingsOptions>) => (): Planted => {
    const { entities, links, rings: planted } = plantedRings({ people: Number(people), rings: Number(rings), seed: 1, ...options })
    return { name, network: projectPersons(entities, links, SETTINGS), rings: planted }
  }
  const cases = [
    () => story(Number(people), Number(rings)),
    ...[0, 0.3, 0.6, 1].map((ordinary) => drawnWith(`members lead ${ordinary} of an ordinary life`, { ordinary })),
    ...([[8, 12], [20, 40]] as const).map((sizes) => drawnWith(`0.3 of one, rings of ${sizes.join(' to ')}`, { ordinary: 0.3, sizes })),
    drawnWith('0.3 of one, sides hardly meet', { ordinary: 0.3, handover: 0.2 }),
    drawnWith('0.3 of one, three in four below were accused', { ordinary: 0.3, accused: 0.75 }),
  ]
  console.log(`${people} people, ${rings} rings`)
  console.log(line('', ['found', 'Jaccard', 'recall', 'precision', 'NMI', 'org. in', 'first', 'first 3', 'CPU s']))
  for (const make of cases) {
    const { name, network, rings: planted } = make()
    const places = planted.map(({ members, organiser }) => placeOf(network, members, organiser))
    const share = (most: number): number => places.filter((place) => place <= most).length / places.length
    console.log(`${name}; where the ring is known whole its organiser is first in ${share(1).toFixed(2)}, among three in ${share(3).toFixed(2)}`)
    const base = communities(network.csr, { seed: 1 })
    const { result: better, cpu_s } = await measured(() => ringCommunities(network, base, { ...RINGS, resolution: 1 }))
    for (const [what, community, seconds] of [['  communities alone', base.community, ''], ['  with the groups they swallow', better.community, cpu_s.toFixed(2)]] as const) {
      const { found, jaccard, recall, precision, nmi: information, organiser_in: inside, first, three } = ringFigures(network, planted, community)
      console.log(line(what, [String(found), jaccard, recall, precision, information, inside, first, three, seconds]))
    }
  }
}
