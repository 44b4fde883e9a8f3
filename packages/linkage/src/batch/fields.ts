/** Columns of records as dictionary codes: DuckDB trims, counts and encodes; what a kind asks beyond is done once for each distinct value. */
import type { Database } from '@ringmap/store/database'
import { NULL_INDEX } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { buffer, textPool, type TextPool } from './similarity.ts'

export interface FieldPlan {
  readonly name: string
  /** Columns of the table, joined by a space where there are several. */
  readonly from: readonly string[]
  /** One form for each way of writing a value; null when it says nothing. */
  readonly clean: (value: string) => string | null
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
const NOTHING: readonly string[] = ['', '-', '--', '.', '?', 'na', 'n/a', 'n.a.', 'nan', 'nil', 'none', 'null', 'not known', 'not available', 'unknown', 'unk', 'xx', 'xxx', 'x']

/** A cell in small letters with single spaces; NULL where it says nothing. */
function tidy(column: string): Sql {
  const text = sql`trim(lower(${name(column)}))`
  const single = sql`(CASE WHEN contains(${text}, '  ') OR contains(${text}, chr(9)) OR contains(${text}, chr(160)) THEN trim(regexp_replace(${text}, '[\\s\u00a0]+', ' ', 'g')) ELSE ${text} END)`
  return sql`(CASE WHEN ${single} IN ${NOTHING} THEN NULL ELSE ${single} END)`
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
    if (last.from !== from) last = { from, ...(await readValues(database, table, records, plan)) }
    fields.push(encoded(plan, last.values, last.raw))
  }
  return fields
}

async function readValues(database: Database, table: string, records: number, plan: FieldPlan): Promise<{ values: string[]; raw: Uint32Array }> {
  const text = plan.from.length === 1 ? tidy(plan.from[0] as string) : sql`nullif(concat_ws(' ', ${joined(plan.from.map(tidy))}), '')`
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_value AS SELECT value, CAST(row_number() OVER (ORDER BY value) - 1 AS UINTEGER) AS code FROM (SELECT DISTINCT ${text} AS value FROM ${name(table)}) WHERE value IS NOT NULL`)
  const [values] = await database.texts(sql`SELECT value FROM link_value ORDER BY code`)
  const [raw] = await database.columns(sql`SELECT v.code FROM (SELECT ${name('#record')} AS record, ${text} AS value FROM ${name(table)}) t LEFT JOIN link_value v USING (value) ORDER BY t.record`, ['u32'] as const, records)
  await database.run(sql`DROP TABLE link_value`)
  return { values: (values ?? []) as string[], raw }
}

/** Values that become one when cleaned share a code. */
function encoded(plan: FieldPlan, raw: readonly string[], codes: Uint32Array): Field {
  const places = new Map<string, number>()
  const values: string[] = []
  const to = Uint32Array.from(raw, (text) => {
    const value = plan.clean(text)
    if (value === null || value === '') return NULL_INDEX
    let code = places.get(value)
    if (code === undefined) {
      code = values.length
      places.set(value, code)
      values.push(value)
    }
    return code
  })
  const counts = new Uint32Array(values.length)
  const out = new Uint32Array(buffer(codes.length * 4))
  for (let r = 0; r < codes.length; r++) {
    const code = codes[r] === NULL_INDEX ? NULL_INDEX : (to[codes[r] as number] as number)
    out[r] = code
    if (code !== NULL_INDEX) counts[code] = (counts[code] as number) + 1
  }
  return { name: plan.name, codes: out, values, counts, pool: textPool(values) }
}
