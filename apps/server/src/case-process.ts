/** A process of its own that runs steps on a copy of the case's database, so that the explorer goes on reading and a stop costs nothing. Started by `case-work.ts`. */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkStep } from '@ringmap/model/live'
import type { WorkOptions } from '@ringmap/model/progress'
import { passwordGiven } from '@ringmap/case/database-sources'
import { closeCase, DATABASE_FILE, openCase, type OpenCase } from '@ringmap/case/open-case'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { findAct, importAct, linkAct } from '@ringmap/case/step-acts'
import { failureOf } from './failure.ts'
import { dropNext, NEXT_FILE, type WorkMessage, type WorkOrder } from './work-order.ts'

const STEPS: Readonly<Record<WorkStep, (open: OpenCase, options: WorkOptions & Pick<WorkOrder, 'force' | 'passwords'>) => Promise<string>>> = {
  import: async (open, options) => importAct(await runImport(open, { ...options, databases: { password: passwordGiven(options.passwords), now: () => Date.now() } })),
  link: async (open, options) => linkAct(await runLink(open, { ...options, as_before: true })),
  find: async (open, options) => findAct(await runFind(open, options)),
}

async function run(order: WorkOrder, signal: AbortSignal): Promise<void> {
  dropNext(order.work_folder)
  // Copied here and not in the server: a process that closes any handle of a file gives up its lock on it.
  for (const end of ['', '.wal']) {
    const from = join(order.work_folder, DATABASE_FILE + end)
    if (existsSync(from)) copyFileSync(from, join(order.work_folder, NEXT_FILE + end))
  }
  const open = await openCase(order.folder, { work_folder: order.work_folder, database_file: NEXT_FILE })
  try {
    open.database.watch(signal)
    for (const step of order.steps) {
      const progress = (what: string, done: number, total: number): void => tell({ type: 'progress', step, what, done, total })
      progress(step, 0, 0)
      tell({ type: 'act', step, what: await STEPS[step](open, { force: order.force, passwords: order.passwords, progress, signal }) })
    }
  } finally {
    closeCase(open)
  }
}

function tell(message: WorkMessage): void {
  process.send?.(message)
}

const stop = new AbortController()
process.on('message', (message: WorkOrder | 'stop') => {
  if (message === 'stop') {
    stop.abort()
    return
  }
  run(message, stop.signal).then(
    () => tell({ type: 'done' }),
    (error: unknown) => tell({ type: 'failed', failure: failureOf(error) }),
  ).finally(() => process.disconnect())
})
