/** The state of a dedupe run in a folder: the run itself, which is never changed, and beside it what was added since, replaced as a whole. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import { nothingAdded, type AddedRecords, type LinkageState } from '@ringmap/linkage/incremental/linkage-state'
import { addedOfArrays, arraysOfAdded, arraysOfState, stateOfArrays } from '@ringmap/linkage/incremental/state-arrays'
import { bytesOf, readArrays, writeArrays } from './array-file.ts'

const RUN = 'run.state'
const ADDED = 'added.state'

export interface KeptState {
  readonly state: LinkageState
  readonly added: AddedRecords
  /** What was read of additions, to see whether another run has written meanwhile. */
  readonly seen: string
  /** SHA-256 of the run's description. */
  readonly run: string
}

/** @param unfinished whether a run that was stopped goes on, which may have kept its state already. @throws RingmapError case_exists: a state is never written over. */
export function refuseExisting(folder: string, unfinished: boolean): void {
  if (!existsSync(folder)) return
  const there = readdirSync(folder).filter((name) => name !== `${RUN}.part`)
  if (there.some((name) => name !== RUN) || (there.length > 0 && !unfinished)) throw new RingmapError('case_exists', { path: folder })
}

/** @throws RingmapError export_failed */
export function saveState(folder: string, state: LinkageState): void {
  try {
    mkdirSync(folder, { recursive: true })
    writeArrays(join(folder, RUN), arraysOfState(state))
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${folder}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

/** @throws RingmapError link_state_invalid */
export function readState(folder: string): KeptState {
  const file = join(folder, RUN)
  if (!existsSync(file)) throw new RingmapError('link_state_invalid', { file: folder, what: 'there is no file run.state in it' })
  const { text, arrays } = readArrays(file)
  const state = stateOfArrays(text, arrays, file)
  const run = createHash('sha256').update(text).update(bytesOf(state.cluster)).digest('hex')
  const beside = join(folder, ADDED)
  if (!existsSync(beside)) return { state, added: nothingAdded(state), seen: '', run }
  const later = readArrays(beside)
  return { state, added: addedOfArrays(later.text, later.arrays, run, beside), seen: digestOf(beside), run }
}

/** @throws RingmapError link_state_busy, export_failed */
export function saveAdded(folder: string, { run, seen }: Pick<KeptState, 'run' | 'seen'>, added: AddedRecords): void {
  const file = join(folder, ADDED)
  if ((existsSync(file) ? digestOf(file) : '') !== seen) throw new RingmapError('link_state_busy', { file: folder })
  try {
    writeArrays(file, arraysOfAdded(added, run))
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${folder}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
