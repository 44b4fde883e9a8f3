/** What every command on a case shares: its options, opening, Ctrl-C, closing. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { writeAudit } from '@ringmap/case/audit'
import { closeCase, openCase, type OpenCase } from '@ringmap/case/open-case'
import { stopSignal } from './stop-signal.ts'
import { terminal, type Terminal } from './terminal.ts'

export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly threads?: string
  readonly memory?: string
  readonly work?: string
}

export interface Opened {
  readonly open: OpenCase
  readonly out: Terminal
  readonly signal: AbortSignal
  /** Writes an act into the audit trail. */
  readonly record: (act: string, what: string, why?: string) => void
}

export function commonOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'no progress and no remarks')
}

export function caseOptions(command: Command): Command {
  return commonOptions(command)
    .option('--threads <n>', 'threads of the database, and workers for what takes long; results do not depend on it', '2')
    .option('--memory <size>', 'most memory for the database, such as 2GB', '3GB')
    .option('--work <folder>', 'keep database, key and exports here instead of in the case folder')
}

export async function withCase<T>(path: string, options: CommonOptions, mode: 'read' | 'write', work: (opened: Opened) => Promise<T>): Promise<T> {
  const out = terminal(options)
  const signal = stopSignal()
  const open = await openCase(path, {
    threads: Number(options.threads ?? 2), memory: options.memory ?? '3GB', read_only: mode === 'read',
    ...(options.work === undefined ? {} : { work_folder: options.work }),
  })
  try {
    open.database.watch(signal)
    return await work({ open, out, signal, record: (act, what, why) => writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act, what, why: why ?? null }) })
  } finally {
    out.settle()
    closeCase(open)
  }
}
