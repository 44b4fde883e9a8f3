/** What a Neo4j database holds: labels, relationship types between them, properties, counts and a few values of each. */
import { cypher, cypherLabels, cypherName } from './neo4j-cypher.ts'
import type { Neo4j } from './neo4j-connection.ts'
import { textOf } from './neo4j-text.ts'

export interface LabelShape {
  readonly label: string
  readonly count: number
  readonly properties: readonly PropertyShape[]
}

export interface TieShape {
  readonly type: string
  readonly from: string
  readonly to: string
  readonly count: number
  readonly properties: readonly PropertyShape[]
}

export interface PropertyShape {
  readonly name: string
  /** Of the nodes looked at, how many have it. */
  readonly present: number
  readonly looked_at: number
  /** Whether no two of them have the same value. */
  readonly distinct: boolean
  readonly samples: readonly string[]
}

export interface DatabaseShape {
  readonly labels: readonly LabelShape[]
  readonly ties: readonly TieShape[]
}

const LOOKED_AT = 500
const SAMPLES = 5

/** Labels and types with at least one node or relationship, in the order of names. A node of several labels stands under each; a tie goes by the first of them. What an export of ours wrote is no source. */
export async function databaseShape(database: Neo4j): Promise<DatabaseShape> {
  const labels: LabelShape[] = []
  for (const { label } of await database.rows<{ label: string }>(cypher`CALL db.labels() YIELD label WHERE NOT label STARTS WITH 'Ringmap' RETURN label ORDER BY label`)) {
    const pattern = cypher`(x${cypherLabels([label])})`
    const count = Number((await database.rows<{ n: bigint }>(cypher`MATCH ${pattern} RETURN count(*) AS n`))[0]?.n ?? 0)
    if (count > 0) labels.push({ label, count, properties: propertiesIn(await database.rows(cypher`MATCH ${pattern} RETURN properties(x) AS p LIMIT $n`, { n: BigInt(LOOKED_AT) })) })
  }
  const ties: TieShape[] = []
  for (const { type } of await database.rows<{ type: string }>(cypher`CALL db.relationshipTypes() YIELD relationshipType AS type WITH type WHERE NOT type STARTS WITH 'RINGMAP_' RETURN type ORDER BY type`)) {
    const name = cypherName(type)
    const ends = await database.rows<{ a: string | null; b: string | null; n: bigint }>(cypher`MATCH (a)-[r:${name}]->(b) RETURN head(labels(a)) AS a, head(labels(b)) AS b, count(*) AS n ORDER BY a, b`)
    for (const { a, b, n } of ends) {
      if (a === null || b === null) continue
      const rows = await database.rows<{ p: Record<string, unknown> }>(cypher`MATCH (${cypherLabels([a])})-[x:${name}]->(${cypherLabels([b])}) RETURN properties(x) AS p LIMIT $n`, { n: BigInt(LOOKED_AT) })
      ties.push({ type, from: a, to: b, count: Number(n), properties: propertiesIn(rows) })
    }
  }
  return { labels, ties }
}

function propertiesIn(rows: readonly { p: Record<string, unknown> }[]): PropertyShape[] {
  const names = [...new Set(rows.flatMap(({ p }) => Object.keys(p)))].sort()
  return names.map((name) => {
    const values = rows.flatMap(({ p }) => (p[name] === undefined || p[name] === null ? [] : [textOf(p[name])]))
    return { name, present: values.length, looked_at: rows.length, distinct: new Set(values).size === values.length, samples: [...new Set(values)].slice(0, SAMPLES) }
  })
}
