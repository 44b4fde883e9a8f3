/** The words of the screen for roles, strengths and protection; none says more than the record does. */
import { ENTITY_KINDS, LINK_KINDS, type EntityKind, type Role } from '@ringmap/model/schema'
import type { Strength } from '@ringmap/model/grade'
import type { ChartLink } from '@ringmap/model/chart'
import { counted, formatAmount, plural } from './amount.ts'

export const STRENGTH_MEANS: Readonly<Record<Strength, { readonly line: string; readonly means: string }>> = {
  confirmed: { line: 'solid line', means: 'Confirmed: a reliable source, and information confirmed by others.' },
  unconfirmed: { line: 'dashed line', means: 'Unconfirmed: reported or ungraded, not confirmed by another source.' },
  tentative: { line: 'dotted line', means: 'Tentative: the source is untested or unreliable, or the information is in doubt.' },
}

export const MASKED_MEANS = 'Protected identity: the name and identifiers were replaced by a pseudonym before they left the case. The links and counts are real.'

export const RANKED_BY = 'Ranked by current-flow betweenness: how much of the contact between others runs through this person. It describes a place in recorded contacts and nothing else.'

const ROLE_COLOURS: Readonly<Record<Role, string>> = {
  suspect: 'orange', accused: 'red', victim: 'grape', witness: 'grape', minor: 'grape', informant: 'grape', officer: 'blue', unknown: 'gray',
}

export function roleColour(role: Role): string {
  return ROLE_COLOURS[role]
}

export function kindLabel(kind: EntityKind, count: number = 1): string {
  const spec = ENTITY_KINDS[kind]
  return count === 1 ? spec.label : spec.plural
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Phone numbers` -> as a heading: first letter upper case. */
export function kindHeading(kind: EntityKind, count: number): string {
  return capital(kindLabel(kind, count))
}

/** `42 calls`, `₹1,25,000 in 3 payments`, `2 observations`. */
export function linkMeasure(link: Pick<ChartLink, 'kind' | 'count' | 'amount' | 'currency'>): string {
  const spec = LINK_KINDS[link.kind]
  const times = link.kind === 'messaged' ? plural(link.count, 'message')
    : spec.counts === 'calls' ? plural(link.count, 'call')
    : spec.counts === 'amount' ? plural(link.count, 'payment')
    : plural(link.count, 'observation')
  return link.amount === null ? times : `${formatAmount(link.amount, link.currency)} in ${times}`
}

/** What stands on the line itself: short. */
export function linkCaption(link: Pick<ChartLink, 'kind' | 'count' | 'amount' | 'currency'>): string {
  const { label } = LINK_KINDS[link.kind]
  if (link.amount !== null) return `${label} ${formatAmount(link.amount, link.currency)}`
  return link.count > 1 ? `${label} ×${counted(link.count)}` : label
}

/** How steady a rank is when part of the evidence is left out: `rank 1–3 over 40 thinned copies`. */
export function steadiness({ low, high, copies }: { readonly low: number; readonly high: number; readonly copies: number }): string {
  if (copies === 0) return 'steadiness not measured'
  return `${low === high ? `rank ${low}` : `rank ${low}–${high}`} over ${copies} thinned copies`
}
