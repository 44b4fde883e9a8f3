/** Columns of records as dictionary codes: DuckDB reads and orders them, each distinct value is cleaned once, whatever its kind asks. */
import type { Database } from '@ringmap/store/database'
import { NULL_INDEX } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'
import { sharedU32 } from './shared-arrays.ts'
import { textPool, type TextPool } from './similarity.ts'

/** One form for each way of writing a value; null when it says nothing. @param place of the value in the list of its column's values, where there is one: what was read of it is remembered there. */
export type Clean = (value: string, place?: number, list?: readonly string[]) => string | null

export interface FieldPlan {
  readonly name: string
  /** Columns of the table, joined by a space where there are several. */
  readonly from: readonly string[]
  readonly clean: Clean
}

export interface Field {
  readonly name: string
  /** Place in `values` for each record, NULL_INDEX where it has none. */
  readonly codes: Uint32Array
  readonly values: readonly string[]
  /** How many records have the value. */
  readonly counts: Uint32Array
  readonly pool: TextPool
}

/** Words that people write where they know nothing. */
const NOTHING: ReadonlySet<string> = new Set(['', '-', '--', '.', '?', 'na', 'n/a', 'n.a.', 'nan', 'nil', 'none', 'null', 'not known', 'not available', 'unknown', 'unk', 'xx', 'xxx', 'x'])

/** A cell in small letters with single spaces; empty where it says nothing. */
function tidy(cell: string): string {
  const text = cell.toLowerCase().trim()
  const single = /[\t\u00a0\n]| {2}/.test(text) ? text.replaceAll(/[\s\u00a0]+/g, ' ').trim() : text
  return NOTHING.has(single) ? '' : single
}

/**
 * @param table with a column `#record` that counts from 0 in the order of its rows.
 */
export async function readFields(database: Database, table: string, records: number, plans: readonly FieldPlan[], progress: (done: number) => void = () => undefined): Promise<Field[]> {
  const fields: Field[] = []
  let last: { from: string; values: string[]; raw: Uint32Array } = { from: '', values: [], raw: new Uint32Array(0) }
  for (const plan of plans) {
    progress(fields.length)
    const from = JSON.stringify(plan.from)
    // Columns made of one source column are read once.
    if (last.from !== from) {
      const { values, raw } = await readValues(database, table, records, plan)
      for (let i = 0; i < values.length; i++) values[i] = tidy(values[i] as string)
      last = { from, values, raw }
    }
    fields.push(encoded(plan, last.values, last.raw))
  }
  return fields
}

/** Each different cell once, in order of first appearance, and its place for each record; NULL_INDEX where there is nothing. DuckDB makes the dictionary, on its own threads: a cell that a thousand records have becomes one string here. */
async function readValues(database: Database, table: string, records: number, plan: FieldPlan): Promise<{ values: string[]; raw: Uint32Array }> {
  const text = plan.from.length === 1 ? name(plan.from[0] as string) : sql`nullif(concat_ws(' ', ${joined(plan.from.map(name))}), '')`
  const record = name('#record')
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_value AS SELECT text, CAST(row_number() OVER (ORDER BY first) - 1 AS UINTEGER) AS code
    FROM (SELECT ${text} AS text, min(${record}) AS first FROM ${name(table)} GROUP BY 1 HAVING text IS NOT NULL)`)
  const values: string[] = []
  await database.eachText(sql`SELECT text FROM link_value ORDER BY code`, (cell) => { values.push(cell as string) })
  const [raw] = await database.columns(sql`SELECT v.code FROM (SELECT ${record} AS record, ${text} AS text FROM ${name(table)}) r LEFT JOIN link_value v ON v.text = r.text ORDER BY r.record`, ['u32'] as const, records)
  await database.run(sql`DROP TABLE link_value`)
  return { values, raw }
}

/** @param tidied values, each in small letters. Those that become one when cleaned share a code. */
function encoded(plan: FieldPlan, tidied: readonly string[], codes: Uint32Array): Field {
  const places = new Map<string, number>()
  const values: string[] = []
  const to = new Uint32Array(tidied.length)
  for (let i = 0; i < to.length; i++) to[i] = codeOf(tidied[i] as string, i)
  function codeOf(text: string, i: number): number {
    const value = text === '' ? null : plan.clean(text, i, tidied)
    if (value === null || value === '') return NULL_INDEX
    let code = places.get(value)
    if (code === undefined) {
      code = values.length
      places.set(value, code)
      values.push(value)
    }
    return code
  }
  const counts = new Uint32Array(values.length)
  const out = sharedU32(codes.length)
  for (let r = 0; r < codes.length; r++) {
    const code = codes[r] === NULL_INDEX ? NULL_INDEX : (to[codes[r] as number] as number)
    out[r] = code
    if (code !== NULL_INDEX) counts[code] = (counts[code] as number) + 1
  }
  return { name: plan.name, codes: out, values, counts, pool: textPool(values) }
}
