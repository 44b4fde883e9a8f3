/** The same exhibit made by processes of their own in another time zone, language and moment is the same to the byte, and holds no date of today; from sources in another order only what says where a row stands differs. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ringmap } from './ringmap-process.ts'

const AS_OF = '2025-01-01T00:00:00Z'
const SIGN = { input: 'correct horse battery\nstaple staple staple\n' }
const CALLS = ['9419000001,9419000002,01/03/2024 10:00:00,60', '9419000002,9419000003,02/03/2024 10:00:00,61', '9419000003,9419000001,02/03/2024 11:00:00,62', '9419000003,9419000004,03/03/2024 10:00:00,63', '9419000004,9419000005,04/03/2024 12:00:00,64', '9419000005,9419000003,05/03/2024 12:00:00,65']
const PERSONS = ['1,Tarvesh Koldun,accused,9419000001', '2,Bilqen Rastogar,accused,9419000002', '3,दोविक सेमवान,suspect,9419000003', '4,ہیملو قزوین,suspect,9419000004', '5,Ruvan Thakrel,victim,9419000005']
const CASE = `version: 1
name: Machines
sources:
  - name: persons
    file: persons.csv
    entities:
      person: { kind: Person, id: id, role: { column: role }, properties: { name: name } }
      phone: { kind: Phone, id: phone }
    links: [{ kind: uses, from: person, to: phone }]
  - name: calls
    file: calls.csv
    entities:
      a: { kind: Phone, id: a }
      b: { kind: Phone, id: b }
    links: [{ kind: called, from: a, to: b, at: { column: start, format: "%d/%m/%Y %H:%M:%S" }, duration_s: seconds, grade: { value: A1 } }]
find: { scope: all }
exhibit:
  case_number: FIR 11/2024
  exhibit_number: P-4
  agency: Demo Crime Branch
  handling: OFFICIAL
  against: { facts: [He was not there.], unknowns: [The second phone was never found.] }
`

const work = mkdtempSync(join(tmpdir(), 'ringmap-machine-'))
const plain = join(work, 'plain')
const mixed = join(work, 'mixed')
let subject = ''

function rows(head: string, list: readonly string[]): string {
  return `${[head, ...list].join('\n')}\n`
}

async function steps(folder: string): Promise<void> {
  for (const step of ['import', 'link', 'find']) expect(await ringmap([step, folder, '--quiet']), step).toMatchObject({ code: 0 })
}

async function exhibit(folder: string, name: string, env: Record<string, string>): Promise<string> {
  const made = await ringmap(['export', 'exhibit', folder, subject, '--user', 'asha', '--reviewer', 'bano', '--as-of', AS_OF, '-o', join(work, name), '--quiet'], { ...SIGN, env })
  expect(made, made.err).toMatchObject({ code: 0 })
  return join(work, name)
}

beforeAll(async () => {
  for (const [folder, turn] of [[plain, <T>(list: readonly T[]) => list], [mixed, <T>(list: readonly T[]) => [...list].reverse()]] as const) {
    mkdirSync(folder)
    writeFileSync(join(folder, 'case.yaml'), CASE)
    writeFileSync(join(folder, 'persons.csv'), rows('id,name,role,phone', turn(PERSONS)))
    writeFileSync(join(folder, 'calls.csv'), rows('a,b,start,seconds', turn(CALLS)))
    writeFileSync(join(folder, 'case.key'), `${'5a'.repeat(32)}\n`, { mode: 0o600 })
  }
  await steps(plain)
  for (const [id, role, pass] of [['asha', 'analyst', 'correct horse battery'], ['bano', 'reviewer', 'staple staple staple']] as const) expect((await ringmap(['users', 'add', plain, id, '--name', id, '--role', role], { input: `${pass}\n` })).code).toBe(0)
  cpSync(join(plain, 'case.yaml'), join(mixed, 'case.yaml'))
  cpSync(join(plain, 'keys'), join(mixed, 'keys'), { recursive: true })
  await steps(mixed)
  const found = JSON.parse((await ringmap(['find', plain, '--json'])).out) as { organisers: { subject: string }[] }
  subject = found.organisers[0]?.subject ?? ''
}, 120_000)
afterAll(() => rmSync(work, { recursive: true, force: true }))

test('UTC in C, and Kolkata in Hindi, seconds later: diff finds nothing, and no file holds the date of today', async () => {
  const one = await exhibit(plain, 'one', { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' })
  await new Promise((done) => setTimeout(done, 1100))
  const other = await exhibit(plain, 'other', { TZ: 'Asia/Kolkata', LANG: 'hi_IN.UTF-8', LC_ALL: 'hi_IN.UTF-8' })
  expect(spawnSync('sh', ['-c', 'diff -r "$0" "$1"', one, other], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' })
  const today = new Date().toISOString().slice(0, 10)
  for (const entry of readdirSync(one, { recursive: true, withFileTypes: true }).filter((found) => found.isFile())) {
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    for (const written of [today, today.replaceAll('-', ''), today.split('-').reverse().join('/')]) for (const form of [written, Buffer.from(written, 'utf16le')]) expect(bytes.includes(form), `${entry.name} ${written}`).toBe(false)
  }
  expect((await ringmap(['verify', one, '--quiet'])).code).toBe(0)
  expect((await ringmap(['reproduce', one, '--sources', plain, '--quiet'])).code).toBe(0)
}, 120_000)

test('rows in another order: chart, tables and networks are the same; traces differ in row numbers alone, and the whole is no reproduction, which is said', async () => {
  const one = await exhibit(plain, 'ordered', {})
  const other = await exhibit(mixed, 'shuffled', {})
  // The hash of the sources is printed where a chart says what it was drawn from.
  for (const path of ['tables/entities.csv', 'tables/association-matrix.csv', 'tables/flows.csv', 'tables/phones.csv', 'tables/support.csv', 'tables/coverage.csv', 'exchange/network.graphml', 'exchange/network.gexf', 'masking.json', 'against.json']) {
    expect(readFileSync(join(other, 'data', path)).equals(readFileSync(join(one, 'data', path))), path).toBe(true)
  }
  const trace = (folder: string): unknown[] => readFileSync(join(folder, 'data', 'trace.jsonl'), 'utf8').trim().split('\n').map((line) => ({ ...(JSON.parse(line) as object), row: null })).map((row) => JSON.stringify(row)).sort()
  expect(trace(other)).toEqual(trace(one))
  const drawn = (folder: string): string => (/<g id="links">.*<g id="legend"/s.exec(readFileSync(join(folder, 'data', 'chart.svg'), 'utf8')) ?? [''])[0]
  expect(drawn(one).length).toBeGreaterThan(1000)
  expect(drawn(other)).toBe(drawn(one))
  expect((await ringmap(['reproduce', one, '--sources', mixed, '--quiet'])).code).toBe(1)
}, 120_000)
