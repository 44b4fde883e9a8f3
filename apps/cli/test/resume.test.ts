import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { MAIN, ringmap } from './ringmap-process.ts'

const work = mkdtempSync(join(tmpdir(), 'ringmap-resume-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
beforeAll(async () => {
  await writePersons(3000, 77, work)
  // Two rules of some two million pairs: many parts, each quickly compared.
  writeFileSync(join(work, 'link.yaml'), 'id: record_id\ncolumns: { village: text, born: date }\nblocking: [sex, village.start4]\nmost_in_block: 5000\n')
})

/** Starts the command and kills it, as a power cut would, once so many parts are kept. */
async function killed(args: readonly string[], folder: string, parts: number): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => { child.on('close', (_, signal) => { resolve(signal) }) })
  const watch = setInterval(() => { if (keptIn(folder) >= parts) child.kill('SIGKILL') }, 5)
  expect(await ended).toBe('SIGKILL')
  clearInterval(watch)
}

function keptIn(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^part-\d+$/.test(name)).length : 0
}

test('dedupe killed in the middle goes on with --resume and gives the same bytes', async () => {
  const [persons, folder] = [join(work, 'persons.csv'), join(work, 'kept')]
  const run = ['dedupe', persons, '--config', join(work, 'link.yaml'), '--workers', '0']
  const whole = await ringmap(run)
  expect(whole.code).toBe(0)
  await killed([...run, '--resume', folder], folder, 2)
  const kept = keptIn(folder)
  expect(kept).toBeGreaterThanOrEqual(2)
  const other = join(work, 'other')
  cpSync(folder, other, { recursive: true })
  const resumed = await ringmap([...run, '--resume', folder])
  expect(resumed.out).toBe(whole.out)
  expect(resumed.err).toMatch(new RegExp(`not again: ${kept} parts? of the pairs`))
  expect(existsSync(folder)).toBe(false)
  // Other records: what was kept is no use, and is said to be none.
  writeFileSync(join(work, 'fewer.csv'), readFileSync(persons, 'utf8').split('\n').slice(0, 2000).join('\n'))
  expect((await ringmap(['dedupe', join(work, 'fewer.csv'), '--config', join(work, 'link.yaml'), '--resume', other])).err).toContain('belonged to other records or settings')
  mkdirSync(folder)
  writeFileSync(join(folder, 'letter.txt'), 'mine')
  expect((await ringmap([...run, '--resume', folder])).code).not.toBe(0)
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('mine')
}, 300_000)

test('link killed in the middle goes on with --resume and makes the same entities', async () => {
  const folder = join(work, 'case')
  expect((await ringmap(['init', folder, '--from', join(work, 'persons.csv')])).code).toBe(0)
  expect((await ringmap(['import', folder])).code).toBe(0)
  const unfinished = join(folder, 'link.unfinished')
  await killed(['link', folder], unfinished, 1)
  const kept = keptIn(unfinished)
  const resumed = await ringmap(['link', folder, '--resume', '--json'])
  expect(resumed.code).toBe(0)
  const first = JSON.parse(resumed.out) as { counts: { resumed_parts: number } }
  expect(first.counts.resumed_parts).toBe(kept)
  expect(existsSync(unfinished)).toBe(false)
  const again = JSON.parse((await ringmap(['link', folder, '--force', '--json'])).out) as { counts: object; changes: unknown[] }
  expect(again.counts).toEqual({ ...first.counts, resumed_parts: 0 })
  expect(again.changes).toEqual([])
}, 300_000)
