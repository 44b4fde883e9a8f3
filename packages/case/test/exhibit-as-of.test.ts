/** An exhibit of what was known at an earlier moment: later rows, sources and decisions are counted and under nothing; who is protected today stays protected. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { openedZip } from '@ringmap/evidence/bundle-check'
import { writeAudit } from '../src/audit.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { reproduceBundle, verifyBundle } from '../src/exhibit-check.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import type { ExhibitRequest } from '../src/exhibit-request.ts'
import { exhibitGaps, writeExhibit } from '../src/exhibit-step.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { foundCase, passphraseOf, ringRequest, signedCase } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, VICTIM, VICTIM_PHONE, writeSmallCase } from './small-case.ts'

const NOW = Date.UTC(2026, 10, 24, 9)
const AS_OF = Date.UTC(2024, 3, 1)
const LATER_CALLS = '9419000001,9419000006,15/04/2024 10:00:00,20\n9419000001,9419000005,16/04/2024 10:00:00,20\n'
const ROLES = `  - name: rescued
    file: rescued.csv
    entities:
      person: { kind: Person, id: person_id, scope: police, role: victim }
find:`
const CASE = `${(SMALL_FILES['case.yaml'] ?? '').replace('find:', ROLES).replace('Victim: victim', 'Victim: unknown').replace(/ {6}- \{ kind: victim_in.*\n/, '')}${EXHIBIT_HEAD}  uncategorised: unknown
  sources: { rescued: { at: 2024-05-01 10:00 IST } }
  against: { facts: ["${VICTIM} says that he was not there."], unknowns: [The second phone was never found.] }
`
const files = (calls: string): Record<string, string> => ({ 'case.yaml': CASE, 'rescued.csv': 'person_id\n9\n', 'calls.csv': `${SMALL_FILES['calls.csv'] ?? ''}${calls}` })

const folder = writeSmallCase({ changed: files(LATER_CALLS) })
const before = writeSmallCase({ changed: files('') })
const out = mkdtempSync(join(tmpdir(), 'ringmap-past-'))
let open: OpenCase
let view: CaseView
let request: ExhibitRequest

beforeAll(async () => {
  open = await signedCase(folder, { read_only: true })
  writeAudit(open, { at_ms: AS_OF - 1000, who: 'asha', act: 'find', what: 'small case', why: null })
  view = await viewCase(open)
  request = await ringRequest(view, AS_OF)
})
afterAll(() => {
  closeCase(open)
  for (const each of [folder, before, out]) rmSync(each, { recursive: true, force: true })
})

test('rows dated later and sources received later are left out, counted, and the findings are those of a case without them', async () => {
  const now = await exhibitInput(view, { ...request, as_of_ms: NOW })
  expect(now.left_out).toEqual([])
  const then = await exhibitInput(view, request)
  expect(then.left_out).toEqual([{ source: 'calls', rows: 2, why: 'dated later' }, { source: 'rescued', rows: 1, why: 'received later' }])
  expect(Math.max(...then.trace.map(({ at }) => Date.parse(at)).filter((at) => !Number.isNaN(at)))).toBeLessThanOrEqual(AS_OF)
  expect(then.trace.length).toBe(now.trace.length - 2)
  const without = await foundCase(before)
  const told = await exhibitInput(await viewCase({ ...without, work: open.work, file: { ...without.file, users: open.file.users } }), { ...request, as_of_ms: NOW })
  closeCase(without)
  expect(then.order).toEqual(told.order)
  expect(then.chart.links).toEqual(told.chart.links)
  expect(then.order).not.toEqual(now.order)
})

test('who was found to be a victim later is neither named nor ranked in what was known before, and has the code of today', async () => {
  const code = [...view.mask.ids.keys()].find((one) => one.startsWith('V-')) ?? 'none'
  const into = join(out, 'past')
  await writeExhibit(view, request, { folder: into, passphrase: passphraseOf, now_ms: NOW })
  expect(verifyBundle(into).faults).toEqual([])
  const bundle = openedZip(readFileSync(`${into}.zip`)).files
  for (const [path, bytes] of bundle) expect(scanForCanaries(bytes, path, [VICTIM, VICTIM_PHONE]), path).toEqual([])
  const text = (path: string): string => Buffer.from(bundle.get(`data/${path}`) ?? new Uint8Array()).toString('utf8')
  expect(text('tables/entities.csv')).toContain(code)
  expect(JSON.parse(text('method.json'))).toMatchObject({ as_of: '2024-04-01T00:00:00Z', left_out: [{ source: 'calls', rows: 2 }, { source: 'rescued', rows: 1 }] })
  expect((await exhibitInput(view, request)).order.map(({ subject }) => subject)).not.toContain(code)
})

test('it is made again from the sources to the byte', async () => {
  expect(await reproduceBundle(join(out, 'past'), folder)).toMatchObject({ first: null, differing: [], engine: [] })
})

test('a moment before anything was known is refused, in the list of what is missing too', async () => {
  const early = { ...request, as_of_ms: Date.UTC(2020, 0, 1) }
  await expect(writeExhibit(view, early, { folder: join(out, 'early'), passphrase: passphraseOf, now_ms: NOW })).rejects.toMatchObject({ code: 'exhibit_refused', details: { what: expect.stringContaining('by 2020-01-01T00:00:00Z') as string } })
  expect(await exhibitGaps(view, early)).toMatchObject([{ what: expect.stringContaining('by 2020-01-01T00:00:00Z') as string }])
  expect(await exhibitGaps(view, request)).toEqual([])
})
