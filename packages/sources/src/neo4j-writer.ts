/** Writes a network and its findings into Neo4j under a run id, so that other tools show them; writing again changes nothing, and a run can be taken out. */
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { whole, type Neo4j } from './neo4j-connection.ts'
import { cypher, cypherName, type Cypher } from './neo4j-cypher.ts'
import { neo4jCode } from './neo4j-failure.ts'

type Scalar = string | number | boolean | null | readonly string[]

export interface NodeToWrite {
  readonly id: string
  /** Kind; the label beside `RingmapEntity` is `Ringmap` and this, so that nobody's own `:Person` is mixed with ours. */
  readonly kind: string
  readonly properties: Readonly<Record<string, Scalar>>
}

export interface RelationshipToWrite {
  readonly id: string
  /** Kind; the type is `RINGMAP_` and this in capitals. */
  readonly kind: string
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

/** What a person or the machine decided about two records. */
export interface JudgementToWrite {
  readonly id: string
  /** The entities of the two records: one where they are the same. */
  readonly about: readonly string[]
  readonly properties: Readonly<Record<string, Scalar>>
}

export interface RunToWrite {
  readonly id: string
  readonly properties: Readonly<Record<string, Scalar>>
  readonly nodes: readonly NodeToWrite[]
  readonly relationships: readonly RelationshipToWrite[]
  readonly findings: readonly FindingToWrite[]
  readonly judgements: readonly JudgementToWrite[]
}

export interface WrittenRun {
  readonly nodes: number
  readonly relationships: number
  readonly findings: number
  readonly judgements: number
}

/** Larger ones only fill the server's heap: 1,000 took three quarters of the CPU time of 5,000. */
const BATCH = 1000
/** The server works on one batch while the other is put together; two that want one entity are sorted out by the server, and the loser tried again. */
const STATEMENT_WRITERS = 2
/** By the index under the constraint. */
const OF_RUN = cypher`n.ringmap_id STARTS WITH $run + '/' AND n.ringmap_run = $run`
const LABELS = ['RingmapEntity', 'RingmapFinding', 'RingmapJudgement', 'RingmapRun'] as const

/**
 * Everything is merged on our ids under labels and types of our own, so a second writing of the same run, or one broken off and begun again, ends in the same graph, and no node or relationship of anybody else is matched.
 * Nodes and relationships that several runs hold carry all their ids in `ringmap_runs`.
 *
 * @throws RingmapError neo4j_*, interrupted
 */
export async function writeRun(server: Neo4j, run: RunToWrite, work: WorkOptions = {}): Promise<WrittenRun> {
  const total = run.nodes.length + run.relationships.length + run.findings.length + run.judgements.length
  let done = 0
  const batches = async (what: string, rows: readonly object[], write: (batch: readonly object[]) => Promise<unknown>, writers = 1): Promise<void> => {
    let next = 0
    const writer = async (): Promise<void> => {
      while (next < rows.length) {
        stopIfAsked(work.signal)
        const batch = rows.slice(next, (next += BATCH))
        await write(batch)
        done += batch.length
        work.progress?.(`writing ${what}`, done, total)
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: writers }, writer))
    for (const one of ended) if (one.status === 'rejected') throw one.reason
  }
  const merged = (query: Cypher) => async (rows: readonly object[]): Promise<unknown> => await server.write(query, { rows, run: run.id })
  await makeConstraints(server)
  await server.write(cypher`MERGE (r:RingmapRun {ringmap_id: $run}) SET r:Ringmap, r += $properties`, { run: run.id, properties: sendable(run.properties) })
  for (const [kind, nodes] of grouped(run.nodes, (node) => node.kind))
    await batches('entities', nodes.map(({ id, properties }) => ({ id, properties: sendable(properties) })), merged(cypher`UNWIND $rows AS row MERGE (n:RingmapEntity {ringmap_id: row.id}) SET n:Ringmap:${cypherName(entityLabel(kind))}, n += row.properties ${withRun(cypher`n`)}`))
  for (const [kind, relationships] of grouped(run.relationships, (one) => one.kind))
    await batches('links', relationships.map(({ id, source, target, properties }) => ({ id, source, target, properties: sendable(properties) })), merged(cypher`UNWIND $rows AS row MATCH (a:RingmapEntity {ringmap_id: row.source}) MATCH (b:RingmapEntity {ringmap_id: row.target})
      MERGE (a)-[r:${cypherName(relationshipType(kind))} {ringmap_id: row.id}]->(b) SET r += row.properties ${withRun(cypher`r`)}`))
  const statements = async (what: 'findings' | 'judgements', label: (typeof LABELS)[number], rows: readonly { readonly id: string; readonly about: string | readonly string[]; readonly properties: Readonly<Record<string, Scalar>> }[], about: Cypher): Promise<void> => {
    const sent = rows.map(({ id, about: of, properties }) => ({ about: of, properties: { ...sendable(properties), ringmap_id: `${run.id}/${id}`, ringmap_run: run.id } }))
    const single = label === 'RingmapFinding'
    const create = merged(single ? cypher`UNWIND $rows AS row ${about} CREATE (f:Ringmap:${cypherName(label)})-[:RINGMAP_ABOUT]->(e) SET f = row.properties` : cypher`UNWIND $rows AS row CREATE (f:Ringmap:${cypherName(label)}) SET f = row.properties WITH f, row ${about} CREATE (f)-[:RINGMAP_ABOUT]->(e)`)
    const merge = merged(cypher`UNWIND $rows AS row MERGE (f:${cypherName(label)} {ringmap_id: row.properties.ringmap_id}) SET f:Ringmap, f += row.properties WITH f, row ${about} MERGE (f)-[:RINGMAP_ABOUT]->(e)`)
    // Batches go in order, so where the first is not there hardly any is, and making costs half of merging. One that is there after all meets its own nodes at the constraint, and is merged.
    const there = sent[0] !== undefined && (await server.rows(cypher`MATCH (f:${cypherName(label)} {ringmap_id: $id}) RETURN 1 AS one`, { id: sent[0].properties.ringmap_id })).length > 0
    await batches(what, sent, there ? merge : async (batch) => await create(batch).catch(async (error: unknown) => {
      if (!isTakenId(error)) throw error
      return await merge(batch)
    }), STATEMENT_WRITERS)
  }
  await statements('findings', 'RingmapFinding', run.findings, cypher`MATCH (e:RingmapEntity {ringmap_id: row.about})`)
  await statements('judgements', 'RingmapJudgement', run.judgements, cypher`UNWIND row.about AS about MATCH (e:RingmapEntity {ringmap_id: about})`)
  return await counted(server, run.id)
}

