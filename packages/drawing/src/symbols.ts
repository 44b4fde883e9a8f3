/** Symbols of entities and the small marks on a chart. */
import { ENTITY_KINDS, type EntityKind } from '@ringmap/model/schema'
import { INK, kindColour, PAPER } from './colours.ts'
import type { CircleOperation, GroupOperation, Operation, Paint, Place, PolygonOperation } from './operations.ts'

/** Sides of a polygon, 0 for a circle; `turn` as a share of one side. */
export interface OuterShape {
  readonly sides: number
  readonly turn: number
}

/** The outer shape tells families of kinds apart where colour cannot. */
export const OUTER_SHAPES: Readonly<Record<EntityKind, OuterShape>> = {
  Person: { sides: 0, turn: 0 }, Organisation: { sides: 6, turn: 0 },
  Phone: { sides: 4, turn: 0.5 }, Sim: { sides: 4, turn: 0.5 }, Handset: { sides: 4, turn: 0.5 }, OnlineAccount: { sides: 4, turn: 0.5 },
  BankAccount: { sides: 8, turn: 0.5 }, Document: { sides: 8, turn: 0.5 },
  Vehicle: { sides: 5, turn: 0 }, Consignment: { sides: 5, turn: 0 },
  Address: { sides: 6, turn: 0.5 }, Location: { sides: 6, turn: 0.5 },
  Event: { sides: 4, turn: 0 },
}

/** A ring about a symbol that stands out, of the same shape for every kind. */
export interface Halo {
  readonly radius: number
  readonly width: number
  readonly colour: string
  readonly fill: string
}

export interface SymbolLook {
  readonly shape: OuterShape
  readonly radius: number
  readonly fill: string
  readonly ring: string
  readonly ring_width: number
  readonly icon: string
  readonly icon_colour: string
  readonly halo: Halo | null
}

/** White with a ring in the kind's colour; what the chart is about has a second ring. */
export function paperSymbol(kind: EntityKind, radius: number, focus: boolean): SymbolLook {
  return {
    shape: OUTER_SHAPES[kind], radius, fill: PAPER, ring: kindColour(kind), ring_width: radius * (focus ? 0.2 : 0.12), icon: ENTITY_KINDS[kind].icon, icon_colour: kindColour(kind),
    halo: focus ? { radius: radius * 1.32, width: radius * 0.1, colour: INK, fill: PAPER } : null,
  }
}

/** The symbol about (0, 0), of parts that need no further place. */
export function symbolParts({ shape: { sides, turn }, radius, fill, ring, ring_width, icon, icon_colour, halo }: SymbolLook): Operation[] {
  const paint: Paint = { fill, stroke: { colour: ring, width: ring_width, join: 'round' } }
  const inner = radius - ring_width / 2
  const outer: CircleOperation | PolygonOperation = sides === 0 ? { op: 'circle', x: 0, y: 0, radius: inner, paint }
    : { op: 'polygon', corners: cornersOf(sides, turn, inner * cornerReach(sides)), paint }
  return [
    ...(halo === null ? [] : [{ op: 'circle', x: 0, y: 0, radius: halo.radius, paint: { fill: halo.fill, stroke: { colour: halo.colour, width: halo.width } } } as const]),
    outer,
    { op: 'icon', icon, size: radius * (sides === 4 && turn === 0 ? 0.95 : 1.1), colour: icon_colour },
  ]
}

/** A polygon reaches further than a circle of the same size, so that both look as large. */
export function cornerReach(sides: number): number {
  return sides === 4 ? 1.12 : 1.04
}

function cornersOf(sides: number, turn: number, radius: number): readonly Place[] {
  return Array.from({ length: sides }, (_, i) => {
    const angle = ((i + turn) / sides) * 2 * Math.PI - Math.PI / 2
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius }
  })
}

/** A cross in a disc: a shape of its own, so that it shows in grey print. */
export function disputedMark(x: number, y: number): Operation[] {
  return [
    { op: 'circle', x, y, radius: 6.5, paint: { fill: PAPER, stroke: { colour: INK, width: 1.2 } } },
    { op: 'path', steps: [['M', x - 3, y - 3], ['L', x + 3, y + 3], ['M', x - 3, y + 3], ['L', x + 3, y - 3]], paint: { fill: null, stroke: { colour: INK, width: 1.6 } } },
  ]
}

/** An open triangle: what stands on it has no certificate yet. */
export function unprovedMark(x: number, y: number): Operation[] {
  return [{ op: 'path', steps: [['M', x, y - 5.5], ['L', x + 5.2, y + 3.8], ['L', x - 5.2, y + 3.8], ['Z']], paint: { fill: PAPER, stroke: { colour: INK, width: 1.2, join: 'round' } } }]
}

/** The number of an entity's place in the order. */
export function rankMark(rank: number, x: number, y: number, radius: number): GroupOperation {
  return {
    op: 'group',
    parts: [
      { op: 'circle', x, y, radius, paint: { fill: INK } },
      { op: 'words', text: String(rank), x, y: y + radius * 0.42, size: radius * (rank > 99 ? 0.95 : 1.2), weight: 'bold', colour: '#ffffff', anchor: 'middle' },
    ],
  }
}
