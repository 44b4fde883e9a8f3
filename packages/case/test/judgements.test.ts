/** Persons' words in a whole case: followed, taken back without a trace, kept through everything; names joined only where enough speaks for it. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, asyncProperty, constantFrom, infiniteStream, nat, tuple } from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Answer } from '@ringmap/model/judgement'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from '../src/case-issues.ts'
import { JUDGEMENT_FILE, readJudgements } from '../src/judgement-log.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { linkSummary } from '../src/link-summary.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { entityRecords, explainPair, giveAnswers, reviewQueue } from '../src/review-queue.ts'

const folders: string[] = []
const opened: OpenCase[] = []
afterEach(() => {
  for (const open of opened.splice(0)) closeCase(open)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const HEADER = 'no,name,father,born,phone,pan,passport'
const PERSONS = [
  '1,Mohd Ashraf Wathori,Gh Nabi Wathori,1985-03-12,9419000001,,',
  '2,Mohammad Ashraf Wathoori,Ghulam Nabi Wathori,12/03/1985,9419000001,,',
  '3,Mohd Afzal Wathori,Gh Nabi Wathori,1987-01-05,9419000001,,',
  '4,Tariq Ahmad Zunwar,Ab Rashid Zunwar,1990-05-05,9419000002,,N1234567',
  '5,Tariq Ah. Zunwar,Abdul Rashid Zunwar,1990-05-05,9419000002,,M7654321',
  '6,Bilal Ahmad Kralwar,Gh Hassan Kralwar,,9419000003,,',
  '7,Bilal Ahmad Kralwar,,,9419000004,,',
  '8,Riyaz Ahmad Sopruk,Ab Gani Sopruk,1950-01-02,9419000005,,',
  '9,Reyaz Ahmed Sopruk,Ab Gani Sopruk,1979-01-02,9419000005,,',
  '10,Haleema Bano Mandlu,,1991-02-02,9419000006,ABCPD1234E,',
  '11,Haleema Begum Lidderi,,1991-02-02,9419000006,,',
  '12,Haleema Bano,,,9419000007,ABCPD1234E,',
]

const CASE = `version: 1
name: Judgements
sources:
  - name: persons
    file: persons.csv
    entities:
      person:
        kind: Person
        id: no
        identifiers: { pan: pan, passport: passport }
        properties: { name: name, father: father, born: born }
      phone: { kind: Phone, id: phone }
    links:
      - { kind: uses, from: person, to: phone }
`

async function made(rows: readonly string[] = PERSONS, more = ''): Promise<OpenCase> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-judgements-'))
  folders.push(folder)
  writeFileSync(join(folder, 'persons.csv'), `${[HEADER, ...rows].join('\n')}\n`)
  writeFileSync(join(folder, 'case.yaml'), CASE + more)
  writeFileSync(join(folder, 'case.key'), `${'5'.repeat(64)}\n`)
  const open = await openCase(folder)
  opened.push(open)
  await runImport(open)
  await runLink(open)
  return open
}

/** All that the link step derives. */
async function derived(open: OpenCase): Promise<string> {
  const tables = await Promise.all([
    sql`SELECT * FROM entity ORDER BY ALL`, sql`SELECT * FROM entity_record ORDER BY ALL`, sql`SELECT * FROM entity_role ORDER BY ALL`, sql`SELECT * FROM link ORDER BY ALL`,
    sql`SELECT * FROM possible_same ORDER BY ALL`, sql`SELECT * FROM judgement ORDER BY ALL`, sql`SELECT * FROM observation ORDER BY ALL`, sql`SELECT * FROM issue ORDER BY ALL`, sql`SELECT * FROM known_record ORDER BY ALL`,
  ].map(async (statement) => await open.database.rows(statement)))
  return JSON.stringify(tables, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** Number in the file to the id of the record. */
async function ids(open: OpenCase): Promise<Map<string, { id: string; entity: string }>> {
  const rows = await open.database.rows<{ no: string; entity: string }>(sql`SELECT i.as_written AS no, e.id AS entity FROM identifier i JOIN entity_record er USING (record) JOIN entity e USING (entity) WHERE i.scheme = 'text' ORDER BY 1`)
  const found = new Map<string, { id: string; entity: string }>()
  for (const { no, entity } of rows) {
    const { records } = await entityRecords(open, entity)
    const own = records.find((record) => record.rows.some((row) => row.row === Number(no) + 1))
    found.set(no, { id: own?.id ?? '', entity })
  }
  return found
}

function ends(a = '', b = ''): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

async function say(open: OpenCase, left: string, right: string, answer: Answer, by = 'asi', at_ms = 0): Promise<void> {
  await giveAnswers(open, [{ left, right, answer, by, at_ms, why: 'looked at both files' }])
}

test('spellings, fathers and dates join; brothers, contradictions, a bare name and a married woman do not', async () => {
  const open = await made()
  const of = await ids(open)
  const together = (a: string, b: string): boolean => of.get(a)?.entity === of.get(b)?.entity
  expect(together('1', '2')).toBe(true)
  expect(together('1', '3')).toBe(false)
  expect(together('4', '5')).toBe(false)
  expect(together('6', '7')).toBe(false)
  expect(together('8', '9')).toBe(false)
  expect(together('10', '11')).toBe(false)
  // Equal tax numbers join.
  expect(together('10', '12')).toBe(true)
  const { pairs } = await reviewQueue(open, { most: 50, states: ['waiting', 'held', 'contradicted'] })
  const state = (a: string, b: string): string | undefined => pairs.find((pair) => ends(pair.left.entity, pair.right.entity) === ends(of.get(a)?.entity, of.get(b)?.entity))?.state
  expect(state('4', '5')).toBe('contradicted')
  expect(state('8', '9')).toBe('contradicted')
  expect(state('6', '7')).toBe('waiting')
  expect(state('10', '11')).toBe('waiting')
  expect(state('1', '3')).toBeUndefined()
  for (const pair of pairs) expect(Math.abs(pair.explanation.comparisons.reduce((sum, one) => sum + one.weight, pair.explanation.prior) - pair.explanation.total)).toBeLessThan(1e-9 + 0.005)
  // Drawn as possibly the same, on the rows of both.
  const drawn = await open.database.rows<{ observations: number }>(sql`SELECT observations FROM link WHERE kind = (SELECT max(kind) FROM link)`)
  expect(drawn.length).toBe(pairs.filter((pair) => pair.state !== 'contradicted').length)
  expect(drawn.every((link) => link.observations === 2)).toBe(true)
})

test('a person beats the machine both ways, and taking the word back leaves the same bytes', async () => {
  const open = await made()
  const before = await derived(open)
  const of = await ids(open)
  const id = (no: string): string => of.get(no)?.id ?? ''
  await say(open, id('4'), id('5'), 'same')
  await say(open, id('10'), id('12'), 'different')
  await runLink(open)
  const now = await ids(open)
  expect(now.get('4')?.entity).toBe(now.get('5')?.entity)
  expect(now.get('10')?.entity).not.toBe(now.get('12')?.entity)
  expect((await caseIssues(open)).map((issue) => issue.code)).toContain('judgement_overruled')
  expect((await linkSummary(open)).changes.map((one) => one.change).sort()).toEqual(['joined', 'split'])
  await say(open, id('10'), id('12'), 'withdraw', 'inspector')
  await say(open, id('4'), id('5'), 'withdraw')
  await runLink(open)
  expect(await derived(open)).toBe(before)
  expect(readJudgements(open)).toHaveLength(4)
})

test('random merges and un-merges in any order give the bytes of never having merged', async () => {
  const open = await made()
  const before = await derived(open)
  const numbers = [...(await ids(open)).values()].map((one) => one.id)
  const pair = tuple(nat(numbers.length - 1), nat(numbers.length - 1)).filter(([a, b]) => a !== b)
  await assert(asyncProperty(array(tuple(pair, constantFrom('same', 'different' as const)), { minLength: 1, maxLength: 6 }), infiniteStream(nat(1000)), async (words, dice) => {
    for (const [[a, b], answer] of words) await say(open, numbers[a] ?? '', numbers[b] ?? '', answer)
    await runLink(open)
    const back = words.map(([ends]) => ({ ends, at: dice.next().value })).sort((x, y) => x.at - y.at)
    for (const [i, { ends: [a, b] }] of back.entries()) {
      await say(open, numbers[b] ?? '', numbers[a] ?? '', 'withdraw')
      if (i === 0) await runLink(open)
    }
    await runLink(open)
    expect(await derived(open)).toBe(before)
  }), { numRuns: 5 })
})

test('two persons who differ: apart and shown; an answer about a record that is gone is kept and reported; a torn last line counts for nothing', async () => {
  const open = await made()
  const of = await ids(open)
  await say(open, of.get('6')?.id ?? '', of.get('7')?.id ?? '', 'same', 'asi')
  await say(open, of.get('6')?.id ?? '', of.get('7')?.id ?? '', 'different', 'inspector')
  await runLink(open)
  expect((await reviewQueue(open, { most: 5, states: ['disputed'] })).of).toBe(1)
  expect((await caseIssues(open)).map((issue) => issue.code)).toContain('judgement_contradicts')
  appendFileSync(join(open.work, JUDGEMENT_FILE), `${JSON.stringify({ left: 'P-0000000000000000', right: of.get('6')?.id, answer: 'same', by: 'x', at_ms: 1, why: 'y' })}\n{"left":"P-1","ri`)
  await runLink(open)
  expect((await caseIssues(open)).map((issue) => issue.code)).toContain('judgement_unmatched')
  await say(open, of.get('1')?.id ?? '', of.get('3')?.id ?? '', 'different')
  const log = readFileSync(join(open.work, JUDGEMENT_FILE), 'utf8')
  expect(log).not.toContain('"ri{')
  expect(readJudgements(open)).toHaveLength(4)
  await expect(say(open, 'P-1', 'P-2', 'same')).rejects.toMatchObject({ code: 'not_found' })
  await expect(giveAnswers(open, [{ left: of.get('1')?.id ?? '', right: of.get('2')?.id ?? '', answer: 'same', by: 'x', at_ms: 1, why: ' ' }])).rejects.toMatchObject({ code: 'usage' })
})

test('newcomers rename nobody, and the court threshold leaves what weighs less as possibly the same', async () => {
  const open = await made()
  const before = await ids(open)
  writeFileSync(join(open.folder, 'persons.csv'), `${[HEADER, '0,Md Ashraf Wathori,Gh Nabi Wathori,1985-03-12,9419000001,,', '00,Mohammad Ashraf Wathori,Gh Nabi Wathori,1985-03-12,,,', ...PERSONS].join('\n')}\n`)
  await runImport(open)
  await runLink(open)
  const rows = await open.database.rows<{ no: string; entity: string }>(sql`SELECT i.as_written AS no, e.id AS entity FROM identifier i JOIN entity_record er USING (record) JOIN entity e USING (entity) WHERE i.scheme = 'text'`)
  for (const { no, entity } of rows) expect(entity, no).toBe(before.get(no === '0' || no === '00' ? '1' : no)?.entity)
  const entities = (await runLink(open, { force: true }))?.entities ?? 0
  const strict = await runLink(open, { threshold: 60 })
  expect(strict?.entities).toBeGreaterThan(entities)
  expect(strict?.waiting).toBeGreaterThan(0)
})

test('explains any two, and the words that were said of them', async () => {
  const open = await made()
  const of = await ids(open)
  const { found } = await explainPair(open, of.get('6')?.id ?? '', of.get('7')?.id ?? '')
  expect(found?.joinable).toBe(false)
  expect(found?.explanation.comparisons[0]?.on).toBe('name')
  expect((await explainPair(open, of.get('4')?.id ?? '', of.get('5')?.id ?? '')).found?.contradiction).toContain('two passports')
  expect((await explainPair(open, of.get('1')?.id ?? '', of.get('8')?.id ?? '')).found).toBeNull()
})

test('a merge at a hub of 100,000 links is made and undone in seconds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-hub-'))
  folders.push(folder)
  writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Hub
link: { persons: false }
sources:
  - name: visits
    file: visits.csv
    entities:
      guest: { kind: Person, id: guest, properties: { name: name } }
      phone: { kind: Phone, id: phone }
    links: [{ kind: uses, from: guest, to: phone }]
`)
  writeFileSync(join(folder, 'visits.csv'), `guest,name,phone\n${Array.from({ length: 100_000 }, (_, i) => `${i % 2 === 0 ? 'a,Agent One' : 'b,Agent Two'},94${String(19_000_000 + i).padStart(8, '0')}`).join('\n')}\n`)
  const open = await openCase(folder)
  opened.push(open)
  await runImport(open)
  await runLink(open)
  const persons = await open.database.rows<{ id: string }>(sql`SELECT id FROM entity WHERE kind = 'Person' ORDER BY id`)
  expect((await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link`))?.n).toBe(100_000)
  const hash = async (): Promise<unknown> => await open.database.one(sql`SELECT (SELECT md5(string_agg(CAST(l AS VARCHAR), ';' ORDER BY link)) FROM link l) AS links, (SELECT md5(string_agg(CAST(e AS VARCHAR), ';' ORDER BY entity)) FROM entity e) AS entities`)
  const before = await hash()
  await say(open, persons[0]?.id ?? '', persons[1]?.id ?? '', 'same')
  await runLink(open)
  expect(await open.database.one(sql`SELECT count(*) AS n, count(DISTINCT source) AS hubs FROM link`)).toEqual({ n: 100_000, hubs: 1 })
  await say(open, persons[0]?.id ?? '', persons[1]?.id ?? '', 'withdraw')
  await runLink(open)
  expect(await hash()).toEqual(before)
})
