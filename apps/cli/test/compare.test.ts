/** `ringmap compare`: one pair, a file of pairs in its own order, spellings of a case, wrong usage. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ringmap } from './ringmap-process.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-compare-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

test('one pair: verdict first, then what each word weighs', async () => {
  const { code, out } = await ringmap(['compare', 'Gh. Nabi Wani', 'Ghulam Nabi Wanie', '--as', 'name'])
  expect(code).toBe(0)
  expect(out).toMatch(/^match {2}\+10\.5 bits/)
  const { out: json } = await ringmap(['compare', '234567890124', 'XXXXXXXX0124', '--as', 'aadhaar', '--json'])
  expect(JSON.parse(json)).toMatchObject({ kind: 'aadhaar', verdict: 'match' })
  expect(json).not.toContain('234567890124')
})

test('a batch keeps rows, order and columns, and says which rows it could not answer', async () => {
  const input = 'kind,left,right,note\nname,Md Ramzan Lone,Mohammed Ramazan Lone,"a, ""b"""\ncolour,red,blue,\naadhaar,234567890124,XXXXXXXX0124,\nplate,JK01AB1234,JKO1AB1234,\n'
  const { code, out, err } = await ringmap(['compare', '--batch', '-'], { input })
  expect(code).toBe(0)
  const lines = out.trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toBe('kind,left,right,note,verdict,weight,reason')
  expect(lines[1]).toContain('name,Md Ramzan Lone,Mohammed Ramazan Lone,"a, ""b""",match,')
  expect(lines[2]).toContain('colour,red,blue,,,,"kind')
  expect(lines[3]).toContain('aadhaar,XXXXXXXX0124,XXXXXXXX0124,,match,')
  expect(lines[4]).toContain(',match,')
  expect(err).toContain('1 rows have a kind that is not known')
})

test('spellings come from a case or a file', async () => {
  const names = join(work, 'spellings.yaml')
  writeFileSync(names, 'same: [[Kralwar, Qarlor]]\n')
  const pair = ['compare', 'Bashir Kralwar', 'Bashir Qarlor', '--as', 'name', '--json']
  expect((JSON.parse((await ringmap(pair)).out) as { verdict: string }).verdict).not.toBe('match')
  expect((JSON.parse((await ringmap([...pair, '--names', names])).out) as { verdict: string }).verdict).toBe('match')
})

test.each([[['compare', 'a', 'b']], [['compare', 'a', '--as', 'name']], [['compare', 'a', 'b', '--as', 'fame']], [['compare', 'a', 'b', '--batch', 'x.csv']], [['compare', 'a', 'b', '--as', 'name', '--names', join(work, 'none.yaml')]]])('%j is wrong usage', async (args) => {
  const { code, err } = await ringmap(args)
  expect(code).toBe(2)
  expect(err).not.toContain('    at ')
})
