/** Nodes and relationships of Neo4j as typed arrays: lists collected by the server in ranges of ids, decoded straight into columns, several sessions at a time. */
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { whole, type Neo4j } from './neo4j-connection.ts'
import { cypher, cypherLabels, cypherList, cypherName, Cypher } from './neo4j-cypher.ts'
import { growingColumn, NOTHING, type ColumnType, type GrowingColumn, type Neo4jColumn } from './column-parts.ts'
import { allEndsHave, CHUNK_IDS, nodeChunk, relationshipChunk } from './neo4j-reading.ts'

export interface GraphToRead {
  /** A node has all of them. */
  readonly labels: readonly string[]
  readonly relationship: string
  /** Property to type. */
  readonly node_columns: Readonly<Record<string, ColumnType>>
  readonly relationship_columns: Readonly<Record<string, ColumnType>>
}

export interface GraphColumns {
  readonly nodes: number
  readonly node_columns: Readonly<Record<string, Neo4jColumn>>
  /** Node index at each end. */
  readonly source: Uint32Array
  readonly target: Uint32Array
  readonly relationship_columns: Readonly<Record<string, Neo4jColumn>>
}

export interface ColumnsOptions extends WorkOptions {
  /** Sessions that read at the same time; default 2. */
  readonly streams?: number
}

/**
 * Ranges go up to the highest id, since ids have gaps, and what came is compared with what the server counted before and after. Rows stand in the order of their ids.
 * Memory: the columns, and while they are put together the part of them that one session has read.
 *
 * @throws RingmapError neo4j_*, interrupted
 */
export async function readGraph(database: Neo4j, graph: GraphToRead, options: ColumnsOptions = {}): Promise<GraphColumns> {
  const nodes = await readRanges(database, {
    what: 'nodes', countable: cypher`(r${cypherLabels(graph.labels)})`, fixed: [cypher`toFloat(id(n))`], variable: cypher`n`, columns: graph.node_columns,
    chunk: (lists) => nodeChunk(graph.labels, lists((value) => value)),
  }, options)
  const index = indexOf(nodes.fixed[0] as Float64Array)
  const sure = async (): Promise<boolean> => await allEndsHave(database, graph.relationship, graph.labels, graph.labels)
  const read = async (labels: readonly string[]): Promise<ReadRanges> => await readRanges(database, {
    what: 'relationships', countable: cypher`()-[r:${cypherName(graph.relationship)}]->()`, fixed: [cypher`toFloat(id(a))`, cypher`toFloat(id(b))`], variable: cypher`r`, columns: graph.relationship_columns,
    chunk: (lists) => relationshipChunk(graph.relationship, labels, labels, lists),
  }, options)
  const untested = graph.labels.length > 0 && (await sure()) ? await read([]) : null
  // One between other labels may have come meanwhile.
  const ties = untested !== null && (await sure()) ? untested : await read(graph.labels)
  const [from, to] = ties.fixed as readonly [Float64Array, Float64Array]
  return { nodes: nodes.rows, node_columns: nodes.columns, source: indexed(from, index, database), target: indexed(to, index, database), relationship_columns: ties.columns }
}

interface RangesToRead {
  readonly what: string
  /** Pattern around `r` that the server counts without looking at each. */
  readonly countable: Cypher
  readonly chunk: (lists: (one: (value: Cypher) => Cypher) => Cypher) => Cypher
  /** Numbers that are always there. */
  readonly fixed: readonly Cypher[]
  /** What has the columns as properties. */
  readonly variable: Cypher
  readonly columns: Readonly<Record<string, ColumnType>>
}

interface ReadRanges {
  readonly rows: number
  readonly fixed: readonly Float64Array[]
  readonly columns: Readonly<Record<string, Neo4jColumn>>
}

/** Ids that one query covers. */
const RANGE_IDS = CHUNK_IDS * 100
/** Records, each some hundred rows, that are asked for at a time: enough that the server never waits. */
const FETCH = 200

