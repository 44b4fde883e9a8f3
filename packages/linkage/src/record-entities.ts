/** Records become entities: by persons' words, equal identifiers and weighed names; named so that newcomers rename nobody; every reason kept. */
import type { StandingAnswer } from '@ringmap/model/judgement'
import { ISSUE_CODES, type IssueCode } from '@ringmap/model/issue'
import { ENTITY_KIND_NAMES, ENTITY_KINDS, JOINING_SCHEMES, LINK_KIND_NAMES } from '@ringmap/model/schema'
import { STRENGTHS } from '@ringmap/model/grade'
import type { Database } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { joinedRecords } from './judgements/joined-records.ts'
import type { PersonLink, PersonLinks } from './persons/person-links.ts'

export interface EntityOptions {
  readonly salt: string
  readonly answers: readonly StandingAnswer[]
  /** Null: persons are joined by identifiers and by persons' words alone. */
  readonly persons: PersonLinks | null
  /** Bits from which a machine joins two records of persons. */
  readonly join_at: number
  /** Bits that a join needs to count in court. */
  readonly court_at: number
}

export interface EntityCounts {
  /** Pairs of records that an identifier joined. */
  readonly joins: number
  /** Pairs that names and what goes with them joined. */
  readonly name_joins: number
  /** Of those, the pairs that weigh less than a court asks for and that no person confirmed. */
  readonly weak_joins: number
  /** Pairs that persons joined. */
  readonly person_joins: number
  /** Pairs that wait for a person. */
  readonly waiting: number
}

/** Tables entity_record, judgement, possible_same and the temporary `joined record`; the caller writes entities from them. */
export async function joinRecords(database: Database, options: EntityOptions): Promise<EntityCounts> {
  const total = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM record`))?.n ?? 0
  const exact = await exactPairs(database)
  const answers = await answersByRecord(database, options)
  const said = (...verdicts: readonly StandingAnswer['verdict'][]): RecordAnswer[] => answers.filter((one) => verdicts.includes(one.answer.verdict))
  const same = said('same')
  const different = said('different', 'disputed')
  const known = new Set([...different, ...said('unsure')].map((one) => pairCode(one, total)))
  const links = (options.persons?.links ?? []).filter((link) => link.joinable && !known.has(pairCode(link, total)))
  const result = joinedRecords({
    records: total, same: sides(same), different: sides(different), exact, cannot: options.persons?.cannot ?? ((): boolean => false), join_at: options.join_at,
    links: { left: Uint32Array.from(links, (link) => link.left), right: Uint32Array.from(links, (link) => link.right), weight: Float32Array.from(links, (link) => link.explanation.total) },
  })
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('joined record')} (record INTEGER, root INTEGER)`)
  await database.append('joined record', moved(result.root))
  const overruled = new Set(result.overruled)
  const used = result.used.map((i) => links[i] as PersonLink)
  await database.append('judgement', judgementRows(exact, overruled, used, answers))
  const held = new Set(result.held.map((i) => links[i] as PersonLink))
  const waiting = await writePossible(database, { persons: options.persons, root: result.root, held, answers, total })
  await report(database, 'judgement_overruled', result.overruled.map((i) => exact.why[i] ?? ''))
  await report(database, 'judgement_contradicts', [...result.unheard.map((i) => label(same[i] as RecordAnswer)), ...said('disputed').map(label)])
  const said_same = new Set(same.map((one) => pairCode(one, total)))
  const weak_joins = used.filter((link) => link.explanation.total < options.court_at && !said_same.has(pairCode(link, total))).length
  return { joins: exact.left.length - overruled.size, name_joins: used.length, weak_joins, person_joins: same.length - result.unheard.length, waiting }
}

interface ExactPairs {
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly why: readonly string[]
}

