import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Findings } from '@ringmap/model/finding'
import { ringmap, type Ran } from './ringmap-process.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-cli-'))
const folder = join(work, 'case')
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Six invented people on six numbers; 2, 3 and 4 are accused, 6 is a victim; everything between 2-4 and 5-6 goes through 1. */
const FILES = {
  'subscribers.csv': ['msisdn,subscriber_name,voter_id,activated_on', ...[1, 2, 3, 4, 5, 6].map((n) => `941900000${n},Person Numbered ${'ABCDEF'.charAt(n - 1)},ABC100000${n},0${n}/01/2024`)].join('\n'),
  'calls.csv': ['a_party,b_party,call_date,call_time,duration_s', ...[[2, 1], [3, 1], [4, 1], [1, 5], [5, 6], [2, 3], [3, 4]].map(([a, b], i) => `941900000${a},941900000${b},1${i}/02/2024,10:00:00,6${i}`)].join('\n'),
  'persons.csv': ['person_id,name,role,voter_id,mobile', '2,Person Numbered B,Accused,ABC1000002,9419000002', '3,Person Numbered C,Accused,ABC1000003,9419000003', '4,Person Numbered D,Accused,ABC1000004,9419000004', '6,Person Numbered F,Victim,ABC1000006,9419000006'].join('\n'),
  'fir.csv': ['fir_no,police_station,date,sections,person_id,part', '1/2024,PS Lower Ward,10/03/2024,143,2,Accused', '1/2024,PS Lower Ward,10/03/2024,143,3,Accused', '1/2024,PS Lower Ward,10/03/2024,143,4,Accused', '1/2024,PS Lower Ward,10/03/2024,143,6,Victim'].join('\n'),
}

