/** A network of ours inside the server's Graph Data Science library: sent as pairs, held in its memory alone, dropped when the work has ended or failed. */
import { randomUUID } from 'node:crypto'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type StopSignal, type WorkOptions } from '@ringmap/model/progress'
import type { Neo4j } from './neo4j-connection.ts'
import { cypher } from './neo4j-cypher.ts'
import { neo4jCode } from './neo4j-failure.ts'

/** Undirected ties between nodes 0 to nodes - 1, each pair once; a node in no pair is not sent. */
export interface PairsToProject {
  readonly nodes: number
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** Above 0. */
  readonly weight: Float64Array
}

export interface GdsOptions {
  /** Threads in the server; default 1, the only number at which its community methods give the same answer twice. Community servers take up to 4. */
  readonly concurrency?: number | undefined
}

/** Names a projection to the functions of `gds-measures`; it is gone once `withProjection` has returned. */
export interface GdsProjection {
  readonly database: Neo4j
  readonly name: string
  readonly version: string
  readonly concurrency: number
  readonly nodes: number
  /** Nodes with a tie, which alone are there. */
  readonly projected: number
  readonly ties: number
  readonly signal: StopSignal | undefined
}

/** Ties that one message to the server may carry: about 20 bytes each on the way, 100 in the server's heap until the projection stands. */
export const MOST_SENT_TIES = 20_000_000

/** @throws RingmapError gds_missing */
export async function gdsVersion(database: Neo4j): Promise<string> {
  try {
    const [found] = await database.rows<{ version: string }>(cypher`RETURN gds.version() AS version`)
    return found?.version ?? ''
  } catch (error) {
    const cause = error instanceof RingmapError ? error.cause : error
    // An unknown function is a syntax error to the planner.
    if (neo4jCode(cause).endsWith('.SyntaxError') || neo4jCode(cause).endsWith('.ProcedureNotFound')) throw new RingmapError('gds_missing', { uri: database.address.uri, what: 'the function gds.version is not there' }, { cause })
    throw error
  }
}

/** Projects, works, and drops what was projected whatever happened. A READ session is enough. @throws RingmapError gds_missing, too_large, neo4j_*, interrupted */
export async function withProjection<T>(database: Neo4j, pairs: PairsToProject, options: GdsOptions & WorkOptions, work: (projection: GdsProjection) => Promise<T>): Promise<T> {
  const version = await gdsVersion(database)
  if (pairs.source.length > MOST_SENT_TIES) throw new RingmapError('too_large', { what: `Sending ${pairs.source.length} ties to Graph Data Science`, needed: 'more messages than one', available: `room for ${MOST_SENT_TIES}`, hint: 'Narrow the case: a window in network.start and network.end, a higher network.min_count, or fewer network.tie_kinds.' })
  const name = `ringmap-${randomUUID()}`
  try {
    options.progress?.('sending the network to Graph Data Science', 0, pairs.source.length)
    stopIfAsked(options.signal)
    const { projected, ties } = await project(database, name, pairs, options.signal)
    options.progress?.('sending the network to Graph Data Science', ties, pairs.source.length)
    return await work({ database, name, version, concurrency: options.concurrency ?? 1, nodes: pairs.nodes, projected, ties, signal: options.signal })
  } finally {
    // A server that went away took its projections with it; the failure that brought us here is the one to tell.
    await database.rows(cypher`CALL gds.graph.drop($name, false) YIELD graphName RETURN graphName`, { name }).catch(() => undefined)
  }
}

async function project(database: Neo4j, name: string, { nodes, source, target, weight }: PairsToProject, signal: StopSignal | undefined): Promise<{ projected: number; ties: number }> {
  if (source.length === 0) return { projected: 0, ties: 0 }
  // One number object for each node, shared by its pairs: a plain number would go in as a float, which is no node id.
  const ids = Array.from({ length: nodes }, (_, v) => BigInt(v))
  const rows = { s: Array.from(source, (v) => ids[v]), t: Array.from(target, (v) => ids[v]), w: Array.from(weight) }
  const [made] = await database.rows<{ nodes: bigint; arcs: bigint }>(
    cypher`UNWIND range(0, size($s) - 1) AS i WITH gds.graph.project($name, $s[i], $t[i], {relationshipProperties: {weight: $w[i]}}, {undirectedRelationshipTypes: ['*']}) AS g RETURN g.nodeCount AS nodes, g.relationshipCount AS arcs`,
    { ...rows, name }, { signal },
  )
  const arcs = Number(made?.arcs ?? 0)
  if (arcs !== source.length * 2) throw new RingmapError('neo4j_query', { uri: database.address.uri, what: `of ${source.length} ties ${arcs / 2} were projected`, hint: 'Run it again; the case is as it was before.' })
  return { projected: Number(made?.nodes ?? 0), ties: arcs / 2 }
}
