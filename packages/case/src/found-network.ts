/** The network that findings speak of: its communities and rings, whom the order asks about, and what each is called. */
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Role } from '@ringmap/model/schema'
import { communities, type Communities } from '@ringmap/graph/communities'
import type { LinkColumns } from '@ringmap/graph/case-columns'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { projectPersons, type PersonNetwork } from '@ringmap/graph/person-network'
import { findRings, type FoundRing } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { sql } from '@ringmap/store/sql'
import { loadNetwork, namesOf, unrankedRoles, type CaseColumns, type EntityName } from './case-network.ts'
import { contactOnly } from './contact-only.ts'
import type { OpenCase } from './open-case.ts'
import type { NamedNetwork, NamedNode } from './organisers.ts'

export interface FoundNetwork extends CaseColumns {
  readonly open: OpenCase
  readonly network: PersonNetwork
  readonly found: Communities
  readonly rings: readonly FoundRing[]
  readonly scope: 'rings' | 'all'
  /** Actors whose order is asked, ascending. */
  readonly asked: Uint32Array
  readonly names: ReadonlyMap<number, EntityName>
  readonly unranked: ReadonlyMap<number, Role>
  /** Why somebody's place is not asked, by entity. */
  readonly contact_only: ReadonlyMap<number, string>
  /** Ring of each actor that is in one. */
  readonly ring_of: ReadonlyMap<number, number>
  /** Id of a link by its position in the columns. */
  readonly link_id: (link: number) => string
  readonly cautions: readonly string[]
}

/** Above this the exact main measure would take minutes; then only the best connected part is ranked and the findings say so. */
const EXACT_NODES = 4000

/** @throws RingmapError step_missing */
export async function foundNetwork(open: OpenCase, options: WorkOptions = {}): Promise<FoundNetwork> {
  const settings = open.file.find
  const columns = await loadNetwork(open)
  const { network } = columns
  options.progress?.('communities', 1, 4)
  stopIfAsked(options.signal)
  const found = communities(network.csr, { seed: settings.seed, resolution: settings.resolution })
  const rings = findRings(network, found.community, settings)
  const scope = settings.scope === 'all' || (settings.scope === 'auto' && rings.length === 0) ? 'all' : 'rings'
  const cautions: string[] = []
  const asked = Uint32Array.from(askedActors(network, rings, scope, cautions)).sort()
  const ringOf = new Map<number, number>()
  rings.forEach((ring, r) => ring.members.forEach((actor) => ringOf.set(actor, r)))
  return {
    ...columns, open, found, rings, scope, asked, ring_of: ringOf, cautions,
    names: await namesOf(open.database, [...network.actors, ...network.exclusions.map(({ entity }) => entity)]),
    unranked: await unrankedRoles(open.database), contact_only: await contactOnly(open, network, columns.links), link_id: await linkIds(open, columns.link_numbers),
  }
}

async function linkIds(open: OpenCase, numbers: Uint32Array): Promise<(link: number) => string> {
  const [ids] = await open.database.texts(sql`SELECT id FROM link ORDER BY link`)
  return (link) => ids?.[numbers[link] as number] ?? ''
}

/** All members of rings, or everybody who has a tie. */
function askedActors(network: PersonNetwork, rings: readonly FoundRing[], scope: 'rings' | 'all', cautions: string[]): number[] {
  if (scope === 'rings') return [...new Set(rings.flatMap((ring) => [...ring.members]))]
  const { csr } = network
  const tied = Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => (csr.offsets[v + 1] as number) > (csr.offsets[v] as number))
  if (tied.length <= EXACT_NODES) return tied
  cautions.push(`Only the ${EXACT_NODES} best connected of ${tied.length} are ranked: no links to offences are recorded that would say where to look, and the exact measure does not reach further.`)
  const degree = (v: number): number => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)
  return tied.sort((a, b) => degree(b) - degree(a) || a - b).slice(0, EXACT_NODES)
}

/** The part of the network among some actors, its nodes named. */
export function namedPart(found: FoundNetwork, actors: ArrayLike<number>, called: string): NamedNetwork {
  const { network } = found
  const part = induced(network.csr, actors)
  return {
    csr: part.csr, called, actors: part.node_of,
    nodes: [...part.node_of].map((actor) => namedNode(found, actor)),
    links_of_tie: (tie) => {
      const whole = part.tie_of[tie] as number
      return [...network.support_links.subarray(network.support_offsets[whole], network.support_offsets[whole + 1])].map((row) => found.link_id(row))
    },
  }
}

function namedNode(found: FoundNetwork, actor: number): NamedNode {
  const entity = found.network.actors[actor] as number
  const name = found.names.get(entity) as EntityName
  const ring = found.ring_of.get(actor)
  const person = name.kind === 'Person'
  return {
    id: name.id, label: person || name.kind === 'Organisation' ? name.label : `unknown user of ${name.label}`, roles: name.roles,
    eligible: name.kind !== 'Organisation' && !found.unranked.has(entity) && !found.contact_only.has(entity),
    ring: ring === undefined ? null : `Ring ${ring + 1}`, ring_id: ring === undefined ? null : `ring-${ring + 1}`,
  }
}

/** The ties that other links make among the same actors: node i is `actors[i]`. */
export function tiesAmong(found: FoundNetwork, actors: Uint32Array, links: LinkColumns): Csr {
  const other = projectPersons(found.entities, links, found.open.file.network)
  const node = new Int32Array(found.entities.kind.length).fill(-1)
  actors.forEach((actor, i) => (node[found.network.actors[actor] as number] = i))
  const source: number[] = []
  const target: number[] = []
  const weight: number[] = []
  for (let a = 0; a < other.actors.length; a++) {
    const from = node[other.actors[a] as number] as number
    if (from < 0) continue
    for (let arc = other.csr.offsets[a] as number; arc < (other.csr.offsets[a + 1] as number); arc++) {
      const to = node[other.actors[other.csr.targets[arc] as number] as number] as number
      if (to <= from) continue
      source.push(from)
      target.push(to)
      weight.push(other.csr.weights[arc] as number)
    }
  }
  return csrFromEdges(actors.length, Uint32Array.from(source), Uint32Array.from(target), { weights: Float64Array.from(weight) })
}

/** The actor behind an entity id or a label, among those who are asked. @throws RingmapError not_found */
export function askedActor(found: FoundNetwork, wanted: string): number {
  const folded = wanted.trim().toLowerCase()
  const hits = [...found.asked].filter((actor) => {
    const entity = found.network.actors[actor] as number
    const name = found.names.get(entity)
    // A protected person's name is as good as unknown here.
    if (found.unranked.has(entity)) return false
    return name !== undefined && (name.id.toLowerCase() === folded || name.label.toLowerCase() === folded)
  })
  if (hits.length === 1) return hits[0] as number
  throw new RingmapError('not_found', { what: hits.length === 0 ? `"${wanted}" among those who are ranked` : `One person called "${wanted}" (there are ${hits.length}; give the id)` })
}
