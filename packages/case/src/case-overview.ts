/** The whole case on one screen: its communities as bubbles, how strongly they are tied, and which of them are rings. */
import type { CaseOverview, OverviewGroup } from '@ringmap/model/wire'
import { layoutChart } from '@ringmap/graph/layout'
import type { PersonNetwork } from '@ringmap/graph/person-network'
import { entitiesByNumber, findingsOf, type CaseView } from './case-view.ts'
import { caseCommunities } from './kept-communities.ts'

/** Fewer persons are no community that can be opened with gain; they are counted. */
const SMALLEST = 3
/** More bubbles than this are not read. */
const MOST = 120

/** Communities of the person network as the find step has them, so that they are those the rings were found among. */
export async function overview(view: CaseView): Promise<CaseOverview> {
  const { network } = await view.network()
  const members = await membersOf(view, network)
  const findings = await findingsOf(view)
  const large = members.filter((group) => group.length >= SMALLEST)
  const shown = large.slice(0, MOST)
  const between = tiesBetween(network, shown)
  const places = layoutChart(shown.map((_, g) => ({ id: communityId(g) })), between, { seed: view.open.file.find.seed })
  const names = await entitiesByNumber(view, shown.map((group) => network.actors[group[0] as number] as number))
  const ringOf = new Map(findings.rings.map((ring) => [[...ring.members].sort().join(' '), ring]))
  const sizes = new Set(findings.rings.map(({ members }) => members.length))
  const groups: OverviewGroup[] = []
  for (const [g, group] of shown.entries()) {
    // Asking for the members of every group is slow in a large case, and only one of a ring's size can be that ring.
    const ids = sizes.has(group.length) ? [...(await entitiesByNumber(view, group.map((actor) => network.actors[actor] as number))).values()].map(({ id }) => id) : []
    const ring = ringOf.get(ids.sort().join(' '))
    const first = names.get(network.actors[group[0] as number] as number)
    const place = places.get(communityId(g)) ?? { x: 0, y: 0 }
    groups.push({ id: communityId(g), ring: ring?.id ?? null, label: ring?.label ?? `Group ${g + 1}`, around: first?.label ?? '', persons: group.length, criminal_share: ring?.criminal_share ?? null, x: place.x, y: place.y })
  }
  return {
    groups, between, persons: shown.reduce((sum, group) => sum + group.length, 0), persons_of: network.actors.length, groups_of: members.length,
    why: `Groups of fewer than ${SMALLEST} are not drawn${large.length > MOST ? `, nor more than ${MOST} groups` : ''}.`,
  }
}

/** Actors of the community `community-N`, best tied first; null when there is no such. */
export async function communityMembers(view: CaseView, id: string): Promise<readonly number[] | null> {
  const number = /^community-(\d+)$/.exec(id)?.[1]
  if (number === undefined) return null
  const { network } = await view.network()
  return (await membersOf(view, network))[Number(number) - 1] ?? null
}

function communityId(g: number): string {
  return `community-${g + 1}`
}

const kept = new WeakMap<PersonNetwork, readonly (readonly number[])[]>()

/** Largest community first; inside it, those with most ties first. */
async function membersOf(view: CaseView, network: PersonNetwork): Promise<readonly (readonly number[])[]> {
  const known = kept.get(network)
  if (known !== undefined) return known
  const { csr } = network
  const { community, count } = await caseCommunities(view.open, network)
  const members: number[][] = Array.from({ length: count }, () => [])
  community.forEach((c, actor) => members[c]?.push(actor))
  const degree = (v: number): number => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)
  for (const group of members) group.sort((a, b) => degree(b) - degree(a) || a - b)
  kept.set(network, members)
  return members
}

function tiesBetween({ csr }: PersonNetwork, shown: readonly (readonly number[])[]): CaseOverview['between'] {
  const group = new Int32Array(csr.nodes).fill(-1)
  shown.forEach((members, g) => {
    for (const actor of members) group[actor] = g
  })
  const ties = new Map<number, number>()
  for (let v = 0; v < csr.nodes; v++) {
    for (let a = csr.offsets[v] as number; a < (csr.offsets[v + 1] as number); a++) {
      const [one, other] = [group[v] as number, group[csr.targets[a] as number] as number]
      if (one < 0 || other <= one) continue
      ties.set(one * shown.length + other, (ties.get(one * shown.length + other) ?? 0) + 1)
    }
  }
  return [...ties].sort((a, b) => a[0] - b[0]).map(([key, count]) => ({ source: communityId(Math.floor(key / shown.length)), target: communityId(key % shown.length), ties: count }))
}
