import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fingerprint, lockedKey, minisignHolds, minisignPublicKey, minisignSignature, privateKey, rawPublic, unlockedKey } from '../src/signing-key.ts'
import { missingProgram } from '@ringmap/fixtures/validators'

const SEED = Uint8Array.from({ length: 60 }, (_, i) => (i * 37 + 11) % 256)
const KEY = privateKey(SEED.subarray(0, 32))
const RAW = rawPublic(KEY)
const MESSAGE = Buffer.from('manifest of an exhibit\n')

test('RFC 8032, section 7.1, test 1: the public key of the seed', () => {
  const key = privateKey(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'))
  expect(rawPublic(key).toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
})

test('a key opens with its passphrase alone, and not after its file was changed', () => {
  const locked = lockedKey('correct horse battery', SEED)
  expect(JSON.stringify(locked)).not.toContain(Buffer.from(SEED.subarray(0, 32)).toString('base64'))
  expect(rawPublic(unlockedKey(locked, 'correct horse battery', 'asha'))).toEqual(RAW)
  expect(() => unlockedKey(locked, 'correct horse batterz', 'asha')).toThrowError(expect.objectContaining({ code: 'passphrase_wrong' }))
  expect(() => unlockedKey({ ...locked, public_key: Buffer.alloc(32).toString('base64') }, 'correct horse battery', 'asha')).toThrowError(expect.objectContaining({ code: 'passphrase_wrong' }))
  expect(() => lockedKey('short', SEED)).toThrowError(expect.objectContaining({ code: 'usage' }))
})

test('a signature holds as written, and with any one bit flipped it does not', () => {
  const file = minisignSignature(MESSAGE, KEY, 'exhibit P-4')
  expect(minisignHolds(MESSAGE, file, RAW)).toBe(true)
  expect(minisignHolds(Buffer.concat([MESSAGE, Buffer.from(' ')]), file, RAW)).toBe(false)
  for (let at = 0; at < file.length; at++) {
    const changed = Buffer.from(file)
    changed[at] = (changed[at] as number) ^ 1
    expect(minisignHolds(MESSAGE, changed.toString('latin1'), RAW), `byte ${at}`).toBe(false)
  }
  expect(fingerprint(RAW)).toMatch(/^([0-9A-F]{4} ){7}[0-9A-F]{4}$/)
})

test.skipIf(missingProgram('minisign') !== null)('minisign itself accepts the signature and refuses a changed message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-minisign-'))
  try {
    writeFileSync(join(folder, 'm'), MESSAGE)
    writeFileSync(join(folder, 'm.minisig'), minisignSignature(MESSAGE, KEY, 'exhibit P-4'))
    writeFileSync(join(folder, 'k.pub'), minisignPublicKey(RAW))
    expect(execFileSync('minisign', ['-Vm', 'm', '-p', 'k.pub'], { cwd: folder, encoding: 'utf8' })).toContain('exhibit P-4')
    writeFileSync(join(folder, 'm'), 'another')
    expect(spawnSync('minisign', ['-Vm', 'm', '-p', 'k.pub'], { cwd: folder }).status).not.toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.skipIf(missingProgram('openssl') !== null)('openssl accepts the plain signature', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-openssl-'))
  try {
    writeFileSync(join(folder, 'm'), MESSAGE)
    writeFileSync(join(folder, 's'), sign(null, MESSAGE, KEY))
    writeFileSync(join(folder, 'k.pem'), createPublicKey(KEY).export({ format: 'pem', type: 'spki' }))
    const check = (): number | null => spawnSync('openssl', ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', 'k.pem', '-sigfile', 's', '-in', 'm'], { cwd: folder }).status
    expect(check()).toBe(0)
    writeFileSync(join(folder, 'm'), 'another')
    expect(check()).not.toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
