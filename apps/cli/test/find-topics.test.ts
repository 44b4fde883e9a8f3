import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { ringmap } from './ringmap-process.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-find-'))
const folder = join(work, 'rings')
afterAll(() => rmSync(work, { recursive: true, force: true }))

beforeAll(async () => {
  await writeDemoCase(folder, { people: 300, calls: 3500 })
  for (const step of ['import', 'link', 'find']) expect((await ringmap([step, folder, '--quiet'])).code).toBe(0)
}, 300_000)

test('topics answer with one object, and in words that say what it is', async () => {
  const topics: readonly (readonly [string[], string, RegExp | null])[] = [
    [['rings', '--window', '40d'], 'changes', null],
    [['organisers', '--layer', 'money'], 'layer', null],
    [['what-if', '--size', '1'], 'sets', /at once/],
  ]
  for (const [args, key, words] of topics) {
    const [topic = '', ...flags] = args
    const data = await ringmap(['find', topic, folder, '--json', '--quiet', ...flags])
    expect(data.code, `${args.join(' ')}: ${data.err}`).toBe(0)
    expect(JSON.parse(data.out), args.join(' ')).toHaveProperty(key)
    if (words === null) continue
    const said = await ringmap(['find', topic, folder, '--quiet', ...flags], { env: { NO_COLOR: '1' } })
    expect(said.out).toMatch(words)
    expect(said.out).not.toMatch(/guilty|kingpin|mastermind|\{[A-Z]+-[0-9A-F]{6}|undefined|NaN/i)
  }
}, 300_000)

test('what is asked for wrongly is refused in words', async () => {
  const wrong: readonly string[][] = [
    ['find', 'organisers', folder, '--window', 'soon'], ['find', 'what-if', folder, '--size', '9'], ['find', 'organisers'],
  ]
  for (const args of wrong) {
    const ran = await ringmap([...args, '--quiet'])
    expect(ran.code, args.join(' ')).toBe(2)
    expect(ran.err).not.toContain('    at ')
  }
}, 300_000)
