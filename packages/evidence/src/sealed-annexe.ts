/** The sealed annexe: who stands behind each code, under a passphrase, as a file of its own that never lies in the bundle. */
import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto'
import { invariant, RingmapError } from '@ringmap/model/errors'
import { SHORTEST_PASSPHRASE } from './signing-key.ts'

/** As for signing keys. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }

export interface Annexe {
  readonly case: string
  /** SHA-256 of the manifest of the exhibit that it belongs to. */
  readonly manifest_sha256: string
  /** Order or rule under which it was made. */
  readonly authority: string
  readonly as_of: string
  readonly identities: readonly { readonly code: string; readonly kind: string; readonly label: string; readonly identifiers: readonly string[] }[]
  /** Plain hashes of the rows that stand in the exhibit under a keyed one. */
  readonly rows: readonly { readonly source: string; readonly row: number; readonly row_hmac: string; readonly row_sha256: string }[]
}

interface SealedFile {
  readonly what: string
  readonly kdf: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  readonly iv: string
  readonly tag: string
  /** Authenticated with the text, and readable without the passphrase. */
  readonly manifest_sha256: string
  readonly text: string
}

const WHAT = 'ringmap sealed annexe'

/** @param random 28 bytes from the system's source: salt 16, iv 12. @throws RingmapError usage for a short passphrase */
export function sealedAnnexe(annexe: Annexe, passphrase: string, random: Uint8Array): Uint8Array {
  invariant(random.length === 28, 'an annexe takes 28 random bytes')
  if (Array.from(passphrase).length < SHORTEST_PASSPHRASE) throw new RingmapError('usage', { what: `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.` })
  const [salt, iv] = [random.subarray(0, 16), random.subarray(16)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT), iv)
  cipher.setAAD(Buffer.from(annexe.manifest_sha256, 'utf8'))
  const text = Buffer.concat([cipher.update(JSON.stringify(annexe), 'utf8'), cipher.final()])
  const file: SealedFile = { what: WHAT, kdf: 'scrypt', n: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: base64(salt), cipher: 'aes-256-gcm', iv: base64(iv), tag: base64(cipher.getAuthTag()), manifest_sha256: annexe.manifest_sha256, text: base64(text) }
  return Buffer.from(`${JSON.stringify(file, null, 1)}\n`, 'utf8')
}

/** @throws RingmapError passphrase_wrong, also for a file that was changed or is no annexe */
export function openedAnnexe(bytes: Uint8Array, passphrase: string): Annexe {
  try {
    const file = JSON.parse(Buffer.from(bytes).toString('utf8')) as SealedFile
    invariant(file.what === WHAT && file.n <= 2 ** 20 && file.r <= 32 && file.p <= 16, 'an annexe states scrypt within limits')
    const key = scryptSync(passphrase.normalize('NFC'), Buffer.from(file.salt, 'base64'), 32, { N: file.n, r: file.r, p: file.p, maxmem: 2 ** 31 })
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.iv, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(file.manifest_sha256, 'utf8'))
    decipher.setAuthTag(Buffer.from(file.tag, 'base64'))
    return JSON.parse(Buffer.concat([decipher.update(Buffer.from(file.text, 'base64')), decipher.final()]).toString('utf8')) as Annexe
  } catch (error) {
    throw new RingmapError('passphrase_wrong', { who: 'the annexe' }, { cause: error })
  }
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64')
}
