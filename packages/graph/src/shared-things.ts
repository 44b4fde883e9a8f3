/** Ties through what persons share: things they use, and happenings or organisations they take part in. */
import type { LinkColumns, LinkParts } from './case-columns.ts'
import { grouped, NO_GROUP } from './grouped.ts'
import type { Holders } from './holders.ts'
import { PART } from './link-part.ts'
import { addPiece, type TieEvidence } from './tie-evidence.ts'

/** Something that too many share to say anything about any two of them. */
export interface Crowded {
  readonly entity: number
  readonly shared_by: number
}

interface Sharer {
  readonly actor: number
  /** Entities through which he is joined to the thing; himself where directly. */
  readonly through: Set<number>
  readonly links: Set<number>
}

/**
 * A thing with several holders ties each two of them, weight 1 for each thing. Two who reach it only through one and the same other
 * thing (both use the number that was in the handset) are tied by that other thing already and not again.
 */
export function tieBySharing(evidence: TieEvidence, parts: LinkParts, allowed: Uint8Array, holders: Holders, limit: number): Crowded[] {
  const crowded: Crowded[] = []
  forEachShared(parts, allowed, holders, [PART.holds, PART.chain, PART.shares, PART.owns_actor], 2, (entity, sharers) => {
    if (sharers.length > limit) {
      crowded.push({ entity, shared_by: sharers.length })
      return
    }
    forEachPair(sharers, (a, b) => {
      const [only] = a.through
      if (a.through.size === 1 && b.through.size === 1 && b.through.has(only)) return
      addPiece(evidence, a.actor, b.actor, 1)
      for (const l of a.links) evidence.links.push(l)
      for (const l of b.links) evidence.links.push(l)
    })
  })
  return crowded
}

/**
 * An event, consignment or organisation with k participants ties each two of them with weight 1/(k - 1), so that everyone gets 1
 * in all from it (Newman 2001, Phys. Rev. E 64, 016132). An organisation is tied to each of its members as well.
 */
export function tieByParticipation(
  evidence: TieEvidence, parts: LinkParts, links: LinkColumns, allowed: Uint8Array, holders: Holders, actor: Uint8Array, limit: number,
): Crowded[] {
  const crowded: Crowded[] = []
  const tooMany = new Set<number>()
  forEachShared(parts, allowed, holders, [PART.participates], 1, (entity, sharers) => {
    if (sharers.length > limit) {
      crowded.push({ entity, shared_by: sharers.length })
      tooMany.add(entity)
      return
    }
    forEachPair(sharers, (a, b) => {
      addPiece(evidence, a.actor, b.actor, 1 / (sharers.length - 1))
      for (const l of a.links) evidence.links.push(l)
      for (const l of b.links) evidence.links.push(l)
    })
  })
  for (let l = 0; l < parts.part.length; l++) {
    if (allowed[l] === 0 || parts.part[l] !== PART.participates || actor[parts.held[l]] === 0 || actor[parts.holder[l]] === 0) continue
    if (tooMany.has(parts.held[l])) continue
    addPiece(evidence, parts.holder[l], parts.held[l], Math.log2(1 + links.count[l]))
    evidence.links.push(l)
  }
  return crowded
}

/**
 * Calls back with the distinct actors at each thing that at least so many links lead to, in order of thing and actor. A single link can bring several
 * to an event (a vehicle of two owners); to a thing it brings only such as another thing ties already.
 */
function forEachShared(
  parts: LinkParts, allowed: Uint8Array, holders: Holders, which: readonly number[], least: number, visit: (entity: number, sharers: readonly Sharer[]) => void,
): void {
  const held = new Uint32Array(parts.part.length).fill(NO_GROUP)
  for (let l = 0; l < held.length; l++) if (allowed[l] === 1 && which.includes(parts.part[l])) held[l] = parts.held[l]
  const entities = holders.crowd.length
  const at = grouped(held, entities)
  for (let e = 0; e < entities; e++) {
    if (at.offsets[e + 1] - at.offsets[e] < least) continue
    const sharers = new Map<number, Sharer>()
    for (let i = at.offsets[e]; i < at.offsets[e + 1]; i++) addSharers(sharers, at.items[i], parts.holder[at.items[i]], holders)
    // A firm can own shares in itself through others; it is no party to its own sharing.
    sharers.delete(e)
    if (sharers.size > 1) visit(e, [...sharers.values()].sort((a, b) => a.actor - b.actor))
  }
}

function addSharers(sharers: Map<number, Sharer>, link: number, holder: number, holders: Holders): void {
  for (let i = holders.offsets[holder]; i < holders.offsets[holder + 1]; i++) {
    const actor = holders.actors[i]
    let sharer = sharers.get(actor)
    if (sharer === undefined) sharers.set(actor, (sharer = { actor, through: new Set(), links: new Set() }))
    sharer.through.add(holder)
    sharer.links.add(link)
    for (let j = holders.link_offsets[i]; j < holders.link_offsets[i + 1]; j++) sharer.links.add(holders.links[j])
  }
}

function forEachPair(sharers: readonly Sharer[], visit: (a: Sharer, b: Sharer) => void): void {
  sharers.forEach((a, i) => {
    for (const b of sharers.slice(i + 1)) visit(a, b)
  })
}
