/** What the server and the process that works for it say to each other, and the copy of the database that is worked on. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { GivenPassword } from '@ringmap/case/database-sources'
import type { WorkFailure, WorkStep } from '@ringmap/model/live'

/** Name of the copy that is worked on; taken over when all steps are done. */
export const NEXT_FILE = 'case.next.duckdb'

export interface WorkOrder {
  readonly folder: string
  readonly work_folder: string
  readonly steps: readonly WorkStep[]
  readonly force: boolean
  /** Told from process to process, never written down. */
  readonly passwords: readonly GivenPassword[]
}

export type WorkMessage =
  | { readonly type: 'progress'; readonly step: WorkStep; readonly what: string; readonly done: number; readonly total: number }
  | { readonly type: 'act'; readonly step: WorkStep; readonly what: string }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly failure: WorkFailure }

/** Takes away what a run that was killed left behind. */
export function dropNext(work_folder: string): void {
  for (const end of ['', '.wal']) rmSync(join(work_folder, NEXT_FILE + end), { force: true })
}
