/** Makes a case folder from a live Neo4j: looks at its schema and drafts case.yaml for a person to correct. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { draftNeo4jCase } from '@ringmap/sources/neo4j-draft'
import { databaseShape } from '@ringmap/sources/neo4j-schema'
import { withDatabase, type DatabaseAccess } from './database-sources.ts'
import type { Initialised, InitOptions } from './init-case.ts'
import { CASE_FILE } from './open-case.ts'

/** What an address of a database begins with. */
export const DATABASE_ADDRESS: RegExp = /^(?:bolt|neo4j)(?:\+s|\+ssc)?:\/\//

/** @throws RingmapError case_exists, neo4j_* */
export async function initFromNeo4j(folder: string, at: { readonly uri: string; readonly user: string; readonly database?: string | undefined }, options: InitOptions, access: Pick<DatabaseAccess, 'password'>): Promise<Initialised> {
  const target = resolve(folder)
  const file = join(target, CASE_FILE)
  if (existsSync(file)) throw new RingmapError('case_exists', { path: file })
  return await withDatabase(at, access, async (database) => {
    const shape = await databaseShape(database)
    if (shape.labels.length === 0) throw new RingmapError('usage', { what: `The database at ${at.uri} is empty.` })
    const draft = draftNeo4jCase(shape, { ...at, name: options.name ?? basename(target), region: options.region, timezone: options.timezone })
    mkdirSync(target, { recursive: true })
    writeFileSync(file, draft.yaml, { flag: 'wx' })
    return { case_file: file, files: [], notes: draft.notes }
  })
}
