/** What part a link plays in the person network, by its kind and the kinds of its two ends: the rules of projection as one table. */
import { ENTITY_KIND_NAMES, LINK_KINDS, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'

export const PART = {
  /** Nothing. */
  none: 0,
  /** Joins the actors of its ends: a call, a payment, kinship. */
  tie: 1,
  /** Its holder is an actor who stands behind a thing: a person uses a phone. */
  holds: 2,
  /** Its holder is a thing that is used in another: a number in a handset. */
  chain: 3,
  /** Its holder took part in an event, a consignment or an organisation. */
  participates: 4,
  /** Its holder was with a thing that others may share, without standing behind it: travelled in a vehicle. */
  shares: 5,
  /** Joins two actors, and the holder to the others who hold the same: a person owns a firm. */
  owns_actor: 6,
} as const
export type Part = (typeof PART)[keyof typeof PART]

/** Set where the target of the link is the holder and the source is what is held: a phone seized from a person. */
const REVERSED = 8

const ENTITIES = ENTITY_KIND_NAMES.length
const TABLE = new Uint8Array(LINK_KIND_NAMES.length * ENTITIES * ENTITIES)
LINK_KIND_NAMES.forEach((link, l) => {
  ENTITY_KIND_NAMES.forEach((source, s) => {
    ENTITY_KIND_NAMES.forEach((target, t) => {
      TABLE[(l * ENTITIES + s) * ENTITIES + t] = rule(link, source, target)
    })
  })
})

export function partOf(link: number, source: number, target: number): Part {
  return (TABLE[(link * ENTITIES + source) * ENTITIES + target] & 7) as Part
}

export function isReversed(link: number, source: number, target: number): boolean {
  return (TABLE[(link * ENTITIES + source) * ENTITIES + target] & REVERSED) !== 0
}

/** Persons and organisations act; everything else is a thing, a place or a happening. */
export function isActorKind(kind: EntityKind): boolean {
  return kind === 'Person' || kind === 'Organisation'
}

function rule(link: LinkKind, source: EntityKind, target: EntityKind): number {
  const { projection } = LINK_KINDS[link]
  if (projection === 'tie') return PART.tie
  if (projection === 'participation') return participation(target)
  if (projection === 'none') return PART.none
  return link === 'seized_from' ? seizure(source, target) : attribution(source, target)
}

function participation(target: EntityKind): number {
  if (target === 'Location') return PART.none
  return target === 'Event' || target === 'Consignment' || target === 'Organisation' ? PART.participates : PART.shares
}

function attribution(source: EntityKind, target: EntityKind): number {
  if (target === 'Location' || target === 'Event' || target === 'Consignment') return PART.none
  if (isActorKind(source)) return isActorKind(target) ? PART.owns_actor : PART.holds
  return isActorKind(target) ? PART.none : PART.chain
}

function seizure(source: EntityKind, target: EntityKind): number {
  if (target === 'Event') return PART.participates
  if (!isActorKind(target) || isActorKind(source)) return PART.none
  return (source === 'Consignment' ? PART.participates : PART.holds) | REVERSED
}
