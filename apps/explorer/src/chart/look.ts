/** How entities and links look on the chart: sizes, colours, rings; drawn state (dimmed, picked) is laid over it. */
import { ENTITY_KINDS, type LinkKind } from '@ringmap/model/schema'
import type { ChartEntity, ChartLink } from '@ringmap/model/chart'
import { STYLE_CODES } from './link-packing.ts'
import { isGroup } from './shape.ts'

export const PAPER = '#f8fafc'
export const PICKED = '#d9480f'
export const FOCUS = '#f08c00'
export const GROUP_COLOUR = '#3d4f61'
const DIM_FILL = '#dde3ea'
const DIM_ICON = '#f4f6f8'
const DIM_LINK = '#e4e8ed'

/** Classes of link kinds that share a colour; the legend lists those on the chart. */
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

export function linkClass(link: Pick<ChartLink, 'kind' | 'criminal'>): LinkClass {
  return link.criminal ? 'offence' : CLASS_OF[link.kind]
}

/** Attributes the entity program reads. */
export interface EntityLook {
  readonly size: number
  readonly ringColour: string
  readonly ringSize: number
  readonly gapColour: string
  readonly gapSize: number
  readonly fill: string
  readonly iconColour: string
  readonly zIndex: number
}

export type EntityState = 'rest' | 'picked' | 'chosen' | 'hovered' | 'dimmed'

/** Radius in pixels at zoom 1; smaller on crowded charts. */
export function entitySize(entity: ChartEntity, crowd: number): number {
  if (isGroup(entity.id)) return 20
  const scale = crowd > 150 ? 0.62 : crowd > 90 ? 0.78 : crowd > 50 ? 0.88 : 1
  const base = entity.focus ? 19 : entity.kind === 'Person' || entity.kind === 'Organisation' ? (entity.rank !== null && entity.rank <= 10 ? 15 : 13) : 11
  return base * scale
}

/** A filled disc for the named, a hollow one for protected identities: told apart without colour. */
export function entityLook(entity: ChartEntity, crowd: number, state: EntityState): EntityLook {
  const colour = state === 'dimmed' ? DIM_FILL : isGroup(entity.id) ? GROUP_COLOUR : ENTITY_KINDS[entity.kind].colour
  const size = entitySize(entity, crowd)
  const fill = entity.masked ? '#ffffff' : colour
  const iconColour = entity.masked ? colour : state === 'dimmed' ? DIM_ICON : '#ffffff'
  const marked = state === 'picked' || state === 'chosen' ? PICKED : state === 'hovered' ? '#1b2a3a' : entity.focus && state === 'rest' ? FOCUS : null
  if (marked !== null) {
    return { size: size + 4, ringColour: marked, ringSize: 3, gapColour: entity.masked ? colour : '#ffffff', gapSize: 2, fill, iconColour, zIndex: 3 }
  }
  return entity.masked
    ? { size, ringColour: colour, ringSize: 2.5, gapColour: '#ffffff', gapSize: 0, fill, iconColour, zIndex: state === 'dimmed' ? 0 : 1 }
    : { size: size + 1, ringColour: PAPER, ringSize: 1.5, gapColour: colour, gapSize: 0, fill, iconColour, zIndex: state === 'dimmed' ? 0 : 1 }
}

/** Grows with the logarithm of the count: 1 -> 1.6, 10 -> 3.3, 100 -> 5, 1000 -> 6.7 pixels. */
export function linkWidth(count: number): number {
  return Math.min(8, 1.6 + Math.log10(Math.max(1, count)) * 1.7)
}

export interface LinkLook {
  readonly size: number
  readonly color: string
  readonly style: number
  readonly arrow: boolean
  readonly zIndex: number
}

/** @param crowd links on the chart: many are drawn thinner, so that they stay apart. */
export function linkLook(link: ChartLink, crowd: number, state: EntityState): LinkLook {
  const width = linkWidth(link.count) * (crowd > 150 ? 0.75 : crowd > 80 ? 0.87 : 1)
  return {
    size: state === 'picked' || state === 'hovered' ? width + 1.4 : width,
    color: state === 'dimmed' ? DIM_LINK : state === 'picked' ? PICKED : LINK_CLASSES[linkClass(link)].colour,
    style: STYLE_CODES[link.strength],
    arrow: link.directed,
    zIndex: state === 'dimmed' ? 0 : state === 'rest' ? 1 : 2,
  }
}
