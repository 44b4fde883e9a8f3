/** The people who sign in a case: named in case.yaml, each with a key file under a passphrase of their own. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomBytes, type KeyObject } from 'node:crypto'
import { dirname, join } from 'node:path'
import { parseDocument } from 'yaml'
import { user, type User } from '@ringmap/model/exhibit-file'
import { RingmapError } from '@ringmap/model/errors'
import { fingerprint, lockedKey, rawPublic, unlockedKey, type LockedKey } from '@ringmap/evidence/signing-key'
import type { OpenCase } from './open-case.ts'

const KEY_FOLDER = 'keys'

/** Writes the key file and the entry in case.yaml, whose comments stay. @throws RingmapError usage, case_exists */
export function addUser(open: OpenCase, person: Omit<User, 'public_key'>, passphrase: string): User {
  const path = keyPath(open, person.id)
  if (open.file.users.some(({ id }) => id === person.id) || existsSync(path)) throw new RingmapError('case_exists', { path: `The user ${person.id}` })
  const locked = lockedKey(passphrase, randomBytes(60))
  const checked = user.safeParse({ ...person, public_key: locked.public_key })
  if (!checked.success) throw new RingmapError('usage', { what: `The user ${person.id} cannot be added: ${checked.error.issues[0]?.message ?? ''}` })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(locked, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  const file = open.file_path
  const document = parseDocument(readFileSync(file, 'utf8'))
  const list = document.get('users')
  if (list === undefined || list === null) document.set('users', document.createNode([checked.data]))
  else document.addIn(['users'], document.createNode(checked.data))
  writeFileSync(`${file}.part`, document.toString())
  renameSync(`${file}.part`, file)
  return checked.data
}

/** To be read out on the telephone and compared. */
export function keyFingerprint(person: Pick<User, 'public_key'>): string {
  return fingerprint(Buffer.from(person.public_key, 'base64'))
}

/** @throws RingmapError user_missing */
export function userOf(open: Pick<OpenCase, 'file'>, id: string, role: User['role'] | null = null): User {
  const found = open.file.users.find((one) => one.id === id && (role === null || one.role === role))
  if (found === undefined) throw new RingmapError('user_missing', { who: id, role: role ?? 'user' })
  return found
}

/** The signing key of a person of the case. @throws RingmapError user_missing, passphrase_wrong */
export function signingKey(open: OpenCase, person: User, passphrase: string): KeyObject {
  const path = keyPath(open, person.id)
  if (!existsSync(path)) throw new RingmapError('user_missing', { who: `${person.id} with a key file`, role: person.role })
  const key = unlockedKey(JSON.parse(readFileSync(path, 'utf8')) as LockedKey, passphrase, person.id)
  if (rawPublic(key).toString('base64') !== person.public_key) throw new RingmapError('passphrase_wrong', { who: person.id })
  return key
}

/** The reviewer who approves, by the passphrase that only that person knows. @throws RingmapError user_missing, passphrase_wrong */
export function approvedBy(open: OpenCase, id: string, passphrase: string): User {
  const person = userOf(open, id, 'reviewer')
  signingKey(open, person, passphrase)
  return person
}

function keyPath(open: OpenCase, id: string): string {
  return join(open.work, KEY_FOLDER, `${id}.key.json`)
}
