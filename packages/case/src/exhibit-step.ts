/** Makes the exhibit of a chart: gathers what may be shown, checks the rules, draws, signs, and writes folder and zip whole or not at all. */
import { randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { sha256 } from '@ringmap/evidence/bag'
import { exhibitBag, exhibitPayload, payloadManifest, signatures, type Signer } from '@ringmap/evidence/exhibit-bundle'
import { isoTime } from '@ringmap/evidence/iso-time'
import { sealedAnnexe } from '@ringmap/evidence/sealed-annexe'
import { fingerprint, rawPublic } from '@ringmap/evidence/signing-key'
import { zipFile } from '@ringmap/evidence/zip-file'
import { auditLines, writeAudit } from './audit.ts'
import { localClock } from './case-clock.ts'
import type { CaseView } from './case-view.ts'
import { exhibitWithSeal, gathered } from './exhibit-input.ts'
import type { ExhibitRequest } from './exhibit-request.ts'
import { checkOriginals, gapsOf, refuse, type Gap } from './exhibit-rules.ts'
import { signingKey } from './users.ts'

export interface ExhibitWritten {
  readonly folder: string
  readonly zip: string
  readonly files: number
  readonly manifest_sha256: string
  readonly zip_sha256: string
  /** The sealed annexe beside it, when one was asked for. */
  readonly annexe: { readonly file: string; readonly sha256: string } | null
}

/** Moment of the last act that changed what is found; the default as-of. @throws RingmapError exhibit_refused */
export function lastChange(view: CaseView): number {
  const last = auditLines(view.open).findLast(({ act }) => act === 'import' || act === 'link' || act === 'judge' || act === 'find')
  return last?.at_ms ?? refuse('the audit trail does not say when this case was imported.', 'Run ringmap find, or give --as-of.')
}

/**
 * @param sign opens the key of a person, asking for the passphrase. @param clock for the line in the trail, which is written before anything is made.
 * @throws RingmapError exhibit_refused, source_changed, source_missing, audit_broken, user_missing, passphrase_wrong, case_exists, export_failed
 */
export async function writeExhibit(view: CaseView, request: ExhibitRequest, to: { readonly folder: string; readonly passphrase: (who: string) => Promise<string>; readonly now_ms: number; readonly random?: (bytes: number) => Uint8Array }): Promise<ExhibitWritten> {
  const { open } = view
  if (view.mask.shown_reason !== null) refuse('identities are shown in this view.', 'Exhibits are made masked; the identity of a protected person goes to the court in a sealed cover.')
  const annexeFile = `${to.folder}.annexe.json`
  if (request.annexe_authority?.trim() === '') refuse('the sealed annexe needs an authority.', 'Name the order or rule with --authority.')
  for (const path of [to.folder, `${to.folder}.zip`, annexeFile]) if (existsSync(path)) throw new RingmapError('case_exists', { path })
  const { input, sealed } = await exhibitWithSeal(view, request)
  await checkOriginals(open)
  const signers: Signer[] = []
  for (const one of [input.analyst, ...(input.reviewer === null ? [] : [input.reviewer])]) signers.push({ role: one.role, id: one.id, key: signingKey(open, one, await to.passphrase(one.id)) })
  for (const { id, key } of signers) if (input.settings.revoked_keys.some((gone) => gone.fingerprint === fingerprint(rawPublic(key)))) refuse(`the key of ${id} was revoked.`, 'Make another: ringmap users add.')
  const secret = sealed === null ? null : await to.passphrase('annexe')
  writeAudit(open, { at_ms: to.now_ms, who: request.analyst, act: 'exhibit', what: `${request.subject}, ${request.profile}, ${request.mode}${request.issue === undefined ? '' : `, copy ${request.issue.copy} for ${request.issue.recipient}`}`, why: [request.reviewer === null ? '' : `reviewed by ${request.reviewer}`, request.annexe_authority === undefined ? '' : `sealed annexe: ${request.annexe_authority}`].filter((part) => part !== '').join('; ') || null })
  const payload = await exhibitPayload(input, localClock(input.timezone))
  const manifest = payloadManifest(payload)
  const annexe = sealed === null || secret === null ? null : sealedAnnexe({ case: input.case_name, manifest_sha256: sha256(manifest), authority: request.annexe_authority ?? '', as_of: isoTime(input.as_of_ms), ...sealed }, secret, (to.random ?? randomBytes)(28))
  const beside = { issue: request.issue ?? null, annexe_sha256: annexe === null ? null : sha256(annexe) }
  const files = await exhibitBag(input, payload, signers.map(({ key }): KeyObject => key), beside, manifest)
  for (const [path, bytes] of signatures(files, signers, input.as_of_ms)) files.set(path, bytes)
  const name = to.folder.split(/[\\/]/).at(-1) ?? 'exhibit'
  const zip = zipFile(files, `${name}/`)
  writeWhole(files, zip, to.folder, annexe)
  return {
    annexe: annexe === null ? null : { file: annexeFile, sha256: sha256(annexe) }, folder: to.folder, zip: `${to.folder}.zip`, files: files.size, manifest_sha256: sha256(files.get('manifest-sha256.txt') as Uint8Array), zip_sha256: sha256(zip) }
}

/** What would have this exhibit refused, as a list to work through; empty: it can be written. @throws RingmapError not_found */
export async function exhibitGaps(view: CaseView, request: Omit<ExhibitRequest, 'analyst'> & { readonly analyst: string | null }): Promise<Gap[]> {
  const nobody: Gap[] = request.analyst === null ? [{ what: 'no analyst signs it.', hint: 'Add one in the terminal: ringmap users add CASE ID --name "…" --role analyst' }] : []
  try {
    const { settings, drawn, trace, sources } = await gathered(view, request)
    return [...nobody, ...gapsOf({ ...request, analyst: request.analyst ?? '' }, settings, sources, drawn, trace)]
  } catch (error) {
    if (!(error instanceof RingmapError) || error.code !== 'exhibit_refused') throw error
    return [...nobody, { what: String(error.details['what']), hint: String(error.details['hint']) }]
  }
}

/** Beside its place first, then renamed: folder, zip and annexe appear together or not at all. */
function writeWhole(files: ReadonlyMap<string, Uint8Array>, zip: Uint8Array, folder: string, annexe: Uint8Array | null): void {
  const draft = `${folder}.part`
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 })
      writeFileSync(join(draft, path), bytes, { mode: 0o600, flush: true })
    }
    writeFileSync(`${draft}.zip`, zip, { mode: 0o600, flush: true })
    if (annexe !== null) writeFileSync(`${draft}.annexe.json`, annexe, { mode: 0o600, flush: true })
    renameSync(draft, folder)
    renameSync(`${draft}.zip`, `${folder}.zip`)
    if (annexe !== null) renameSync(`${draft}.annexe.json`, `${folder}.annexe.json`)
  } catch (error) {
    for (const path of [draft, `${draft}.zip`, `${draft}.annexe.json`, folder, `${folder}.zip`]) rmSync(path, { recursive: true, force: true })
    throw new RingmapError('export_failed', { what: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
