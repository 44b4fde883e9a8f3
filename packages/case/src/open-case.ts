/** Opens a case folder: its file, its database, its key; the one way in for every step and view. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { CaseFile, SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { Database, type DatabaseOptions } from '@ringmap/store/database'
import { PREPARE } from '@ringmap/store/tables'
import { readCaseFile } from './case-file-text.ts'

export interface OpenCase {
  readonly folder: string
  /** Where database, key, audit trail and exports are. */
  readonly work: string
  readonly file: CaseFile
  /** Path of the file that `file` was read from. */
  readonly file_path: string
  readonly database: Database
  /** Secret of this case, from which pseudonyms are made. It lies beside the database, never in it and in no export. */
  readonly key: Uint8Array
  /** Where `${RINGMAP_DATA}` in file names leads. */
  readonly data: string
  /** Of the database, and workers for what takes long; results do not depend on it. */
  readonly threads: number
}

export interface OpenOptions extends DatabaseOptions {
  /** Folder of shared data; default the environment's RINGMAP_DATA. */
  readonly data?: string
  /** Folder for the database, key and exports where the case folder is only read; default the case folder. */
  readonly work_folder?: string
  /** Name of the database file in the work folder; default `case.duckdb`. Another one for a copy that is changed while the case is read. */
  readonly database_file?: string
}

export const CASE_FILE = 'case.yaml'
export const DATABASE_FILE = 'case.duckdb'
export const KEY_FILE = 'case.key'

/** @param path the case folder, or its case.yaml by whatever name. */
export function caseFilePath(path: string): string {
  return /\.ya?ml$/i.test(path) ? resolve(path) : join(resolve(path), CASE_FILE)
}

/** @param path see `caseFilePath` */
export async function openCase(path: string, options: OpenOptions = {}): Promise<OpenCase> {
  const file = caseFilePath(path)
  const folder = dirname(file)
  const parsed = readCaseFile(file)
  const work = options.work_folder ?? folder
  mkdirSync(work, { recursive: true })
  const databaseFile = join(work, options.database_file ?? DATABASE_FILE)
  if (options.read_only === true && !existsSync(databaseFile)) throw new RingmapError('step_missing', { step: 'import', path })
  const key = caseKey(join(work, KEY_FILE))
  const database = await Database.open(databaseFile, options)
  if (options.read_only !== true) for (const statement of PREPARE) await database.run(statement)
  return { folder, work, file: parsed, file_path: file, database, key, data: options.data ?? process.env['RINGMAP_DATA'] ?? '', threads: options.threads ?? 2 }
}

export function closeCase(open: OpenCase): void {
  open.database.close()
}

/** Absolute path of a source's file. */
export function sourcePath(open: OpenCase, source: SourceMapping): string {
  // What was read from a database lies with the case's own files.
  if (source.kind !== 'file') return join(open.work, source.file)
  const file = source.file.replaceAll('${RINGMAP_DATA}', open.data)
  return isAbsolute(file) ? file : join(open.folder, file)
}

/** The key is made once, from the system's source of randomness, readable by its owner alone. */
function caseKey(path: string): Uint8Array {
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new RingmapError('database_failed', { what: `${path} is not a case key of 64 hexadecimal digits.`, hint: 'Restore it from a copy: without it, earlier pseudonyms cannot be matched.' })
  return key
}
