/** Writes a network and its findings into Neo4j under a run id, so that other tools show them; writing again changes nothing, and a run can be taken out. */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { whole, type Neo4j } from './neo4j-connection.ts'
import { cypher, cypherName, type Cypher } from './neo4j-cypher.ts'

type Scalar = string | number | boolean | null | readonly string[]

export interface NodeToWrite {
  readonly id: string
  /** Label beside `RingmapEntity`. */
  readonly label: string
  readonly properties: Readonly<Record<string, Scalar>>
}

export interface RelationshipToWrite {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly target: string
  readonly properties: Readonly<Record<string, Scalar>>
}

/** A statement about one entity: a place in an order, membership of a ring. */
export interface FindingToWrite {
  readonly id: string
  readonly about: string
  readonly properties: Readonly<Record<string, Scalar>>
}

export interface RunToWrite {
  readonly id: string
  readonly properties: Readonly<Record<string, Scalar>>
  readonly nodes: readonly NodeToWrite[]
  readonly relationships: readonly RelationshipToWrite[]
  readonly findings: readonly FindingToWrite[]
}

export interface WrittenRun {
  readonly nodes: number
  readonly relationships: number
  readonly findings: number
}

const BATCH = 5000
const CONSTRAINTS = ['RingmapEntity', 'RingmapFinding', 'RingmapRun'].map((label) => cypher`CREATE CONSTRAINT ${cypherName(`${label.toLowerCase()}_id`)} IF NOT EXISTS FOR (n:${cypherName(label)}) REQUIRE n.ringmap_id IS UNIQUE`)

/**
 * Everything is merged on our ids, so a second writing of the same run, or one broken off and begun again, ends in the same graph. Nodes and
 * relationships that several runs hold carry all their ids in `ringmap_runs`. Nothing else in the database is touched.
 *
 * @throws RingmapError neo4j_*, interrupted
 */
export async function writeRun(server: Neo4j, run: RunToWrite, work: WorkOptions = {}): Promise<WrittenRun> {
  const total = run.nodes.length + run.relationships.length + run.findings.length
  let done = 0
  const batches = async (what: string, rows: readonly object[], query: Cypher): Promise<void> => {
    for (let from = 0; from < rows.length; from += BATCH) {
      stopIfAsked(work.signal)
      const batch = rows.slice(from, from + BATCH)
      await server.write(query, { rows: batch, run: run.id })
      done += batch.length
      work.progress?.(`writing ${what}`, done, total)
    }
  }
  for (const constraint of CONSTRAINTS) await server.change(constraint)
  await server.write(cypher`MERGE (r:RingmapRun {ringmap_id: $run}) SET r += $properties`, { run: run.id, properties: sendable(run.properties) })
  for (const [label, nodes] of grouped(run.nodes, (node) => node.label))
    await batches('entities', nodes.map(({ id, properties }) => ({ id, properties: sendable(properties) })), cypher`UNWIND $rows AS row MERGE (n:RingmapEntity {ringmap_id: row.id}) SET n:${cypherName(label)}, n += row.properties ${withRun(cypher`n`)}`)
  for (const [type, relationships] of grouped(run.relationships, (one) => one.type))
    await batches('links', relationships.map(({ id, source, target, properties }) => ({ id, source, target, properties: sendable(properties) })), cypher`UNWIND $rows AS row MATCH (a:RingmapEntity {ringmap_id: row.source}) MATCH (b:RingmapEntity {ringmap_id: row.target})
      MERGE (a)-[r:${cypherName(type)} {ringmap_id: row.id}]->(b) SET r += row.properties ${withRun(cypher`r`)}`)
  await batches('findings', run.findings.map(({ id, about, properties }) => ({ id: `${run.id}/${id}`, about, properties: sendable(properties) })), cypher`UNWIND $rows AS row MATCH (e:RingmapEntity {ringmap_id: row.about})
    MERGE (f:RingmapFinding {ringmap_id: row.id}) SET f += row.properties, f.ringmap_run = $run MERGE (f)-[:ABOUT]->(e)`)
  return await counted(server, run.id)
}

/** Takes a run out: its findings, and what no other run holds. Returns what was in it. */
export async function removeRun(server: Neo4j, id: string, work: WorkOptions = {}): Promise<WrittenRun> {
  const before = await counted(server, id)
  const left = cypher`[run IN n.ringmap_runs WHERE run <> $run]`
  for (const query of [
    cypher`MATCH (n:RingmapFinding {ringmap_run: $run}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
    cypher`MATCH (:RingmapEntity)-[n]->() WHERE $run IN n.ringmap_runs AND size(n.ringmap_runs) = 1 WITH n LIMIT $most DELETE n RETURN count(*) AS n`,
    cypher`MATCH (:RingmapEntity)-[n]->() WHERE $run IN n.ringmap_runs WITH n LIMIT $most SET n.ringmap_runs = ${left} RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs AND size(n.ringmap_runs) = 1 WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs WITH n LIMIT $most SET n.ringmap_runs = ${left} RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapRun {ringmap_id: $run}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
  ]) {
    for (let n = 1; n > 0;) {
      stopIfAsked(work.signal)
      n = Number((await server.write<{ n: bigint }>(query, { run: id, most: whole(BATCH * 2) }))[0]?.n ?? 0)
    }
  }
  return before
}

async function counted(server: Neo4j, run: string): Promise<WrittenRun> {
  const one = async (query: Cypher): Promise<number> => Number((await server.rows<{ n: bigint }>(query, { run }))[0]?.n ?? 0)
  return {
    nodes: await one(cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs RETURN count(n) AS n`),
    relationships: await one(cypher`MATCH (:RingmapEntity)-[r]->() WHERE $run IN r.ringmap_runs RETURN count(r) AS n`),
    findings: await one(cypher`MATCH (f:RingmapFinding {ringmap_run: $run}) RETURN count(f) AS n`),
  }
}

function withRun(variable: Cypher): Cypher {
  return cypher`SET ${variable}.ringmap_runs = CASE WHEN $run IN coalesce(${variable}.ringmap_runs, []) THEN ${variable}.ringmap_runs ELSE coalesce(${variable}.ringmap_runs, []) + $run END`
}

/** Whole numbers go in as integers: the driver would make a float of every JavaScript number. */
function sendable(properties: Readonly<Record<string, Scalar>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, typeof value === 'number' && Number.isSafeInteger(value) ? whole(value) : value]))
}

function grouped<T>(items: readonly T[], by: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(by(item))
    if (group === undefined) groups.set(by(item), [item])
    else group.push(item)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}
