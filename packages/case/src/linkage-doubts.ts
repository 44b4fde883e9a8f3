/** Persons who may be one under two names, with the probability that linkage gives it: intervals of ranks are made with and without joining them. */
import type { Doubles } from '@ringmap/analysis/joined-doubles'
import { sql } from '@ringmap/store/sql'
import type { FoundNetwork } from './found-network.ts'

/** Pairs of actors of the person network. */
export type LinkageDoubts = readonly { readonly one: number; readonly other: number; readonly probability: number }[]

/** Whoever is above the bits that join, and was not joined, was held back for a reason. */
const MOST = 0.9

/** Pairs that wait for a person, are held, unsure or disputed; what a contradiction or a person keeps apart stays apart. Bits are the odds in powers of two. */
export async function linkageDoubts({ open, network }: Pick<FoundNetwork, 'open' | 'network'>): Promise<LinkageDoubts> {
  const rows = await open.database.rows<{ one: number; other: number; weight: number }>(sql`SELECT a.entity AS one, b.entity AS other, max(p.weight) AS weight
    FROM possible_same p JOIN entity_record a ON a.record = p.left_record JOIN entity_record b ON b.record = p.right_record
    WHERE p.state <> 'contradicted' AND a.entity <> b.entity GROUP BY ALL ORDER BY one, other`)
  return rows.flatMap(({ one, other, weight }) => {
    const [a, b] = [network.actor_of[one] ?? -1, network.actor_of[other] ?? -1]
    return a < 0 || b < 0 ? [] : [{ one: a, other: b, probability: Math.min(MOST, 1 / (1 + 2 ** -weight)) }]
  })
}

/** Those of them among the nodes of a part; null where there are none. */
export function doublesAmong(doubts: LinkageDoubts, actors: Uint32Array): Doubles | null {
  const node = new Map(Array.from(actors, (actor, v) => [actor, v]))
  const pairs = doubts.filter(({ one, other }) => node.has(one) && node.has(other))
  if (pairs.length === 0) return null
  return { one: Uint32Array.from(pairs, ({ one }) => node.get(one) as number), other: Uint32Array.from(pairs, ({ other }) => node.get(other) as number), probability: Float64Array.from(pairs, ({ probability }) => probability) }
}