async function readRanges(database: Neo4j, read: RangesToRead, options: ColumnsOptions): Promise<ReadRanges> {
  const before = await counted(database, read.countable)
  const [highest] = await database.rows<{ last: unknown }>(cypher`MATCH ${read.countable} RETURN max(id(r)) AS last`)
  const last = Number(highest?.last ?? -1)
  const ranges = Array.from({ length: Math.ceil((last + 1) / RANGE_IDS) }, (_, i) => i)
  const types: readonly ColumnType[] = [...read.fixed.map(() => 'f64' as const), ...Object.values(read.columns)]
  const columns = types.map((type) => growingColumn(type, before))
  const waiting = new Map<number, readonly GrowingColumn[]>()
  let next = 0
  // Ranges end in any order and are put together in theirs; what has been put there is let go.
  const ended = (range: number, part: readonly GrowingColumn[]): void => {
    waiting.set(range, part)
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      ready.forEach((one, c) => (columns[c] as GrowingColumn).append(one.column))
      waiting.delete(next++)
    }
  }
  const query = rangeQuery(read)
  let rows = 0
  let seen = 0
  const worker = async (): Promise<void> => {
    for (let i = ranges.shift(); i !== undefined; i = ranges.shift()) {
      stopIfAsked(options.signal)
      const part = types.map((type) => growingColumn(type, Math.min(RANGE_IDS, before)))
      await database.stream(query, { lo: whole(i * RANGE_IDS), hi: whole(Math.min((i + 1) * RANGE_IDS - 1, last)), step: whole(CHUNK_IDS), ...NOTHING }, (lists) => {
        part.forEach((column, c) => column.add(lists[c] as readonly unknown[]))
        rows += (lists[0] as readonly unknown[]).length
        seen += Number(lists[types.length])
        options.progress?.(`reading ${read.what} from Neo4j`, seen, before)
      }, { fetch: FETCH, signal: options.signal })
      ended(i, part)
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.max(1, options.streams ?? 2) }, worker))
  for (const one of workers) if (one.status === 'rejected') throw one.reason
  if ((await counted(database, read.countable)) === before && seen !== before) throw new RingmapError('neo4j_incomplete', { source: read.what, uri: database.address.uri, read: seen, counted: before })
  const found = columns.map(({ column }) => column)
  return {
    rows, fixed: found.slice(0, read.fixed.length).map((column) => (column as Neo4jColumn & { readonly type: 'f64' }).values),
    columns: Object.fromEntries(Object.keys(read.columns).map((name, c) => [name, found[read.fixed.length + c] as Neo4jColumn])),
  }
}

async function counted(database: Neo4j, countable: Cypher): Promise<number> {
  return Number((await database.rows<{ n: unknown }>(cypher`MATCH ${countable} RETURN count(*) AS n`))[0]?.n ?? 0)
}

/** One record for each CHUNK_IDS ids: a list for each column. `collect` leaves nulls out, so they go as a value that the type cannot hold. */
function rangeQuery({ chunk, fixed, variable, columns }: RangesToRead): Cypher {
  const values = [...fixed, ...Object.entries(columns).map(([name, type]) => cypher`coalesce(${variable}.${cypherName(name)}, ${new Cypher(`$${type}`)})`)]
  const names = values.map((_, c) => cypherName(`c${c}`))
  const body = chunk((one) => cypherList(values.map((value, c) => cypher`collect(${one(value)}) AS ${names[c] as Cypher}`)))
  return cypher`UNWIND range($lo, $hi, $step) AS low CALL (low) { ${body} } RETURN ${cypherList(names)}, seen`
}

/** Index of each id; ids are nearly dense, so a list of them is smaller than a table of hashes. */
function indexOf(ids: Float64Array): Uint32Array {
  const index = new Uint32Array((ids.at(-1) ?? -1) + 1).fill(NO_NODE)
  ids.forEach((id, i) => (index[id] = i))
  return index
}

/** A relationship to a node that came into being during the read cannot be placed. */
function indexed(ids: Float64Array, index: Uint32Array, database: Neo4j): Uint32Array {
  const out = new Uint32Array(ids.length)
  for (let i = 0; i < ids.length; i++) {
    const at = index[ids[i] as number] ?? NO_NODE
    if (at === NO_NODE) throw new RingmapError('neo4j_incomplete', { source: 'nodes', uri: database.address.uri, read: index.length, counted: index.length + 1 })
    out[i] = at
  }
  return out
}

const NO_NODE = 0xffffffff