/** `Phone` is written as `RingmapPhone`. */
export function entityLabel(kind: string): string {
  return `Ringmap${kind}`
}

/** `called` is written as `RINGMAP_CALLED`. */
export function relationshipType(kind: string): string {
  return `RINGMAP_${kind.toUpperCase()}`
}

/** Only those that are not there: somebody may write nodes and not be allowed to change the schema. */
async function makeConstraints(server: Neo4j): Promise<void> {
  const there = new Set((await server.rows<{ name: string }>(cypher`SHOW CONSTRAINTS YIELD name RETURN name`)).map(({ name }) => name))
  for (const label of LABELS) {
    const name = `${label.toLowerCase()}_id`
    if (!there.has(name)) await server.change(cypher`CREATE CONSTRAINT ${cypherName(name)} IF NOT EXISTS FOR (n:${cypherName(label)}) REQUIRE n.ringmap_id IS UNIQUE`)
  }
}

function isTakenId(error: unknown): boolean {
  return error instanceof RingmapError && neo4jCode(error.cause).endsWith('.ConstraintValidationFailed')
}

export interface RemovedRun extends WrittenRun {
  /** Entities left standing, without a run, because relationships that are not ours hang on them. */
  readonly kept: number
}

/** Takes a run out: its findings and judgements, and what no other run holds and nobody else has tied anything to. Returns what was in it. */
export async function removeRun(server: Neo4j, id: string, work: WorkOptions = {}): Promise<RemovedRun> {
  const before = await counted(server, id)
  const left = cypher`[run IN n.ringmap_runs WHERE run <> $run]`
  const others = cypher`EXISTS { MATCH (n)-[x]-() WHERE x.ringmap_id IS NULL AND type(x) <> 'RINGMAP_ABOUT' }`
  for (const query of [
    cypher`MATCH (n:RingmapFinding) WHERE ${OF_RUN} WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapJudgement) WHERE ${OF_RUN} WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
    cypher`MATCH (:RingmapEntity)-[n]->(:RingmapEntity) WHERE $run IN n.ringmap_runs AND size(n.ringmap_runs) = 1 WITH n LIMIT $most DELETE n RETURN count(*) AS n`,
    cypher`MATCH (:RingmapEntity)-[n]->(:RingmapEntity) WHERE $run IN n.ringmap_runs WITH n LIMIT $most SET n.ringmap_runs = ${left} RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs AND size(n.ringmap_runs) = 1 AND NOT ${others} WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs WITH n LIMIT $most SET n.ringmap_runs = ${left} RETURN count(*) AS n`,
    cypher`MATCH (n:RingmapRun {ringmap_id: $run}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n`,
  ]) {
    for (let n = 1; n > 0;) {
      stopIfAsked(work.signal)
      n = Number((await server.write<{ n: bigint }>(query, { run: id, most: whole(BATCH * 10) }))[0]?.n ?? 0)
    }
  }
  const [kept] = await server.rows<{ n: bigint }>(cypher`MATCH (n:RingmapEntity) WHERE n.ringmap_runs = [] RETURN count(n) AS n`)
  return { ...before, kept: Number(kept?.n ?? 0) }
}

async function counted(server: Neo4j, run: string): Promise<WrittenRun> {
  const one = async (query: Cypher): Promise<number> => Number((await server.rows<{ n: bigint }>(query, { run }))[0]?.n ?? 0)
  return {
    nodes: await one(cypher`MATCH (n:RingmapEntity) WHERE $run IN n.ringmap_runs RETURN count(n) AS n`),
    relationships: await one(cypher`MATCH (:RingmapEntity)-[r]->(:RingmapEntity) WHERE $run IN r.ringmap_runs RETURN count(r) AS n`),
    findings: await one(cypher`MATCH (n:RingmapFinding) WHERE ${OF_RUN} RETURN count(n) AS n`),
    judgements: await one(cypher`MATCH (n:RingmapJudgement) WHERE ${OF_RUN} RETURN count(n) AS n`),
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
