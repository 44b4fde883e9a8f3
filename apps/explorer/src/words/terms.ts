/** The words of the screen for roles, strengths and protection; none says more than the record does. */
import { LINK_KINDS, type EntityKind, type LinkKind, type Role } from '@ringmap/model/schema'
import type { ChartLink } from '@ringmap/model/chart'
import { counted, formatAmount } from './amount.ts'
import { plainLabel } from './label.ts'
import { say } from './say.ts'

const ROLE_COLOURS: Readonly<Record<Role, string>> = {
  suspect: 'orange', accused: 'red', victim: 'grape', witness: 'grape', minor: 'grape', informant: 'grape', officer: 'blue', unknown: 'gray',
}

export function roleColour(role: Role): string {
  return ROLE_COLOURS[role]
}

export function kindLabel(kind: EntityKind, count: number = 1): string {
  return say(`kind.${kind}`, { n: count })
}

export function roleLabel(role: Role): string {
  return say(`role.${role}`, { n: 1 })
}

export function linkLabel(kind: LinkKind): string {
  return say(`link.${kind}`)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Phone numbers` -> as a heading: first letter upper case. */
export function kindHeading(kind: EntityKind, count: number): string {
  return capital(kindLabel(kind, count))
}

/** `Ring 3` in the language of the screen; any other label as it is, made safe to show. */
export function ringLabel(label: string): string {
  const match = /^(Ring|Community|Group) (\d+)$/.exec(label)
  if (match === null) return plainLabel(label)
  return say(match[1] === 'Ring' ? 'ring.label' : 'ring.group', { n: match[2] as string })
}

/** `42 calls`, `₹1,25,000 in 3 payments`, `2 observations`. */
export function linkMeasure(link: Pick<ChartLink, 'kind' | 'count' | 'amount' | 'currency'>): string {
  const spec = LINK_KINDS[link.kind]
  const times = say(link.kind === 'messaged' ? 'count.messages' : spec.counts === 'calls' ? 'count.calls' : spec.counts === 'amount' ? 'count.payments' : 'count.observations', { n: link.count })
  return link.amount === null ? times : say('amount.in', { amount: formatAmount(link.amount, link.currency), times })
}

/** What stands on the line itself: short. */
export function linkCaption(link: Pick<ChartLink, 'kind' | 'count' | 'amount' | 'currency'>): string {
  const label = linkLabel(link.kind)
  if (link.amount !== null) return `${label} ${formatAmount(link.amount, link.currency)}`
  return link.count > 1 ? `${label} ×${counted(link.count)}` : label
}

/** How steady a rank is when part of the evidence is left out: `rank 1–3 over 40 thinned copies`. */
export function steadiness({ low, high, copies }: { readonly low: number; readonly high: number; readonly copies: number }): string {
  if (copies === 0) return say('steady.none')
  return say(low === high ? 'steady.one' : 'steady.range', { low, high, copies })
}
