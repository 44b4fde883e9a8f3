/** Makes a case folder from files: copies what lies elsewhere, and drafts case.yaml for a person to correct. */
import { copyFileSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { draftCase } from '@ringmap/sources/sniff-source'
import { CASE_FILE } from './open-case.ts'

export interface InitOptions {
  readonly name?: string | undefined
  /** Country of phone numbers without a country code. */
  readonly region: string
  /** IANA zone of times written without one. */
  readonly timezone: string
}

export interface Initialised {
  readonly case_file: string
  readonly files: readonly string[]
  /** What was guessed and what is doubtful, in words. */
  readonly notes: readonly string[]
}

/** @param patterns files or glob patterns, tried where the command runs and inside the folder. @throws RingmapError case_exists, usage, source_* */
export async function initCase(folder: string, patterns: readonly string[], options: InitOptions): Promise<Initialised> {
  const target = resolve(folder)
  const file = join(target, CASE_FILE)
  if (existsSync(file)) throw new RingmapError('case_exists', { path: file })
  const found = [...new Set(patterns.flatMap((pattern) => matching(pattern, target)))].sort()
  if (found.length === 0) throw new RingmapError('usage', { what: `No file matches ${patterns.join(' ')}.` })
  mkdirSync(target, { recursive: true })
  const files = found.map((path) => inside(path, target))
  const draft = await draftCase(files.map((path) => ({ path, name: relative(target, path) })), { name: options.name ?? basename(target), region: options.region, timezone: options.timezone })
  writeFileSync(file, draft.yaml, { flag: 'wx' })
  return { case_file: file, files: files.map((path) => relative(target, path)), notes: draft.notes }
}

function matching(pattern: string, folder: string): string[] {
  if (existsSync(pattern)) return [resolve(pattern)]
  const here = globSync(pattern).map((path) => resolve(path))
  return here.length > 0 ? here : globSync(pattern, { cwd: folder }).map((path) => join(folder, path))
}

/** The path of the file inside the case folder, copied there when it lies elsewhere: a case holds its sources. */
function inside(path: string, folder: string): string {
  if (path.startsWith(folder + sep)) return path
  const copy = join(folder, basename(path))
  if (existsSync(copy)) throw new RingmapError('case_exists', { path: copy })
  copyFileSync(path, copy)
  return copy
}
