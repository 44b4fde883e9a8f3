/** A case written down by names, for tests: entities and links as words, turned into columns. */
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { EntityColumns, LinkColumns } from '../src/case-columns.ts'
import { projectPersons, type NetworkOptions, type PersonNetwork } from '../src/person-network.ts'

export type LinkWords = readonly [kind: LinkKind, source: string, target: string, count?: number, criminal?: boolean]

export interface SmallCase {
  readonly names: readonly string[]
  readonly entities: EntityColumns
  readonly links: LinkColumns
}

const KIND_BY_LETTER: Readonly<Record<string, EntityKind>> = {
  p: 'Person', o: 'Organisation', t: 'Phone', s: 'Sim', h: 'Handset', v: 'Vehicle', b: 'BankAccount', a: 'Address', l: 'Location',
  d: 'Document', u: 'OnlineAccount', e: 'Event', c: 'Consignment',
}

/** The first letter of a name says its kind: p1 is a person, t1 a telephone number. */
export function smallCase(links: readonly LinkWords[], more: readonly string[] = []): SmallCase {
  const names = [...new Set([...links.flatMap(([, s, t]) => [s, t]), ...more])].sort()
  const index = new Map(names.map((name, i) => [name, i]))
  return {
    names,
    entities: { kind: Uint8Array.from(names, (name) => ENTITY_KIND_NAMES.indexOf(KIND_BY_LETTER[name.charAt(0)])) },
    links: {
      kind: Uint8Array.from(links, ([kind]) => LINK_KIND_NAMES.indexOf(kind)),
      source: Uint32Array.from(links, ([, s]) => index.get(s) as number),
      target: Uint32Array.from(links, ([, , t]) => index.get(t) as number),
      count: Float64Array.from(links, ([, , , count]) => count ?? 1),
      criminal: Uint8Array.from(links, ([, , , , criminal]) => (criminal === true ? 1 : 0)),
    },
  }
}

export const DEFAULTS: NetworkOptions = { unattributed: true, hub_limit: 12, event_limit: 30, contact_limit: 150, min_count: 1 }

export interface Read {
  readonly network: PersonNetwork
  readonly actors: string[]
  /** `p1-p2` to weight. */
  readonly ties: Record<string, number>
  /** `p1-p2` to link indices. */
  readonly support: Record<string, number[]>
  readonly criminal: Record<string, number>
  readonly exclusions: string[]
}

export function project(given: SmallCase, options: Partial<NetworkOptions> = {}): Read {
  const network = projectPersons(given.entities, given.links, { ...DEFAULTS, ...options })
  const name = (actor: number): string => given.names[network.actors[actor]]
  const ties: Record<string, number> = {}
  const support: Record<string, number[]> = {}
  const { csr } = network
  for (let v = 0; v < csr.nodes; v++) {
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      if (csr.targets[a] < v) continue
      const key = `${name(v)}-${name(csr.targets[a])}`
      ties[key] = csr.weights[a]
      support[key] = [...network.support_links.subarray(network.support_offsets[csr.ties[a]], network.support_offsets[csr.ties[a] + 1])]
    }
  }
  const criminal: Record<string, number> = {}
  network.criminal_links.forEach((links, a) => {
    if (links > 0) criminal[name(a)] = links
  })
  return {
    network, ties, support, criminal,
    actors: Array.from(network.actors, (e) => given.names[e]),
    exclusions: network.exclusions.map(({ entity, shared_by, code }) => `${given.names[entity]} ${code} ${shared_by}`),
  }
}
