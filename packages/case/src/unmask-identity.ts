/** Shows who stands behind one code, to a known person, for a stated reason, under an authority, for a time; the line in the trail comes first. */
import { sql } from '@ringmap/store/sql'
import { RingmapError } from '@ringmap/model/errors'
import { isoTime } from '@ringmap/evidence/iso-time'
import { writeAudit } from './audit.ts'
import type { CaseView } from './case-view.ts'
import { approvedBy, signingKey, userOf } from './users.ts'

export const UNMASK_REASONS = ['court-order', 'victim-safety', 'identification', 'welfare-referral', 'medical-need', 'written-consent'] as const
export type UnmaskReason = (typeof UNMASK_REASONS)[number]
/** For use in court or outside the agency: a second person approves. */
export const APPROVED_REASONS: readonly UnmaskReason[] = ['court-order', 'welfare-referral']

export interface UnmaskRequest {
  readonly code: string
  readonly user: string
  readonly passphrase: string
  readonly reason: UnmaskReason
  readonly note: string
  /** The reviewer who approves, with the passphrase of that person; needed for `APPROVED_REASONS`, kept wherever given. */
  readonly approver?: { readonly id: string; readonly passphrase: string } | null
  /** Written order, court or board reference. */
  readonly authority: string
  /** End of the permission, milliseconds. */
  readonly until_ms: number
  readonly now_ms: number
}

export interface Unmasked {
  readonly code: string
  readonly label: string
  readonly kind: string
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
  /** Printed across what is shown: who looks, and when. */
  readonly watermark: string
}

/** An identity may be looked at for a day at most; then it is asked for again. */
const LONGEST_MS = 24 * 3_600_000

/** Who asked in vain is in the trail too. @throws RingmapError authority_missing, user_missing, passphrase_wrong, not_found */
export async function unmaskIdentity(view: CaseView, request: UnmaskRequest): Promise<Unmasked> {
  try {
    return await shownIdentity(view, request)
  } catch (refused) {
    // What was typed may be a name: only what the case knows is written down.
    const who = view.open.file.users.find(({ id }) => id === request.user)?.id ?? 'somebody unknown'
    if (refused instanceof RingmapError) writeAudit(view.open, { at_ms: request.now_ms, who, act: 'unmask refused', what: view.mask.ids.has(request.code) ? request.code : 'no code of this case', why: refused.code })
    throw refused
  }
}

async function shownIdentity(view: CaseView, request: UnmaskRequest): Promise<Unmasked> {
  const { open, mask } = view
  if (!UNMASK_REASONS.includes(request.reason)) throw new RingmapError('authority_missing', { what: `one of these reasons: ${UNMASK_REASONS.join(', ')}` })
  if (request.note.trim() === '') throw new RingmapError('authority_missing', { what: 'the reason in words (--note)' })
  if (request.authority.trim() === '') throw new RingmapError('authority_missing', { what: 'the reference of the order or consent (--authority)' })
  if (!(request.until_ms > request.now_ms)) throw new RingmapError('authority_missing', { what: 'an authority that has not expired (--until)' })
  if (request.until_ms - request.now_ms > LONGEST_MS) throw new RingmapError('authority_missing', { what: 'an end within 24 hours (--until)' })
  checkApprover(request)
  const person = userOf(open, request.user)
  signingKey(open, person, request.passphrase)
  const approver = request.approver === undefined || request.approver === null ? null : approvedBy(open, request.approver.id, request.approver.passphrase)
  const id = mask.ids.get(request.code)
  if (id === undefined) throw new RingmapError('not_found', { what: `The code ${request.code}` })
  writeAudit(open, {
    at_ms: request.now_ms, who: person.id, act: 'unmask', what: request.code,
    why: `${request.reason}: ${request.note.trim()}; authority ${request.authority.trim()}; until ${isoTime(request.until_ms)}; as ${person.role}${approver === null ? '' : `; approved by ${approver.id}`}`,
  })
  const entity = await open.database.one<{ label: string; kind: string }>(sql`SELECT label, kind FROM entity WHERE id = ${id}`)
  const identifiers = await open.database.rows<{ scheme: string; value: string }>(
    sql`SELECT DISTINCT i.scheme, i.as_written AS value FROM identifier i JOIN entity_record USING (record) JOIN entity e USING (entity) WHERE e.id = ${id} ORDER BY ALL`,
  )
  return { code: request.code, label: entity?.label ?? '', kind: entity?.kind ?? '', identifiers, watermark: `Shown to ${person.name} (${person.id}) at ${isoTime(request.now_ms)}, until ${isoTime(request.until_ms)}${approver === null ? '' : `, approved by ${approver.name} (${approver.id})`}` }
}

/** Before anybody types a passphrase in vain. @throws RingmapError authority_missing */
function checkApprover({ approver = null, reason, user }: UnmaskRequest): void {
  if (approver === null && APPROVED_REASONS.includes(reason)) throw new RingmapError('authority_missing', { what: 'a second person who approves (--approver): it is for use in court or outside' })
  if (approver?.id === user) throw new RingmapError('authority_missing', { what: `the approval of somebody else than ${user} (--approver)` })
}
