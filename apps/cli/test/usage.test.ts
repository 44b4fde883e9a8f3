import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { ERRORS } from '@ringmap/model/errors'
import { ringmap } from './ringmap-process.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-usage-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(work, name)
  writeFileSync(path, content)
  return path
}

describe('help', () => {
  test('names every command, the exit codes, and where the shapes are described', async () => {
    const { code, out } = await ringmap(['--help'])
    expect(code).toBe(0)
    for (const command of ['init', 'import', 'link', 'find', 'draw', 'export', 'explore', 'demo', 'status', 'measure', 'compare']) expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    for (const exit of new Set(Object.values(ERRORS).map((one) => one.exit))) expect(out).toMatch(new RegExp(`^ {2}${exit} `, 'm'))
    expect(out).toContain('docs/json.md')
  })

  test.each(['init', 'import', 'link', 'find', 'draw', 'export', 'explore', 'demo', 'status', 'measure', 'compare'])('%s has examples', async (command) => {
    const { code, out } = await ringmap([command, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/Examples:\n +(ringmap|npm start|cat )/)
  })
})

describe('wrong usage: exit code 2, what is wrong, never a stack', () => {
  test.each<[string, string[]]>([
    ['unknown command', ['frobnicate']],
    ['unknown measure', ['measure', 'fame', 'x.csv']],
    ['missing argument', ['import']],
    ['unknown option', ['demo', '--sideways']],
    ['no case there', ['import', join(tmpdir(), 'no such case')]],
    ['port that is none', ['explore', work, '--port', '70000']],
  ])('%s', async (_, args) => {
    const { code, out, err } = await ringmap(args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).not.toMatch(/^\s+at /m)
    expect(err.length).toBeGreaterThan(20)
  })
})

describe('a case file with a mistake: file, line and path', () => {
  test.each<[string, string, RegExp]>([
    ['a kind that is none', 'version: 1\nname: x\nsources:\n  - name: calls\n    file: a.csv\n    entities:\n      a: { kind: Telephone, id: a }\n', /case\.yaml:7: sources\.0\.entities\.a\.kind/],
    ['a key that is none', 'version: 1\nname: x\nsuorces: []\n', /case\.yaml:\d+: /],
    ['no YAML at all', 'version: [1\n', /case\.yaml:\d+/],
  ])('%s', async (name, text, expected) => {
    const folder = join(work, name)
    mkdirSync(folder)
    writeFileSync(join(folder, 'case.yaml'), text)
    const { code, err } = await ringmap(['import', folder])
    expect(code).toBe(2)
    expect(err).toMatch(expected)
    expect(err).toContain('docs/sources.md')
  })
})

describe('measure', () => {
  const path = file('path.csv', 'from,to,calls\na,b,2\nb,c,1\nb,c,4\nc,d,1\n')

  test('gives node, score, rank and interval; parallel rows collapse; stdin reads the same', async () => {
    const args = ['--source', 'from', '--target', 'to']
    const { code, out } = await ringmap(['measure', 'betweenness', path, ...args])
    expect(code).toBe(0)
    const [header, ...rows] = out.trim().split('\n')
    expect(header).toBe('node,score,rank,low,high')
    // On the path a-b-c-d, b and c lie on two of the three pairs without them.
    const parsed = rows.map((row) => row.split(','))
    expect(parsed.map(([node, score, rank]) => [node, Number(score), Number(rank)])).toEqual([['b', 2 / 3, 1], ['c', 2 / 3, 1], ['a', 0, 3], ['d', 0, 3]])
    const piped = await ringmap(['measure', 'betweenness', '-', ...args], { input: 'from,to\nc,b\nd,c\na,b\n' })
    expect(piped.out).toBe(out)
  })

  test('weights count where asked for', async () => {
    const weighted = await ringmap(['measure', 'weighted-degree', path, '--source', 'from', '--target', 'to', '--weight', 'calls', '--json'])
    const { nodes } = JSON.parse(weighted.out) as { nodes: { node: string; score: number }[] }
    expect(Object.fromEntries(nodes.map(({ node, score }) => [node, score]))).toEqual({ a: 2, b: 7, c: 6, d: 1 })
  })

  test.each<[string, string, string | Uint8Array, RegExp]>([
    ['no such column', 'other.csv', 'when,who,whom,why\n1,a,b,x\n', /no column source; .*when, who, whom, why/],
    ['empty', 'empty.csv', '', /empty/],
    ['a zip', 'z.csv', zipSync({ 'e.csv': new TextEncoder().encode('source,target\na,b\n') }), /zip archive/],
    ['no table', 'noise.csv', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), /binary/],
    ['a header twice', 'twice.csv', 'source,source,target\na,b,c\n', /source more than once/],
    ['half a row', 'half.csv', 'source,target\na,b\nc', /1 row/],
    ['one endless line', 'endless.csv', `source,target\na,"${'x'.repeat(40_000_000)}`, /longer than/],
  ])('%s: said with the name of the file, never a stack', async (_, name, content, expected) => {
    const { code, err } = await ringmap(['measure', 'degree', file(name, content)])
    // Half a row is set aside and said; the rest is measured.
    if (name === 'half.csv') expect(code).toBe(0)
    else expect([1, 2]).toContain(code)
    expect(err).toMatch(expected)
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('a folder and a missing file', async () => {
    expect(await ringmap(['measure', 'degree', work])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('folder') })
    expect(await ringmap(['measure', 'degree', join(work, 'nowhere.csv')])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no file') })
  })

  test('negative weights are refused with their row', async () => {
    const { code, err } = await ringmap(['measure', 'degree', file('negative.csv', 'source,target,w\na,b,1\nb,c,-2\n'), '--weight', 'w'])
    expect(code).toBe(2)
    expect(err).toMatch(/row 3.*-2/)
  })
})
