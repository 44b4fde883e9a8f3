/** Communities that a find step with another engine left in the case, so that every later view speaks of the same ones. */
import { communities, type Communities } from '@ringmap/graph/communities'
import type { PersonNetwork } from '@ringmap/graph/person-network'
import type { Database } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'
import type { OpenCase } from './open-case.ts'
import { ringCommunities } from './ring-communities.ts'

/** By actor. */
export interface KeptCommunities {
  readonly communities: Communities
  /** Actors whose order was asked. */
  readonly asked: readonly number[]
}

/** As a row of the findings' table. */
export function communitiesToKeep({ communities: { community, count, modularity }, asked }: KeptCommunities): [string, string] {
  return ['engine', JSON.stringify({ community: Buffer.from(community.buffer, community.byteOffset, community.byteLength).toString('base64'), count, modularity, asked })]
}

/** Null where the findings were made here, or speak of another network. */
export async function keptCommunities(database: Database, actors: number): Promise<KeptCommunities | null> {
  const tables = await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'finding'`)
  const row = tables?.n === 0 ? null : await database.one<{ json: string }>(sql`SELECT json FROM finding WHERE name = 'engine'`)
  if (row === null) return null
  const kept = JSON.parse(row.json) as { community: string; count: number; modularity: number; asked: number[] }
  const bytes = Buffer.from(kept.community, 'base64')
  if (bytes.length !== actors * 4) return null
  const community = new Uint32Array(actors)
  new Uint8Array(community.buffer).set(bytes)
  return { communities: { community, count: kept.count, modularity: kept.modularity }, asked: kept.asked }
}

/** Those the rings were found among. */
export async function caseCommunities(open: OpenCase, network: PersonNetwork): Promise<Communities> {
  const { seed, resolution } = open.file.find
  return (await keptCommunities(open.database, network.csr.nodes))?.communities ?? ringCommunities(network, communities(network.csr, { seed, resolution }), open.file.find)
}
