/** Components, communities and centralities of a projected network, computed in the server: whole columns where they are asked for, or only the first few. */
import { whole } from './neo4j-connection.ts'
import { cypher, cypherName, type Cypher } from './neo4j-cypher.ts'
import type { GdsProjection } from './gds-projection.ts'

/** PageRank as probabilities (sum 1 over all nodes, also those without ties); betweenness in pairs, each once; coreness. */
export type GdsMeasure = 'pagerank' | 'betweenness' | 'k-core'

export interface GdsMeasureOptions {
  /** Betweenness from so many nodes instead of all; null for the exact values. */
  readonly sample?: number | null | undefined
  /** Which nodes a sample takes. */
  readonly seed?: number | undefined
}

export interface GdsPlace {
  readonly node: number
  readonly value: number
}

export interface GdsGroups {
  /** Group of each node that came back, numbered by lowest node; STAYED for one whose group is smaller than was asked for. */
  readonly group: Uint32Array
  readonly count: number
  /** Nodes that came back. */
  readonly returned: number
}

/** In place of a group: it stayed in the server, or the node has no tie and was never there. */
export const STAYED = 0xffffffff

export interface GdsCommunityOptions {
  readonly method: 'leiden' | 'louvain'
  /** Leiden only. */
  readonly seed: number
  /** Leiden only; 1 is modularity. */
  readonly resolution: number
  /** Nodes that a group has at least; what is smaller does not leave the server. */
  readonly least: number
  /** Default: ties weigh what they were sent with. */
  readonly weighted?: boolean
}

/** Nodes in one list on the way back. */
const CHUNK = 5000
const DAMPING = 0.85
const PAGERANK = { dampingFactor: DAMPING, maxIterations: whole(1000), tolerance: 1e-12 }

const SOURCES: Readonly<Record<GdsMeasure, Cypher>> = {
  pagerank: cypher`CALL gds.pageRank.stream($name, $config) YIELD nodeId, score WITH nodeId, score AS value`,
  betweenness: cypher`CALL gds.betweenness.stream($name, $config) YIELD nodeId, score WITH nodeId, score AS value`,
  'k-core': cypher`CALL gds.kcore.stream($name, $config) YIELD nodeId, coreValue WITH nodeId, toFloat(coreValue) AS value`,
}

/** Value of each node. */
export async function gdsColumn(projection: GdsProjection, measure: GdsMeasure, options: GdsMeasureOptions = {}): Promise<Float64Array> {
  const column = new Float64Array(projection.nodes)
  if (projection.projected > 0) await streamed(projection, SOURCES[measure], configOf(projection, measure, options), (node, value) => (column[node] = value))
  return measure === 'pagerank' ? asProbabilities(column, projection) : column
}

/** The first `limit` of those whose `eligible` is 1, best first, equal ones by node; nothing else leaves the server. */
export async function gdsFirst(projection: GdsProjection, measure: GdsMeasure, eligible: Uint8Array, limit: number, options: GdsMeasureOptions = {}): Promise<GdsPlace[]> {
  if (projection.projected === 0) return []
  const rows = await projection.database.rows<{ node: bigint; value: number; sum: number }>(
    cypher`${SOURCES[measure]} WITH collect({node: nodeId, value: value}) AS found, sum(value) AS sum UNWIND found AS one WITH one, sum WHERE $eligible[one.node] RETURN one.node AS node, one.value AS value, sum ORDER BY value DESC, node LIMIT $limit`,
    { name: projection.name, config: configOf(projection, measure, options), eligible: Array.from(eligible, (yes) => yes === 1), limit: whole(limit) }, { signal: projection.signal },
  )
  const scale = measure === 'pagerank' ? probabilityScale(rows[0]?.sum ?? 0, projection) : 1
  return rows.map(({ node, value }) => ({ node: Number(node), value: value * scale }))
}

/** How many weak components there are; a node without ties is one. */
export async function gdsComponents(projection: GdsProjection): Promise<number> {
  const alone = projection.nodes - projection.projected
  if (projection.projected === 0) return alone
  const [found] = await projection.database.rows<{ count: bigint }>(cypher`CALL gds.wcc.stats($name, $config) YIELD componentCount RETURN componentCount AS count`, { name: projection.name, config: threads(projection) }, { signal: projection.signal })
  return alone + Number(found?.count ?? 0)
}

export async function gdsCommunities(projection: GdsProjection, { method, seed, resolution, least, weighted = true }: GdsCommunityOptions): Promise<GdsGroups> {
  const config = { minCommunitySize: whole(least), ...(weighted ? { relationshipWeightProperty: 'weight' } : {}), ...(method === 'leiden' ? { randomSeed: whole(seed), gamma: resolution } : {}) }
  const from = method === 'leiden' ? cypher`CALL gds.leiden.stream($name, $config) YIELD nodeId, communityId` : cypher`CALL gds.louvain.stream($name, $config) YIELD nodeId, communityId`
  return await groups(projection, cypher`${from} WITH nodeId, communityId AS value`, config)
}

async function groups(projection: GdsProjection, from: Cypher, config: Readonly<Record<string, unknown>>): Promise<GdsGroups> {
  const raw = new Float64Array(projection.nodes).fill(-1)
  if (projection.projected > 0) await streamed(projection, from, { ...threads(projection), ...config }, (node, value) => (raw[node] = value))
  // The server's numbers depend on the order in which it met the nodes.
  const number = new Map<number, number>()
  let count = 0
  let returned = 0
  const group = Uint32Array.from(raw, (value) => {
    if (value < 0) return STAYED
    returned++
    const known = number.get(value)
    if (known !== undefined) return known
    number.set(value, count)
    return count++
  })
  return { group, count, returned }
}

/** Two lists for some thousand nodes: a record for each node would cost ten times as much on both sides. */
async function streamed(projection: GdsProjection, from: Cypher, config: Readonly<Record<string, unknown>>, each: (node: number, value: number) => void): Promise<void> {
  const [node, value] = [cypherName('node'), cypherName('value')]
  await projection.database.stream(
    cypher`${from} WITH nodeId / $chunk AS chunk, collect(nodeId) AS ${node}, collect(value) AS ${value} RETURN ${node}, ${value}`, { name: projection.name, config, chunk: whole(CHUNK) },
    ([nodes, values]) => (nodes as bigint[]).forEach((at, i) => each(Number(at), Number((values as (number | bigint)[])[i]))), { fetch: 20, signal: projection.signal },
  )
}

function configOf(projection: GdsProjection, measure: GdsMeasure, { sample = null, seed = 0 }: GdsMeasureOptions): Record<string, unknown> {
  if (measure === 'pagerank') return { ...threads(projection), ...PAGERANK }
  if (measure === 'betweenness' && sample !== null && sample < projection.projected) return { ...threads(projection), samplingSize: whole(sample), samplingSeed: whole(seed) }
  return threads(projection)
}

function threads(projection: GdsProjection): Record<string, unknown> {
  return { concurrency: whole(projection.concurrency) }
}

/** GDS starts every node with 1 - damping and knows no node without ties; as a walk over all nodes, those have the start alone and the whole sums to 1. */
function asProbabilities(column: Float64Array, projection: GdsProjection): Float64Array {
  const scale = probabilityScale(column.reduce((sum, value) => sum + value, 0), projection)
  return column.map((value) => (value === 0 ? 1 - DAMPING : value) * scale)
}

function probabilityScale(sum: number, projection: GdsProjection): number {
  return 1 / (sum + (1 - DAMPING) * (projection.nodes - projection.projected))
}
