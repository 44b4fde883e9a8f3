/** The sealed annexe: who stands behind each code, under a passphrase, as a file of its own that never lies in the bundle. */
import { invariant, RingmapError } from '@ringmap/model/errors'
import { lockedBytes, unlockedBytes, type PassphraseLock } from './passphrase-lock.ts'

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

interface SealedFile extends PassphraseLock {
  readonly what: typeof WHAT
  /** Authenticated with the text, and readable without the passphrase. */
  readonly manifest_sha256: string
  readonly text: string
}

const WHAT = 'ringmap sealed annexe'

/** @param random 28 bytes from the system's source: salt 16, iv 12. @throws RingmapError usage for a short passphrase */
export function sealedAnnexe(annexe: Annexe, passphrase: string, random: Uint8Array): Uint8Array {
  const { lock, hidden } = lockedBytes(Buffer.from(JSON.stringify(annexe), 'utf8'), passphrase, random, Buffer.from(annexe.manifest_sha256, 'utf8'))
  const file: SealedFile = { what: WHAT, ...lock, manifest_sha256: annexe.manifest_sha256, text: hidden }
  return Buffer.from(`${JSON.stringify(file, null, 1)}\n`, 'utf8')
}

/** @throws RingmapError passphrase_wrong, also for a file that was changed or is no annexe */
export function openedAnnexe(bytes: Uint8Array, passphrase: string): Annexe {
  try {
    const file = JSON.parse(Buffer.from(bytes).toString('utf8')) as SealedFile
    invariant(file.what === WHAT, 'an annexe says what it is')
    return JSON.parse(unlockedBytes(file, file.text, passphrase, Buffer.from(file.manifest_sha256, 'utf8')).toString('utf8')) as Annexe
  } catch (error) {
    throw new RingmapError('passphrase_wrong', { who: 'the annexe' }, { cause: error })
  }
}
