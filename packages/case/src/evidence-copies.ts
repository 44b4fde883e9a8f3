/** Copies of the evidence in which each link is wrong or missing with a probability that its grade gives: what the intervals of ranks are made of. */
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { seeded } from '@ringmap/model/random'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { LinkColumns } from '@ringmap/graph/case-columns'
import type { Csr } from '@ringmap/graph/csr'
import { sql } from '@ringmap/store/sql'
import { tiesAmong, type FoundNetwork } from './found-network.ts'
import { onlyLinks } from './timed-links.ts'

/** Times `find.thinned`: how probable it is that a link is wrong or would not have been found. At the default of 0.2: 5 %, 20 % and 50 %. */
const DOUBT: Readonly<Record<Strength, number>> = { confirmed: 0.25, unconfirmed: 1, tentative: 2.5 }
const MOST = 0.9

/**
 * The thinned copy of a number, over the actors who are asked. A link that is lost takes with it all that rested on it: whose phone it is, and so every tie through that phone.
 * Copies are drawn by number and kept, so that rings and the whole see the same ones.
 */
export async function evidenceCopies(found: FoundNetwork, options: { readonly seed: number; readonly thinned: number }): Promise<(copy: number) => Csr> {
  const near = linksNear(found, found.asked)
  const links = onlyLinks(found.links, near)
  const strengths = await linkStrengths(found)
  const lost = Float64Array.from(strengths.filter((_, l) => near[l] === 1), (strength) => Math.min(MOST, options.thinned * DOUBT[STRENGTHS[strength] as Strength]))
  const made = new Map<number, Csr>()
  return (copy) => {
    let csr = made.get(copy)
    if (csr === undefined) {
      const random = seeded(Math.imul(options.seed, 0xc2b2ae35) ^ Math.imul(copy + 1, 0x27d4eb2f))
      csr = tiesAmong(found, found.asked, onlyLinks(links, Uint8Array.from(lost, (share) => (random() < share ? 0 : 1))))
      made.set(copy, csr)
    }
    return csr
  }
}

async function linkStrengths(found: FoundNetwork): Promise<Uint8Array> {
  const total = (await found.open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link`))?.n ?? 0
  const [strength] = await found.open.database.columns(sql`SELECT strength FROM link ORDER BY link`, ['u8'] as const, total)
  return Uint8Array.from(found.link_numbers, (number) => strength[number] as number)
}

/**
 * 1 for each link that can matter to ties among some actors: it touches one of them, or a thing that they are behind, directly or over other things. What others do
 * among themselves is left out, so that a copy of a ring costs little in a large case.
 */
export function linksNear(found: Pick<FoundNetwork, 'entities' | 'links' | 'network'>, actors: ArrayLike<number>): Uint8Array {
  const { entities, links, network } = found
  const near = new Uint8Array(entities.kind.length)
  for (let i = 0; i < actors.length; i++) near[network.actors[actors[i] as number] as number] = 1
  const standing = attributionLinks(links)
  for (let step = 0; step < 4; step++) {
    const next = near.slice()
    for (const l of standing) {
      const source = links.source[l] as number
      const target = links.target[l] as number
      // From a thing to another, or from an actor who is asked to a thing of his; never on through a stranger.
      if (near[source] === 1 && (network.actor_of[target] as number) < 0) next[target] = 1
      if (near[target] === 1 && (network.actor_of[source] as number) < 0) next[source] = 1
    }
    near.set(next)
  }
  const kept = new Uint8Array(links.kind.length)
  for (let l = 0; l < kept.length; l++) if (near[links.source[l] as number] === 1 || near[links.target[l] as number] === 1) kept[l] = 1
  // Events and consignments: everyone who takes part counts towards the limit, so links to the same event stay together.
  for (let l = 0; l < kept.length; l++) if (kept[l] === 1 && LINK_KINDS[LINK_KIND_NAMES[links.kind[l] as number] as keyof typeof LINK_KINDS].projection === 'participation') near[links.target[l] as number] = 1
  for (let l = 0; l < kept.length; l++) if (near[links.target[l] as number] === 1 || near[links.source[l] as number] === 1) kept[l] = 1
  return kept
}

function attributionLinks(links: LinkColumns): number[] {
  const stands = LINK_KIND_NAMES.map((kind) => LINK_KINDS[kind].projection === 'attribution')
  const found: number[] = []
  for (let l = 0; l < links.kind.length; l++) if (stands[links.kind[l] as number] === true) found.push(l)
  return found
}
