/** An exhibit as a bag: payload that is the same for every recipient, certificate and keys beside it, signatures outside the manifests. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto'
import { anx, anxBytes } from './anx.ts'
import { bag, manifestOf, sha256, TAG_MANIFEST } from './bag.ts'
import { certificatePdf } from './certificate-pages.ts'
import { COUNTRY_PACKS } from './certificate-packs.ts'
import { chartPng } from './chart-png.ts'
import { bundleId, type ExhibitInput } from './exhibit-model.ts'
import { exhibitPdf, exhibitSvg } from './exhibit-pages.ts'
import { caseJson, provJson } from './exhibit-linked-data.ts'
import { exhibitTables, tableFiles } from './exhibit-tables.ts'
import { collected } from './export-graph.ts'
import { ftm } from './ftm.ts'
import { gexf } from './gexf.ts'
import { graphml } from './graphml.ts'
import { isoTime } from './iso-time.ts'
import { fingerprint, minisignPublicKey, minisignSignature, rawPublic } from './signing-key.ts'
import { carriedAlone } from './line-support.ts'
import { timestampRequest } from './timestamp-request.ts'

export interface Signer {
  readonly role: 'analyst' | 'reviewer'
  readonly id: string
  readonly key: KeyObject
}

/** Files by path below data/: the part that two recipients hold alike and that `reproduce` makes again. */
export async function exhibitPayload(input: ExhibitInput, local: (at_ms: number) => number): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const put = (path: string, text: string): void => void files.set(path, Buffer.from(text, 'utf8'))
  const svg = exhibitSvg(input)
  const tables = exhibitTables(input)
  put('chart.svg', svg)
  files.set('chart.png', chartPng(svg))
  files.set('exhibit.pdf', await exhibitPdf(input, svg, tables))
  for (const [path, bytes] of tableFiles(tables)) files.set(path, bytes)
  put('trace.jsonl', input.trace.map((row) => `${JSON.stringify(row)}\n`).join(''))
  put('method.json', json({ ...input.method, profile: input.profile, mode: input.mode, subject: input.subject, as_of: isoTime(input.as_of_ms), analyst: input.analyst.id, reviewer: input.reviewer?.id ?? null, review_remarks: input.review_remarks, version: input.version }))
  put('accuracy.json', json(input.accuracy))
  put('against.json', json({ ...input.settings.against, two_places: input.two_places, carried_alone: carriedAlone(input) }))
  put('reliance.json', json(Object.fromEntries((['relied', 'not_relied', 'withheld'] as const).map((key) => [key, input.sources.filter(({ reliance }) => reliance === key).map(({ name, file, sha256: hash, authority }) => ({ name, file, sha256: hash, authority }))]))))
  put('masking.json', json(input.masking))
  put('audit.jsonl', input.audit.lines.map((line) => `${line}\n`).join(''))
  put('audit-head.json', json(input.audit.head))
  put('exchange/network.graphml', collected(graphml(input.graph)).text)
  put('exchange/network.gexf', collected(gexf(input.graph)).text)
  put('exchange/network.ftm.json', collected(ftm(input.graph)).text)
  files.set('exchange/network.anx', Buffer.concat([...anxBytes(anx(input.graph, { local }))]))
  put('prov.jsonld', provJson(input, files))
  put('case.jsonld', caseJson(input, files))
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What differs from copy to copy, and so stands outside the payload. */
export interface BesidePayload {
  readonly issue: { readonly recipient: string; readonly copy: number } | null
  /** Of the sealed annexe, which lies elsewhere. */
  readonly annexe_sha256: string | null
}

/** Text of manifest-sha256.txt: its hash is the one that the certificate states. */
export function payloadManifest(payload: ReadonlyMap<string, Uint8Array>): string {
  return manifestOf(new Map([...payload].map(([path, bytes]) => [`data/${path}`, bytes])))
}

