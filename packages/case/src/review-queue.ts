/** The pairs that wait for a person, what speaks for and against each, and the way an answer gets into the log. */
import type { Answer, Explanation, LoggedAnswer, ReviewPair, ReviewQueue, ReviewRecord } from '@ringmap/model/judgement'
import { RingmapError } from '@ringmap/model/errors'
import { explainPersons, type PersonLink } from '@ringmap/linkage/persons/person-links'
import { kindTable, recordId } from '@ringmap/linkage/record-entities'
import { sql, type Sql } from '@ringmap/store/sql'
import { addJudgements, readJudgements } from './judgement-log.ts'
import { idSalt, personOptions, stepFingerprint } from './link-step.ts'
import { internalId, maskCase, maskedWords, type CaseMask } from './mask-case.ts'
import type { OpenCase } from './open-case.ts'

export interface ReviewOptions {
  readonly most: number
  /** Only pairs of these states. */
  readonly states?: readonly string[] | undefined
  /** Why protected persons are shown; the caller writes it to the audit trail first. */
  readonly unmask?: string | null | undefined
}

const OPEN_STATES = ['waiting', 'held']

/** @throws RingmapError step_missing */
export async function reviewQueue(open: OpenCase, options: ReviewOptions): Promise<ReviewQueue> {
  await stepFingerprint(open, 'link')
  const mask = await maskCase(open, options.unmask ?? null)
  const states = options.states ?? OPEN_STATES
  const of = (await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM possible_same WHERE state IN ${states}`))?.n ?? 0
  const rows = await open.database.rows<{ left_record: number; right_record: number; weight: number; state: string; why: string; explanation: string }>(
    sql`SELECT * FROM possible_same WHERE state IN ${states} ORDER BY weight DESC, left_record, right_record LIMIT ${options.most}`)
  const records = await recordCards(open, rows.flatMap((row) => [row.left_record, row.right_record]), mask)
  const pairs = rows.map((row): ReviewPair => ({
    left: records.get(row.left_record) as ReviewRecord, right: records.get(row.right_record) as ReviewRecord, weight: row.weight, state: row.state, why: maskedWords(mask, row.why), explanation: maskedExplanation(mask, JSON.parse(row.explanation) as Explanation),
  }))
  return { pairs, of }
}

/** The records that make up an entity, and why: machine and persons. @throws RingmapError not_found */
export async function entityRecords(open: OpenCase, words: string, unmask: string | null = null): Promise<{ readonly records: readonly ReviewRecord[]; readonly judgements: readonly { readonly left: string; readonly right: string; readonly verdict: string; readonly by: string; readonly machine: boolean; readonly why: string }[]; readonly log: readonly LoggedAnswer[] }> {
  await stepFingerprint(open, 'link')
  const mask = await maskCase(open, unmask)
  const numbers = await recordNumbers(open, words, mask)
  const cards = await recordCards(open, numbers, mask)
  const list = await open.database.rows<{ left_record: number; right_record: number; verdict: string; made_by: string; machine: boolean; why: string }>(
    sql`SELECT left_record, right_record, verdict, made_by, machine, why FROM judgement WHERE left_record IN (${numberList(numbers)}) OR right_record IN (${numberList(numbers)}) ORDER BY left_record, right_record, machine, made_by`)
  const others = await recordCards(open, list.flatMap((one) => [one.left_record, one.right_record]), mask)
  const judgements = list.map((one) => ({ left: others.get(one.left_record)?.id ?? '', right: others.get(one.right_record)?.id ?? '', verdict: one.verdict, by: one.made_by, machine: one.machine, why: maskedWords(mask, one.why) }))
  const ids = new Set([...cards.values()].map((card) => card.id))
  return { records: [...cards.values()], judgements, log: readJudgements(open).filter((one) => ids.has(one.left) || ids.has(one.right)) }
}

export interface AnswerGiven {
  /** Ids of records or entities. */
  readonly left: string
  readonly right: string
  readonly answer: Answer
  readonly by: string
  readonly at_ms: number
  readonly why: string
}

/** Writes answers to the log; the link step follows them. @throws RingmapError not_found, usage */
export async function giveAnswers(open: OpenCase, given: readonly AnswerGiven[]): Promise<void> {
  const mask = await maskCase(open)
  const checked: LoggedAnswer[] = []
  for (const answer of given) {
    const [left, right] = [await recordOf(open, answer.left, mask), await recordOf(open, answer.right, mask)]
    if (left.id === right.id) throw new RingmapError('usage', { what: `${answer.left} and ${answer.right} are one record.` })
    if (left.kind !== right.kind) throw new RingmapError('usage', { what: `${answer.left} is a ${left.kind}, ${answer.right} a ${right.kind}: they cannot be one.` })
    if (answer.why.trim() === '') throw new RingmapError('usage', { what: 'A judgement needs a reason: add --why "…".' })
    checked.push({ left: left.id, right: right.id, answer: answer.answer, by: answer.by, at_ms: answer.at_ms, why: answer.why.trim() })
  }
  addJudgements(open, checked)
}

/** The waterfall of any two persons: of their records, the pair that speaks most for one person. @throws RingmapError not_found */
export async function explainPair(open: OpenCase, left: string, right: string, unmask: string | null = null): Promise<{ readonly left: ReviewRecord; readonly right: ReviewRecord; readonly found: PersonLink | null; readonly standing: readonly LoggedAnswer[] }> {
  await stepFingerprint(open, 'link')
  const mask = await maskCase(open, unmask)
  const [a, b] = [await recordNumbers(open, left, mask), await recordNumbers(open, right, mask)]
  const one = a.length > 1 && a.every((record) => b.includes(record)) ? [await recordOf(open, left, mask), await recordOf(open, right, mask)].map((record) => [record.record]) : [a, b]
  const found = await explainPersons(open.database, one[0] ?? a, one[1] ?? b, personOptions(open))
  const shown = [found?.left ?? a[0] ?? 0, found?.right ?? b[0] ?? 0] as const
  const cards = await recordCards(open, shown, mask)
  const [mine, theirs] = [cards.get(shown[0]) as ReviewRecord, cards.get(shown[1]) as ReviewRecord]
  const standing = readJudgements(open).filter((line) => (line.left === mine.id && line.right === theirs.id) || (line.left === theirs.id && line.right === mine.id))
  return { left: mine, right: theirs, found: found === null ? null : { ...found, why: maskedWords(mask, found.why), contradiction: found.contradiction === null ? null : maskedWords(mask, found.contradiction), explanation: maskedExplanation(mask, found.explanation) }, standing }
}

function maskedExplanation(mask: CaseMask, explanation: Explanation): Explanation {
  return { ...explanation, comparisons: explanation.comparisons.map((one) => ({ ...one, left: maskedWords(mask, one.left), right: maskedWords(mask, one.right) })) }
}

const RECORD_IDS = (salt: string): Sql => sql`(SELECT e.record, e.kind, ${recordId(salt)} AS id FROM record e JOIN (${kindTable()}) s ON s.kind = e.kind)`

function numberList(numbers: readonly number[]): Sql {
  return sql`SELECT unnest(CAST(${JSON.stringify(numbers)} AS INTEGER[]))`
}

async function recordOf(open: OpenCase, words: string, mask: CaseMask): Promise<{ record: number; id: string; kind: string }> {
  const id = internalId(mask, words) ?? words
  const found = await open.database.one<{ record: number; id: string; kind: string }>(sql`SELECT record, id, kind FROM ${RECORD_IDS(idSalt(open.key))} WHERE id = ${id}`)
  if (found === null) throw new RingmapError('not_found', { what: `A record or entity ${words}` })
  return found
}

/** All records of an entity, or the one record of that id. */
async function recordNumbers(open: OpenCase, words: string, mask: CaseMask): Promise<number[]> {
  const id = internalId(mask, words) ?? words
  const rows = await open.database.rows<{ record: number }>(sql`SELECT er.record FROM entity_record er JOIN entity e USING (entity) WHERE e.id = ${id} ORDER BY er.record`)
  return rows.length > 0 ? rows.map((row) => row.record) : [(await recordOf(open, words, mask)).record]
}

async function recordCards(open: OpenCase, numbers: readonly number[], mask: CaseMask): Promise<Map<number, ReviewRecord>> {
  if (numbers.length === 0) return new Map()
  const { database } = open
  const wanted = sql`(${numberList([...new Set(numbers)])})`
  const heads = await database.rows<{ record: number; id: string; entity: string; label: string }>(sql`SELECT r.record, r.id, e.id AS entity, e.label FROM ${RECORD_IDS(idSalt(open.key))} r JOIN entity_record er ON er.record = r.record JOIN entity e USING (entity) WHERE r.record IN ${wanted} ORDER BY r.record`)
  const facts = await database.rows<{ record: number; name: string; value: string }>(sql`SELECT DISTINCT record, name, value FROM property WHERE record IN ${wanted} AND name <> 'label'
    UNION SELECT DISTINCT record, scheme, as_written FROM identifier WHERE record IN ${wanted} AND scheme <> 'text' ORDER BY record, name, value`)
  const rows = await database.rows<{ record: number; source: string; row: number }>(sql`SELECT DISTINCT r.record, s.name AS source, r.row FROM record_row r JOIN source s ON s.position = r.source WHERE r.record IN ${wanted} ORDER BY r.record, source, r.row`)
  return new Map(heads.map((head) => {
    const code = mask.codes.get(head.entity)
    const own = facts.filter((fact) => fact.record === head.record)
    return [head.record, {
      id: head.id, entity: code ?? head.entity, label: code ?? maskedWords(mask, head.label), rows: rows.filter((row) => row.record === head.record).map(({ source, row }) => ({ source, row })),
      facts: own.map(({ name, value }) => ({ name, value: code !== undefined ? '(protected)' : maskedWords(mask, value) })),
    }]
  }))
}
