/** Who stands behind each thing: its nearest known holders, and the links that say so. */
import type { LinkParts } from './case-columns.ts'
import { grouped, NO_GROUP, type Grouped } from './grouped.ts'
import { growingUint32 } from './growing-column.ts'
import { PART } from './link-part.ts'

/** Holders of entity e are entries offsets[e] up to offsets[e + 1]; an actor holds itself, by no link. */
export interface Holders {
  readonly offsets: Uint32Array
  /** Entity index of the actor of each entry, ascending within an entity. */
  readonly actors: Uint32Array
  /** Links of entry i are links[link_offsets[i]] up to links[link_offsets[i + 1]]. */
  readonly link_offsets: Uint32Array
  readonly links: Uint32Array
  /** How many stand behind a thing that more than the limit stand behind, and which so leads to nobody; else 0. */
  readonly crowd: Uint32Array
}

/** Person uses phone uses SIM uses handset is three steps; longer chains are not followed. */
const MOST_STEPS = 4

/** @param stands 1 for each entity that is an actor. */
export function findHolders(parts: LinkParts, stands: Uint8Array, hubLimit: number): Holders {
  const count = stands.length
  const direct = linksInto(parts, PART.holds, count, stands)
  const chains = linksInto(parts, PART.chain, count, null)
  const offsets = new Uint32Array(count + 1)
  const crowd = new Uint32Array(count)
  const actors = growingUint32()
  const linkOffsets = growingUint32()
  const links = growingUint32()
  const put = (actor: number, from: Iterable<number>): void => {
    actors.push(actor)
    linkOffsets.push(links.length)
    for (const l of from) links.push(l)
  }
  for (let e = 0; e < count; e++) {
    if (stands[e] === 1) {
      put(e, [])
    } else if (direct.offsets[e] < direct.offsets[e + 1] || chains.offsets[e] < chains.offsets[e + 1]) {
      const found = nearest(e, direct, chains, parts, stands)
      if (found.size > hubLimit) crowd[e] = found.size
      else for (const actor of [...found.keys()].sort((a, b) => a - b)) put(actor, found.get(actor) as Set<number>)
    }
    offsets[e + 1] = actors.length
  }
  linkOffsets.push(links.length)
  return { offsets, actors: actors.view(), link_offsets: linkOffsets.view(), links: links.view(), crowd }
}

/** Links of one part by the thing held, each group in order of holder. */
export function linksInto(parts: LinkParts, part: number, count: number, holders: Uint8Array | null): Grouped {
  const of = (column: Uint32Array): Uint32Array => {
    const groups = new Uint32Array(parts.part.length).fill(NO_GROUP)
    for (let l = 0; l < groups.length; l++) if (parts.part[l] === part && (holders === null || holders[parts.holder[l]] === 1)) groups[l] = column[l]
    return groups
  }
  const byHolder = grouped(of(parts.holder), count)
  const held = new Uint32Array(byHolder.items.length)
  for (let i = 0; i < held.length; i++) held[i] = parts.held[byHolder.items[i]]
  const byHeld = grouped(held, count)
  return { offsets: byHeld.offsets, items: byHeld.items.map((i) => byHolder.items[i]) }
}

/** Actors at the fewest steps from a thing, each with every link on the way. */
function nearest(thing: number, direct: Grouped, chains: Grouped, parts: LinkParts, stands: Uint8Array): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  const add = (actor: number, way: ReadonlySet<number>, last: number | null): void => {
    let links = found.get(actor)
    if (links === undefined) found.set(actor, (links = new Set()))
    for (const l of way) links.add(l)
    if (last !== null) links.add(last)
  }
  const seen = new Set([thing])
  let level = new Map<number, Set<number>>([[thing, new Set()]])
  for (let step = 0; step < MOST_STEPS && level.size > 0; step++) {
    for (const [at, way] of level) {
      for (let i = direct.offsets[at]; i < direct.offsets[at + 1]; i++) add(parts.holder[direct.items[i]], way, direct.items[i])
      if (stands[at] === 1) add(at, way, null)
    }
    if (found.size > 0) return found
    const next = new Map<number, Set<number>>()
    for (const [at, way] of level) {
      for (let i = chains.offsets[at]; i < chains.offsets[at + 1]; i++) {
        const link = chains.items[i]
        const user = parts.holder[link]
        if (seen.has(user)) continue
        let links = next.get(user)
        if (links === undefined) next.set(user, (links = new Set()))
        for (const l of way) links.add(l)
        links.add(link)
      }
    }
    for (const user of next.keys()) seen.add(user)
    level = next
  }
  return found
}
