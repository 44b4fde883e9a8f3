/** A chart: the part of a network that is drawn, with its places, and how much of the whole it shows. */
import type { Link } from './entity.ts'
import type { EntityKind, Role } from './schema.ts'

export interface ChartEntity {
  readonly id: string
  readonly kind: EntityKind
  readonly label: string
  readonly roles: readonly Role[]
  readonly masked: boolean
  /** Chart units, y up; filled by a layout. */
  readonly x: number
  readonly y: number
  /** The subject of the finding that the chart is about. */
  readonly focus: boolean
  /** Place in the organiser order, when ranked. */
  readonly rank: number | null
  readonly ring: string | null
}

/** All links of one kind between two entities drawn as one, sums with it; the weakest strength stays visible. */
export interface ChartLink extends Omit<Link, 'duration_s' | 'commodity'> {
  readonly label: string
  readonly directed: boolean
  /** A row under it is graded improbable or suspected to be false: drawn with a mark of its own. */
  readonly disputed?: boolean
  /** None of the sources under it has the certificate that it needs: not yet provable, and marked so in an exhibit. */
  readonly unproved?: boolean
}

/** Where words stand: on the canvas (chart units, y up), or a few pixels to the right of and below what they are tied to. */
export type NotePlace =
  | { readonly on: 'canvas'; readonly x: number; readonly y: number }
  | { readonly on: 'entity' | 'link'; readonly id: string; readonly right: number; readonly down: number }

/** Words that an analyst put on a chart; rid of protected names before they are kept. */
export interface ChartNote {
  readonly id: string
  readonly text: string
  readonly place: NotePlace
}

/** What is on the chart out of what there is, and why the rest is not. */
export interface Shown {
  readonly entities: number
  readonly entities_of: number
  readonly links: number
  readonly links_of: number
  readonly why: string
}

export interface Chart {
  readonly title: string
  readonly subtitle: string
  readonly entities: readonly ChartEntity[]
  readonly links: readonly ChartLink[]
  readonly shown: Shown
}