/** Equal valid identifiers of a joining scheme, each record with the smallest that has it. */
async function exactPairs(database: Database): Promise<ExactPairs> {
  const pairs = sql`SELECT i.record AS record, min(i.record) OVER (PARTITION BY e.kind, i.scheme, i.value) AS first, i.scheme AS scheme
    FROM identifier i JOIN record e USING (record) WHERE i.valid AND i.scheme IN ${JOINING_SCHEMES}`
  const [left = [], right = [], why = []] = await database.texts(sql`SELECT first, record, 'equal ' || string_agg(DISTINCT scheme, ', ' ORDER BY scheme) FROM (${pairs}) WHERE first <> record GROUP BY first, record ORDER BY first, record`)
  return { left: left.map(Number), right: right.map(Number), why: why.map(String) }
}

interface RecordAnswer {
  readonly left: number
  readonly right: number
  readonly answer: StandingAnswer
}

/** Answers about records that are there; those about records that are gone are reported and kept in the log. */
async function answersByRecord(database: Database, { answers, salt }: EntityOptions): Promise<RecordAnswer[]> {
  if (answers.length === 0) return []
  const wanted = new Set(answers.flatMap((one) => [one.left, one.right]))
  await database.run(sql`CREATE OR REPLACE TEMP TABLE ${name('judged record')} (id VARCHAR)`)
  await database.append('judged record', (function* (): Generator<readonly string[]> { for (const id of wanted) yield [id] })())
  const [records = [], ids = [], kinds = []] = await database.texts(sql`SELECT record, id, kind FROM (SELECT e.record, e.kind, ${recordId(salt)} AS id FROM record e JOIN (${kindTable()}) s ON s.kind = e.kind) WHERE id IN (SELECT id FROM ${name('judged record')})`)
  await database.run(sql`DROP TABLE ${name('judged record')}`)
  const found = new Map(ids.map((id, i) => [id, { record: Number(records[i]), kind: kinds[i] }]))
  const gone: string[] = []
  const list = answers.flatMap((answer): RecordAnswer[] => {
    const [a, b] = [found.get(answer.left), found.get(answer.right)]
    if (a === undefined || b === undefined || a.kind !== b.kind || a.record === b.record) {
      gone.push(`${answer.left} ${answer.verdict} ${answer.right}`)
      return []
    }
    return [{ left: Math.min(a.record, b.record), right: Math.max(a.record, b.record), answer }]
  })
  await report(database, 'judgement_unmatched', gone)
  return list.sort((a, b) => a.left - b.left || a.right - b.right)
}

function* moved(root: Uint32Array): Generator<readonly number[]> {
  for (let record = 0; record < root.length; record++) if (root[record] !== record) yield [record, root[record] as number]
}

function* judgementRows(exact: ExactPairs, overruled: ReadonlySet<number>, used: readonly PersonLink[], answers: readonly RecordAnswer[]): Generator<readonly (string | number | boolean | null)[]> {
  for (let i = 0; i < exact.left.length; i++) if (!overruled.has(i)) yield [exact.left[i] as number, exact.right[i] as number, 'same', 'exact identifiers', true, exact.why[i] as string, null]
  for (const link of used) yield [link.left, link.right, 'same', 'names and what goes with them', true, `${link.explanation.total} bits: ${link.why}`, link.explanation.total]
  for (const { left, right, answer } of answers) for (const word of answer.words) yield [left, right, word.answer, word.by, false, word.why, null]
}

