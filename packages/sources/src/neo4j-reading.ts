/** How a Neo4j source is read: its columns, how many rows there are, and the query for a range of them. */
import type { Neo4jAround, Neo4jRead, Neo4jSource } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { cypher, cypherLabels, cypherList, cypherName, Cypher, statedQuery } from './neo4j-cypher.ts'
import { whole, type Neo4j } from './neo4j-connection.ts'

/** Ids in one list that the server collects: more makes messages that the driver has to put together from many parts, and reads byte by byte. */
export const CHUNK_IDS = 500

/** Above so many ids for each row, ranges of ids would be mostly empty. */
const SPARSE = 20

export interface Reading {
  /** As the file of the case has them. */
  readonly columns: readonly string[]
  /** One row for each record, in no stated order. */
  readonly rows: Cypher
  /** For the ids from $lo up to $hi, one record for each CHUNK_IDS of them: a list for each column, and last how many of what `count` counts were among them. Null where ids say nothing. */
  readonly chunks: Cypher | null
  /** Highest id, for the ranges. */
  readonly last_id: number
  /** Rows there are, or relationships of the type where chunks leave out those between other labels; null for a query, which alone knows. */
  readonly count: Cypher | null
  readonly counted: number
  /** False once a relationship between other labels has come, which chunks without a test would have let in; null where labels are tested, or none are asked for. */
  readonly untested: (() => Promise<boolean>) | null
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface PlanOptions {
  /** Tests the labels of each relationship's ends even where the store's counts say that all have them. */
  readonly test_ends?: boolean
}

interface Pattern {
  readonly match: Cypher
  /** What the server can count without looking at each: its store keeps the number of relationships of a type. */
  readonly countable: Cypher
  /** One record for the ids from `low` on: its lists and `seen`. */
  readonly chunk: (lists: (one: (value: Cypher) => Cypher) => Cypher) => Cypher
  readonly id: Cypher
  readonly untested: Reading['untested']
  readonly columns: readonly { readonly name: string; readonly value: Cypher }[]
}

/** What it reads, for people: `(:Person)`. */
export function readingText(read: Neo4jRead): string {
  if ('query' in read) return read.query.trim().replaceAll(/\s+/g, ' ')
  const near = read.around === undefined ? '' : ` around ${read.around.map(({ label, key, values }) => `${label}.${key} ${values.join(', ')}`).join('; ')}`
  if ('nodes' in read) return `(:${[read.nodes].flat().join(':')})${near}`
  return `(${read.from === undefined ? '' : `:${read.from}`})-[:${read.relationships}]->(${read.to === undefined ? '' : `:${read.to}`})${near}`
}

/** @param used columns that the mapping names. @throws RingmapError neo4j_query */
export async function planReading(database: Neo4j, source: Neo4jSource, used: ReadonlySet<string>, options: PlanOptions = {}): Promise<Reading> {
  const { read } = source
  if ('query' in read) return await planQuery(database, read)
  const pattern = 'nodes' in read ? await nodePattern(database, read) : await relationshipPattern(database, read, used, options)
  if (read.around !== undefined) return await aroundReading(database, read, pattern, read.around)
  // Ranges go to the highest id, not to the count: ids have gaps, and a range by count would lose rows without a word.
  const [highest] = await database.rows<{ last: unknown }>(cypher`MATCH ${pattern.countable} RETURN max(id(${pattern.id})) AS last`)
  const last = Number(highest?.last ?? -1)
  const bare = cypher`MATCH ${pattern.countable} RETURN count(*) AS n`
  const sparse = last > (await countOf(database, bare)) * SPARSE + 20_000
  const count = sparse ? cypher`MATCH ${pattern.match} RETURN count(*) AS n` : bare
  const values = pattern.columns.map(({ value }, i) => cypher`${value} AS ${cypherName(`c${i}`)}`)
  const names = cypherList(pattern.columns.map((_, i) => cypherName(`c${i}`)))
  const lists = (one: (value: Cypher) => Cypher): Cypher => cypherList(pattern.columns.map(({ value }, i) => cypher`collect(${one(cypher`coalesce(${value}, $none)`)}) AS ${cypherName(`c${i}`)}`))
  return {
    columns: pattern.columns.map(({ name }) => name), counted: await countOf(database, count), last_id: last, count, parameters: {}, untested: sparse ? null : pattern.untested,
    rows: cypher`MATCH ${pattern.match} RETURN ${cypherList(values)}`,
    chunks: sparse ? null : cypher`UNWIND range($lo, $hi, $step) AS low CALL (low) { ${pattern.chunk(lists)} } RETURN ${names}, seen`,
  }
}

/** Few nodes are asked for by a property that names them, so nothing is gained by ranges. */
async function aroundReading(database: Neo4j, read: Exclude<Neo4jRead, { query: string }>, pattern: Pattern, around: Neo4jAround): Promise<Reading> {
  const parameters = Object.fromEntries(around.map(({ values }, i) => [`v${i}`, values.map((value) => (typeof value === 'number' && Number.isInteger(value) ? whole(value) : value))]))
  const starts = around.map(({ label, key }, i) => cypher`MATCH (start${cypherLabels([label])}) WHERE start.${cypherName(key)} IN ${new Cypher(`$v${i}`)} RETURN start`)
  const start = cypher`CALL () { ${cypherList(starts, ' UNION ')} }`
  const match = 'nodes' in read
    ? cypher`${start} OPTIONAL MATCH (start)--(next) UNWIND [start, next] AS n WITH DISTINCT n WHERE n${cypherLabels([read.nodes].flat())}`
    : cypher`${start} MATCH (start)-[r:${cypherName(read.relationships)}]-() WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b ${endTest(read)}`
  const count = cypher`${match} RETURN count(*) AS n`
  return {
    columns: pattern.columns.map(({ name }) => name), counted: await countOf(database, count, parameters), last_id: -1, count, parameters, chunks: null, untested: null,
    rows: cypher`${match} RETURN ${cypherList(pattern.columns.map(({ value }, i) => cypher`${value} AS ${cypherName(`c${i}`)}`))}`,
  }
}

function endTest(read: Extract<Neo4jRead, { relationships: string }>): Cypher {
  const tests = [...(read.from === undefined ? [] : [cypher`a${cypherLabels([read.from])}`]), ...(read.to === undefined ? [] : [cypher`b${cypherLabels([read.to])}`])]
  return tests.length === 0 ? cypher`` : cypher`WHERE ${cypherList(tests, ' AND ')}`
}

async function countOf(database: Neo4j, count: Cypher, parameters: Reading['parameters'] = {}): Promise<number> {
  return Number((await database.rows<{ n: unknown }>(count, parameters))[0]?.n ?? 0)
}

/** Labels are tested after the ids were looked up: in the same pattern, the planner would be free to start each range from a scan of the label. */
export function nodeChunk(labels: readonly string[], lists: Cypher): Cypher {
  return cypher`MATCH (n) WHERE id(n) IN range(low, low + $step - 1) ${labels.length === 0 ? cypher`` : cypher`WITH n WHERE n${cypherLabels(labels)}`} RETURN ${lists}, count(*) AS seen`
}

/** All of the type are counted as seen, also those between other labels, which are left out of the lists. */
export function relationshipChunk(type: string, from: readonly string[], to: readonly string[], lists: (one: (value: Cypher) => Cypher) => Cypher): Cypher {
  const tests = [...(from.length === 0 ? [] : [cypher`a${cypherLabels(from)}`]), ...(to.length === 0 ? [] : [cypher`b${cypherLabels(to)}`])]
  const match = cypher`MATCH (a)-[r:${cypherName(type)}]->(b) WHERE id(r) IN range(low, low + $step - 1)`
  if (tests.length === 0) return cypher`${match} RETURN ${lists((value) => value)}, count(*) AS seen`
  return cypher`${match} WITH a, r, b, ${cypherList(tests, ' AND ')} AS kept RETURN ${lists((value) => cypher`CASE WHEN kept THEN ${value} END`)}, count(*) AS seen`
}

/** Whether every relationship of a type begins at one label and ends at the other. The store keeps these counts, so that nothing is looked at; testing the labels of each end costs the server as much as the rest of the reading. */
export async function allEndsHave(database: Neo4j, type: string, from: readonly string[], to: readonly string[]): Promise<boolean> {
  // It keeps no count for two labels at one end.
  if (from.length > 1 || to.length > 1) return false
  const all = await countOf(database, cypher`MATCH ()-[r:${cypherName(type)}]->() RETURN count(*) AS n`)
  return (
    (from.length === 0 || (await countOf(database, cypher`MATCH (${cypherLabels(from)})-[r:${cypherName(type)}]->() RETURN count(*) AS n`)) === all) &&
    (to.length === 0 || (await countOf(database, cypher`MATCH ()-[r:${cypherName(type)}]->(${cypherLabels(to)}) RETURN count(*) AS n`)) === all)
  )
}

/** An EXPLAIN runs nothing: it says which columns there will be, and refuses what is no Cypher. */
async function planQuery(database: Neo4j, read: Extract<Neo4jRead, { query: string }>): Promise<Reading> {
  const rows = statedQuery(read.query)
  const parameters = Object.fromEntries(Object.entries(read.parameters).map(([name, value]) => [name, typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value]))
  const columns = await database.columns(cypher`EXPLAIN ${rows}`, parameters)
  if (columns.length === 0) throw new RingmapError('neo4j_query', { uri: database.address.uri, what: 'the query returns nothing', hint: 'End it with RETURN and a name for each column.' })
  return { columns, rows, chunks: null, last_id: -1, count: null, counted: -1, untested: null, parameters }
}

async function nodePattern(database: Neo4j, read: Extract<Neo4jRead, { nodes: unknown }>): Promise<Pattern> {
  const match = cypher`(n${cypherLabels([read.nodes].flat())})`
  const properties = read.columns ?? (await propertiesOf(database, match, cypher`n`))
  return { match, countable: match, untested: null, chunk: (lists) => nodeChunk([read.nodes].flat(), lists((value) => value)), id: cypher`n`, columns: [...idColumn('~id', cypher`n`), ...own(properties, cypher`n`)] }
}

async function relationshipPattern(database: Neo4j, read: Extract<Neo4jRead, { relationships: string }>, used: ReadonlySet<string>, { test_ends = false }: PlanOptions): Promise<Pattern> {
  const [from, to] = [[read.from ?? []].flat(), [read.to ?? []].flat()]
  const match = cypher`(a${cypherLabels(from)})-[r:${cypherName(read.relationships)}]->(b${cypherLabels(to)})`
  const ofEnd = (column: string): boolean => /^(?:from|to)\./.test(column)
  const columns = read.columns ?? [...(await propertiesOf(database, match, cypher`r`)), ...[...used].filter(ofEnd).sort()]
  const value = (column: string): Cypher => {
    if (column.startsWith('from.')) return cypher`a.${cypherName(column.slice(5))}`
    return column.startsWith('to.') ? cypher`b.${cypherName(column.slice(3))}` : cypher`r.${cypherName(column)}`
  }
  const hold = async (): Promise<boolean> => await allEndsHave(database, read.relationships, from, to)
  const untested = !test_ends && from.length + to.length > 0 && (await hold()) ? hold : null
  return {
    match, countable: cypher`()-[r:${cypherName(read.relationships)}]->()`, id: cypher`r`,
    chunk: (lists) => (untested === null ? relationshipChunk(read.relationships, from, to, lists) : relationshipChunk(read.relationships, [], [], lists)), untested,
    columns: [...idColumn('~id', cypher`r`), ...idColumn('~from', cypher`a`), ...idColumn('~to', cypher`b`), ...columns.map((name) => ({ name, value: value(name) }))],
  }
}

async function propertiesOf(database: Neo4j, match: Cypher, variable: Cypher): Promise<string[]> {
  const rows = await database.rows<{ k: string }>(cypher`MATCH ${match} UNWIND keys(${variable}) AS k RETURN DISTINCT k ORDER BY k`)
  return rows.map(({ k }) => k)
}

function own(properties: readonly string[], variable: Cypher): Pattern['columns'] {
  return properties.map((name) => ({ name, value: cypher`${variable}.${cypherName(name)}` }))
}

/** The number in an element id; what stands before it is the same for the whole store and kept beside the file. */
function idColumn(name: string, variable: Cypher): Pattern['columns'] {
  return [{ name, value: cypher`id(${variable})` }]
}
