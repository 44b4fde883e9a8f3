/** Joins that weigh less than a court asks for do not count in an exhibit: the records stand apart, with a line that says that they are possibly the same. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openedZip } from '@ringmap/evidence/bundle-check'
import { sql } from '@ringmap/store/sql'
import { writeAudit } from '../src/audit.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { openAnnexe } from '../src/exhibit-annexe.ts'
import { reproduceBundle, verifyBundle } from '../src/exhibit-check.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import type { ExhibitRequest } from '../src/exhibit-request.ts'
import { writeExhibit } from '../src/exhibit-step.ts'
import { runFind } from '../src/find-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { giveAnswers } from '../src/review-queue.ts'
import { passphraseOf, ringRequest, signedCase } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, VICTIM, writeSmallCase } from './small-case.ts'

const NOW = Date.UTC(2026, 10, 24, 9)
/** Dovik Semwan again, without his document or date of birth: his name, his father and his telephone weigh between 15 and 20 bits. */
const HOTEL = `find:`
const SOURCE = `  - name: hotel
    file: hotel.csv
    entities:
      guest: { kind: Person, id: entry, scope: hotel, role: suspect, properties: { name: name, father: father } }
      phone: { kind: Phone, id: phone }
    links:
      - { kind: uses, from: guest, to: phone }
`
const CASE = `${(SMALL_FILES['case.yaml'] ?? '').replace(HOTEL, `${SOURCE}${HOTEL}`)}${EXHIBIT_HEAD}  uncategorised: unknown
  against: { facts: [He says that he was not there.], unknowns: [The second phone was never found.] }
`
const folder = writeSmallCase({ changed: { 'case.yaml': CASE, 'hotel.csv': 'entry,name,father,phone\n77,Dovik Semwan,Pratul Semwan,9419000003\n' } })
const out = mkdtempSync(join(tmpdir(), 'ringmap-joins-'))
let open: OpenCase
let view: CaseView
let request: ExhibitRequest

const named = (input: { chart: { entities: readonly { id: string; kind: string; label: string }[] } }): { id: string; label: string }[] => input.chart.entities.filter(({ kind, label }) => kind === 'Person' && label.startsWith('Dovik'))

beforeAll(async () => {
  open = await signedCase(folder)
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'find', what: 'small case', why: null })
  view = await viewCase(open)
  request = await ringRequest(view, NOW)
})
afterAll(() => {
  closeCase(open)
  for (const each of [folder, out]) rmSync(each, { recursive: true, force: true })
})

test('the case joins them, the exhibit does not: a tentative line, inferred, says that they are possibly the same', async () => {
  const input = await exhibitInput(view, request)
  const both = named(input)
  expect(both.length).toBe(2)
  const line = input.chart.links.find(({ kind }) => kind === 'same_as_possible')
  expect(new Set([line?.source, line?.target])).toEqual(new Set(both.map(({ id }) => id)))
  expect(line).toMatchObject({ label: 'possibly the same', strength: 'tentative', directed: false })
  const under = input.trace.filter(({ link }) => link === line?.id)
  expect(under.map(({ source, basis, rule }) => [source, basis, rule])).toEqual(expect.arrayContaining([['hotel', 'inferred', 'comparison of persons'], ['persons', 'inferred', 'comparison of persons']]))
})

test('it is written, says so on its cover and its chart, and is made again from the sources to the byte', async () => {
  const into = join(out, 'weak')
  await writeExhibit(view, request, { folder: into, passphrase: passphraseOf, now_ms: NOW + 1000 })
  expect(verifyBundle(into).faults).toEqual([])
  const files = openedZip(readFileSync(`${into}.zip`)).files
  const text = (path: string): string => Buffer.from(files.get(`data/${path}`) ?? new Uint8Array()).toString('utf8')
  expect(JSON.parse(text('method.json'))).toMatchObject({ joined_from_bits: 20 })
  expect([...files.keys()].filter((path) => path.startsWith('data/tables/')).some((path) => Buffer.from(files.get(path) ?? new Uint8Array()).toString('utf8').includes('possibly the same'))).toBe(true)
  expect(text('chart.svg')).toContain('possibly the same')
  expect(text('trace.jsonl')).toContain('"basis":"inferred"')
  expect(await reproduceBundle(into, folder)).toMatchObject({ first: null, differing: [], engine: [] })
}, 60_000)

test('a person who confirms the join makes it count; a case linked for court gives the same exhibit', async () => {
  const input = await exhibitInput(view, request)
  await runLink(open, { court: true })
  await runFind(open)
  const strict = await exhibitInput(await viewCase(open), request)
  expect({ ...strict, data_sha256: null, method: null }).toEqual({ ...input, data_sha256: null, method: null })
  const [left, right] = named(strict).map(({ id }) => id)
  await giveAnswers(open, [{ left: left ?? '', right: right ?? '', answer: 'same', by: 'asha', at_ms: NOW - 1, why: 'the manager knows him' }])
  // An answer leaves a case that was linked for court so linked.
  expect((await runLink(open, { as_before: true }))?.weak_joins).toBe(0)
  expect((await open.database.one<{ asked: string }>(sql`SELECT asked FROM link_run`))?.asked).toBe('court')
  await runLink(open)
  await runFind(open)
  const told = await exhibitInput(await viewCase(open), request)
  expect(named(told).length).toBe(1)
  expect(told.chart.links.some(({ kind }) => kind === 'same_as_possible')).toBe(false)
}, 60_000)

test('under seal is the identity behind each code that is drawn, of those too who are one with her in the case and not in the exhibit', async () => {
  const own = writeSmallCase({ changed: { 'case.yaml': CASE, 'hotel.csv': `entry,name,father,phone\n78,${VICTIM},Mirnal Belimwal,9419000009\n` } })
  const signed = await signedCase(own)
  try {
    writeAudit(signed, { at_ms: NOW, who: 'asha', act: 'find', what: 'small case', why: null })
    const seen = await viewCase(signed)
    const written = await writeExhibit(seen, { ...(await ringRequest(seen, NOW)), profile: 'court-sealed', annexe_authority: 'order of the court 12/2024' }, { folder: join(out, 'sealed'), passphrase: async (who) => (who === 'annexe' ? 'a third long passphrase' : await passphraseOf(who)), now_ms: NOW + 1000 })
    const { identities } = openAnnexe(readFileSync(written.annexe?.file ?? ''), 'a third long passphrase')
    const chart = Buffer.from(openedZip(readFileSync(written.zip)).files.get('data/tables/entities.csv') ?? new Uint8Array()).toString('utf8')
    const drawn = new Set(chart.match(/\b[VWMIX]-[0-9A-Z]{6,}\b/g))
    expect(new Set(identities.map(({ code }) => code))).toEqual(drawn)
    expect(identities.filter(({ label }) => label === VICTIM).length).toBe(2)
  } finally {
    closeCase(signed)
    rmSync(own, { recursive: true, force: true })
  }
}, 60_000)
