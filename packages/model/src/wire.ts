/** What the server and the explorer say to each other: routes, their parameters, their answers. All identities in answers are masked already. */
import type { Chart, ChartEntity } from './chart.ts'
import type { Entity, Identifier, Link, Observation, Property, SourceRow } from './entity.ts'
import type { Findings } from './finding.ts'
import type { Strength } from './grade.ts'
import type { Issue } from './issue.ts'
import type { EntityKind, LinkKind } from './schema.ts'

/** Every call carries the session token in this header; the page takes it from the address once and drops it from there. */
export const TOKEN_HEADER = 'x-ringmap-token'

export interface CaseSummary {
  readonly name: string
  /** IANA zone that times are shown in: the one of case.yaml. */
  readonly timezone?: string
  readonly sources: readonly { readonly name: string; readonly file: string; readonly rows: number; readonly rejected: number; readonly sha256: string }[]
  readonly rows: number
  readonly entities: readonly { readonly kind: EntityKind; readonly count: number }[]
  readonly links: readonly { readonly kind: LinkKind; readonly count: number; readonly observations: number }[]
  readonly first_ms: number | null
  readonly last_ms: number | null
  readonly issues: readonly Issue[]
}

export interface SearchHit {
  readonly id: string
  readonly kind: EntityKind
  readonly label: string
  readonly masked: boolean
  /** What matched, when it is not the label: `alias: …`. */
  readonly matched: string | null
  readonly links: number
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  readonly of: number
}

export interface EntityCard {
  readonly entity: Entity
  readonly properties: readonly Property[]
  readonly identifiers: readonly Identifier[]
  readonly neighbours: readonly NeighbourCount[]
  /** The rows it was read from, at most `rows_shown`. */
  readonly rows: readonly SourceRow[]
  readonly rows_of: number
  /** Place in the organiser order, if ranked. */
  readonly rank: { readonly overall: number | null; readonly ring: string | null; readonly in_ring: number | null } | null
}

export interface NeighbourCount {
  readonly link: LinkKind
  readonly kind: EntityKind
  readonly count: number
}

export interface LinkCard {
  readonly link: Link
  readonly source: Entity
  readonly target: Entity
  readonly observations: readonly Observation[]
  readonly observations_of: number
  readonly rows: readonly SourceRow[]
}

/** Answer to an expansion: what is new, placed around the entity that was expanded. */
export interface ExpandAnswer {
  readonly chart: Chart
  readonly around: ChartEntity['id']
  readonly of: number
}

/** A community of the person network in the view of the whole case. */
export interface OverviewGroup {
  /** `community-7`: a subject of `GET /api/chart`. */
  readonly id: string
  /** The ring that it is, if it is one. */
  readonly ring: string | null
  readonly label: string
  /** Label of its best tied member, masked where protected. */
  readonly around: string
  readonly persons: number
  readonly criminal_share: number | null
  /** Chart units, y up. */
  readonly x: number
  readonly y: number
}

export interface CaseOverview {
  readonly groups: readonly OverviewGroup[]
  readonly between: readonly { readonly source: string; readonly target: string; readonly ties: number }[]
  /** In the groups drawn, and in all. */
  readonly persons: number
  readonly persons_of: number
  readonly groups_of: number
  readonly why: string
}

/** One way from one entity to another. */
export interface JoiningPath {
  readonly entities: readonly string[]
  readonly links: readonly string[]
  /** A way is as good as its weakest link. */
  readonly weakest: Strength
}

export interface PathsAnswer {
  readonly chart: Chart
  /** Shortest first for each two. */
  readonly paths: readonly JoiningPath[]
}

/** A chart as it lies in the case: public ids and places, never labels of entities. */
export interface SavedChart {
  readonly version: 1
  readonly name: string
  /** 1 for the first; a save must name the one it started from, 0 for none. */
  readonly revision: number
  readonly subject: string
  readonly title: string
  readonly entities: readonly { readonly id: string; readonly x: number; readonly y: number; readonly pinned: boolean; readonly focus: boolean }[]
  readonly filters: Readonly<Record<string, unknown>>
  /** The analyst's log. `who` is empty for steps that have not been saved yet; the server fills it. */
  readonly log: readonly { readonly name: string; readonly at_ms: number; readonly who: string }[]
}

/** `revision` null: the file cannot be read. */
export interface SavedChartName {
  readonly name: string
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

/** Head of the columns that answer for times: the links in their order, and how many were too many to answer for. */
export interface LinkTimesHead {
  readonly links: readonly string[]
  readonly left_out: number
}

/** Route -> parameters and answer. `subject` of a chart is a ring id, a community id or an entity id. */
export interface Routes {
  'GET /api/case': { readonly query: Record<string, never>; readonly answer: CaseSummary }
  'GET /api/findings': { readonly query: Record<string, never>; readonly answer: Findings }
  'GET /api/chart': { readonly query: { readonly subject: string }; readonly answer: Chart }
  'GET /api/overview': { readonly query: Record<string, never>; readonly answer: CaseOverview }
  'GET /api/charts': { readonly query: Record<string, never>; readonly answer: readonly SavedChartName[] }
  'GET /api/saved': { readonly query: { readonly name: string }; readonly answer: SavedChartAnswer }
  'POST /api/saved': { readonly query: Record<string, never>; readonly body: Omit<SavedChart, 'version'>; readonly answer: SavedChart }
  'GET /api/search': { readonly query: { readonly q: string; readonly limit?: string }; readonly answer: SearchAnswer }
  'GET /api/entity': { readonly query: { readonly id: string }; readonly answer: EntityCard }
  'GET /api/link': { readonly query: { readonly id: string; readonly offset?: string }; readonly answer: LinkCard }
  /** `have`: ids on the chart already, comma separated; links to them come with the answer. */
  'POST /api/expand': {
    readonly query: Record<string, never>
    readonly body: { readonly id: string; readonly link: LinkKind | null; readonly kind: EntityKind | null; readonly have: readonly string[]; readonly limit: number }
    readonly answer: ExpandAnswer
  }
  /** `ids`: two to five entities. */
  'POST /api/paths': { readonly query: Record<string, never>; readonly body: { readonly ids: readonly string[] }; readonly answer: PathsAnswer }
  /** Columns as `model/columns` writes them, under a `LinkTimesHead`. */
  'POST /api/times': { readonly query: Record<string, never>; readonly body: { readonly links: readonly string[] }; readonly answer: Uint8Array<ArrayBuffer> }
}

/** Any refusal, with the wording of `RingmapError` and what fills it, so that a page can say it in another language. */
export interface WireError {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly details?: Readonly<Record<string, string | number>> }
}