async function writePossible(database: Database, { persons, root, held, answers, total }: { readonly persons: PersonLinks | null; readonly root: Uint32Array; readonly held: ReadonlySet<PersonLink>; readonly answers: readonly RecordAnswer[]; readonly total: number }): Promise<number> {
  const verdicts = new Map(answers.map((one) => [pairCode(one, total), one.answer.verdict]))
  // Of two entities one pair is asked: the strongest.
  const best = new Map<number, { link: PersonLink; state: string }>()
  for (const link of persons?.links ?? []) {
    const [a, b] = [root[link.left] as number, root[link.right] as number]
    const verdict = verdicts.get(pairCode(link, total))
    if (a === b || verdict === 'different' || verdict === 'same') continue
    const state = verdict ?? (link.contradiction !== null ? 'contradicted' : held.has(link) ? 'held' : 'waiting')
    const code = pairCode({ left: Math.min(a, b), right: Math.max(a, b) }, total)
    const other = best.get(code)
    if (other === undefined || link.explanation.total > other.link.explanation.total) best.set(code, { link, state })
  }
  const rows = [...best.values()].sort((x, y) => y.link.explanation.total - x.link.explanation.total || x.link.left - y.link.left || x.link.right - y.link.right)
  await database.append('possible_same', (function* (): Generator<readonly (string | number)[]> {
    for (const { link, state } of rows) yield [link.left, link.right, link.explanation.total, state, link.why, JSON.stringify(link.explanation)]
  })())
  // Drawn as "possibly the same", on the first row of either record; not those that a contradiction keeps apart.
  const kind = LINK_KIND_NAMES.indexOf('same_as_possible')
  const tentative = STRENGTHS.indexOf('tentative')
  await database.run(sql`INSERT INTO observation (kind, from_record, to_record, source, row, count, strength, criminal)
    SELECT ${kind}, p.left_record, p.right_record, f.source, f.row, 1, ${tentative}, FALSE FROM possible_same p
    JOIN (SELECT record, source, row FROM record_row QUALIFY row_number() OVER (PARTITION BY record ORDER BY source, row) = 1) f ON f.record = p.left_record OR f.record = p.right_record
    WHERE p.state <> 'contradicted' ORDER BY p.left_record, p.right_record, f.source, f.row`)
  return rows.filter((one) => one.state === 'waiting' || one.state === 'held').length
}

async function report(database: Database, code: IssueCode, values: readonly string[]): Promise<void> {
  if (values.length === 0) return
  const examples = JSON.stringify(values.slice(0, 10).map((value) => ({ row: 0, value })))
  await database.run(sql`INSERT INTO issue VALUES ('link', ${code}, 'judgements', 'judgements.jsonl', NULL, ${values.length}, ${examples}, ${ISSUE_CODES[code]})`)
}

function label({ answer }: RecordAnswer): string {
  return `${answer.left} and ${answer.right}: ${answer.words.map((word) => `${word.by} says ${word.answer}`).join(', ')}`
}

function sides(list: readonly RecordAnswer[]): { left: number[]; right: number[] } {
  return { left: list.map((one) => one.left), right: list.map((one) => one.right) }
}

function pairCode({ left, right }: { readonly left: number; readonly right: number }, total: number): number {
  return left * total + right
}

/** Each entity kind with its number, the letters before its ids, and its noun. */
export function kindTable(): Sql {
  const kinds = joined(ENTITY_KIND_NAMES.map((kind, i) => sql`(${kind}, ${i}, ${idPrefix(kind)}, ${ENTITY_KINDS[kind].label})`))
  return sql`SELECT * FROM (VALUES ${kinds}) spec(kind, kind_index, prefix, noun)`
}

/** Id of the entity that a record alone would be: `s` is the kind table, `e` the record. */
export function recordId(salt: string): Sql {
  return sql`s.prefix || '-' || upper(left(sha256(${salt} || e.kind || '|' || e.key), 16))`
}

/** `P` for persons, `PH` for phones: readable, and apart. */
function idPrefix(kind: keyof typeof ENTITY_KINDS): string {
  const prefixes: Readonly<Record<keyof typeof ENTITY_KINDS, string>> = {
    Person: 'P', Organisation: 'O', Phone: 'PH', Sim: 'SIM', Handset: 'HS', Vehicle: 'V', BankAccount: 'BA', Address: 'AD', Location: 'LOC', Document: 'DOC', OnlineAccount: 'OA', Event: 'EV', Consignment: 'CON',
  }
  return prefixes[kind]
}
