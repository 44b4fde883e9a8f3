/** The sources of a case that are databases: read into files of the case before import takes them as it takes every file. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Neo4jSource, SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import type { Issue } from '@ringmap/model/issue'
import type { WorkOptions } from '@ringmap/model/progress'
import { columnsUsed } from '@ringmap/sources/map-sources'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { extractNeo4j, extractRecord } from '@ringmap/sources/neo4j-extract'
import { readingText } from '@ringmap/sources/neo4j-reading'
import { exchangeIssues } from './exchange-sources.ts'
import type { OpenCase } from './open-case.ts'

/** What a database needs besides case.yaml. */
export interface DatabaseAccess {
  /** The password of a user at an address, from the environment or a prompt; null when nobody knows it. */
  readonly password: (at: { readonly uri: string; readonly user: string }) => Promise<string | null>
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number
  /** Take what was read last, and ask no database. */
  readonly offline?: boolean | undefined
  /** Ids in a range that is read at once. */
  readonly range_ids?: number | undefined
}

/** The password from the environment, and nothing else. */
export function passwordFromEnvironment(): Promise<string | null> {
  return Promise.resolve(process.env['NEO4J_PASSWORD'] ?? null)
}

/** A password that a person gave for this session; it is held in memory and nowhere else. */
export interface GivenPassword {
  readonly uri: string
  readonly user: string
  readonly password: string
}

/** Passwords that were given, else the one of the environment. */
export function passwordGiven(given: readonly GivenPassword[]): DatabaseAccess['password'] {
  return async ({ uri, user }) => given.find((one) => one.uri === uri && one.user === user)?.password ?? await passwordFromEnvironment()
}

/** Addresses of the Neo4j sources of a case, each once. */
export function databaseAddresses({ sources }: Pick<OpenCase['file'], 'sources'>): readonly { readonly uri: string; readonly user: string }[] {
  const addresses = sources.filter((source): source is Neo4jSource => source.kind === 'neo4j').map(addressOf)
  return [...new Map(addresses.map(({ uri, user }) => [JSON.stringify([uri, user]), { uri, user }])).values()]
}

/** Reads every Neo4j source; the case database is not touched. @throws RingmapError neo4j_*, interrupted */
export async function readDatabases(open: OpenCase, access: DatabaseAccess, work: WorkOptions): Promise<void> {
  const sources = open.file.sources.filter((source): source is Neo4jSource => source.kind === 'neo4j')
  const connections = new Map<string, Neo4j>()
  try {
    for (const source of sources) {
      const path = extractPath(open, source)
      if (access.offline === true && extractRecord(path) !== null) continue
      const { uri, user } = addressOf(source)
      const key = JSON.stringify([uri, user, source.database])
      const connection = connections.get(key) ?? (await connect({ uri, user, database: source.database }, access, 'halves'))
      connections.set(key, connection)
      await extractNeo4j(connection, source, { ...work, path, used: columnsUsed(source), now: access.now, ...(access.range_ids === undefined ? {} : { range_ids: access.range_ids }) })
    }
  } finally {
    for (const connection of connections.values()) await connection.close()
  }
}

/** @throws RingmapError neo4j_password_missing, neo4j_unreachable, neo4j_refused, neo4j_too_old */
async function connect(at: { readonly uri: string; readonly user: string; readonly database?: string | undefined }, access: Pick<DatabaseAccess, 'password'>, integers: 'exact' | 'plain' | 'halves' = 'exact'): Promise<Neo4j> {
  if (/\/\/[^/]*@/.test(at.uri)) throw new RingmapError('usage', { what: 'An address must not hold a name or password; set NEO4J_PASSWORD instead.' })
  const password = await access.password(at)
  if (password === null) throw new RingmapError('neo4j_password_missing', { uri: at.uri, user: at.user })
  return await Neo4j.open({ ...at, password }, { integers })
}

/** A connection for one piece of work, closed after it. @throws RingmapError as `connect`, and what the work throws */
export async function withDatabase<T>(at: Parameters<typeof connect>[0], access: Pick<DatabaseAccess, 'password'>, work: (database: Neo4j) => Promise<T>): Promise<T> {
  const database = await connect(at, access)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

export function extractPath(open: OpenCase, source: Neo4jSource): string {
  return join(open.work, source.file)
}

/** Takes what was read, and asks no database. */
export const AS_READ: DatabaseAccess = { password: () => Promise.resolve(null), now: () => 0, offline: true }

/** Brings what was read from databases into another work folder, so that steps there can take it as it was read. @param from work folder of the case. @throws RingmapError source_missing */
export function bringExtracts({ sources }: Pick<OpenCase['file'], 'sources'>, from: string, to: string): void {
  for (const { kind, name, file } of sources) {
    if (kind !== 'neo4j') continue
    if (extractRecord(join(from, file)) === null) throw new RingmapError('source_missing', { source: name, file })
    mkdirSync(dirname(join(to, file)), { recursive: true, mode: 0o700 })
    for (const one of [file, `${file}.json`]) copyFileSync(join(from, one), join(to, one))
  }
}

/** How a source is called in messages, rows and exhibits: a file by its name, a database by address, store, query and time. */
export function shownSource(open: OpenCase, source: SourceMapping): string {
  if (source.kind === 'file') return source.file
  if (source.kind !== 'neo4j') return source.original
  const record = extractRecord(extractPath(open, source))
  if (record === null) return `${addressOf(source).uri} ${readingText(source.read)}`
  return `${record.uri} ${record.database} ${record.read}, store ${record.database_id}, read ${new Date(record.until_ms).toISOString()}`
}

/** What was remarked when a source was read from its database. */
export function extractIssues(open: OpenCase, source: SourceMapping, shown: string): Issue[] {
  if (source.kind === 'file') return []
  if (source.kind !== 'neo4j') return exchangeIssues(open, source, shown)
  return (extractRecord(extractPath(open, source))?.issues ?? []).map((issue) => ({ ...issue, file: shown }))
}

/** Where the case's first Neo4j source is; null where it has none. */
export function databaseOfCase(open: OpenCase): { readonly uri: string; readonly user: string; readonly database: string | undefined } | null {
  const source = open.file.sources.find((one): one is Neo4jSource => one.kind === 'neo4j')
  return source === undefined ? null : { ...addressOf(source), database: source.database }
}

function addressOf(source: Neo4jSource): { uri: string; user: string } {
  return { uri: source.uri.replaceAll('${NEO4J_URI}', process.env['NEO4J_URI'] ?? ''), user: source.user }
}
