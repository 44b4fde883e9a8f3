/** Whether an exhibit is whole and signed: every file, every list, every signature, and nothing besides; each fault by name. */
import { createPublicKey, verify } from 'node:crypto'
import { bagFaults, sha256, TAG_MANIFEST } from './bag.ts'
import { fingerprint, minisignHolds, minisignPublicKey, publicKey, rawPublic } from './signing-key.ts'
import { timestampRequest } from './timestamp-request.ts'
import { unzipped, zipFile } from './zip-file.ts'

export interface BundleCheck {
  readonly files: number
  readonly signed: readonly { readonly role: string; readonly fingerprint: string; readonly comment: string }[]
  /** A token of a time-stamping authority stands beside; whether it holds is for openssl to say. */
  readonly token: boolean
  /** SHA-256 of manifest-sha256.txt: the hash that the certificate states. */
  readonly manifest_sha256: string
  readonly faults: readonly string[]
}

const ROLES = ['analyst', 'reviewer'] as const

/** @param trusted raw public key, when the reader knows whose it must be. */
export function checkBundle(files: ReadonlyMap<string, Uint8Array>, trusted: Uint8Array | null = null): BundleCheck {
  const outside = ['timestamp.tsq', 'timestamp.tsr', ...ROLES.flatMap((role) => [`${TAG_MANIFEST}.${role}.minisig`, `${TAG_MANIFEST}.${role}.sig`])].filter((path) => files.has(path))
  const faults = bagFaults(files, new Set(outside))
  const message = files.get(TAG_MANIFEST) ?? new Uint8Array()
  const signed: { role: string; fingerprint: string; comment: string }[] = []
  for (const role of ROLES) {
    const pem = files.get(`keys/${role}.pem`)
    const minisig = files.get(`${TAG_MANIFEST}.${role}.minisig`)
    const plain = files.get(`${TAG_MANIFEST}.${role}.sig`)
    if (pem === undefined) {
      if (role === 'analyst' || minisig !== undefined || plain !== undefined) faults.push(`keys/${role}.pem is missing`)
      continue
    }
    const raw = rawOf(pem)
    if (raw === null) {
      faults.push(`keys/${role}.pem is no Ed25519 key`)
      continue
    }
    if (text(files.get(`keys/${role}.pub`)) !== minisignPublicKey(raw)) faults.push(`keys/${role}.pub is not the key of keys/${role}.pem`)
    if (minisig === undefined || !minisignHolds(message, text(minisig), raw) || !Buffer.from(text(minisig)).equals(minisig)) faults.push(`the signature ${TAG_MANIFEST}.${role}.minisig does not hold`)
    else signed.push({ role, fingerprint: fingerprint(raw), comment: text(minisig).split('\n')[2]?.replace('trusted comment: ', '') ?? '' })
    if (plain === undefined || plain.length !== 64 || !verify(null, message, publicKey(raw), plain)) faults.push(`the signature ${TAG_MANIFEST}.${role}.sig does not hold`)
    if (role === 'analyst' && trusted !== null && !Buffer.from(trusted).equals(raw)) faults.push('the analyst signed with another key than the one that was expected')
  }
  const request = files.get('timestamp.tsq')
  if (request !== undefined && !Buffer.from(timestampRequest(Buffer.from(sha256(message), 'hex'))).equals(request)) faults.push('timestamp.tsq is not the request for this exhibit')
  if (request === undefined) faults.push('timestamp.tsq is missing')
  return { files: files.size, signed, token: files.has('timestamp.tsr'), manifest_sha256: sha256(files.get('manifest-sha256.txt') ?? ''), faults }
}

/** The files of a bundle's zip; a fault when the zip holds one byte that its files do not account for. Throws on what is no zip. */
export function openedZip(bytes: Uint8Array): { readonly files: Map<string, Uint8Array>; readonly faults: readonly string[] } {
  const entries = unzipped(bytes)
  const folders = new Set([...entries.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)))
  const folder = folders.size === 1 ? ([...folders][0] as string) : ''
  const files = new Map([...entries].map(([path, content]) => [path.slice(folder.length), content]))
  const again = zipFile(files, folder)
  return { files, faults: Buffer.from(again).equals(bytes) ? [] : ['the zip file itself was changed: it is not the one that these files make'] }
}

function rawOf(pem: Uint8Array): Buffer | null {
  try {
    const key = createPublicKey(Buffer.from(pem))
    return key.asymmetricKeyType === 'ed25519' ? rawPublic(key) : null
  } catch {
    return null
  }
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? new Uint8Array()).toString('utf8')
}
