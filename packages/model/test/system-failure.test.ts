import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemFailure } from '../src/system-failure.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-system-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test('what the system refuses is said in words, with the path only where it may be shown; anything else is not taken for it', () => {
  mkdirSync(join(folder, 'Rukhsana'))
  const folderInTheWay = thrown(() => writeFileSync(join(folder, 'Rukhsana'), 'x'))
  expect(systemFailure(folderInTheWay, { path: true })?.message).toBe(`This machine says: a folder stands where a file is to be written (${join(folder, 'Rukhsana')}).`)
  expect(systemFailure(folderInTheWay, { path: false })?.message).not.toContain('Rukhsana')
  expect(systemFailure(thrown(() => readFileSync(join(folder, 'none'))), { path: true })?.hint).toContain('Put it back')
  // The one device that is always full.
  const full = systemFailure(thrown(() => writeFileSync('/dev/full', 'x')), { path: true })
  expect([full?.code, full?.message]).toEqual(['system_refused', 'This machine says: there is no room left on the disk.'])
  expect(systemFailure(new TypeError('a bug'), { path: true })).toBeNull()
  expect(systemFailure(Object.assign(new Error('a code of its own'), { code: 'EACCES' }), { path: true })).toBeNull()
})
