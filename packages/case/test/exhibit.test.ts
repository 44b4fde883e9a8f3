import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'
import type { MeasuredAccuracy } from '@ringmap/evidence/measured-accuracy'
import { manifestOf } from '@ringmap/evidence/bag'
import { checkBundle, openedZip } from '@ringmap/evidence/bundle-check'
import { writeAudit } from '../src/audit.ts'
import { findingsOf, viewCase, type CaseView } from '../src/case-view.ts'
import type { EngineStamp } from '../src/engine-stamp.ts'
import { reproduceBundle, verifyBundle } from '../src/exhibit-check.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import type { ExhibitRequest } from '../src/exhibit-request.ts'
import { lastChange, writeExhibit } from '../src/exhibit-step.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { keyFingerprint, userOf } from '../src/users.ts'
import { passphraseOf, ringRequest, signedCase } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, VICTIM, writeSmallCase } from './small-case.ts'

const SETTINGS = `${EXHIBIT_HEAD}  uncategorised: unknown
  custody:
    - { at: 2024-05-01 10:00 IST, what: CD received, from: Operator, to: HC Demo }
    - { at: 2024-05-02 10:00 IST, what: CD opened, from: SI Demo, to: Laboratory }
  against:
    facts: ["${VICTIM} says that he was not there."]
    alternatives: [Relatives call each other too.]
    unknowns: [The second phone was never found.]
`
const NOW = Date.UTC(2026, 10, 24, 9)

const folder = writeSmallCase({ changed: { 'calls.csv': `${SMALL_FILES['calls.csv'] ?? ''}9419000005,9419000006,20/03/2024 10:00:00,20\n`, 'case.yaml': `${SMALL_FILES['case.yaml'] ?? ''}${SETTINGS}` } })
const out = mkdtempSync(join(tmpdir(), 'ringmap-exhibit-'))
let open: OpenCase
let view: CaseView
let request: ExhibitRequest

beforeAll(async () => {
  open = await signedCase(folder)
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'find', what: `small case with ${VICTIM}`, why: null })
  view = await viewCase(open)
  request = await ringRequest(view, lastChange(view))
})
afterAll(() => {
  closeCase(open)
  for (const each of [folder, out]) rmSync(each, { recursive: true, force: true })
})

async function made(name: string, change: Partial<ExhibitRequest> = {}): Promise<string> {
  const into = join(out, name)
  await writeExhibit(view, { ...request, ...change }, { folder: into, passphrase: passphraseOf, now_ms: NOW + 1000 })
  return into
}

function filesOf(bundle: string): Map<string, Uint8Array> {
  return openedZip(readFileSync(`${bundle}.zip`)).files
}

test('an exhibit holds as folder and as zip; sha256sum and openssl say the same; two runs and two time zones give the same bytes', async () => {
  const first = await made('first')
  expect(verifyBundle(first)).toMatchObject({ faults: [], signed: [{ role: 'analyst' }, { role: 'reviewer' }] })
  expect(verifyBundle(`${first}.zip`).faults).toEqual([])
  for (const list of ['tagmanifest-sha256.txt', 'manifest-sha256.txt']) expect(spawnSync('sha256sum', ['-c', '--strict', '--quiet', list], { cwd: first }).status).toBe(0)
  const zone = process.env['TZ']
  process.env['TZ'] = 'Asia/Kolkata'
  const second = await made('second')
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  const [a, b] = [filesOf(first), filesOf(second)]
  expect([...b.keys()]).toEqual([...a.keys()])
  for (const [path, bytes] of a) expect(Buffer.from(b.get(path) as Uint8Array).equals(bytes), path).toBe(true)
})

