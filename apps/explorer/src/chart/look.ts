/** How entities and links look on the screen: sizes and rings by how crowded it is; drawn state (dimmed, picked) is laid over it. */
import type { ChartEntity, ChartLink } from '@ringmap/model/chart'
import { DIMMED, FOCUS, GROUP_COLOUR, kindColour, LINK_CLASSES, linkClass, PAPER, PICKED, SCREEN, SCREEN_INK } from '@ringmap/drawing/colours'
import { widthStep } from '@ringmap/drawing/line-style'
import { STYLE_CODES } from './link-packing.ts'
import { isGroup } from './shape.ts'

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
  const colour = state === 'dimmed' ? DIMMED.fill : isGroup(entity.id) ? GROUP_COLOUR : kindColour(entity.kind)
  const size = entitySize(entity, crowd)
  const fill = entity.masked ? PAPER : colour
  const iconColour = entity.masked ? colour : state === 'dimmed' ? DIMMED.icon : PAPER
  const marked = state === 'picked' || state === 'chosen' ? PICKED : state === 'hovered' ? SCREEN_INK : entity.focus && state === 'rest' ? FOCUS : null
  if (marked !== null) {
    return { size: size + 4, ringColour: marked, ringSize: 3, gapColour: entity.masked ? colour : PAPER, gapSize: 2, fill, iconColour, zIndex: 3 }
  }
  return entity.masked
    ? { size, ringColour: colour, ringSize: 2.5, gapColour: PAPER, gapSize: 0, fill, iconColour, zIndex: state === 'dimmed' ? 0 : 1 }
    : { size: size + 1, ringColour: SCREEN, ringSize: 1.5, gapColour: colour, gapSize: 0, fill, iconColour, zIndex: state === 'dimmed' ? 0 : 1 }
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
  const width = widthStep(link.count).width * (crowd > 150 ? 0.75 : crowd > 80 ? 0.87 : 1)
  return {
    size: state === 'picked' || state === 'hovered' ? width + 1.4 : width,
    color: state === 'dimmed' ? DIMMED.line : state === 'picked' ? PICKED : LINK_CLASSES[linkClass(link)].colour,
    style: STYLE_CODES[link.strength],
    arrow: link.directed,
    zIndex: state === 'dimmed' ? 0 : state === 'rest' ? 1 : 2,
  }
}
