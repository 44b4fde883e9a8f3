/** Phones and accounts with no known user that take part in ties: each stands for its unknown user, unless it looks like a service. */
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import type { EntityColumns, LinkParts } from './case-columns.ts'
import { csrFromEdges } from './csr.ts'
import { grouped, NO_GROUP } from './grouped.ts'
import { PART } from './link-part.ts'

const PHONE = ENTITY_KIND_NAMES.indexOf('Phone')
const ACCOUNTS = [ENTITY_KIND_NAMES.indexOf('BankAccount'), ENTITY_KIND_NAMES.indexOf('OnlineAccount')]

export interface UnknownUsers {
  /** 1 for each thing that stands for its unknown user. */
  readonly stands: Uint8Array
  /** Things with more contacts than the limit, ascending, and how many. */
  readonly services: readonly { readonly entity: number; readonly contacts: number }[]
}

/** @param counted 1 for each tie link that counts. @param actor 1 for each person and organisation. */
export function unknownUsers(entities: EntityColumns, parts: LinkParts, counted: Uint8Array, actor: Uint8Array, contactLimit: number): UnknownUsers {
  const known = knownThings(entities.kind.length, parts, actor)
  const contacts = contactCounts(entities.kind.length, parts, counted)
  const stands = new Uint8Array(entities.kind.length)
  for (let e = 0; e < stands.length; e++) {
    const kind = entities.kind[e]
    if (contacts[e] > 0 && known[e] === 0 && (kind === PHONE || ACCOUNTS.includes(kind))) stands[e] = 1
  }
  // An account that an unattributed phone uses belongs to the unknown user of that phone: one person, not two.
  const deferred: number[] = []
  for (let l = 0; l < parts.part.length; l++) {
    if (parts.part[l] !== PART.chain || entities.kind[parts.holder[l]] !== PHONE || stands[parts.holder[l]] === 0) continue
    if (ACCOUNTS.includes(entities.kind[parts.held[l]])) deferred.push(parts.held[l])
  }
  for (const e of deferred) stands[e] = 0
  const services: { entity: number; contacts: number }[] = []
  for (let e = 0; e < stands.length; e++) {
    if (stands[e] === 0 || contacts[e] <= contactLimit) continue
    stands[e] = 0
    services.push({ entity: e, contacts: contacts[e] })
  }
  return { stands, services }
}

/** Things that some actor stands behind, himself or through other things. */
function knownThings(count: number, parts: LinkParts, actor: Uint8Array): Uint8Array {
  const known = new Uint8Array(count)
  const users = new Uint32Array(parts.part.length).fill(NO_GROUP)
  for (let l = 0; l < users.length; l++) if (parts.part[l] === PART.chain) users[l] = parts.holder[l]
  const chains = grouped(users, count)
  const queue: number[] = []
  const reach = (thing: number): void => {
    if (known[thing] === 1) return
    known[thing] = 1
    queue.push(thing)
  }
  for (let l = 0; l < parts.part.length; l++) if (parts.part[l] === PART.holds && actor[parts.holder[l]] === 1) reach(parts.held[l])
  for (let thing = queue.pop(); thing !== undefined; thing = queue.pop()) {
    for (let i = chains.offsets[thing]; i < chains.offsets[thing + 1]; i++) reach(parts.held[chains.items[i]])
  }
  return known
}

function contactCounts(count: number, parts: LinkParts, counted: Uint8Array): Uint32Array {
  let ties = 0
  for (const c of counted) ties += c
  const source = new Uint32Array(ties)
  const target = new Uint32Array(ties)
  for (let l = 0, i = 0; l < counted.length; l++) {
    if (counted[l] === 0) continue
    source[i] = parts.holder[l]
    target[i++] = parts.held[l]
  }
  const { offsets } = csrFromEdges(count, source, target)
  return Uint32Array.from({ length: count }, (_, e) => offsets[e + 1] - offsets[e])
}
