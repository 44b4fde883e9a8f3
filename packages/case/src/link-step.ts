/** The link step: records become entities and links, in one transaction; skipped when nothing before it changed. */
import { createHmac } from 'node:crypto'
import type { WorkOptions } from '@ringmap/model/progress'
import { linkRecords, type LinkedCounts } from '@ringmap/linkage/link-records'
import { RingmapError } from '@ringmap/model/errors'
import { sql } from '@ringmap/store/sql'
import { fingerprintOf } from './import-step.ts'
import type { OpenCase } from './open-case.ts'

/** Raised when the rules of joining change. */
const LINK_VERSION = 1

export interface LinkStepOptions extends WorkOptions {
  readonly force?: boolean | undefined
}

/** Ids come from the case key, but do not give it away. */
function idSalt(key: Uint8Array): string {
  return createHmac('sha256', key).update('entity and link ids').digest('hex')
}

/** @returns the counts, or null when nothing had changed. */
export async function runLink(open: OpenCase, options: LinkStepOptions = {}): Promise<LinkedCounts | null> {
  const { database } = open
  const fingerprint = fingerprintOf({ before: await stepFingerprint(open, 'import'), version: LINK_VERSION, salt: fingerprintOf(idSalt(open.key)) })
  const before = await database.one<{ fingerprint: string }>(sql`SELECT fingerprint FROM step WHERE name = 'link'`)
  if (options.force !== true && before?.fingerprint === fingerprint) return null
  return await database.transaction(async () => {
    const counts = await linkRecords(database, { ...options, salt: idSalt(open.key) })
    await database.run(sql`INSERT INTO step VALUES ('link', ${fingerprint})`)
    return counts
  })
}

const STEPS = ['import', 'link', 'find'] as const

/** @throws RingmapError step_missing, naming the first step that has still to be run. */
export async function stepFingerprint(open: OpenCase, step: (typeof STEPS)[number]): Promise<string> {
  const known = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'step'`)
  const rows = known?.n ? await open.database.rows<{ name: string; fingerprint: string }>(sql`SELECT name, fingerprint FROM step`) : []
  const found = rows.find((row) => row.name === step)
  if (found !== undefined) return found.fingerprint
  throw new RingmapError('step_missing', { step: STEPS.find((one) => !rows.some((row) => row.name === one)) ?? step, path: open.folder })
}
