/** Rings: communities of persons among whom enough hold links to offences. */
import type { CaseFile } from '@ringmap/model/case-file'
import type { PersonNetwork } from './person-network.ts'
import { components, induced, type Subgraph } from './subgraph.ts'

export type RingOptions = Pick<CaseFile['find'], 'ring_min_size' | 'ring_min_criminal_share' | 'ring_min_criminal_members'>

/** Persons that a ring has at least; a community of fewer is none, whatever is recorded of them. */
export function leastRing({ ring_min_size: size }: Pick<RingOptions, 'ring_min_size'>): number {
  return Math.max(2, size)
}

export interface FoundRing {
  /** Actor indices, those with most tie weight inside the ring first. */
  readonly members: Uint32Array
  /** Ties among members over possible ties, 0 to 1. */
  readonly density: number
  /** Members with a criminal link, over all, 0 to 1. */
  readonly criminal_share: number
  readonly criminal_members: number
  /** Distinct criminal links at members. */
  readonly criminal_links: number
}

/**
 * A community that does not hang together counts as its pieces. Order: criminal links per member, then size, then lowest member.
 * @param community community of each actor.
 */
export function findRings(network: PersonNetwork, community: ArrayLike<number>, options: RingOptions): FoundRing[] {
  const groups = new Map<number, number[]>()
  for (let a = 0; a < network.actors.length; a++) {
    const members = groups.get(community[a])
    if (members === undefined) groups.set(community[a], [a])
    else members.push(a)
  }
  const rings: FoundRing[] = []
  for (const group of groups.values()) {
    if (group.length < leastRing(options)) continue
    const part = induced(network.csr, group)
    for (const members of pieces(part)) {
      const ring = describe(network, members.length === group.length ? part : induced(network.csr, members))
      if (isRing(ring, options)) rings.push(ring)
    }
  }
  const perMember = (ring: FoundRing): number => ring.criminal_links / ring.members.length
  const lowest = (ring: FoundRing): number => ring.members.reduce((a, b) => Math.min(a, b))
  return rings.sort((a, b) => perMember(b) - perMember(a) || b.members.length - a.members.length || lowest(a) - lowest(b))
}

function pieces(part: Subgraph): number[][] {
  const { component, count } = components(part.csr)
  const found: number[][] = Array.from({ length: count }, () => [])
  component.forEach((c, v) => found[c].push(part.node_of[v]))
  return found
}

function describe(network: PersonNetwork, { csr, node_of: nodeOf }: Subgraph): FoundRing {
  const size = csr.nodes
  const inside = new Float64Array(size)
  for (let v = 0; v < size; v++) for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) inside[v] += csr.weights[a]
  const order = Array.from(nodeOf.keys()).sort((a, b) => inside[b] - inside[a] || a - b)
  const links = new Set<number>()
  let criminal = 0
  for (const actor of nodeOf) {
    const own = network.criminal_support.subarray(network.criminal_offsets[actor], network.criminal_offsets[actor + 1])
    for (const link of own) links.add(link)
    if (own.length > 0) criminal++
  }
  return {
    members: Uint32Array.from(order, (v) => nodeOf[v]),
    density: size < 2 ? 0 : csr.tie_count / ((size * (size - 1)) / 2),
    criminal_share: size === 0 ? 0 : criminal / size,
    criminal_members: criminal,
    criminal_links: links.size,
  }
}

function isRing(ring: FoundRing, options: RingOptions): boolean {
  return ring.members.length >= leastRing(options)
    && ring.criminal_share >= options.ring_min_criminal_share
    && ring.criminal_members >= options.ring_min_criminal_members
}
