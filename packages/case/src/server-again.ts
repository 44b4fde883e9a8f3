/** An exhibit whose communities came from a server with Graph Data Science: whether the same versions are there to be asked again, and which of its rows hold without them. */
import { RingmapError } from '@ringmap/model/errors'
import { gdsVersion } from '@ringmap/sources/gds-projection'
import type { CaseView } from './case-view.ts'
import { databaseOfCase, withDatabase } from './database-sources.ts'
import { engineUse } from './engine-mark.ts'
import { rowHashes } from './exhibit-trace.ts'
import type { EngineOptions } from './network-engine.ts'
import type { OpenCase } from './open-case.ts'

/** Where the server may be asked. */
export type ServerToAsk = Pick<EngineOptions, 'at' | 'password'>

/** What the method sheet says of the server. */
export interface StatedServer {
  readonly server: string
  /** Of Graph Data Science. */
  readonly version: string
  readonly use: NonNullable<ReturnType<typeof engineUse>>
}

export interface ServerAgain {
  /** What the exhibit says: `Graph Data Science 2.13.9 on Neo4j/5.26.30`. */
  readonly stated: string
  /** What answers now; null where nothing does. */
  readonly here: string | null
  /** Why nothing answers; null where something does. */
  readonly trouble: string | null
  /** Rows under lines of the exhibit which the sources give with the same hash, of all that it names: these need no server. */
  readonly rows: { readonly same: number; readonly of: number }
}

/** Null where the exhibit was made without a server. */
export function statedServer(method: Readonly<Partial<Record<string, unknown>>>): StatedServer | null {
  const stated = method['communities_from'] as { readonly server?: unknown; readonly version?: unknown } | undefined
  const use = typeof method['find_fingerprint'] === 'string' ? engineUse(method['find_fingerprint']) : null
  return use === null || typeof stated?.server !== 'string' || typeof stated.version !== 'string' ? null : { server: stated.server, version: stated.version, use }
}

/** The way to have communities found as they were the first time; null with the reason where no server answers. */
export async function serverAgain(open: OpenCase, stated: StatedServer, asked: ServerToAsk): Promise<Omit<ServerAgain, 'rows'> & { readonly engine: EngineOptions | null }> {
  const said = { stated: called(stated) }
  const at = asked.at ?? databaseOfCase(open)
  if (at === null) return { ...said, here: null, trouble: 'No address of Neo4j is known.', engine: null }
  try {
    const here = await withDatabase(at, asked, async (database) => called({ server: database.server.agent, version: await gdsVersion(database) }))
    return { ...said, here, trouble: null, engine: { ...stated.use, engine: 'gds', at, password: asked.password, said_to_be: { server: stated.server, version: stated.version } } }
  } catch (error) {
    if (!(error instanceof RingmapError) || error.code === 'interrupted') throw error
    return { ...said, here: null, trouble: error.message, engine: null }
  }
}

function called({ server, version }: Pick<StatedServer, 'server' | 'version'>): string {
  return `Graph Data Science ${version} on ${server}`
}

/** @param trace the exhibit's `trace.jsonl`. */
export async function rowsAgain(view: CaseView, trace: string): Promise<ServerAgain['rows']> {
  const named = new Map<string, { readonly source: string; readonly row: number; readonly hash: string }>()
  for (const line of trace.split('\n')) {
    if (line === '') continue
    const { source, row, row_sha256: open, row_hmac: keyed } = JSON.parse(line) as { source: string; row: number | null; row_sha256: string | null; row_hmac: string | null }
    const hash = open ?? keyed
    if (row !== null && hash !== null) named.set(`${source}:${row}`, { source, row, hash })
  }
  const hashes = await rowHashes(view, [...named.values()])
  const same = [...named].filter(([place, { hash }]) => hashes.get(place)?.sha256 === hash || hashes.get(place)?.hmac === hash)
  return { same: same.length, of: named.size }
}
