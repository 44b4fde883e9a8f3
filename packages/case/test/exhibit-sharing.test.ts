/** Who gets what of an exhibit: copies for two recipients, identities under seal, relatives masked on order, keys, countries; and that a refusal or a full disk leaves nothing behind. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'
import { certificatePdf } from '@ringmap/evidence/certificate-pages'
import { COUNTRY_PACKS } from '@ringmap/evidence/certificate-packs'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { missingProgram } from '@ringmap/fixtures/validators'
import { writeAudit } from '../src/audit.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { openAnnexe } from '../src/exhibit-annexe.ts'
import { verifyBundle } from '../src/exhibit-check.ts'
import type { ExhibitRequest } from '../src/exhibit-request.ts'
import { lastChange, writeExhibit, type ExhibitWritten } from '../src/exhibit-step.ts'
import { closeCase, KEY_FILE, type OpenCase } from '../src/open-case.ts'
import { keyFingerprint, userOf } from '../src/users.ts'
import { PASSPHRASES, passphraseOf, ringRequest, signedCase } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, VICTIM, VICTIM_PHONE, writeSmallCase } from './small-case.ts'

const NOW = Date.UTC(2026, 10, 24, 9)
const ANNEXE_PASSPHRASE = 'a third long passphrase'
const FATHER = 'Bilqen Rastogar'
const SETTINGS = `  - name: kin
    file: kin.csv
    entities:
      one: { kind: Person, id: one, scope: police }
      other: { kind: Person, id: other, scope: police }
    links:
      - { kind: related_to, from: one, to: other }
find:`
const EXHIBIT = `${EXHIBIT_HEAD}  against: { facts: [He was not there.], unknowns: [The second phone was never found.] }
  revoked_keys: [{ fingerprint: 0000 1111 2222 3333 4444 5555 6666 7777, at: 2026-10-01, why: lost }]
`
const CASE = `${(SMALL_FILES['case.yaml'] ?? '').replace('find:', SETTINGS)}${EXHIBIT}`
// The accused of row 2 is her father; row 8 came for a visit and has no category.
const FILES = { 'kin.csv': 'one,other\n2,9\n', 'persons.csv': `${SMALL_FILES['persons.csv'] ?? ''}8,Jorvan Pethil,Amrit Pethil,Visitor,ABC1000008,9419000008,"House 8, Lower Ward",1990-01-01\n`, 'calls.csv': `${SMALL_FILES['calls.csv'] ?? ''}9419000008,9419000002,05/03/2024 11:00:00,66\n9419000008,9419000003,05/03/2024 12:00:00,66\n` }

const out = mkdtempSync(join(tmpdir(), 'ringmap-sharing-'))
const folder = writeSmallCase({ changed: { ...FILES, 'case.yaml': CASE } })
let open: OpenCase
let view: CaseView
let request: ExhibitRequest

beforeAll(async () => {
  open = await signedCase(folder, { read_only: true })
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'find', what: 'small case', why: null })
  view = await viewCase(open)
  request = await ringRequest(view, lastChange(view))
})
afterAll(() => {
  closeCase(open)
  for (const each of [folder, out]) rmSync(each, { recursive: true, force: true })
})

function withSettings(change: Partial<ExhibitSettings>, of: CaseView = view): CaseView {
  return { ...of, open: { ...of.open, file: { ...of.open.file, exhibit: { ...(of.open.file.exhibit as ExhibitSettings), uncategorised: 'unknown', ...change } } } }
}

async function made(name: string, change: Partial<ExhibitRequest> = {}, of: CaseView = withSettings({})): Promise<ExhibitWritten> {
  return await writeExhibit(of, { ...request, ...change }, { folder: join(out, name), passphrase: async (who) => who === 'annexe' ? ANNEXE_PASSPHRASE : await passphraseOf(who), now_ms: NOW + 1000 })
}

const text = (bundle: string, path: string): string => readFileSync(join(bundle, path), 'utf8')

test('two recipients hold the same payload; the sheet of issue, outside of it, tells the copies apart', async () => {
  const [one, other] = [await made('copy-1', { issue: { recipient: 'District court', copy: 1 } }), await made('copy-2', { issue: { recipient: 'Defence', copy: 2 } })]
  expect(text(other.folder, 'manifest-sha256.txt')).toBe(text(one.folder, 'manifest-sha256.txt'))
  expect([one, other].map(({ folder: at }) => /for: (.*)/.exec(text(at, 'ISSUE.txt'))?.[1])).toEqual(['District court', 'Defence'])
  for (const { folder: at } of [one, other]) expect(verifyBundle(at).faults).toEqual([])
  expect(text(folder, 'audit.jsonl')).toContain('copy 2 for Defence')
})

test('every bundle lists its keys and those that were revoked; the secret of the case is in no file of the bundle nor in the database', () => {
  const keys = text(join(out, 'copy-1'), 'keys/KEYS.txt')
  for (const id of ['asha', 'bano']) expect(keys).toContain(`${id}: ${keyFingerprint(userOf(open, id))}`)
  expect(keys).toContain('revoked 2026-10-01: 0000 1111 2222 3333 4444 5555 6666 7777 (lost)')
  const secret = readFileSync(join(folder, KEY_FILE), 'utf8').trim()
  for (const file of [...readdirSync(join(out, 'copy-1'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)), join(folder, 'case.duckdb')]) {
    const bytes = readFileSync(file)
    expect(bytes.includes(Buffer.from(secret, 'hex')) || bytes.includes(secret), file).toBe(false)
  }
})

test('identities go beside the bundle under seal: opened by its passphrase alone, in no file of the bundle, its hash in the certificate', async () => {
  const written = await made('sealed', { profile: 'court-sealed', annexe_authority: 'order of the court 12/2024' })
  expect(written.annexe?.file).toBe(`${written.folder}.annexe.json`)
  const bytes = readFileSync(written.annexe?.file ?? '')
  const annexe = openAnnexe(bytes, ANNEXE_PASSPHRASE)
  expect(annexe).toMatchObject({ authority: 'order of the court 12/2024', manifest_sha256: written.manifest_sha256 })
  expect(annexe.identities.map(({ label }) => label)).toContain(VICTIM)
  expect(annexe.identities.flatMap(({ identifiers }) => identifiers).join()).toContain(VICTIM_PHONE)
  const trace = text(written.folder, 'data/trace.jsonl').trim().split('\n').map((line) => JSON.parse(line) as { row_hmac: string | null; row_sha256: string | null })
  expect(new Set(annexe.rows.map(({ row_hmac: hmac }) => hmac))).toEqual(new Set(trace.flatMap(({ row_hmac: hmac }) => hmac ?? [])))
  for (const { row_sha256: plain } of annexe.rows) expect(trace.some((row) => row.row_sha256 === plain)).toBe(false)
  expect(() => openAnnexe(bytes, 'another long passphrase')).toThrow(expect.objectContaining({ code: 'passphrase_wrong' }) as Error)
  for (const at of [bytes.length >> 1, bytes.length - 40]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] as number) ^ 1
    expect(() => openAnnexe(changed, ANNEXE_PASSPHRASE)).toThrow()
  }
  expect(readdirSync(written.folder, { recursive: true }).filter((name) => String(name).includes('annexe'))).toEqual([])
  if (missingProgram('pdftotext') === null) expect(spawnSync('pdftotext', [join(written.folder, 'certificate/certificate.pdf'), '-'], { encoding: 'utf8' }).stdout.replaceAll(/\s/g, '')).toContain(written.annexe?.sha256)
})

test('on order the relatives of a protected person are masked too, the accused father among them', async () => {
  const named = await made('kin-open')
  expect(text(named.folder, 'data/tables/entities.csv')).toContain(FATHER)
  expect(text(named.folder, 'data/exchange/network.graphml')).not.toContain('related to')
  const kin = await viewCase({ ...open, file: { ...open.file, protect: { ...open.file.protect, kin: true } } })
  const masked = await made('kin-masked', {}, withSettings({}, kin))
  for (const file of ['data/tables/entities.csv', 'data/tables/events.csv', 'data/exchange/network.graphml', 'data/exchange/network.ftm.json', 'data/exchange/network.anx', 'data/trace.jsonl']) expect(scanForCanaries(readFileSync(join(masked.folder, file)), file, [FATHER, VICTIM, '9419000002']), file).toEqual([])
  expect(text(masked.folder, 'data/tables/entities.csv')).toMatch(/X-[0-9A-Z]{6}.*person/)
})

test('counts of fewer than eleven protected persons do not leave the office', async () => {
  const bundle = await made('referral', { profile: 'ngo' })
  expect(JSON.parse(text(bundle.folder, 'data/masking.json'))).toMatchObject({ classes: { V: 'fewer than 11' } })
})

test('a person without category stops an exhibit for court, and nothing is left behind', async () => {
  await expect(made('nobody', {}, withSettings({ uncategorised: undefined }))).rejects.toMatchObject({ code: 'exhibit_refused', details: { what: expect.stringContaining('no category') as string } })
  expect(readdirSync(out).filter((name) => name.startsWith('nobody'))).toEqual([])
})

test('a disk that is full half way leaves neither folder nor zip nor draft, and says so', () => {
  const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))
  // No file may grow beyond 64 kB: the first tables are written, the picture is not.
  const run = spawnSync('sh', ['-c', `ulimit -f 128; exec "$0" "$1" export exhibit "$2" --user asha --reviewer bano --profile partner -o "$3"`, process.execPath, main, folder, join(out, 'full')], { encoding: 'utf8', input: `${PASSPHRASES.asha}\n${PASSPHRASES.bano}\n` })
  expect(run.status).toBe(1)
  expect(run.stderr).toMatch(/could not be written|EFBIG|file too large/i)
  expect(run.stderr).not.toMatch(/\n\s+at /)
  expect(readdirSync(out).filter((name) => name.startsWith('full'))).toEqual([])
})

const noPdf = missingProgram('pdftotext')
test.skipIf(noPdf !== null).each([
  ['IN', ['THE SCHEDULE', 'PART A', 'PART B', 'solemnly affirm'], 3], ['US', ['CERTIFICATION', 'penalty of perjury', 'Rule 1006'], 2], ['GB', ['WITNESS STATEMENT', 'true to the best of my knowledge', 'points away'], 2],
] as const)('the certificate of %s: its words, the hash and nothing that is for a person to fill in', async (country, words, pages) => {
  const manifest = `${'ab'.repeat(32)}  data/chart.svg\n`
  const bytes = await certificatePdf(COUNTRY_PACKS[country] as NonNullable<(typeof COUNTRY_PACKS)[string]>, { settings: { ...(open.file.exhibit as ExhibitSettings), country }, version: '0.1.0', commit: '0123456789abcdef0123456789abcdef01234567', as_of_ms: NOW, bundle: 'B-0123456789AB', manifest, sizes: new Map([['data/chart.svg', 7]]) })
  const read = (...args: string[]): string => spawnSync('pdftotext', [...args, '-', '-'], { input: bytes, encoding: 'utf8' }).stdout
  const all = read('-layout')
  for (const word of words) expect(all).toContain(word)
  if (country === 'IN') expect(all.replaceAll(/\s+/g, ' ')).toContain('commit 0123456789ab; exhibit P-4; bundle B-0123456789AB')
  expect(all.split('\f').length - 1).toBe(pages)
  const form = all.split('Hash report')[0] as string
  expect(form).not.toMatch(/Asha|Bano|\[x\]/i)
  expect(form.split('____').length).toBeGreaterThan(4)
  expect(all.replaceAll(/\s/g, '')).toContain('ab'.repeat(32))
})
