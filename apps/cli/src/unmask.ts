/** Showing protected identities: asked for in so many words, with a reason that is written down first. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { writeAudit } from '@ringmap/case/audit'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import type { OpenCase } from '@ringmap/case/open-case'

export interface UnmaskFlags {
  readonly unmask?: boolean
  readonly reason?: string
}

export function unmaskOptions(command: Command): Command {
  return command
    .option('--unmask', 'show victims, witnesses, minors and informants; needs --reason, which is kept in audit.jsonl')
    .option('--reason <text>', 'why protected identities must be shown')
}

/** Null: stay masked. A reason is written to the audit trail before anything is shown. @throws RingmapError reason_missing */
export function unmaskReason(open: OpenCase, act: string, what: string, flags: UnmaskFlags): string | null {
  if (flags.unmask !== true) return null
  if (!flags.reason?.trim()) throw new RingmapError('reason_missing')
  writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: `${act} unmasked`, what, why: flags.reason })
  return flags.reason
}

/** @throws RingmapError reason_missing */
export async function viewToLeave(open: OpenCase, act: string, what: string, flags: UnmaskFlags): Promise<CaseView> {
  if (flags.unmask === true && !flags.reason?.trim()) throw new RingmapError('reason_missing')
  const why = flags.unmask === true ? (flags.reason ?? null) : null
  writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: why === null ? act : `${act} unmasked`, what, why })
  return await viewCase(open, why)
}
