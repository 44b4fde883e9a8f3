/** The chart as it stands on the screen, every place and look settled: for the canvas where WebGL is missing, and for pictures of what is seen. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { PAPER } from '@ringmap/drawing/colours'
import { loopCurve, rim } from '@ringmap/drawing/link-courses'
import type { Measure, Operation } from '@ringmap/drawing/operations'
import type { Curve, Scene } from '@ringmap/drawing/scene'
import { disputedMarkOn } from '@ringmap/drawing/scene-drawing'
import type { SymbolLook } from '@ringmap/drawing/symbols'
import type { Attention, Emphasis } from './emphasis.ts'
import { entityLook, linkLook, type EntityLook } from './look.ts'
import { namesOf, type Screen } from './names.ts'
import { isGroup } from './shape.ts'

/** @param screen its radii are those of symbols as they look now, rings with them. */
export function screenScene(chart: Chart, screen: Screen, attention: Attention, emphasis: Emphasis, measure: Measure): Scene {
  const [links, entities] = [chart.links.length, chart.entities.length]
  const loops = new Map<string, number>()
  const curves = chart.links.flatMap((link) => {
    const curve = curveOf(link, screen, loops)
    return curve === null ? [] : [{ link, curve, look: linkLook(link, links, emphasis.link(link.id)) }]
  })
  const symbols = chart.entities.flatMap((entity) => {
    const at = screen.place(entity.id)
    return at === null ? [] : [{ entity, at, look: entityLook(entity, entities, emphasis.entity(entity.id)) }]
  })
  return {
    links: inDepth(curves).map(({ link, curve, look }) => ({
      ...curve, strength: link.strength, directed: link.directed, disputed: link.disputed === true, unproved: link.unproved === true, colour: look.color, width: look.size, title: link.label,
    })),
    plates: [],
    entities: inDepth(symbols).map(({ entity, at, look }) => ({ x: at.x, y: at.y, symbol: symbolOf(entity, look, at.radius), title: entity.label, rank: null, label: null })),
    names: namesOf(chart, screen, attention, emphasis, measure),
  }
}

/** What steps back lies below, what is picked above; else as they came. */
function inDepth<T extends { readonly look: { readonly zIndex: number } }>(things: readonly T[]): readonly T[] {
  return things.toSorted((a, b) => a.look.zIndex - b.look.zIndex)
}

/** From rim to rim, bent as far as the screen says. */
export function curveOf(link: Pick<ChartLink, 'id' | 'source' | 'target'>, { place, bend }: Screen, loops: Map<string, number>): Curve | null {
  const [from, to] = [place(link.source), place(link.target)]
  if (from === null || to === null) return null
  if (link.source === link.target) {
    const before = loops.get(link.source) ?? 0
    loops.set(link.source, before + 1)
    return loopCurve(from, before)
  }
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const span = Math.hypot(dx, dy) || 1
  // A curve passes half-way between its control point and the straight line. Screen y runs down while the bend is given with y up.
  const off = bend(link.id) * 2
  const middle = { x: (from.x + to.x) / 2 + dy / span * off, y: (from.y + to.y) / 2 - dx / span * off }
  return { from: rim(from, middle), bend: middle, to: rim(to, middle) }
}

/** Marks of disputed links, for a renderer that draws the lines themselves. @param inSight by id */
export function disputedParts({ links }: Chart, inSight: ReadonlyMap<string, ChartLink>, screen: Screen): readonly Operation[] {
  if (!links.some(({ disputed }) => disputed === true)) return []
  const loops = new Map<string, number>()
  return links.flatMap((link) => {
    const curve = curveOf(link, screen, loops)
    return curve === null || link.disputed !== true || !inSight.has(link.id) ? [] : disputedMarkOn(curve)
  })
}

function symbolOf(entity: ChartEntity, look: EntityLook, size: number): SymbolLook {
  const scale = size / look.size
  return {
    shape: look.shape, radius: look.radius * scale, fill: look.fill, ring: look.ringColour, ring_width: look.ringWidth * scale,
    icon: isGroup(entity.id) ? 'boxes' : ENTITY_KINDS[entity.kind].icon, icon_colour: look.iconColour,
    halo: look.haloWidth === 0 ? null : { radius: (look.size - look.haloWidth / 2) * scale, width: look.haloWidth * scale, colour: look.haloColour, fill: PAPER },
  }
}
