/** Checks an exhibit that lies in a folder or a zip, and makes it again from the sources to see whether every byte is the same. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { checkBundle, openedZip, type BundleCheck } from '@ringmap/evidence/bundle-check'
import { exhibitPayload } from '@ringmap/evidence/exhibit-bundle'
import { AUDIT_FILE, HEAD_FILE } from './audit.ts'
import { localClock } from './case-clock.ts'
import { viewCase } from './case-view.ts'
import { AS_READ, bringExtracts, passwordFromEnvironment } from './database-sources.ts'
import { engineStamp, type EngineStamp } from './engine-stamp.ts'
import { exhibitInput, NAMELESS } from './exhibit-input.ts'
import { EXHIBIT_MODES, EXHIBIT_PROFILES, type ExhibitRequest } from './exhibit-request.ts'
import { JUDGEMENT_FILE } from './judgement-log.ts'
import { runFind } from './find-step.ts'
import { runImport } from './import-step.ts'
import { runLink } from './link-step.ts'
import { closeCase, KEY_FILE, openCase } from './open-case.ts'
import { rowsAgain, serverAgain, statedServer, type ServerAgain, type ServerToAsk, type StatedServer } from './server-again.ts'

/** @param path folder or zip. @throws RingmapError bundle_invalid for what is no bundle at all */
export function verifyBundle(path: string, trusted: Uint8Array | null = null): BundleCheck {
  const { files, faults } = bundleFiles(path)
  const check = checkBundle(files, trusted)
  return { ...check, faults: [...faults, ...check.faults] }
}

export interface Reproduced {
  readonly files: number
  /** The first file in order of names that is not the same, and the first byte at which it differs; null when all are. */
  readonly first: { readonly file: string; readonly byte: number; readonly what: 'differs' | 'missing' | 'added' } | null
  readonly differing: readonly string[]
  /** Sentences: in what the engine that made it differs from this one; a difference explains bytes that are not the same. */
  readonly engine: readonly string[]
  /** Null where the exhibit needs no server. Where it needs one and none answers, the payload is not made: `files` is 0 and `first` null. */
  readonly server: ServerAgain | null
}

export interface ReproduceOptions {
  /** Of a chart without names, whose bundle does not state it. */
  readonly subject?: string | undefined
  /** Where communities that came from a server are asked for again; default: the case's first Neo4j source, with the password of the environment. */
  readonly server?: ServerToAsk | undefined
}

