/** Where the labelled records for linkage are, and answers read off their ids. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRequired } from '@ringmap/fixtures/required'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const LINKAGE_DATA: string = join(resolve(ROOT, process.env['RINGMAP_DATA'] ?? '../shared/data'), 'linkage')

/** A reason to skip, or null; a machine that must have the data fails instead. */
export function linkageDataMissing(): string | null {
  if (existsSync(join(LINKAGE_DATA, 'dataset3.csv'))) return null
  if (isRequired('data')) throw new Error(`the labelled records are required and are not at ${LINKAGE_DATA}`)
  return 'the labelled records are not here; RINGMAP_DATA names their folder'
}

/** FEBRL writes the answer into the id: rec-N-org and rec-N-dup-K are one person. */
export function febrlTruth(to: string, ...files: readonly string[]): string {
  const ids = files.flatMap((file) => readFileSync(join(LINKAGE_DATA, file), 'utf8').trim().split('\n').slice(1).map((line) => (line.split(',', 1)[0] ?? '').trim()))
  writeFileSync(to, ['id,person', ...ids.map((id) => `${id},${/\d+/.exec(id)?.[0] ?? ''}`), ''].join('\n'))
  return to
}
