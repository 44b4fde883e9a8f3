/** From an entity of the case back into the Neo4j it came from: how much more is there, by type, and taking chosen types in as a new import. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import type { Neo4jAround, Neo4jRead, Neo4jSource } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import type { InDatabase } from '@ringmap/model/wire'
import type { Neo4j } from '@ringmap/sources/neo4j-connection'
import { keyValues, neighboursByType } from '@ringmap/sources/neo4j-neighbours'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { rawTable } from '@ringmap/store/tables'
import { parseCaseFile } from './case-file-text.ts'
import { entityNumber, type CaseView } from './case-view.ts'
import { databaseOfCase, withDatabase, type DatabaseAccess } from './database-sources.ts'
import { CASE_FILE, type OpenCase } from './open-case.ts'

type RelationshipRead = Extract<Neo4jRead, { relationships: string }>
type RelationshipSource = Neo4jSource & { readonly read: RelationshipRead }

/** Counts alone; nothing of the database enters the case. @throws RingmapError not_found, usage, neo4j_* */
export async function inDatabase(view: CaseView, id: string, access: Pick<DatabaseAccess, 'password'>): Promise<InDatabase> {
  const ids = await nodesOf(view, id)
  return await connected(view.open, access, async (database) => {
    const types: InDatabase['types'][number][] = []
    for (const found of await neighboursByType(database, ids)) {
      const sources = sourcesOf(view.open, found.type)
      types.push({
        type: found.type, in_database: found.relationships, in_case: await relationshipsInCase(view.open, sources, ids), others: found.others,
        not_because: sources.length > 0 ? null : `no source of case.yaml reads ${found.type}: add one that says what it means`,
      })
    }
    return { database: `${database.address.uri} ${database.server.database}`, types, more: types.reduce((sum, one) => sum + Math.max(0, one.in_database - one.in_case), 0) }
  })
}

export interface ReadAround {
  /** Where it is asked of. */
  readonly database: string
  /** Puts the case file back as it was. */
  readonly undo: () => void
}

/**
 * Adds the entity to what its sources are read around, in case.yaml, which keeps its remarks; the next import takes in what stands there. Where a source reads a type whole, nothing is added and it is read again.
 *
 * @throws RingmapError not_found, usage, neo4j_*
 */
export async function readAround(view: CaseView, id: string, types: readonly string[], access: Pick<DatabaseAccess, 'password'>): Promise<ReadAround> {
  const { open } = view
  if (types.length === 0) throw new RingmapError('usage', { what: 'Name at least one type to take in.' })
  const ids = await nodesOf(view, id)
  const sources = types.flatMap((type) => {
    const found = sourcesOf(open, type)
    if (found.length === 0) throw new RingmapError('usage', { what: `No source of case.yaml reads ${type}: add one that says what it means.` })
    return found
  })
  const additions = await connected(open, access, async (database) => await Promise.all(sources.flatMap((source) => (source.read.around === undefined ? [] : [addition(database, source, ids)]))))
  const path = open.file_path
  const before = readFileSync(path, 'utf8')
  const text = withAdditions(before, additions)
  // What cannot be read again is not written.
  parseCaseFile(text, CASE_FILE)
  if (text !== before) replace(path, text)
  return { database: databaseOfCase(open)?.uri ?? '', undo: () => replace(path, before) }
}

async function connected<T>(open: OpenCase, access: Pick<DatabaseAccess, 'password'>, work: (database: Neo4j) => Promise<T>): Promise<T> {
  const at = databaseOfCase(open)
  if (at === null) throw new RingmapError('usage', { what: 'No source of this case is a Neo4j database.' })
  return await withDatabase(at, access, work)
}

/** Sources of the first database that read this type. */
function sourcesOf(open: OpenCase, type: string): RelationshipSource[] {
  return databaseSources(open).filter((source): source is RelationshipSource => 'relationships' in source.read && source.read.relationships === type)
}

/** Those at the address of the first. */
function databaseSources(open: OpenCase): Neo4jSource[] {
  const all = open.file.sources.filter((source): source is Neo4jSource => source.kind === 'neo4j')
  return all.filter(({ uri, database }) => uri === all[0]?.uri && database === all[0].database)
}

