/** A folder in which a long run keeps its finished parts, so that one that was killed goes on; what belongs to other input or settings is thrown away. */
import { createHash, type Hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import type { CompareJob } from '@ringmap/linkage/batch/compare-range'
import type { KeptParts } from '@ringmap/linkage/incremental/stored-arrays'
import { bytesOf, readArrays, writeArrays } from './array-file.ts'

export interface PartsFolder extends KeptParts {
  /** Parts that were there. */
  readonly found: number
  /** Whether parts of another run were thrown away. */
  readonly cleared: boolean
  /** Takes the parts away: the run is done. */
  readonly finish: () => void
}

const RUN = 'run.json'
const PART = /^part-\d+(?:\.part)?$/

/** Whether a run was stopped in the middle. */
export function unfinished(folder: string): boolean {
  return existsSync(join(folder, RUN))
}

/**
 * @param run a digest of all that the parts depend on.
 * @param go_on false: parts that are there are thrown away.
 * @throws RingmapError export_failed
 */
export function partsFolder(folder: string, run: string, go_on = true): PartsFolder {
  const file = (part: number): string => join(folder, `part-${part}`)
  const ours = (): string[] => readdirSync(folder).filter((name) => PART.test(name))
  try {
    mkdirSync(folder, { recursive: true })
    const strangers = readdirSync(folder).filter((name) => name !== RUN && !PART.test(name))
    if (strangers.length > 0) throw new RingmapError('export_failed', { what: `${folder} holds other files, such as ${strangers[0] ?? ''}; name an empty or a new folder` })
    const same = go_on && existsSync(join(folder, RUN)) && readFileSync(join(folder, RUN), 'utf8') === JSON.stringify({ run })
    const before = ours()
    if (!same) for (const name of before) rmSync(join(folder, name))
    if (!same) writeFileSync(join(folder, RUN), JSON.stringify({ run }), { mode: 0o600 })
    return {
      found: same ? before.filter((name) => !name.endsWith('.part')).length : 0, cleared: !same && before.length > 0,
      read: (part) => readable(file(part)),
      write: (part, arrays) => { writeArrays(file(part), arrays) },
      finish: () => {
        for (const name of [...ours(), RUN]) rmSync(join(folder, name), { force: true })
        if (readdirSync(folder).length === 0) rmdirSync(folder)
      },
    }
  } catch (error) {
    if (error instanceof RingmapError) throw error
    throw new RingmapError('export_failed', { what: `${folder}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

/** Null also for a part that a full disk or a hand has damaged: it is made anew. */
function readable(file: string): ReturnType<KeptParts['read']> {
  if (!existsSync(file)) return null
  try {
    return readArrays(file)
  } catch {
    return null
  }
}

/** A digest of everything that the pairs of a job and their levels depend on. */
export function digestOfJob(job: CompareJob): string {
  const hash = createHash('sha256').update(JSON.stringify([2, job.records, job.fields, job.comparisons]))
  const put = (to: Hash, array: Parameters<typeof bytesOf>[0]): Hash => to.update(bytesOf(array))
  put(hash, job.codes)
  for (const { units, offsets, weights } of job.pools) for (const array of [units, offsets, ...(weights === undefined || weights === null ? [] : [weights])]) put(hash, array)
  for (const { offsets, places, members, ends } of job.rules) for (const array of [offsets, places, members, ends]) put(hash, array)
  if (job.source !== null) put(hash, job.source)
  return hash.digest('hex')
}