/** @param sources folder with case.yaml, the sources (also what was read from databases, which are not read again), and the case's key and trail. Nothing in it is changed. */
export async function reproduceBundle(path: string, sources: string, { subject, server = { password: passwordFromEnvironment } }: ReproduceOptions = {}): Promise<Reproduced> {
  const { files } = bundleFiles(path)
  const stated = methodOf(files, path)
  const method = subject === undefined ? stated : { ...stated, subject }
  if (method.subject === NAMELESS) throw new RingmapError('usage', { what: 'This chart is without names, and its bundle does not say whose it is: give --subject.' })
  for (const name of [KEY_FILE, AUDIT_FILE, HEAD_FILE]) if (!existsSync(join(sources, name))) throw new RingmapError('source_missing', { source: 'the case', file: name })
  const work = mkdtempSync(join(tmpdir(), 'ringmap-reproduce-'))
  try {
    for (const name of [KEY_FILE, JUDGEMENT_FILE]) if (existsSync(join(sources, name))) copyFileSync(join(sources, name), join(work, name))
    const open = await openCase(sources, { work_folder: work })
    try {
      bringExtracts(open.file, sources, work)
      await runImport(open, { databases: AS_READ })
      await runLink(open)
      const again = stated.server === null ? null : await serverAgain(open, stated.server, server)
      const there = again === null ? null : { stated: again.stated, here: again.here, trouble: again.trouble, rows: await rowsAgain(await viewCase({ ...open, work: sources }), textOf(files, 'data/trace.jsonl')) }
      if (again !== null && again.engine === null) return { files: 0, first: null, differing: [], engine: otherEngine(method.made_with), server: there }
      await runFind(open, again?.engine ? { engine: again.engine } : {})
      const view = await viewCase({ ...open, work: sources })
      const input = await exhibitInput(view, method, method.made_with)
      return { ...compared(files, await exhibitPayload(input, localClock(input.timezone))), engine: otherEngine(method.made_with), server: there }
    } finally {
      closeCase(open)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function methodOf(files: ReadonlyMap<string, Uint8Array>, path: string): ExhibitRequest & { readonly made_with: EngineStamp; readonly server: StatedServer | null } {
  const unusable = (what: string, cause?: unknown): never => {
    throw new RingmapError('bundle_invalid', { path, what }, cause === undefined ? {} : { cause })
  }
  let method: Partial<Record<string, unknown>>
  try {
    method = JSON.parse(textOf(files, 'data/method.json')) as typeof method
  } catch (error) {
    return unusable('data/method.json cannot be read', error)
  }
  const text = (name: string): string => (typeof method[name] === 'string' ? method[name] : unusable(`data/method.json does not state ${name}`))
  const profile = EXHIBIT_PROFILES.find((one) => one === method['profile']) ?? unusable('data/method.json states no profile')
  const mode = EXHIBIT_MODES.find((one) => one === method['mode']) ?? unusable('data/method.json states no mode')
  const as_of_ms = Date.parse(text('as_of'))
  if (Number.isNaN(as_of_ms)) return unusable('data/method.json states no as-of time')
  const stated = method['made_with']
  const made_with = typeof stated === 'object' && stated !== null ? { ...engineStamp(), ...stated } : engineStamp()
  return { subject: text('subject'), profile, mode, as_of_ms, analyst: text('analyst'), reviewer: method['reviewer'] === null ? null : text('reviewer'), review_remarks: text('review_remarks'), made_with, server: statedServer(method) }
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  return Buffer.from(files.get(name) ?? new Uint8Array()).toString('utf8')
}

function otherEngine(theirs: EngineStamp): string[] {
  const ours = engineStamp()
  return (Object.keys(ours) as (keyof EngineStamp)[]).filter((part) => theirs[part] !== ours[part]).map((part) => `${part.replace('_', ' ')} was ${theirs[part] ?? 'not known'}, and is ${ours[part] ?? 'not known'} here`)
}

function compared(files: ReadonlyMap<string, Uint8Array>, made: ReadonlyMap<string, Uint8Array>): Omit<Reproduced, 'engine' | 'server'> {
  const given = new Map([...files].flatMap(([path, bytes]) => (path.startsWith('data/') ? [[path.slice(5), bytes] as const] : [])))
  let first: Reproduced['first'] = null
  const differing: string[] = []
  for (const file of [...new Set([...given.keys(), ...made.keys()])].sort()) {
    const [a, b] = [given.get(file), made.get(file)]
    if (a !== undefined && b !== undefined && Buffer.from(a).equals(b)) continue
    differing.push(file)
    if (first !== null) continue
    if (a === undefined || b === undefined) first = { file, byte: 0, what: a === undefined ? 'missing' : 'added' }
    else {
      const at = a.findIndex((byte, i) => byte !== b[i])
      first = { file, byte: at < 0 ? a.length : at, what: 'differs' }
    }
  }
  return { files: made.size, first, differing }
}

function bundleFiles(path: string): { readonly files: Map<string, Uint8Array>; readonly faults: readonly string[] } {
  if (!existsSync(path)) throw new RingmapError('not_found', { what: path })
  if (statSync(path).isDirectory()) {
    const files = new Map<string, Uint8Array>()
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      const whole = join(entry.parentPath, entry.name)
      if (!entry.isDirectory()) files.set(relative(path, whole).split(sep).join('/'), entry.isFile() ? readFileSync(whole) : Buffer.from('not a plain file'))
    }
    return { files, faults: [] }
  }
  try {
    return openedZip(readFileSync(path))
  } catch (error) {
    throw new RingmapError('bundle_invalid', { path, what: 'it is neither a folder nor a zip file that can be opened' }, { cause: error })
  }
}
