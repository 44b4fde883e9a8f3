/** Communities in which small rings of a large network stand for themselves: what the communities swallowed is taken out of them where the ties of accused persons show it. */
import { groupsAround } from '@ringmap/analysis/groups-around'
import { bySize, modularity, type Communities } from '@ringmap/graph/communities'
import type { PersonNetwork } from '@ringmap/graph/person-network'
import { findRings, leastRing, type RingOptions } from '@ringmap/graph/rings'
import type { StopSignal } from '@ringmap/model/progress'

/** A search that begins with two accused persons ends with two by itself. */
const LEAST_ACCUSED = 3

export interface RingCommunityOptions extends RingOptions {
  readonly resolution: number
  readonly signal?: StopSignal | undefined
}

/**
 * Rings that the communities of the whole network show stay as they are. Elsewhere a group around accused persons that has the evidence, and is a ring by the rules, gets a number of its own.
 * @param base communities of the whole network.
 */
export function ringCommunities(network: PersonNetwork, base: Pick<Communities, 'community' | 'count'>, options: RingCommunityOptions): Communities {
  const { community, count } = taken(network, base, options)
  return { ...(count === base.count ? { community, count } : bySize(community)), modularity: modularity(network.csr, community, { resolution: options.resolution }) }
}

/** The groups under numbers of their own, behind those of the communities. */
function taken(network: PersonNetwork, base: Pick<Communities, 'community' | 'count'>, options: RingCommunityOptions): Pick<Communities, 'community' | 'count'> {
  const { csr, criminal_links: links } = network
  const marked = Uint8Array.from(links, (of) => (of > 0 ? 1 : 0))
  if (!marked.includes(1)) return base
  const rings = findRings(network, base.community, options)
  const least = leastRing(options)
  const groups = groupsAround(csr, base.community, marked, { least, signal: options.signal })
    // As many persons as there are, so many searches could have found something by chance.
    .filter(({ evidence }) => evidence > Math.log(csr.nodes)).map(({ members }) => members).filter((members) => isRing(members, marked, options))
  // What the communities show as a ring stays as it is.
  const kept = new Uint8Array(csr.nodes)
  for (const ring of rings) for (const v of ring.members) kept[v] = 1
  const community = base.community.slice()
  let count = base.count
  for (const members of groups) {
    const free = members.filter((v) => kept[v] === 0)
    if (free.length < least || free.length * 2 < members.length || !isRing(free, marked, options)) continue
    for (const v of free) community[v] = count
    count++
  }
  return { community, count }
}

function isRing(members: Uint32Array, marked: Uint8Array, options: RingOptions): boolean {
  const accused = sum(members, marked)
  return accused >= Math.max(LEAST_ACCUSED, options.ring_min_criminal_members) && accused >= options.ring_min_criminal_share * members.length
}

function sum(nodes: Uint32Array, values: Uint8Array): number {
  return nodes.reduce((total, v) => total + (values[v] as number), 0)
}
