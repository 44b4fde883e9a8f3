/** The issues of a case, in the order of its sources, with protected values masked in their examples. */
import type { Issue } from '@ringmap/model/issue'
import { sql } from '@ringmap/store/sql'
import { maskCase, maskedWords, shownFile, type CaseMask } from './mask-case.ts'
import type { OpenCase } from './open-case.ts'

/** @param given the mask, where it is at hand; before the link step there are no entities to mask by, and examples are left out. */
export async function caseIssues(open: OpenCase, given?: CaseMask): Promise<Issue[]> {
  const { database } = open
  const linked = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM step WHERE name = 'link'`))?.n === 1
  const mask = given ?? (linked ? await maskCase(open) : null)
  const rows = await database.rows<{ code: Issue['code']; source: string; file: string; column_name: string | null; count: number; examples: string; message: string }>(
    sql`SELECT i.code, i.source, i.file, i.column_name, i.count, i.examples, i.message FROM issue i LEFT JOIN source s ON s.name = i.source ORDER BY s.position, i.code, i.column_name, i.message`,
  )
  return rows.map((row) => ({
    code: row.code, source: row.source, file: mask === null ? row.file : shownFile(mask, row.file), column: row.column_name, count: row.count, message: mask === null ? row.message : maskedWords(mask, row.message),
    examples: (JSON.parse(row.examples) as Issue['examples']).map(({ row: at, value }) => ({ row: at, value: value === null || mask === null ? null : maskedWords(mask, value) })),
  }))
}