test('one flipped bit in any file is found and named, an added and a missing file too, and a re-signed bag by its key', async () => {
  const bundle = join(out, 'first')
  const files = filesOf(bundle)
  for (const [path, bytes] of files) {
    // Signatures, keys and lists byte by byte; large files at their ends and in between.
    const places = bytes.length <= 320 ? [...bytes.keys()] : [0, 1, bytes.length >> 1, bytes.length - 1]
    for (const at of places) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      expect(checkBundle(new Map(files).set(path, changed)).faults.length, `${path} byte ${at}`).toBeGreaterThan(0)
    }
  }
  expect(checkBundle(new Map(files).set('data/note.txt', Buffer.from('x'))).faults).toEqual(['data/note.txt was added: no manifest lists it'])
  const missing = new Map(files)
  missing.delete('data/trace.jsonl')
  expect(checkBundle(missing).faults).toEqual(['data/trace.jsonl is missing'])
  expect(checkBundle(files, new Uint8Array(32)).faults).toEqual(['the analyst signed with another key than the one that was expected'])
  const zip = readFileSync(`${bundle}.zip`)
  for (let i = 0; i < 12; i++) {
    const at = Math.floor((zip.length - 1) * (i / 11))
    const changed = Buffer.from(zip)
    changed[at] = (changed[at] as number) ^ 1
    const path = join(out, 'flipped.zip')
    writeFileSync(path, changed)
    const held = ((): boolean => {
      try {
        return verifyBundle(path).faults.length === 0
      } catch {
        return false
      }
    })()
    expect(held, `zip byte ${at}`).toBe(false)
  }
})

test('a change of which every hash was computed anew deceives the bag and not the signatures: ours, minisign and openssl say so', () => {
  const files = new Map(filesOf(join(out, 'first')))
  files.set('data/trace.jsonl', Buffer.concat([files.get('data/trace.jsonl') as Uint8Array, Buffer.from('{}\n')]))
  const payload = new Map([...files].filter(([path]) => path.startsWith('data/')))
  files.set('manifest-sha256.txt', Buffer.from(manifestOf(payload)))
  const listed = Buffer.from(files.get('tagmanifest-sha256.txt') as Uint8Array).toString('utf8').trimEnd().split('\n').map((line) => line.slice(66))
  files.set('tagmanifest-sha256.txt', Buffer.from(manifestOf(new Map(listed.map((path) => [path, files.get(path) as Uint8Array])))))
  expect(checkBundle(files).faults.filter((fault) => !fault.includes('sign'))).toEqual(['timestamp.tsq is not the request for this exhibit'])
  expect(checkBundle(files).faults.filter((fault) => fault.includes('sign')).length).toBeGreaterThanOrEqual(2)
  const forged = join(out, 'forged')
  cpSync(join(out, 'first'), forged, { recursive: true })
  for (const path of ['data/trace.jsonl', 'manifest-sha256.txt', 'tagmanifest-sha256.txt']) writeFileSync(join(forged, path), files.get(path) as Uint8Array)
  for (const list of ['tagmanifest-sha256.txt', 'manifest-sha256.txt']) expect(spawnSync('sha256sum', ['-c', '--strict', '--quiet', list], { cwd: forged }).status).toBe(0)
  for (const [program, ...args] of [['minisign', '-Vm', 'tagmanifest-sha256.txt', '-x', 'tagmanifest-sha256.txt.analyst.minisig', '-p', 'keys/analyst.pub'], ['openssl', 'pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', 'keys/analyst.pem', '-sigfile', 'tagmanifest-sha256.txt.analyst.sig', '-in', 'tagmanifest-sha256.txt']] as const) {
    const [whole, changed] = [join(out, 'first'), forged].map((cwd) => spawnSync(program, args, { cwd }))
    if (whole?.error === undefined) expect([whole?.status === 0, changed?.status === 0], program).toEqual([true, false])
  }
  rmSync(forged, { recursive: true })
})

