/** How entities and links look on the screen: sizes and rings by how crowded it is; drawn state (dimmed, picked) is laid over it. */
import type { ChartEntity, ChartLink } from '@ringmap/model/chart'
import { DIMMED, FOCUS, GROUP_COLOUR, kindColour, LINK_CLASSES, linkClass, PAPER, PICKED, SCREEN, SCREEN_INK } from '@ringmap/drawing/colours'
import { widthStep } from '@ringmap/drawing/line-style'
import { cornerReach, OUTER_SHAPES, type OuterShape } from '@ringmap/drawing/symbols'
import { STYLE_CODES } from './link-packing.ts'
import { isGroup } from './shape.ts'

/** Attributes the symbol program reads; pixels at zoom 1. */
export interface EntityLook {
  readonly shape: OuterShape
  /** All that is drawn, a ring about it included. */
  readonly size: number
  /** Of the shape itself, its own ring included. */
  readonly radius: number
  readonly fill: string
  readonly ringColour: string
  readonly ringWidth: number
  /** A circle about what stands out, and air within it; width 0: there is none. */
  readonly haloColour: string
  readonly haloWidth: number
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

/** Filled for the named, hollow for protected identities: told apart without colour. */
export function entityLook(entity: ChartEntity, crowd: number, state: EntityState): EntityLook {
  const colour = state === 'dimmed' ? DIMMED.fill : isGroup(entity.id) ? GROUP_COLOUR : kindColour(entity.kind)
  const halo = state === 'picked' || state === 'chosen' ? PICKED : state === 'hovered' ? SCREEN_INK : entity.focus && state === 'rest' ? FOCUS : null
  const own = entitySize(entity, crowd)
  // A filled shape has a rim of what it lies on, so that shapes that touch stay apart.
  const radius = entity.masked || halo !== null ? own : own + 1
  return {
    shape: isGroup(entity.id) ? OUTER_SHAPES.Person : OUTER_SHAPES[entity.kind], radius, size: halo === null ? radius : radius * cornerRoom(entity) + 5,
    fill: entity.masked ? PAPER : colour, ringColour: entity.masked ? colour : halo === null ? SCREEN : colour, ringWidth: entity.masked ? 2.5 : halo === null ? 1.5 : 0,
    haloColour: halo ?? PAPER, haloWidth: halo === null ? 0 : 3,
    iconColour: entity.masked ? colour : state === 'dimmed' ? DIMMED.icon : PAPER, zIndex: halo !== null ? 3 : state === 'dimmed' ? 0 : 1,
  }
}

/** A ring goes about the corners too. */
function cornerRoom(entity: ChartEntity): number {
  const { sides } = isGroup(entity.id) ? OUTER_SHAPES.Person : OUTER_SHAPES[entity.kind]
  return sides === 0 ? 1 : cornerReach(sides)
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
