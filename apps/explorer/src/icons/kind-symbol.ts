/** The symbol of a kind of entity as it stands on the chart when nothing marks it out. */
import { GROUP_COLOUR, kindColour, PAPER } from '@ringmap/drawing/colours'
import type { Operation } from '@ringmap/drawing/operations'
import { OUTER_SHAPES, symbolParts } from '@ringmap/drawing/symbols'
import { ENTITY_KINDS, type EntityKind } from '@ringmap/model/schema'

/** @param kind `group`: several drawn as one. @param masked hollow, for a protected identity. */
export function kindSymbol(kind: EntityKind | 'group', masked: boolean, radius: number): readonly Operation[] {
  const colour = kind === 'group' ? GROUP_COLOUR : kindColour(kind)
  return symbolParts({
    shape: OUTER_SHAPES[kind === 'group' ? 'Person' : kind], radius, fill: masked ? PAPER : colour, ring: colour, ring_width: radius * 0.19,
    icon: kind === 'group' ? 'boxes' : ENTITY_KINDS[kind].icon, icon_colour: masked ? colour : PAPER, halo: null,
  })
}