test('the sources give the payload again to the byte; a changed source does not', async () => {
  const bundle = join(out, 'first')
  expect(await reproduceBundle(bundle, folder)).toMatchObject({ first: null, differing: [] })
  const copy = join(out, 'sources')
  cpSync(folder, copy, { recursive: true })
  writeFileSync(join(copy, 'calls.csv'), readFileSync(join(copy, 'calls.csv'), 'utf8').replace(',60', ',61'))
  const again = await reproduceBundle(bundle, copy)
  expect(again.first?.what).toBe('differs')
  expect(again.differing).toContain('trace.jsonl')
  expect(again.engine).toEqual([])
  // Without names too: of a ring as it is, of a person where one says who it is.
  const ngo = await made('ngo-ring', { profile: 'ngo', as_of_ms: NOW })
  expect(await reproduceBundle(ngo, folder)).toMatchObject({ first: null, differing: [] })
  const person = (await findingsOf(view)).organisers[0]?.subject ?? ''
  const around = await made('ngo-person', { profile: 'ngo', as_of_ms: NOW, subject: person })
  for (const [path, bytes] of filesOf(around)) expect(Buffer.from(bytes).includes(person), path).toBe(false)
  await expect(reproduceBundle(around, folder)).rejects.toMatchObject({ code: 'usage' })
  expect(await reproduceBundle(around, folder, { subject: person })).toMatchObject({ first: null, differing: [] })
})

test.each([['not JSON', '{'], ['no profile', '{"profile":"x"}'], ['no time', '{"profile":"ngo","mode":"aid","as_of":"soon"}'], ['no subject', '{"profile":"ngo","mode":"aid","as_of":"2024-01-01T00:00:00Z"}']])('a method sheet of a bundle that says nothing usable is refused in words: %s', async (_name, text) => {
  const bad = join(out, 'bad')
  cpSync(join(out, 'first'), bad, { recursive: true })
  writeFileSync(join(bad, 'data', 'method.json'), text)
  await expect(reproduceBundle(bad, folder)).rejects.toMatchObject({ code: 'bundle_invalid' })
  rmSync(bad, { recursive: true })
})

test('the words of the pages: the fixed sentence, no verdict, and names only where the profile shows them', async () => {
  for (const profile of ['court-open', 'ngo'] as const) {
    const bundle = await made(`words-${profile}`, { profile })
    expect(verifyBundle(bundle).faults).toEqual([])
    const words = spawnSync('pdftotext', [join(bundle, 'data', 'exhibit.pdf'), '-'], { encoding: 'utf8' })
    if (words.error !== undefined) continue
    expect(words.stdout).toContain('A place in this chart is not evidence of an offence')
    expect(words.stdout).not.toMatch(/kingpin|mastermind|gang member|guilty of|\bwas at\b/i)
    expect(words.stdout.includes('Bilqen Rastogar')).toBe(profile !== 'ngo')
  }
})

