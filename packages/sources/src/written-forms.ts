/** Canonical forms of many written values, brought back to the database in bulk: a list of thousands crosses as one text, and only what is out of the ordinary as rows. */
import type { Canonical } from '@ringmap/identifiers/canonical'
import type { Cell, Database } from '@ringmap/store/database'
import { name, sql, type Sql } from '@ringmap/store/sql'

/** Stands between the values of a list; a value that holds it goes as a row. */
const BETWEEN = '\u001e'
/** Values in one list. */
const LIST = 4096

/**
 * Gives rows together with the form of their text; rows without a text are left out.
 *
 * @param texts a query with the column `written`, and any others.
 * @param use gets a query with the columns of `texts` and value, valid, problem, note; it holds until `use` is done.
 */
export async function withForms(database: Database, texts: Sql, formOf: (written: string) => Canonical, use: (forms: Sql) => Promise<void>): Promise<void> {
  const [numbered, ofLists, ofOthers] = [name('written'), name('form list'), name('other form')]
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${numbered} AS SELECT row_number() OVER () - 1 AS place, * FROM (${texts})`)
  const lists: Cell[][] = []
  const others: Cell[][] = []
  let list: string[] = []
  let place = 0
  const close = (): void => {
    if (list.length > 0) lists.push([place - list.length, list.join(BETWEEN)])
    list = []
  }
  await database.eachText(sql`SELECT written FROM ${numbered} ORDER BY place`, (text) => {
    const form = text === null ? null : formOf(text)
    const plain = form !== null && form.valid && form.problem === null && (form.note ?? null) === null && !form.value.includes(BETWEEN)
    if (form !== null && !plain) others.push([place, form.value, form.valid, form.problem, form.note ?? null])
    list.push(plain ? form.value : '')
    place++
    if (list.length === LIST) close()
  })
  close()
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${ofLists} (start BIGINT, list VARCHAR)`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${ofOthers} (place BIGINT, value VARCHAR, valid BOOLEAN, problem VARCHAR, note VARCHAR)`)
  await database.append('form list', lists)
  await database.append('other form', others)
  const plain = sql`SELECT start + unnest(range(len(list))) AS place, unnest(list) AS value FROM (SELECT start, string_split(list, ${BETWEEN}) AS list FROM ${ofLists})`
  const forms = sql`SELECT p.place, CASE WHEN o.place IS NULL THEN p.value ELSE o.value END AS value, coalesce(o.valid, TRUE) AS valid, o.problem, o.note FROM (${plain}) p LEFT JOIN ${ofOthers} o ON o.place = p.place`
  await use(sql`SELECT w.* EXCLUDE (place), f.* EXCLUDE (place) FROM ${numbered} w JOIN (${forms}) f ON f.place = w.place WHERE w.written IS NOT NULL`)
  for (const table of [numbered, ofLists, ofOthers]) await database.run(sql`DROP TABLE ${table}`)
}
