/** A person's Ed25519 signing key: kept under a passphrase (scrypt, AES-256-GCM), its signatures readable by minisign and openssl. */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { invariant, RingmapError } from '@ringmap/model/errors'
import { lockedBytes, unlockedBytes, type PassphraseLock } from './passphrase-lock.ts'

/** As it lies in a file. */
export interface LockedKey extends PassphraseLock {
  /** The 32 bytes of the seed, encrypted; base64. */
  readonly seed: string
  /** Raw public key, base64; authenticated with the seed. */
  readonly public_key: string
}

/** @param random 60 bytes from the system's source: seed 32, salt 16, iv 12. @throws RingmapError usage for a short passphrase */
export function lockedKey(passphrase: string, random: Uint8Array): LockedKey {
  invariant(random.length === 60, 'a new key takes 60 random bytes')
  const seed = random.subarray(0, 32)
  const publicKey = rawPublic(privateKey(seed))
  const { lock, hidden } = lockedBytes(seed, passphrase, random.subarray(32), publicKey)
  return { ...lock, seed: hidden, public_key: base64(publicKey) }
}

/** @throws RingmapError passphrase_wrong, also for a file that was changed */
export function unlockedKey(locked: LockedKey, passphrase: string, who: string): KeyObject {
  try {
    return privateKey(unlockedBytes(locked, locked.seed, passphrase, bytes(locked.public_key)))
  } catch (error) {
    throw new RingmapError('passphrase_wrong', { who }, { cause: error })
  }
}

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of a seed of 32 bytes (RFC 8032, RFC 8410). */
export function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

/** @param raw 32 bytes. */
export function publicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
}

export function rawPublic(key: KeyObject): Buffer {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
}

/** First 16 bytes of the SHA-256 of the raw public key, in groups, to be read out on the telephone. */
export function fingerprint(raw: Uint8Array): string {
  return (createHash('sha256').update(raw).digest('hex').slice(0, 32).match(/.{4}/g) ?? []).join(' ').toUpperCase()
}

/** minisign names keys by eight bytes of its own choice: here by the key itself. */
function keyId(raw: Uint8Array): Buffer {
  return createHash('sha256').update('minisign key id').update(raw).digest().subarray(0, 8)
}

/** The `.pub` file that `minisign -p` takes. */
export function minisignPublicKey(raw: Uint8Array): string {
  const id = keyId(raw)
  return `untrusted comment: minisign public key ${Buffer.from(id).reverse().toString('hex').toUpperCase()}\n${base64(Buffer.concat([Buffer.from('Ed'), id, raw]))}\n`
}

/** The `.minisig` file of a message: prehashed form, `comment` signed with it. */
export function minisignSignature(message: Uint8Array, key: KeyObject, comment: string): string {
  const raw = rawPublic(key)
  const signature = sign(null, createHash('blake2b512').update(message).digest(), key)
  const whole = sign(null, Buffer.concat([signature, Buffer.from(comment, 'utf8')]), key)
  return minisigText(raw, signature, comment, whole)
}

/** Strict: a file that differs in one byte from what `minisignSignature` writes does not hold, its free comment included. */
export function minisignHolds(message: Uint8Array, file: string, raw: Uint8Array): boolean {
  const [, second = '', third = '', fourth = ''] = file.split('\n')
  const comment = third.replace(/^trusted comment: /, '')
  const signature = bytes(second).subarray(10)
  const whole = bytes(fourth)
  if (signature.length !== 64 || whole.length !== 64 || minisigText(raw, signature, comment, whole) !== file) return false
  const key = publicKey(raw)
  return verify(null, createHash('blake2b512').update(message).digest(), key, signature) && verify(null, Buffer.concat([signature, Buffer.from(comment, 'utf8')]), key, whole)
}

function minisigText(raw: Uint8Array, signature: Uint8Array, comment: string, whole: Uint8Array): string {
  return `untrusted comment: signature from a ringmap signing key\n${base64(Buffer.concat([Buffer.from('ED'), keyId(raw), signature]))}\ntrusted comment: ${comment}\n${base64(whole)}\n`
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64')
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
