/** Who is tied to whom: the person network drawn from the links of a case, with the links under each tie. Its rules stand in docs/method.md. */
import { ENTITY_KIND_NAMES, LINK_KINDS, LINK_KIND_NAMES } from '@ringmap/model/schema'
import type { CaseFile } from '@ringmap/model/case-file'
import { linkParts, type EntityColumns, type LinkColumns, type LinkParts } from './case-columns.ts'
import { csrFromEdges, type Csr } from './csr.ts'
import { grouped } from './grouped.ts'
import { growingUint32 } from './growing-column.ts'
import { findHolders, type Holders } from './holders.ts'
import { isActorKind, PART } from './link-part.ts'
import { tieByParticipation, tieBySharing } from './shared-things.ts'
import { addPiece, noEvidence, sumEvidence, type TieEvidence } from './tie-evidence.ts'
import { unknownUsers } from './unknown-users.ts'

/** The part of case.yaml that says how to draw it; `start` and `end` were applied to the observations before. */
export type NetworkOptions = Omit<CaseFile['network'], 'start' | 'end'>

export interface PersonNetwork {
  /** Entity index of each actor, ascending: persons, organisations, and things that stand for their unknown users. */
  readonly actors: Uint32Array
  /** Actor index of each entity, -1 where it is none. */
  readonly actor_of: Int32Array
  /** Undirected; the weight of a tie is its strength. */
  readonly csr: Csr
  /** Links under tie t are support_links[support_offsets[t]] up to support_links[support_offsets[t + 1]], ascending. */
  readonly support_offsets: Uint32Array
  readonly support_links: Uint32Array
  /** For each actor, how many distinct criminal links are at him or at a thing that leads to him. */
  readonly criminal_links: Uint32Array
  /** Those links of actor a are criminal_support[criminal_offsets[a]] up to criminal_support[criminal_offsets[a + 1]], ascending. */
  readonly criminal_offsets: Uint32Array
  readonly criminal_support: Uint32Array
  /** By entity. */
  readonly exclusions: readonly NetworkExclusion[]
}

export interface NetworkExclusion {
  readonly entity: number
  readonly shared_by: number
  /** `hub`: a thing of too many persons; `event`: too many participants; `contacts`: an unattributed number taken for a service. */
  readonly code: 'hub' | 'event' | 'contacts'
}

/** The result depends on the set of links, not on their order. */
export function projectPersons(entities: EntityColumns, links: LinkColumns, options: NetworkOptions): PersonNetwork {
  const count = entities.kind.length
  const parts = linkParts(entities, links)
  const allowed = allowedLinks(links, options.tie_kinds)
  const counted = countedTies(count, links, parts, allowed, options.min_count)
  const stands = Uint8Array.from(entities.kind, (kind, e) => (isActorKind(ENTITY_KIND_NAMES[kind]) && entities.eligible?.[e] !== 0 ? 1 : 0))
  const unknown = options.unattributed ? unknownUsers(entities, parts, counted, stands, options.contact_limit) : { stands: null, services: [] }
  if (unknown.stands !== null) for (let e = 0; e < count; e++) stands[e] |= unknown.stands[e]

  const holders = findHolders(parts, stands, options.hub_limit)
  const evidence = noEvidence(Math.max(1024, links.kind.length))
  tieByLinks(evidence, links, parts, allowed, counted, holders)
  const shared = tieBySharing(evidence, parts, allowed, holders, options.hub_limit)
  const events = tieByParticipation(evidence, parts, links, allowed, holders, stands, options.event_limit)

  const actors = Uint32Array.from(indicesOf(stands))
  const actorOf = new Int32Array(count).fill(-1)
  actors.forEach((e, a) => (actorOf[e] = a))
  return {
    actors,
    actor_of: actorOf,
    ...sumEvidence(evidence, actors.length, actorOf),
    ...criminalLinks(links, holders, actorOf, actors.length),
    exclusions: [
      ...hubs(holders.crowd, shared),
      ...events.map(({ entity, shared_by }) => ({ entity, shared_by, code: 'event' as const })),
      ...unknown.services.map(({ entity, contacts }) => ({ entity, shared_by: contacts, code: 'contacts' as const })),
    ].sort((a, b) => a.entity - b.entity || (a.code < b.code ? -1 : 1)),
  }
}

