/** A BagIt 1.0 bag (RFC 8493) with SHA-256, in memory: made whole, and checked with every fault named. */
import { createHash } from 'node:crypto'

export const MANIFEST = 'manifest-sha256.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * @param payload by path below data/. @param tags by path; they are listed in the tag manifest.
 * @param info lines of bag-info.txt; Payload-Oxum is added. @param later makes tag files that speak of the payload's manifest.
 */
export function bag(payload: ReadonlyMap<string, Uint8Array>, info: readonly (readonly [string, string])[], later: (manifest: string) => ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const put = (path: string, text: string): void => void files.set(path, Buffer.from(text, 'utf8'))
  for (const [path, bytes] of payload) files.set(`data/${path}`, bytes)
  const manifest = manifestOf(files)
  const octets = [...payload.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  const tags = new Map<string, Uint8Array>()
  tags.set('bagit.txt', Buffer.from(DECLARATION))
  tags.set('bag-info.txt', Buffer.from([...info, ['Payload-Oxum', `${octets}.${payload.size}`] as const].map(([name, value]) => `${name}: ${value.replaceAll(/\s+/g, ' ')}\n`).join(''), 'utf8'))
  tags.set(MANIFEST, Buffer.from(manifest, 'utf8'))
  for (const [path, bytes] of later(manifest)) tags.set(path, bytes)
  put(TAG_MANIFEST, manifestOf(tags))
  for (const [path, bytes] of tags) files.set(path, bytes)
  return files
}

/** `sha256sum -c` reads it; sorted by path. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files.keys()].sort().map((path) => `${sha256(files.get(path) as Uint8Array)}  ${path}\n`).join('')
}

/** What does not hold, by file; empty when the bag is whole. Files in `outside` are known and stand in no manifest. */
export function bagFaults(files: ReadonlyMap<string, Uint8Array>, outside: ReadonlySet<string>): string[] {
  const faults: string[] = []
  const listed = new Set<string>(outside)
  for (const [name, isPayload] of [[TAG_MANIFEST, false], [MANIFEST, true]] as const) {
    const text = files.get(name)
    if (text === undefined) {
      faults.push(`${name} is missing`)
      continue
    }
    listed.add(name)
    const entries = new Map<string, string>()
    for (const [i, line] of Buffer.from(text).toString('utf8').split('\n').entries()) {
      if (line === '') continue
      const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line)
      if (match === null) faults.push(`${name}: line ${i + 1} is not a hash and a path`)
      else entries.set(match[2] as string, match[1] as string)
    }
    for (const [path, hash] of entries) {
      listed.add(path)
      const bytes = files.get(path)
      if (path.startsWith('data/') !== isPayload) faults.push(`${name} lists ${path}, which does not belong there`)
      if (bytes === undefined) faults.push(`${path} is missing`)
      else if (sha256(bytes) !== hash) faults.push(`${path} was changed`)
    }
  }
  for (const path of files.keys()) if (!listed.has(path)) faults.push(`${path} was added: no manifest lists it`)
  if (Buffer.from(files.get('bagit.txt') ?? new Uint8Array()).toString('utf8') !== DECLARATION) faults.push('bagit.txt is not that of BagIt 1.0')
  return faults.sort()
}
