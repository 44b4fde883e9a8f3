import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUDIT_FILE, auditLines, checkAudit, HEAD_FILE, requireAudit, writeAudit } from '../src/audit.ts'
import { viewCase } from '../src/case-view.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { unmaskIdentity, type UnmaskRequest } from '../src/unmask-identity.ts'
import { addUser, signingKey, userOf } from '../src/users.ts'
import { VICTIM, writeSmallCase } from './small-case.ts'

const folder = writeSmallCase()
const NOW = Date.UTC(2026, 10, 24, 9)
let open: OpenCase

beforeAll(async () => {
  open = await openCase(folder)
  await runImport(open)
  await runLink(open)
})
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

test('every act is a chained line, and a cut tail is found when the next act comes too', () => {
  for (const act of ['import', 'link', 'find']) writeAudit(open, { at_ms: NOW, who: 'asha', act, what: 'small case', why: null })
  expect(requireAudit(open)).toMatchObject({ lines: 3, faults: [] })
  const path = join(folder, AUDIT_FILE)
  const whole = readFileSync(path, 'utf8')
  const head = readFileSync(join(folder, HEAD_FILE), 'utf8')
  writeFileSync(path, whole.split('\n').slice(0, 2).map((line) => `${line}\n`).join(''))
  expect(() => requireAudit(open)).toThrowError(expect.objectContaining({ code: 'audit_broken' }))
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'export', what: 'after the cut', why: null })
  expect(checkAudit(open).faults).toEqual(['before line 3 was written, the log did not end where its head said'])
  writeFileSync(path, whole)
  writeFileSync(join(folder, HEAD_FILE), head)
  expect(checkAudit(open).faults).toEqual([])
})

test('an identity is shown to a known person with reason, authority and an end, and is in the trail before it is shown', async () => {
  const added = addUser(open, { id: 'asha', name: 'Asha Verma', role: 'analyst', post: 'SI', training: '' }, 'correct horse battery')
  expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toContain(added.public_key)
  addUser(open, { id: 'bano', name: 'Bano Qureshi', role: 'reviewer', post: 'DySP', training: '' }, 'staple staple staple')
  closeCase(open)
  open = await openCase(folder)
  expect(() => signingKey(open, userOf(open, 'asha'), 'wrong passphrase')).toThrowError(expect.objectContaining({ code: 'passphrase_wrong' }))
  const view = await viewCase(open)
  const code = [...view.mask.ids.keys()].find((one) => one.startsWith('V-')) ?? ''
  const request: UnmaskRequest = { code, user: 'asha', passphrase: 'correct horse battery', approver: { id: 'bano', passphrase: 'staple staple staple' }, reason: 'court-order', note: 'sealed annexe', authority: 'CJM 114/2026', until_ms: NOW + 3_600_000, now_ms: NOW }
  const before = auditLines(open).length
  const refused: readonly (readonly [Partial<UnmaskRequest>, string])[] = [
    [{ note: ' ' }, 'authority_missing'], [{ authority: '' }, 'authority_missing'], [{ until_ms: NOW }, 'authority_missing'], [{ until_ms: NOW + 48 * 3_600_000 }, 'authority_missing'],
    [{ reason: 'testing' as 'court-order' }, 'authority_missing'], [{ user: 'nobody' }, 'user_missing'], [{ passphrase: 'guessed wrong' }, 'passphrase_wrong'], [{ code: 'V-000000' }, 'not_found'],
    // For court a second person approves: somebody else, a reviewer, by an own passphrase.
    [{ approver: null }, 'authority_missing'], [{ approver: { id: 'asha', passphrase: 'correct horse battery' } }, 'authority_missing'], [{ approver: { id: 'nobody', passphrase: 'x' } }, 'user_missing'], [{ approver: { id: 'bano', passphrase: 'guessed wrong' } }, 'passphrase_wrong'],
  ]
  for (const [change, error] of refused) await expect(unmaskIdentity(view, { ...request, ...change }), JSON.stringify(change)).rejects.toMatchObject({ code: error })
  // Each is refused and written down, without what was typed.
  expect(auditLines(open).slice(before).map(({ act }) => act)).toEqual(refused.map(() => 'unmask refused'))
  const shown = await unmaskIdentity(view, request)
  expect(shown.label).toBe(VICTIM)
  expect(shown.watermark).toContain('Asha Verma (asha) at 2026-11-24T09:00:00Z')
  expect(shown.watermark).toContain('approved by Bano Qureshi (bano)')
  expect(await unmaskIdentity(view, { ...request, reason: 'victim-safety', approver: null })).toMatchObject({ label: VICTIM })
  await unmaskIdentity(view, request)
  const last = auditLines(open).at(-1)
  expect(last).toMatchObject({ who: 'asha', act: 'unmask', what: code })
  expect(last?.why).toContain('CJM 114/2026')
  expect(last?.why).toContain('approved by bano')
  expect(readFileSync(join(folder, AUDIT_FILE), 'utf8')).not.toContain(VICTIM)
  expect(existsSync(join(folder, 'audit.lock'))).toBe(false)
})

test('where the trail cannot be written nothing is shown', async () => {
  const view = await viewCase({ ...open, work: join(folder, 'case.yaml') })
  const code = [...view.mask.ids.keys()][0] ?? ''
  const locked = { ...view, open: { ...open, work: folder } }
  rmSync(join(folder, AUDIT_FILE))
  const { mkdirSync } = await import('node:fs')
  mkdirSync(join(folder, AUDIT_FILE))
  await expect(unmaskIdentity(locked, { code, user: 'asha', passphrase: 'correct horse battery', reason: 'medical-need', note: 'x', authority: 'y', until_ms: NOW + 1000, now_ms: NOW })).rejects.toThrow()
})
