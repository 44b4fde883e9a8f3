/** What the database holds around a node, counted before anything is fetched. */
import { whole, type Neo4j } from './neo4j-connection.ts'
import { cypher, cypherLabels, cypherName } from './neo4j-cypher.ts'

export interface NeighboursOfType {
  readonly type: string
  /** Relationships of this type at the nodes, in either direction. */
  readonly relationships: number
  /** Distinct nodes at their other ends, by first label. */
  readonly others: readonly { readonly label: string; readonly nodes: number }[]
}

/** @param ids numbers as the column `~id` has them. Most first. @throws RingmapError neo4j_* */
export async function neighboursByType(database: Neo4j, ids: readonly number[]): Promise<NeighboursOfType[]> {
  const rows = await database.rows<{ type: string; label: string | null; relationships: unknown; nodes: unknown }>(
    cypher`MATCH (n)-[r]-(other) WHERE id(n) IN $ids AND NOT type(r) STARTS WITH 'RINGMAP_' RETURN type(r) AS type, head(labels(other)) AS label, count(DISTINCT r) AS relationships, count(DISTINCT other) AS nodes ORDER BY type, label`,
    { ids: ids.map((id) => whole(id)) })
  const types = new Map<string, { relationships: number; others: { label: string; nodes: number }[] }>()
  for (const { type, label, relationships, nodes } of rows) {
    const known = types.get(type) ?? { relationships: 0, others: [] }
    known.relationships += Number(relationships)
    known.others.push({ label: label ?? '', nodes: Number(nodes) })
    types.set(type, known)
  }
  return [...types].map(([type, found]) => ({ type, ...found })).sort((a, b) => b.relationships - a.relationships || (a.type < b.type ? -1 : 1))
}

/** What a property that names nodes of a label says of these nodes; nothing for a node without it. @throws RingmapError neo4j_* */
export async function keyValues(database: Neo4j, ids: readonly number[], label: string, key: string): Promise<(string | number)[]> {
  const rows = await database.rows<{ value: unknown }>(cypher`MATCH (n${cypherLabels([label])}) WHERE id(n) IN $ids AND n.${cypherName(key)} IS NOT NULL RETURN DISTINCT n.${cypherName(key)} AS value ORDER BY value`, { ids: ids.map((id) => whole(id)) })
  return rows.flatMap(({ value }) => (typeof value === 'string' || typeof value === 'number' ? [value] : typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? [Number(value)] : []))
}
