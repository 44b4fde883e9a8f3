/** Another secret for a case: ids, codes and keyed hashes change with it, and a map sealed under a passphrase leads from the old codes to the new ones. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from '@ringmap/evidence/bag'
import { maskCodes, type MaskClass } from '@ringmap/evidence/mask'
import { lockedBytes, unlockedBytes, type PassphraseLock } from '@ringmap/evidence/passphrase-lock'
import { kindTable, recordId } from '@ringmap/linkage/record-entities'
import { invariant, RingmapError } from '@ringmap/model/errors'
import { sql } from '@ringmap/store/sql'
import { requireAudit, resignHead, writeAudit } from './audit.ts'
import { runFind } from './find-step.ts'
import { JUDGEMENT_FILE } from './judgement-log.ts'
import { idSalt, runLink, stepFingerprint } from './link-step.ts'
import { maskCase } from './mask-case.ts'
import { KEY_FILE, type OpenCase } from './open-case.ts'
import { CHART_FOLDER } from './saved-charts.ts'

export interface RotationRequest {
  readonly who: string
  readonly reason: string
  /** Seals the map; handed over and kept apart from the case. */
  readonly passphrase: string
  readonly now_ms: number
  /** The system's source of randomness. */
  readonly random: (bytes: number) => Uint8Array
}

export interface Rotation {
  readonly sealed: string
  readonly sealed_sha256: string
  /** Protected persons and things that have another code now. */
  readonly codes: number
  /** Files in which ids were brought over: judgements, saved charts, case.yaml. */
  readonly files: readonly string[]
}

/** What the sealed map says. */
export interface RotationMap {
  readonly old_key: string
  readonly codes: readonly { readonly old: string; readonly new: string }[]
}

const WHAT = 'ringmap rotation of a case key'
interface SealedMap extends PassphraseLock {
  readonly what: typeof WHAT
  readonly text: string
}

/** Ids and codes as they stand in files that people and the explorer wrote. */
const TOKEN = /\b[A-Z]{1,2}-[0-9A-Z]{6,}\b/g

/**
 * The map is on the disk before anything changes: with it and the passphrase the old key can be had again, whatever happens. The case is linked and found anew.
 *
 * @throws RingmapError audit_broken, step_missing, usage for a short passphrase or no reason
 */
export async function rotateKey(open: OpenCase, request: RotationRequest): Promise<Rotation> {
  if (request.reason.trim() === '') throw new RingmapError('usage', { what: 'Another key needs a reason: --reason "…".' })
  requireAudit(open)
  await stepFingerprint(open, 'link')
  const key = Buffer.from(request.random(32))
  const { ids, codes } = await renamed(open, key)
  const sealed = sealedPath(open)
  const bytes = sealedMap({ old_key: Buffer.from(open.key).toString('hex'), codes: [...codes].map(([old, fresh]) => ({ old, new: fresh })).sort((a, b) => (a.old < b.old ? -1 : 1)) }, request.passphrase, request.random(28))
  mkdirSync(dirname(sealed), { recursive: true, mode: 0o700 })
  writeFileSync(sealed, bytes, { mode: 0o600, flag: 'wx', flush: true })
  const names = new Map([...ids, ...codes])
  const files = [open.file_path, join(open.work, JUDGEMENT_FILE), ...chartsOf(open)].filter((path) => existsSync(path)).flatMap((path) => {
    const before = readFileSync(path, 'utf8')
    const after = before.replaceAll(TOKEN, (token) => names.get(token) ?? token)
    return after === before ? [] : [{ path, after }]
  })
  const keyPath = join(open.work, KEY_FILE)
  try {
    for (const { path, after } of files) writeFileSync(`${path}.part`, after, { mode: 0o600, flush: true })
    writeFileSync(`${keyPath}.part`, `${key.toString('hex')}\n`, { mode: 0o600, flush: true })
    writeAudit(open, { at_ms: request.now_ms, who: request.who, act: 'key', what: `another case key; ${codes.size} codes changed; sealed map SHA-256 ${sha256(bytes)}`, why: request.reason })
  } catch (error) {
    for (const path of [...files.map((one) => one.path), keyPath]) rmSync(`${path}.part`, { force: true })
    rmSync(sealed, { force: true })
    throw error
  }
  resignHead(open, key)
  for (const path of [...files.map((one) => one.path), keyPath]) renameSync(`${path}.part`, path)
  const fresh: OpenCase = { ...open, key }
  await open.database.transaction(async () => {
    for (const statement of [sql`DELETE FROM known_record`, sql`DELETE FROM entity_change`]) await open.database.run(statement)
  })
  await runLink(fresh, { force: true })
  await runFind(fresh)
  return { sealed, sealed_sha256: sha256(bytes), codes: codes.size, files: files.map(({ path }) => path) }
}

/** @throws RingmapError passphrase_wrong, also for a file that was changed */
export function openRotationMap(bytes: Uint8Array, passphrase: string): RotationMap {
  try {
    const file = JSON.parse(Buffer.from(bytes).toString('utf8')) as SealedMap
    invariant(file.what === WHAT, 'a map says what it is')
    return JSON.parse(unlockedBytes(file, file.text, passphrase, Buffer.from(WHAT)).toString('utf8')) as RotationMap
  } catch (error) {
    throw new RingmapError('passphrase_wrong', { who: 'the map of the keys' }, { cause: error })
  }
}

function sealedMap(map: RotationMap, passphrase: string, random: Uint8Array): Buffer {
  const { lock, hidden } = lockedBytes(Buffer.from(JSON.stringify(map), 'utf8'), passphrase, random, Buffer.from(WHAT))
  const file: SealedMap = { what: WHAT, ...lock, text: hidden }
  return Buffer.from(`${JSON.stringify(file, null, 1)}\n`, 'utf8')
}

/** New id of each record and entity, and new code of each protected one, by the old. */
async function renamed(open: OpenCase, key: Uint8Array): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly codes: ReadonlyMap<string, string> }> {
  const rows = await open.database.rows<{ old: string; fresh: string }>(sql`SELECT ${recordId(idSalt(open.key))} AS old, ${recordId(idSalt(key))} AS fresh FROM record e JOIN (${kindTable()}) s ON s.kind = e.kind`)
  const ids = new Map(rows.map(({ old, fresh }) => [old, fresh]))
  const before = (await maskCase(open)).codes
  const after = maskCodes(key, [...before].map(([id, code]) => ({ id: ids.get(id) ?? id, class: CLASSES[code.charAt(0)] as MaskClass })))
  return { ids, codes: new Map([...before].map(([id, code]) => [code, after.get(ids.get(id) ?? id) as string])) }
}

const CLASSES: Readonly<Record<string, MaskClass>> = { V: 'victim', W: 'witness', M: 'minor', I: 'informant', X: 'linked' }

function chartsOf(open: OpenCase): string[] {
  const folder = join(open.work, CHART_FOLDER)
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => join(folder, file)) : []
}

function sealedPath(open: OpenCase): string {
  for (let n = 1; ; n++) {
    const path = join(open.work, 'keys', `rotation-${n}.sealed.json`)
    if (!existsSync(path)) return path
  }
}