test('every drawn line leads to rows, and the tables add up to the chart', async () => {
  const input = await exhibitInput(view, request)
  expect(new Set(input.trace.map(({ link }) => link))).toEqual(new Set(input.chart.links.map(({ id }) => id)))
  for (const row of input.trace) expect((row.row_sha256 === null) !== (row.row_hmac === null), `${row.source} ${row.row}`).toBe(true)
  expect(input.trace.some(({ row_hmac: hmac }) => hmac !== null)).toBe(true)
  const matrix = Buffer.from(filesOf(join(out, 'first')).get('data/tables/association-matrix.csv') as Uint8Array).toString('utf8').trimEnd().split('\r\n').slice(1)
  expect(matrix.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(2 * input.chart.links.length)
  const custody = Buffer.from(filesOf(join(out, 'first')).get('data/tables/custody.csv') as Uint8Array).toString('utf8')
  expect(custody).toContain('GAP: the last holder was HC Demo')
  expect(new Set(input.trace.map(({ basis }) => basis))).toEqual(new Set(['recorded']))
  // Rows that no drawn line rests on are counted, and stay out.
  expect(input.rows_not_shown).toBeGreaterThan(0)
})

test('what the sources do not cover stands beside what was asked for, and conditions on the cover', async () => {
  const own = open.file.exhibit as ExhibitSettings
  const sources = { calls: source({ handling: '3x5x2 C', conditions: 'Not to be shown to the press.', asked: '1 to 31 March 2024', received: '1 to 9 March 2024' }) }
  const told: CaseView = { ...view, open: { ...open, file: { ...open.file, exhibit: { ...own, sources } } } }
  const input = await exhibitInput(told, request)
  expect(input.coverage.find((one) => one.source === 'calls')).toEqual({ source: 'calls', asked: '1 to 31 March 2024', received: '1 to 9 March 2024', first: '2024-03-01', last: '2024-03-20', silent: [{ from: '2024-03-10', to: '2024-03-19', days: 10 }] })
  expect(input.coverage.find((one) => one.source === 'persons')).toMatchObject({ first: '', silent: null })
  expect((await exhibitInput(told, { ...request, profile: 'ngo' })).coverage).toEqual([])
  await writeExhibit(told, request, { folder: join(out, 'covered'), passphrase: passphraseOf, now_ms: NOW + 1500 })
  expect(Buffer.from(filesOf(join(out, 'covered')).get('data/tables/coverage.csv') as Uint8Array).toString('utf8')).toContain('calls,1 to 31 March 2024,1 to 9 March 2024,2024-03-01,2024-03-20,10,2024-03-10 to 2024-03-19')
  const words = spawnSync('pdftotext', [join(out, 'covered', 'data', 'exhibit.pdf'), '-'], { encoding: 'utf8' })
  if (words.error === undefined) expect(words.stdout).toContain('Conditions of source calls (3x5x2 C): Not to be shown to the press.')
})

test('the method sheet says which engine made it, as other programs find it; another engine is named when it is made again', async () => {
  const { made_with: stamp } = JSON.parse(Buffer.from(filesOf(join(out, 'first')).get('data/method.json') as Uint8Array).toString('utf8')) as { made_with: EngineStamp }
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const shell = (command: string): string => spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' }).stdout.trim()
  expect(stamp.sources_sha256).toBe(shell('find packages/*/src apps/cli/src -type f | LC_ALL=C sort | xargs sha256sum | sha256sum').slice(0, 64))
  expect(stamp.lockfile_sha256).toBe(shell('sha256sum pnpm-lock.yaml').slice(0, 64))
  const head = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  if (head.status === 0) expect(stamp.commit).toBe(head.stdout.trim())
  expect(stamp.node).toBe(process.version)
  expect(Object.keys((await exhibitInput(view, request)).method)).toEqual(expect.arrayContaining(['seed', 'fonts', 'network', 'find', 'grading', 'find_fingerprint']))
})

test('the method sheet prints the stored measurement of the errors, number for number', async () => {
  const stored = readFileSync(fileURLToPath(new URL('../measured/accuracy.json', import.meta.url)), 'utf8')
  expect(Buffer.from(filesOf(join(out, 'first')).get('data/accuracy.json') as Uint8Array).toString('utf8')).toBe(stored)
  const { order, joining, command } = JSON.parse(stored) as MeasuredAccuracy
  expect(order.average_precision).toBeGreaterThan(order.chance)
  const words = spawnSync('pdftotext', [join(out, 'first', 'data', 'exhibit.pdf'), '-'], { encoding: 'utf8' })
  if (words.error === undefined) for (const said of [order.average_precision, order.chance, joining.true_pairs, command]) expect(words.stdout.replaceAll(/\s+/g, ' ')).toContain(String(said))
})

test('each place of the order that one source carries is named on the cover', async () => {
  const input = await exhibitInput(view, request)
  // Nobody recorded these three but the calls; the others stand in the report too.
  const named = ['Tarvesh Koldun', 'Ruvan Thakrel', 'Ishmin Wadhol'].map((label) => input.order.find((one) => one.label === label))
  expect(input.leans_on).toEqual([`The source calls carries part of the order: without it ${named.map((one) => `${one?.label ?? ''} (place ${one?.rank ?? ''} of ${one?.of ?? ''}) would not be seen at all`).join('; ')}.`])
})

const REFUSED: readonly (readonly [string, string, Partial<ExhibitRequest>, (settings: ExhibitSettings) => Partial<ExhibitSettings>])[] = [
  ['no reviewer', 'exhibit_refused', { reviewer: null }, () => ({})],
  ['one person as both', 'exhibit_refused', { reviewer: 'asha' }, () => ({})],
  ['a stranger', 'user_missing', { analyst: 'nobody' }, () => ({})],
  ['intelligence in court', 'exhibit_refused', { mode: 'intelligence' }, () => ({})],
  ['nothing against', 'exhibit_refused', {}, ({ against }) => ({ against: { ...against, facts: [], alternatives: [] } })],
  ['no case number', 'exhibit_refused', {}, () => ({ case_number: ' ' })],
  ['public with few protected', 'exhibit_refused', { profile: 'public' }, () => ({})],
  ['no open question', 'exhibit_refused', {}, ({ against }) => ({ against: { ...against, unknowns: [] } })],
  ['no exhibit number', 'exhibit_refused', {}, () => ({ exhibit_number: '' })],
  ['no agency', 'exhibit_refused', {}, () => ({ agency: '' })],
  ['no handling code', 'exhibit_refused', {}, () => ({ handling: '' })],
  ['a small group to a partner, and nobody answers for it', 'exhibit_refused', { profile: 'partner', reviewer: null }, () => ({})],
  ['a small group to a support organisation, and nobody answers for it', 'exhibit_refused', { profile: 'ngo', reviewer: null }, () => ({})],
  ['H1 in court', 'exhibit_refused', {}, () => ({ sources: { calls: source({ handling: '4x4 H1' }) } })],
  ['H2 to a partner', 'exhibit_refused', { profile: 'partner' }, () => ({ sources: { calls: source({ handling: 'H2' }) } })],
  ['conditions that are not written down', 'exhibit_refused', { profile: 'partner' }, () => ({ sources: { calls: source({ handling: '3x5x2 C' }) } })],
  ['an interception without order', 'exhibit_refused', {}, () => ({ sources: { calls: source({ intercept: true }) } })],
  ['an expired order', 'exhibit_refused', {}, () => ({ sources: { calls: source({ intercept: true, order: 'HS 4/2024', order_until: '2024-06-01' }) } })],
  ['a revoked key', 'exhibit_refused', {}, () => ({ revoked_keys: [{ fingerprint: keyFingerprint(userOf(open, 'asha')), at: '2026-11-01', why: 'lost' }] })],
  ['an annexe without authority', 'exhibit_refused', { annexe_authority: ' ' }, () => ({})],
  ['consent that was withdrawn', 'exhibit_refused', { profile: 'ngo' }, () => ({ consents: [{ code: [...view.mask.ids.keys()].find((one) => one.startsWith('V-')) ?? '', by: '', at: '', for: '', withdrawn: '2026-11-02' }] })],
  ['relied on and not', 'exhibit_refused', {}, () => ({ sources: { calls: source({ reliance: 'not_relied' }) } })],
]

function source(change: Partial<ExhibitSettings['sources'][string]>): ExhibitSettings['sources'][string] {
  return { from: '', by: '', at: '', process: '', memo: '', asked: '', received: '', expires: '', certificate: 'present', certificate_reference: '', intercept: false, order: '', order_until: '', reliance: 'relied', authority: '', handling: '', conditions: '', review: '', hold: '', ...change }
}

test.each(REFUSED)('refused, and nothing is left behind: %s', async (_name, code, change, settings) => {
  const own = open.file.exhibit as ExhibitSettings
  const exhibit = { ...own, ...settings(own) }
  const bare: CaseView = { ...view, open: { ...open, file: { ...open.file, exhibit } } }
  const into = join(out, 'refused')
  const run = writeExhibit(bare, { ...request, ...change }, { folder: into, passphrase: passphraseOf, now_ms: NOW + 2000 })
  await expect(run).rejects.toMatchObject({ code })
  expect(readdirSync(out).filter((entry) => entry.startsWith('refused'))).toEqual([])
})

test('a source that changed or went missing since the import stops it', async () => {
  const path = join(folder, 'calls.csv')
  const whole = readFileSync(path)
  writeFileSync(path, `${whole.toString('utf8')}\n`)
  await expect(made('changed')).rejects.toMatchObject({ code: 'source_changed' })
  rmSync(path)
  await expect(made('changed')).rejects.toMatchObject({ code: 'source_missing' })
  writeFileSync(path, whole)
  expect(existsSync(join(out, 'changed'))).toBe(false)
})