/** Numbers of the nodes that an entity was read from. @throws RingmapError not_found */
async function nodesOf(view: CaseView, id: string): Promise<number[]> {
  const { open } = view
  const entity = await entityNumber(view, id)
  const records = sql`SELECT record FROM entity_record WHERE entity = ${entity}`
  const found: Sql[] = []
  for (const source of databaseSources(open)) {
    const position = open.file.sources.findIndex((one) => one.name === source.name)
    const raw = rawTable(source.name)
    if ('nodes' in source.read && Object.keys(source.entities).length === 1) found.push(sql`SELECT t.${name('~id')} AS id FROM record_row r JOIN ${raw} t ON t.row = r.row WHERE r.source = ${position} AND r.record IN (${records})`)
    if (!('relationships' in source.read)) continue
    for (const link of source.links) {
      for (const [alias, record] of [[link.from, sql`o.from_record`], [link.to, sql`o.to_record`]] as const) {
        const side = endOf(source, alias)
        if (side !== null) found.push(sql`SELECT t.${name(`~${side.end}`)} AS id FROM observation o JOIN ${raw} t ON t.row = o.row WHERE o.source = ${position} AND ${record} IN (${records})`)
      }
    }
  }
  let rows: { id: string | number | null }[] = []
  if (found.length > 0) rows = await open.database.rows(sql`SELECT DISTINCT id FROM (${joined(found, ' UNION ALL ')}) WHERE id IS NOT NULL ORDER BY id`)
  if (rows.length === 0) throw new RingmapError('not_found', { what: `"${id}" in a database that this case is read from` })
  return rows.map((row) => Number(row.id))
}

/** The end of a relationship that an entity of the mapping stands for, and the property that names it there. */
function endOf(source: RelationshipSource | Neo4jSource, alias: string): { readonly end: 'from' | 'to'; readonly key: string } | null {
  const given = source.entities[alias]?.id
  if (typeof given !== 'string') return null
  const [, end, key = ''] = /^(from|to)\.(.+)$/.exec(given) ?? []
  return end === 'from' || end === 'to' ? { end, key } : null
}

async function relationshipsInCase(open: OpenCase, sources: readonly RelationshipSource[], ids: readonly number[]): Promise<number> {
  if (sources.length === 0) return 0
  const wanted = ids.map(String)
  const each = sources.map((source) => sql`SELECT ${name('~id')} AS id FROM ${rawTable(source.name)} WHERE CAST(${name('~from')} AS VARCHAR) IN ${wanted} OR CAST(${name('~to')} AS VARCHAR) IN ${wanted}`)
  return (await open.database.one<{ n: number }>(sql`SELECT count(DISTINCT id) AS n FROM (${joined(each, ' UNION ALL ')})`))?.n ?? 0
}

interface Addition {
  readonly source: string
  readonly label: string
  readonly key: string
  readonly values: readonly (string | number)[]
}

/** By a label and key that the source is read around already, else by those of its own mapping. */
async function addition(database: Neo4j, source: RelationshipSource, ids: readonly number[]): Promise<Addition> {
  const { read } = source
  const mapped = Object.keys(source.entities).flatMap((alias) => {
    const side = endOf(source, alias)
    const label = side?.end === 'from' ? read.from : read.to
    return side === null || label === undefined ? [] : [{ label, key: side.key }]
  })
  for (const { label, key } of [...(read.around ?? []), ...mapped]) {
    const values = await keyValues(database, ids, label, key)
    if (values.length > 0) return { source: source.name, label, key, values }
  }
  throw new RingmapError('usage', { what: `Source ${source.name} has no property that names this node: add one under around in case.yaml.` })
}

/** The text of the case file with the values added; remarks and order of everything else stay. */
function withAdditions(text: string, additions: readonly Addition[]): string {
  const document = parseDocument(text)
  for (const { source, label, key, values } of additions) {
    const sources = document.toJS() as { sources: { name: string; read?: { around?: Neo4jAround } }[] }
    const s = sources.sources.findIndex((one) => one.name === source)
    const around = sources.sources[s]?.read?.around ?? []
    const place = around.findIndex((one) => one.label === label && one.key === key)
    const path = ['sources', s, 'read', 'around']
    if (place < 0) document.addIn(path, document.createNode({ label, key, values }))
    else for (const value of values) if (!around[place]?.values.includes(value)) document.addIn([...path, place, 'values'], document.createNode(value))
  }
  return additions.length === 0 ? text : document.toString({ lineWidth: 0 })
}

function replace(path: string, text: string): void {
  const draft = `${path}.draft`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