/** The whole bag without signatures. @param manifest of the payload, where it is known already */
export async function exhibitBag(input: ExhibitInput, payload: ReadonlyMap<string, Uint8Array>, keys: readonly KeyObject[], beside: BesidePayload = { issue: null, annexe_sha256: null }, manifest: string = payloadManifest(payload)): Promise<Map<string, Uint8Array>> {
  const pack = COUNTRY_PACKS[input.settings.country]
  const sizes = new Map([...payload].map(([path, bytes]) => [`data/${path}`, bytes.length]))
  const certificate = pack === undefined ? null : await certificatePdf(pack, { settings: input.settings, version: input.version, as_of_ms: input.as_of_ms, commit: (input.method['made_with'] as { readonly commit?: string | null } | undefined)?.commit ?? null, manifest, bundle: bundleId(input), sizes, annexe_sha256: beside.annexe_sha256 })
  const info = [
    ['Source-Organization', input.settings.agency], ['External-Identifier', `${input.settings.case_number} ${input.settings.exhibit_number}`.trim()], ['Internal-Sender-Identifier', bundleId(input)], ['Bagging-Date', isoTime(input.as_of_ms).slice(0, 10)],
    ['Bag-Software-Agent', `ringmap ${input.version}`], ['External-Description', `${input.profile}, ${input.mode}`], ['Internal-Sender-Description', input.masked_statement],
  ] as const
  return bag(payload, info.filter(([, value]) => value !== ''), () => {
    const tags = new Map<string, Uint8Array>()
    if (certificate !== null) tags.set('certificate/certificate.pdf', certificate)
    for (const [i, key] of keys.entries()) {
      const name = i === 0 ? 'analyst' : 'reviewer'
      tags.set(`keys/${name}.pub`, Buffer.from(minisignPublicKey(rawPublic(key))))
      tags.set(`keys/${name}.pem`, Buffer.from(createPublicKey(key).export({ format: 'pem', type: 'spki' }) as string))
    }
    tags.set('keys/KEYS.txt', Buffer.from(keysText(input, keys), 'utf8'))
    if (beside.issue !== null) tags.set('ISSUE.txt', Buffer.from(`Copy ${beside.issue.copy} of this exhibit was made for: ${beside.issue.recipient}\nEvery copy holds the same payload: the hash of manifest-sha256.txt is ${sha256(manifest)}.\n`, 'utf8'))
    tags.set('VERIFY.txt', Buffer.from(verifyText(keys), 'utf8'))
    return tags
  })
}

/** Files that stand beside the manifests: signatures over the tag manifest and a request for a time stamp. */
export function signatures(files: ReadonlyMap<string, Uint8Array>, signers: readonly Signer[], as_of_ms: number): Map<string, Uint8Array> {
  const message = files.get(TAG_MANIFEST) as Uint8Array
  const made = new Map<string, Uint8Array>()
  for (const { role, id, key } of signers) {
    made.set(`${TAG_MANIFEST}.${role}.minisig`, Buffer.from(minisignSignature(message, key, `${role} ${id}, as of ${isoTime(as_of_ms)}`)))
    made.set(`${TAG_MANIFEST}.${role}.sig`, sign(null, message, key))
  }
  made.set('timestamp.tsq', timestampRequest(Buffer.from(sha256(message), 'hex')))
  return made
}

/** Whose keys these are, and which count no longer. */
function keysText(input: ExhibitInput, keys: readonly KeyObject[]): string {
  const people = [input.analyst, ...(input.reviewer === null ? [] : [input.reviewer])]
  const own = keys.map((key, i) => `${people[i]?.role ?? ''} ${people[i]?.id ?? ''}: ${fingerprint(rawPublic(key))}\n`).join('')
  const revoked = input.settings.revoked_keys.map((one) => `revoked ${one.at}: ${one.fingerprint}${one.why === '' ? '' : ` (${one.why})`}\n`).join('')
  return `Keys that signed this exhibit\n${own}\nKeys of this case that no longer count\n${revoked === '' ? 'none is recorded\n' : revoked}`
}

function verifyText(keys: readonly KeyObject[]): string {
  const roles = keys.map((_, i) => (i === 0 ? 'analyst' : 'reviewer'))
  const prints = keys.map((key, i) => `  ${roles[i]}: ${fingerprint(rawPublic(key))}\n`).join('')
  return `How to check this exhibit without ringmap
=========================================
Needed: sha256sum, and openssl (3.0 or newer) or minisign. Run these in this folder.

1. Nothing was changed, taken out or added:
     sha256sum -c --strict --quiet ${TAG_MANIFEST}
     sha256sum -c --strict --quiet manifest-sha256.txt
   No line of output means that all hold. Files that neither list names were added, except ${TAG_MANIFEST} itself,
   its signatures (.minisig, .sig), timestamp.tsq and a token that an authority gave for it (.tsr).

2. Who signed the list (either command of a pair is enough):
${roles.map((role) => `     minisign -Vm ${TAG_MANIFEST} -x ${TAG_MANIFEST}.${role}.minisig -p keys/${role}.pub
     openssl pkeyutl -verify -rawin -pubin -inkey keys/${role}.pem -sigfile ${TAG_MANIFEST}.${role}.sig -in ${TAG_MANIFEST}
`).join('')}
   The keys in this folder prove nothing by themselves: compare their fingerprints with those that the agency made known.
   A fingerprint is the beginning of the SHA-256 of the last 32 bytes of the key:
     openssl pkey -pubin -in keys/${roles[0]}.pem -outform DER | tail -c 32 | sha256sum
${prints}
3. When it was made: timestamp.tsq is a request to a time-stamping authority (RFC 3161). Where a token timestamp.tsr stands beside it:
     openssl ts -verify -data ${TAG_MANIFEST} -in timestamp.tsr -CAfile AUTHORITY.pem
   Without a token the time is the one claimed by the computer that made this.
`
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
