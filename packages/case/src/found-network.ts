/** The network that findings speak of: its communities and rings, whom the order asks about, and what each is called. */
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Role } from '@ringmap/model/schema'
import { communities, type Communities } from '@ringmap/graph/communities'
import type { LinkColumns } from '@ringmap/graph/case-columns'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { projectPersons, type PersonNetwork } from '@ringmap/graph/person-network'
import { findRings, leastRing, type FoundRing } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { sql } from '@ringmap/store/sql'
import { loadNetwork, namesOf, unrankedRoles, type CaseColumns, type EntityName } from './case-network.ts'
import { contactOnly } from './contact-only.ts'
import { keptCommunities } from './kept-communities.ts'
import { ringCommunities } from './ring-communities.ts'
import { askGds, chooseEngine, type EngineAnswer, type EngineOptions, type EngineQuestion } from './network-engine.ts'
import type { OpenCase } from './open-case.ts'
import type { NamedNetwork, NamedNode } from './named-network.ts'

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
  /** What a server answered in this run; null where communities were found here or kept from before. */
  readonly engine: EngineAnswer | null
}

/** Above this the exact main measure would take minutes; then only the best connected part is ranked and the findings say so. */
const EXACT_NODES = 4000
/** Runs with seeds of their own that say how sure the communities are; beyond so many ties they would take minutes. */
export const DOUBT_RUNS = 20
export const DOUBT_TIES = 300_000

export interface FoundOptions extends WorkOptions {
  /** Who finds the communities; default: what the findings of the case were made with. */
  readonly engine?: EngineOptions | undefined
  /** Only whose order is asked is wanted: names and ids of links are left empty, and communities are not looked for where nobody has a criminal link, since no ring can be there. Default no. */
  readonly asked_alone?: boolean | undefined
}

/** @throws RingmapError step_missing, gds_missing, neo4j_* */
export async function foundNetwork(open: OpenCase, options: FoundOptions = {}): Promise<FoundNetwork> {
  const settings = open.file.find
  const columns = await loadNetwork(open)
  const { network } = columns
  const alone = options.asked_alone === true
  const about = {
    names: alone ? new Map<number, EntityName>() : await namesOf(open.database, [...network.actors, ...network.exclusions.map(({ entity }) => entity)]),
    unranked: await unrankedRoles(open.database), contact_only: await contactOnly(open, network, columns.links), link_id: alone ? () => '' : await linkIds(open, columns.link_numbers),
  }
  options.progress?.('communities', 1, 4)
  stopIfAsked(options.signal)
  const asking = (found: Communities): { rings: FoundRing[]; scope: 'rings' | 'all'; nodes: number[] } => {
    const rings = findRings(network, found.community, settings)
    const scope = settings.scope === 'all' || (settings.scope === 'auto' && rings.length === 0) ? 'all' : 'rings'
    return { rings, scope, nodes: askedActors(network, rings, scope) }
  }
  const cautions: string[] = []
  const withRings = (found: Communities): Communities => ringCommunities(network, found, { ...settings, signal: options.signal })
  const engine = await askedEngine({ open, network, ...about }, options, (found) => ({ nodes: asking(withRings(found)).nodes, most: EXACT_NODES }))
  const kept = options.engine === undefined ? await keptCommunities(open.database, network.csr.nodes) : null
  const ringless = alone && !network.criminal_links.some((links) => links > 0)
  const foundHere = (): Communities => (ringless ? apart(network.csr.nodes) : withRings(communities(network.csr, { seed: settings.seed, resolution: settings.resolution })))
  const found = engine === null ? (kept?.communities ?? foundHere()) : withRings(engine.communities)
  const { rings, scope, nodes } = asking(found)
  const asked = Uint32Array.from(engine?.candidates ?? kept?.asked ?? bestTied(network.csr, nodes, scope, cautions)).sort()
  const ringOf = new Map<number, number>()
  rings.forEach((ring, r) => ring.members.forEach((actor) => ringOf.set(actor, r)))
  return { ...columns, ...about, open, found, rings, scope, asked, ring_of: ringOf, cautions, engine }
}

