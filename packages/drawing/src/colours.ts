/** Every colour of a chart by what it is for: on paper, where grey print must do, and on the screen, where classes of links have theirs. */
import { ENTITY_KINDS, type EntityKind, type LinkKind } from '@ringmap/model/schema'

export const INK = '#1b1f24'
export const SOFT_INK = '#4a525c'
export const PAPER = '#ffffff'
/** Leaders and the edges of boxes that stand away from what they name. */
export const QUIET = '#9aa3ad'
/** Behind a code in place of a protected identity. */
export const MASKED_FILL = '#e9ecef'
export const LINE = '#59626e'
/** Darker, so that it shows in grey print too. */
export const OFFENCE_LINE = '#14171a'

/** What a chart on the screen lies on. */
export const SCREEN = '#f8fafc'
export const SCREEN_INK = '#1b2a3a'
export const PICKED = '#d9480f'
export const FOCUS = '#f08c00'
export const GROUP_COLOUR = '#3d4f61'
/** What steps back while something else is looked at. */
export const DIMMED = { fill: '#dde3ea', icon: '#f4f6f8', line: '#e4e8ed', ink: '#7b8794' } as const
export const LABEL_EDGE = '#d3dae2'

/** Classes of link kinds that share a colour on the screen; the legend lists those on the chart. */
export const LINK_CLASSES = {
  contact: { label: 'Contact', colour: '#4a6583' },
  money: { label: 'Money', colour: '#14733f' },
  holds: { label: 'Uses, owns, lives at', colour: '#76848f' },
  kin: { label: 'Family, associates', colour: '#7048a8' },
  presence: { label: 'Presence', colour: '#946200' },
  offence: { label: 'Offence evidence', colour: '#b3261e' },
  doubt: { label: 'Possibly the same', colour: '#5c6670' },
} as const
export type LinkClass = keyof typeof LINK_CLASSES

const CLASS_OF: Readonly<Record<LinkKind, LinkClass>> = {
  called: 'contact', messaged: 'contact', met: 'contact', paid: 'money',
  uses: 'holds', owns: 'holds', lives_at: 'holds', seized_from: 'holds',
  related_to: 'kin', associate_of: 'kin', member_of: 'kin', employed_by: 'kin',
  travelled: 'presence', present_at: 'presence', carried: 'presence',
  accused_in: 'offence', victim_in: 'presence', witness_in: 'presence', same_as_possible: 'doubt',
}

export function linkClass(link: { readonly kind: LinkKind; readonly criminal: boolean }): LinkClass {
  return link.criminal ? 'offence' : CLASS_OF[link.kind]
}

export function kindColour(kind: EntityKind): string {
  return ENTITY_KINDS[kind].colour
}