beforeAll(() => {
  mkdirSync(join(work, 'files'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(work, 'files', name), `${text}\n`)
})

describe("from a stranger's files to a ranked list and a chart", () => {
  test('init drafts a case.yaml that import takes as it is', async () => {
    const made = await ringmap(['init', folder, '--from', join(work, 'files', '*.csv')])
    expect(made.code).toBe(0)
    const text = readFileSync(join(folder, 'case.yaml'), 'utf8')
    for (const kind of ['kind: Phone', 'kind: called', 'kind: owns', 'kind: accused_in', 'kind: victim_in']) expect(text).toContain(kind)
    const again = await ringmap(['init', folder, '--from', join(work, 'files', '*.csv')])
    expect(again.code).toBe(2)
    expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toBe(text)
  })

  test('a step before its time says which one is missing', async () => {
    const early = await ringmap(['find', folder, '--json'])
    expect(early.code).toBe(1)
    expect(JSON.parse(early.out)).toMatchObject({ error: { code: 'step_missing', hint: expect.stringContaining('ringmap import') } })
  })

  test('import, link and find: one JSON object each, the middle man first, the victim nowhere', async () => {
    const imported = JSON.parse((await ringmap(['import', folder, '--json'])).out) as { rows: number; sources: { name: string }[]; issues: unknown[] }
    expect(imported).toMatchObject({ rows: 6 + 7 + 4 + 4, changed: true, issues: [] })
    const linked = JSON.parse((await ringmap(['link', folder, '--json'])).out) as { counts: { entities: number } }
    // Six persons, six phones, one report.
    expect(linked.counts.entities).toBe(13)
    const found = await ringmap(['find', folder, '--json'])
    expect(found.code).toBe(0)
    const findings = JSON.parse(found.out) as Findings
    expect(findings.organisers[0]?.label).toBe('Person Numbered A')
    expect(findings.organisers.map(({ label }) => label).filter((label) => label.includes('Numbered F'))).toEqual([])
    expect(findings.unranked).toEqual({ victim: 1 })
    expect(found.out).not.toContain('Person Numbered F')
    // Links of a reason are cards with rows.
    expect(findings.organisers[0]?.because.flatMap(({ links }) => links).length).toBeGreaterThan(0)
  })

  test('the report for people goes to stdout, without colour where NO_COLOR asks for none', async () => {
    const shown = await ringmap(['find', folder], { env: { NO_COLOR: '1' } })
    expect(shown.out).toContain('Person Numbered A')
    expect(shown.out).not.toContain('\u001B[')
    expect(shown.out.toLowerCase()).not.toMatch(/guilty|kingpin|mastermind/)
    const quiet = await ringmap(['import', folder, '--force', '--quiet', '--json'])
    expect(quiet.err).toBe('')
  })

  test('draw and export write files, masked; unmasking asks for a reason and keeps it', async () => {
    const drawn = await ringmap(['link', folder, '--quiet']).then(() => ringmap(['find', folder, '--quiet'])).then(() => ringmap(['draw', folder, '-o', join(work, 'ring.svg'), '--json']))
    expect(drawn.code).toBe(0)
    expect(JSON.parse(drawn.out)).toMatchObject({ file: join(work, 'ring.svg'), shown: { why: expect.any(String) } })
    expect(readFileSync(join(work, 'ring.svg'), 'utf8')).toMatch(/^<\?xml|^<svg/)
    const exported = await ringmap(['export', folder, '--as', 'graphml', '-o', join(work, 'out'), '--json'])
    const [file] = (JSON.parse(exported.out) as { files: { file: string }[] }).files
    expect(readFileSync(file?.file ?? '', 'utf8')).not.toContain('Person Numbered F')
    const refused = await ringmap(['export', folder, '--as', 'graphml', '-o', join(work, 'bare'), '--unmask'])
    expect(refused.code).toBe(2)
    expect(existsSync(join(work, 'bare'))).toBe(false)
    const asked = ['export', folder, '--as', 'graphml', '-o', join(work, 'bare'), '--unmask', '--reason', 'order of the court']
    for (const short of [asked, [...asked, '--authority', 'order 12/2024'], [...asked, '--authority', 'order 12/2024', '--approver', 'bano']]) expect((await ringmap(short)).code, short.join(' ')).toBe(2)
    expect((await ringmap(['users', 'add', folder, 'bano', '--name', 'Bano Qureshi', '--role', 'reviewer'], { input: 'staple staple staple\n' })).code).toBe(0)
    expect((await ringmap([...asked, '--authority', 'order 12/2024', '--approver', 'bano'], { input: 'another passphrase\n' })).code).not.toBe(0)
    expect(existsSync(join(work, 'bare'))).toBe(false)
    const bare = await ringmap([...asked, '--authority', 'order 12/2024', '--approver', 'bano'], { input: 'staple staple staple\n' })
    expect(bare.code).toBe(0)
    expect(readFileSync(join(work, 'bare', file?.file.split('/').at(-1) ?? ''), 'utf8')).toContain('Person Numbered F')
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('order of the court; authority order 12/2024; approved by bano')
  })

  test.each([['graphml', 'network.graphml'], ['anx', 'network.anx'], ['ftm', 'network.ftm.json']])('exported as %s, imported into an empty case and exported from it the file is the same to the byte, and nobody unmasks the victim there', async (kind, name) => {
    const second = join(work, `second-${kind}`)
    expect((await ringmap(['export', folder, '--as', kind, '-o', join(work, 'out'), '--quiet'])).code).toBe(0)
    mkdirSync(second)
    writeFileSync(join(second, 'case.yaml'), `version: 1\nname: Second\nsources:\n  - { name: received, kind: ${kind}, file: ../out/${name} }\n`)
    expect((await ringmap(['import', second, '--quiet'])).code).toBe(0)
    const back = await ringmap(['export', second, '--as', kind])
    expect(back).toMatchObject({ code: 0, err: expect.stringContaining('--as-found') })
    const [sent, received] = [readFileSync(join(work, 'out', name)), readFileSync(join(second, 'exports', name))]
    expect(received.equals(sent)).toBe(true)
    await ringmap(['link', second, '--quiet'])
    await ringmap(['find', second, '--quiet'])
    const found = await ringmap(['export', second, '--as', kind, '--as-found', '-o', join(second, 'found'), '--json'])
    expect(JSON.parse(found.out)).toMatchObject({ given_back: false })
    expect(readFileSync(join(second, 'found', name)).equals(sent)).toBe(false)
    await ringmap(['users', 'add', second, 'bano', '--name', 'Bano Qureshi', '--role', 'reviewer'], { input: 'staple staple staple\n' })
    const bare = await ringmap(['export', second, '--as', kind, '-o', join(second, 'bare'), '--unmask', '--reason', 'order', '--authority', 'order 12/2024', '--approver', 'bano'], { input: 'staple staple staple\n' })
    expect(bare.code).toBe(0)
    const [open, wide] = [readFileSync(join(second, 'bare', name)), kind === 'anx' ? 'utf16le' : 'utf8'] as const
    expect(open.toString(wide)).toContain('Person Numbered A')
    expect(open.toString(wide)).not.toContain('Person Numbered F')
    expect(readFileSync(join(second, 'audit.jsonl'), 'utf8')).toContain(`${kind}, as received in received`)
  })

  test('status tells what changed', async () => {
    writeFileSync(join(folder, 'calls.csv'), `${FILES['calls.csv']}\n9419000006,9419000005,20/02/2024,10:00:00,1\n`)
    const status = JSON.parse((await ringmap(['status', folder, '--json'])).out) as { sources: { name: string; state: string }[] }
    expect(status.sources.find(({ name }) => name === 'calls')?.state).toBe('changed since import')
  })

  test('explore prints its address, ends cleanly on Ctrl-C, and a second run of a step finds the case locked meanwhile', async () => {
    await ringmap(['import', folder, '--quiet'])
    await ringmap(['link', folder, '--quiet'])
    await ringmap(['find', folder, '--quiet'])
    let second: Ran | undefined
    const meanwhile = async (): Promise<void> => {
      second = await ringmap(['import', folder, '--force', '--json'])
    }
    const explored = await ringmap(['explore', folder], { interrupt_at: 'Ctrl-C ends it.', meanwhile })
    expect(second).toMatchObject({ code: 5 })
    expect(JSON.parse(second?.out ?? '')).toMatchObject({ error: { code: 'case_locked', message: expect.stringMatching(/process \d+/) } })
    expect(explored.code).toBe(0)
    expect(explored.out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{32}/)
    expect(explored.err).toContain('Explorer ended.')
  })
})
