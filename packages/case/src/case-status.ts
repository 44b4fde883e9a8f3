/** What a case holds and what is still to do: steps done, and which files are new, changed or gone. */
import { existsSync } from 'node:fs'
import type { Issue } from '@ringmap/model/issue'
import { fileSha256 } from '@ringmap/sources/file-hash'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from './case-issues.ts'
import { sourcePath, type OpenCase } from './open-case.ts'

export interface CaseStatus {
  readonly name: string
  readonly sources: readonly { readonly name: string; readonly file: string; readonly rows: number | null; readonly state: 'as imported' | 'changed since import' | 'not imported' | 'missing' }[]
  /** In order: import, link, find. */
  readonly steps: readonly string[]
  readonly issues: readonly Issue[]
}

export async function caseStatus(open: OpenCase): Promise<CaseStatus> {
  const { database, file } = open
  const known = await database.rows<{ name: string; sha256: string; rows: number }>(sql`SELECT name, sha256, row_count AS rows FROM source`)
  const steps = (await database.rows<{ name: string }>(sql`SELECT name FROM step`)).map(({ name }) => name)
  const sources: CaseStatus['sources'][number][] = []
  for (const source of file.sources) {
    const path = sourcePath(open, source)
    const before = known.find(({ name }) => name === source.name)
    const state = !existsSync(path) ? 'missing' : before === undefined ? 'not imported' : (await fileSha256(path)) === before.sha256 ? 'as imported' : 'changed since import'
    sources.push({ name: source.name, file: source.file, rows: before?.rows ?? null, state })
  }
  return { name: file.name, sources, steps: ['import', 'link', 'find'].filter((step) => steps.includes(step)), issues: steps.includes('import') ? await caseIssues(open) : [] }
}