/** Everybody a community of his own. */
function apart(nodes: number): Communities {
  return { community: Uint32Array.from({ length: nodes }, (_, v) => v), count: nodes, modularity: 0 }
}

/** The server's answer where the engine is one. */
async function askedEngine(found: Pick<FoundNetwork, 'open' | 'network' | 'names' | 'unranked' | 'contact_only'>, options: FoundOptions, asked: EngineQuestion['asked']): Promise<EngineAnswer | null> {
  const { open, network } = found
  if (options.engine === undefined) return null
  const choice = chooseEngine(open, network.csr.tie_count, options.engine)
  if (choice.use === 'local') return null
  if (choice.at === null) throw new RingmapError('usage', { what: 'No address of Neo4j is known: give --uri, or a source of kind neo4j in case.yaml.' })
  const eligible = Uint8Array.from(network.actors, (entity) => (mayBeNamed(found, entity) ? 1 : 0))
  const { seed, resolution } = open.file.find
  return await askGds({ ...choice, at: choice.at }, { csr: network.csr, seed, resolution, least: leastRing(open.file.find), eligible, runs: network.csr.tie_count > DOUBT_TIES ? 0 : DOUBT_RUNS, asked }, { ...options.engine, progress: options.progress, signal: options.signal })
}

/** Whether somebody may stand in an order. */
function mayBeNamed({ names, unranked, contact_only: contactsOnly }: Pick<FoundNetwork, 'names' | 'unranked' | 'contact_only'>, entity: number): boolean {
  return names.get(entity)?.kind !== 'Organisation' && !unranked.has(entity) && !contactsOnly.has(entity)
}

/** Ids are a letter and sixteen hexadecimal digits: kept as two numbers each, for ten million of them as strings fill a gigabyte. */
async function linkIds({ database }: OpenCase, numbers: Uint32Array): Promise<(link: number) => string> {
  const count = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link`))?.n ?? 0
  const [high, low] = await database.columns(sql`SELECT CAST('0x' || id[3:10] AS UINTEGER), CAST('0x' || id[11:18] AS UINTEGER) FROM link ORDER BY link`, ['u32', 'u32'] as const, count)
  const digits = (part: number | undefined): string => (part ?? 0).toString(16).toUpperCase().padStart(8, '0')
  return (link) => {
    const at = numbers[link]
    return at === undefined ? '' : `L-${digits(high[at])}${digits(low[at])}`
  }
}

/** All members of rings, or everybody who has a tie. */
function askedActors({ csr }: PersonNetwork, rings: readonly FoundRing[], scope: 'rings' | 'all'): number[] {
  if (scope === 'rings') return [...new Set(rings.flatMap((ring) => [...ring.members]))]
  return Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => (csr.offsets[v + 1] as number) > (csr.offsets[v] as number))
}

/** Those whom the exact measure can reach. */
function bestTied(csr: Csr, nodes: number[], scope: 'rings' | 'all', cautions: string[]): number[] {
  if (scope === 'rings' || nodes.length <= EXACT_NODES) return nodes
  cautions.push(`Only the ${EXACT_NODES} best connected of ${nodes.length} are ranked: no links to offences are recorded that would say where to look, and the exact measure does not reach further.`)
  const degree = (v: number): number => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)
  return nodes.sort((a, b) => degree(b) - degree(a) || a - b).slice(0, EXACT_NODES)
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

export function namedNode(found: FoundNetwork, actor: number): NamedNode {
  const entity = found.network.actors[actor] as number
  const name = found.names.get(entity) as EntityName
  const ring = found.ring_of.get(actor)
  const person = name.kind === 'Person'
  return {
    id: name.id, label: person || name.kind === 'Organisation' ? name.label : `unknown user of ${name.label}`, roles: name.roles,
    eligible: mayBeNamed(found, entity),
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
