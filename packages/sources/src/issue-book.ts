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

export class IssueBook {
  readonly #step: string
  readonly #files: ReadonlyMap<string, string>

  /** @param files file name by source name. */
  constructor(step: string, files: ReadonlyMap<string, string>) {
    this.#step = step
    this.#files = files
  }

  /** Adds an issue for what the query finds, nothing when it finds nothing. */
  async fromQuery(database: Database, trouble: Trouble): Promise<void> {
    const total = await database.one<{ n: number | null; problems: number }>(sql`SELECT CAST(sum(n) AS BIGINT) AS n, count(DISTINCT problem) AS problems FROM (${trouble.bad})`)
    if (total === null || !total.n) return
    const examples = await database.rows<{ row: number; value: string | null; problem: string | null }>(sql`SELECT row, value, problem FROM (${trouble.bad}) ORDER BY row, value LIMIT ${EXAMPLES}`)
    const first = examples.find((example) => example.problem !== null)?.problem
    const message = first === undefined || first === null ? ISSUE_CODES[trouble.code] : `${first}${total.problems > 1 ? ', among others' : ''}: ${ISSUE_CODES[trouble.code]}`
    await this.add(database, trouble.code, trouble.source, trouble.column, total.n, examples.map(({ row, value }) => ({ row, value })), message)
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
