/** Review in the terminal: side by side, answered by keys or from a script, explained, taken back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ringmap } from './ringmap-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-review-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  writeFileSync(join(folder, 'persons.csv'), 'no,name,role\n1,Bilal Ahmad Kralwar,suspect\n2,Bilal Ah. Kralwaar,suspect\n3,Zarqotha Belimwal,victim\n4,Zarkotha Belimwal,unknown\n')
  writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Review
sources:
  - name: persons
    file: persons.csv
    entities:
      person: { kind: Person, id: no, role: { column: role }, properties: { name: name } }
`)
  expect((await ringmap(['import', folder, '-q'])).code).toBe(0)
})

interface Queue { readonly of: number; readonly pairs: readonly { readonly left: { readonly id: string; readonly label: string }; readonly right: { readonly id: string }; readonly state: string }[] }
const entities = async (): Promise<number> => (JSON.parse((await ringmap(['link', folder, '--json', '--force'])).out) as { counts: { entities: number } }).counts.entities

test('pairs wait, are answered with keys and a reason, and can be taken back', async () => {
  expect(await entities()).toBe(4)
  const queue = JSON.parse((await ringmap(['link', 'review', folder, '--json'])).out) as Queue
  expect(queue.of).toBe(2)
  const suspects = queue.pairs.find((pair) => pair.left.label.includes('Kralwa'))
  const order = queue.pairs.map((pair) => (pair === suspects ? 's\nsame photograph\n' : '\n')).join('')
  const { out, code } = await ringmap(['link', 'review', folder], { input: order })
  expect(code).toBe(0)
  expect(out).toContain('before anything is compared')
  expect(out).toContain('1 answer kept. 4 records are now 3 entities.')
  const said = (await ringmap(['link', folder, '--force'])).out
  expect(said).toMatch(/Person +4 +records +3 +entities/)
  expect(said).toContain('Most records in one: P-')
  expect(said).not.toMatch(/belimwal/i)
  // A victim's name is in no output, and neither is that of whoever may be her under another spelling.
  expect(out + JSON.stringify(queue)).not.toMatch(/belimwal/i)
  const pair = [suspects?.left.id ?? '', suspects?.right.id ?? '']
  const explained = await ringmap(['link', folder, '--explain', ...pair])
  expect(explained.out).toContain('said same: same photograph')
  const undone = await ringmap(['link', 'review', folder, '--answer', 'withdraw', '--pair', ...pair, '--why', 'it was his brother', '--by', 'inspector'])
  expect(undone.out).toContain('4 entities')
  const log = readFileSync(join(folder, 'judgements.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { answer: string; by: string; why: string })
  expect(log.map((line) => line.answer)).toEqual(['same', 'withdraw'])
  expect(log[1]).toMatchObject({ by: 'inspector', why: 'it was his brother' })
})

test.each([[['--answer', 'same']], [['--answer', 'same', '--pair', 'P-1', 'P-2']], [['--answer', 'perhaps', '--pair', 'P-1', 'P-2']], [['--unmask']]])('%j is refused with words', async (args) => {
  const { code, err } = await ringmap(['link', 'review', folder, ...args])
  expect([1, 2]).toContain(code)
  expect(err).not.toContain('    at ')
})
