/** Entities and links of a case as typed columns, and the part that each link plays in the person network. */
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES } from '@ringmap/model/schema'
import { invariant } from '@ringmap/model/errors'
import { isReversed, PART, partOf } from './link-part.ts'

/** Entities are numbered from 0 without gaps. */
export interface EntityColumns {
  /** Index into ENTITY_KIND_NAMES. */
  readonly kind: Uint8Array
  /** 0: the entity and its links play no part in the network. Default: all do. */
  readonly eligible?: Uint8Array | undefined
}

/** One row for each link: all observations of one kind from one entity to another. */
export interface LinkColumns {
  /** Index into LINK_KIND_NAMES. */
  readonly kind: Uint8Array
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** Calls, messages or observations under the link, at least 1. */
  readonly count: Float64Array
  /** 1 where the link is evidence of an offence. */
  readonly criminal: Uint8Array
  /** 0: the link may say who stands behind a thing, but ties nobody. Default: all may tie. */
  readonly ties?: Uint8Array | undefined
}

/** What each link does, with its ends put in order: `holder` stands behind, uses, or takes part in `held`. */
export interface LinkParts {
  /** Value of PART. */
  readonly part: Uint8Array
  readonly holder: Uint32Array
  readonly held: Uint32Array
}

/** Throws where columns disagree in length or point outside: that is a bug of the caller. */
export function linkParts(entities: EntityColumns, links: LinkColumns): LinkParts {
  const count = links.kind.length
  const same = [links.source.length, links.target.length, links.count.length, links.criminal.length].every((length) => length === count)
  invariant(same && (entities.eligible === undefined || entities.eligible.length === entities.kind.length), 'columns have one length')
  for (const kind of entities.kind) invariant(kind < ENTITY_KIND_NAMES.length, 'entity kind is known')
  const part = new Uint8Array(count)
  const holder = links.source.slice()
  const held = links.target.slice()
  for (let l = 0; l < count; l++) {
    const source = links.source[l]
    const target = links.target[l]
    const kind = links.kind[l]
    invariant(source < entities.kind.length && target < entities.kind.length && kind < LINK_KIND_NAMES.length, 'link ends and kind are known')
    const eligible = entities.eligible
    if (source === target || (eligible !== undefined && (eligible[source] === 0 || eligible[target] === 0))) {
      part[l] = PART.none
      continue
    }
    part[l] = partOf(kind, entities.kind[source], entities.kind[target])
    if (isReversed(kind, entities.kind[source], entities.kind[target])) {
      holder[l] = target
      held[l] = source
    }
  }
  return { part, holder, held }
}
