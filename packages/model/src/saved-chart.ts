/** Charts that are kept in the case: what lies in the file of one, its line in the list, and what opening it gives. */
import type { Chart, ChartLink, ChartNote } from './chart.ts'
import type { EntityKind } from './schema.ts'

/** A chart as it lies in the case: public ids and places, never labels of entities. */
export interface SavedChart {
  readonly version: 1
  readonly name: string
  /** 1 for the first; a save must name the one it started from, 0 for none. */
  readonly revision: number
  readonly subject: string
  readonly title: string
  /** Taken to be looked back at and compared, never saved over. */
  readonly snapshot: boolean
  /** Kind and rank are those of the day, null in charts saved before they were kept. */
  readonly entities: readonly {
    readonly id: string; readonly x: number; readonly y: number; readonly pinned: boolean; readonly focus: boolean; readonly kind: EntityKind | null; readonly rank: number | null
  }[]
  /** Links as they were that day, so that a later case can be compared with it; null in charts saved before they were kept. */
  readonly links: readonly SavedLink[] | null
  readonly notes: readonly ChartNote[]
  readonly filters: Readonly<Record<string, unknown>>
  /** Drawn as one entity each: public ids. */
  readonly groups: readonly { readonly label: string; readonly members: readonly string[] }[]
  /** How links between the same two are drawn. */
  readonly merge: 'each' | 'direction' | 'pair'
  /** The analyst's log. `who` is empty for steps that have not been saved yet; the server fills it. */
  readonly log: readonly { readonly name: string; readonly at_ms: number; readonly who: string }[]
}

/** What a link said when a chart was saved. */
export type SavedLink = Pick<ChartLink, 'id' | 'kind' | 'source' | 'target' | 'count' | 'first_ms' | 'last_ms' | 'amount' | 'currency' | 'strength' | 'criminal'>

/** `revision` null: the file cannot be read. */
export interface SavedChartName {
  readonly name: string
  readonly snapshot: boolean
  readonly revision: number | null
  readonly entities: number
  readonly saved_ms: number | null
  readonly who: string | null
}

export interface SavedChartAnswer {
  readonly saved: SavedChart
  readonly chart: Chart
  /** Entities that the case no longer holds. */
  readonly gone: number
}
