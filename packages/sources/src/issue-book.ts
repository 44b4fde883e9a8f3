/** Counts what was wrong, kind by kind and place by place, with the first examples; the counting itself is done by the database. */
import { ISSUE_CODES, type IssueCode } from '@ringmap/model/issue'
import type { Database } from '@ringmap/store/database'
import { sql, type Sql } from '@ringmap/store/sql'

export interface Trouble {
  readonly code: IssueCode
  readonly source: string
  readonly column: string | null
  /** SELECT with the columns row, value, n (how many rows) and problem. */
  readonly bad: Sql
}

/** How many examples an issue carries; its count says how many there are. */
const EXAMPLES = 10
/** Different troubles that its message names. */
const PROBLEMS = 3

export class IssueBook {
  readonly #step: string
  readonly #files: ReadonlyMap<string, string>

  /** @param files file name by source name. */
  constructor(step: string, files: ReadonlyMap<string, string>) {
    this.#step = step
    this.#files = files
  }

  /** Adds an issue for what the query finds, nothing when it finds nothing; says whether it found anything. */
  async fromQuery(database: Database, trouble: Trouble): Promise<boolean> {
    const total = await database.one<{ n: number | null; problems: number }>(sql`SELECT CAST(sum(n) AS BIGINT) AS n, count(DISTINCT problem) AS problems FROM (${trouble.bad})`)
    if (total === null || !total.n) return false
    const examples = await database.rows<{ row: number; value: string | null }>(sql`SELECT row, value FROM (${trouble.bad}) ORDER BY row, value LIMIT ${EXAMPLES}`)
    const problems = total.problems === 0 ? [] : await database.rows<{ problem: string }>(sql`SELECT problem FROM (${trouble.bad}) WHERE problem IS NOT NULL GROUP BY problem ORDER BY sum(n) DESC, problem LIMIT ${PROBLEMS}`)
    const message = problems.length === 0 ? ISSUE_CODES[trouble.code] : `${problems.map(({ problem }) => problem).join('; ')}${total.problems > PROBLEMS ? '; and others' : ''}: ${ISSUE_CODES[trouble.code]}`
    await this.add(database, trouble.code, trouble.source, trouble.column, total.n, examples.map(({ row, value }) => ({ row, value })), message)
    return true
  }

  async add(
    database: Database, code: IssueCode, source: string, column: string | null, count: number,
    examples: readonly { readonly row: number; readonly value: string | null }[], message: string = ISSUE_CODES[code],
  ): Promise<void> {
    await database.run(
      sql`INSERT INTO issue VALUES (${this.#step}, ${code}, ${source}, ${this.#files.get(source) ?? ''}, ${column}, ${count}, ${JSON.stringify(examples)}, ${message})`,
    )
  }
}
