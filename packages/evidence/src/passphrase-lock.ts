/** Bytes under a passphrase: the key by scrypt, the bytes by AES-256-GCM, with words beside them that stay readable and cannot be changed unseen. */
import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto'
import { invariant, RingmapError } from '@ringmap/model/errors'

/** OWASP's setting for scrypt: 128 MiB, about a quarter of a second. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }
const SHORTEST_PASSPHRASE = 10
/** Salt 16 bytes, iv 12. */
const RANDOM_BYTES = 28
const TAG_BYTES = 16

/** As it lies in a file beside the locked bytes; base64 but for the numbers. */
export interface PassphraseLock {
  readonly kdf: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  readonly iv: string
  readonly tag: string
}

/** @param random 28 bytes from the system's source. @param beside authenticated with the bytes. @throws RingmapError usage for a short passphrase */
export function lockedBytes(plain: Uint8Array, passphrase: string, random: Uint8Array, beside: Uint8Array): { readonly lock: PassphraseLock; readonly hidden: string } {
  invariant(random.length === RANDOM_BYTES, 'a lock takes 28 random bytes')
  if (Array.from(passphrase).length < SHORTEST_PASSPHRASE) throw new RingmapError('usage', { what: `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.` })
  const [salt, iv] = [random.subarray(0, 16), random.subarray(16)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT), iv)
  cipher.setAAD(beside)
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()])
  return { lock: { kdf: 'scrypt', n: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: base64(salt), cipher: 'aes-256-gcm', iv: base64(iv), tag: base64(cipher.getAuthTag()) }, hidden: base64(hidden) }
}

/** @throws Error for another passphrase, for bytes or words that were changed, and for a lock that asks for too much work */
export function unlockedBytes(lock: PassphraseLock, hidden: string, passphrase: string, beside: Uint8Array): Buffer {
  invariant(lock.kdf === 'scrypt' && lock.n <= 2 ** 20 && lock.r <= 32 && lock.p <= 16, 'a lock states scrypt within limits')
  const key = scryptSync(passphrase.normalize('NFC'), bytes(lock.salt), 32, { N: lock.n, r: lock.r, p: lock.p, maxmem: 2 ** 31 })
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(lock.iv), { authTagLength: TAG_BYTES })
  decipher.setAAD(beside)
  decipher.setAuthTag(bytes(lock.tag))
  return Buffer.concat([decipher.update(bytes(hidden)), decipher.final()])
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64')
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