/** 1 for each link that may tie persons. */
function allowedLinks(links: LinkColumns, kinds: NetworkOptions['tie_kinds']): Uint8Array {
  const named = LINK_KIND_NAMES.map((kind) => (kinds === undefined || kinds.includes(kind) ? 1 : 0))
  const allowed = new Uint8Array(links.kind.length)
  for (let l = 0; l < allowed.length; l++) allowed[l] = links.ties?.[l] === 0 ? 0 : named[links.kind[l]]
  return allowed
}

/** 1 for each link that ties its two ends; calls and messages only where the pair has enough of them, both directions together. */
function countedTies(count: number, links: LinkColumns, parts: LinkParts, allowed: Uint8Array, minCount: number): Uint8Array {
  const counted = allowed.map((yes, l) => (yes === 1 && parts.part[l] === PART.tie ? 1 : 0))
  if (minCount <= 1) return counted
  const calls = LINK_KIND_NAMES.map((kind) => LINK_KINDS[kind].counts === 'calls')
  const rows = indicesOf(counted).filter((l) => calls[links.kind[l]])
  const source = Uint32Array.from(rows, (l) => links.source[l])
  const target = Uint32Array.from(rows, (l) => links.target[l])
  const csr = csrFromEdges(count, source, target, { weights: Float64Array.from(rows, (l) => links.count[l]) })
  const total = new Float64Array(csr.tie_count)
  csr.ties.forEach((tie, arc) => (total[tie] = csr.weights[arc]))
  rows.forEach((l, i) => {
    if (total[csr.tie_of_edge[i]] < minCount) counted[l] = 0
  })
  return counted
}

/** Each end stands for its actors; each of one side is tied to each of the other with log2(1 + count). */
function tieByLinks(evidence: TieEvidence, links: LinkColumns, parts: LinkParts, allowed: Uint8Array, counted: Uint8Array, holders: Holders): void {
  const { offsets, actors, link_offsets: linkOffsets, links: holderLinks } = holders
  const pushWay = (entry: number): void => {
    for (let i = linkOffsets[entry]; i < linkOffsets[entry + 1]; i++) evidence.links.push(holderLinks[i])
  }
  for (let l = 0; l < counted.length; l++) {
    if (counted[l] === 0 && (parts.part[l] !== PART.owns_actor || allowed[l] === 0)) continue
    const source = links.source[l]
    const target = links.target[l]
    const weight = Math.log2(1 + links.count[l])
    for (let i = offsets[source]; i < offsets[source + 1]; i++) {
      for (let j = offsets[target]; j < offsets[target + 1]; j++) {
        if (actors[i] === actors[j]) continue
        addPiece(evidence, actors[i], actors[j], weight)
        evidence.links.push(l)
        pushWay(i)
        pushWay(j)
      }
    }
  }
}

/** A victim's or witness's link to an offence is no sign against him, so kinds that take no part in the network do not count. */
function criminalLinks(
  links: LinkColumns, holders: Holders, actorOf: Int32Array, count: number,
): Pick<PersonNetwork, 'criminal_links' | 'criminal_offsets' | 'criminal_support'> {
  const { offsets, actors } = holders
  const who = growingUint32()
  const which = growingUint32()
  for (let l = 0; l < links.kind.length; l++) {
    if (links.criminal[l] === 0 || LINK_KINDS[LINK_KIND_NAMES[links.kind[l]]].projection === 'none') continue
    const at = new Set<number>()
    for (const end of [links.source[l], links.target[l]]) for (let i = offsets[end]; i < offsets[end + 1]; i++) at.add(actorOf[actors[i]])
    for (const actor of at) {
      who.push(actor)
      which.push(l)
    }
  }
  const byActor = grouped(who.view(), count)
  const found = which.view()
  return {
    criminal_links: Uint32Array.from({ length: count }, (_, a) => byActor.offsets[a + 1] - byActor.offsets[a]),
    criminal_offsets: byActor.offsets,
    criminal_support: byActor.items.map((i) => found[i]),
  }
}

/** One line for each thing, with the larger figure where it is too widely held and too widely shared. */
function hubs(crowd: Uint32Array, shared: readonly { entity: number; shared_by: number }[]): NetworkExclusion[] {
  const most = new Map<number, number>()
  for (const e of indicesOf(crowd)) most.set(e, crowd[e])
  for (const { entity, shared_by } of shared) most.set(entity, Math.max(shared_by, most.get(entity) ?? 0))
  return [...most].map(([entity, shared_by]) => ({ entity, shared_by, code: 'hub' }))
}

function indicesOf(column: Uint8Array | Uint32Array): number[] {
  const found: number[] = []
  for (let i = 0; i < column.length; i++) if (column[i] !== 0) found.push(i)
  return found
}
