/** Showing protected identities: asked for in so many words, with a reason that is written down first. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { writeAudit } from '@ringmap/case/audit'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { approvedBy } from '@ringmap/case/users'
import type { OpenCase } from '@ringmap/case/open-case'
import { passphrase } from './passphrase.ts'

export interface UnmaskFlags {
  readonly unmask?: boolean
  readonly reason?: string
}

export interface LeavingFlags extends UnmaskFlags {
  readonly authority?: string
  readonly approver?: string
}

export function unmaskOptions(command: Command): Command {
  return command
    .option('--unmask', 'show victims, witnesses, minors and informants; needs --reason, which is kept in audit.jsonl')
    .option('--reason <text>', 'why protected identities must be shown')
}

/** For what leaves the case: a reason, the authority, and a second person. */
export function leavingOptions(command: Command): Command {
  return unmaskOptions(command)
    .option('--authority <reference>', 'with --unmask: the written order, court or board')
    .option('--approver <id>', 'with --unmask: the reviewer of the case who approves it; the passphrase is asked for')
}

/** Null: stay masked. A reason is written to the audit trail before anything is shown. @throws RingmapError reason_missing */
export function unmaskReason(open: OpenCase, act: string, what: string, flags: UnmaskFlags): string | null {
  if (flags.unmask !== true) return null
  if (!flags.reason?.trim()) throw new RingmapError('reason_missing')
  writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: `${act} unmasked`, what, why: flags.reason })
  return flags.reason
}

/** Identities leave only where a second person, known to the case by a key, approves. @throws RingmapError reason_missing, authority_missing, user_missing, passphrase_wrong */
export async function viewToLeave(open: OpenCase, act: string, what: string, flags: LeavingFlags): Promise<CaseView> {
  const why = flags.unmask === true ? await approved(open, flags) : null
  writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: why === null ? act : `${act} unmasked`, what, why })
  return await viewCase(open, why)
}

async function approved(open: OpenCase, flags: LeavingFlags): Promise<string> {
  if (!flags.reason?.trim()) throw new RingmapError('reason_missing')
  if (!flags.authority?.trim()) throw new RingmapError('authority_missing', { what: 'the reference of the order (--authority)' })
  if (!flags.approver?.trim()) throw new RingmapError('authority_missing', { what: 'a second person who approves (--approver)' })
  const person = approvedBy(open, flags.approver, await passphrase(`Passphrase of ${flags.approver}, who approves`))
  return `${flags.reason.trim()}; authority ${flags.authority.trim()}; approved by ${person.id}`
}
