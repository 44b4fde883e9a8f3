/** What the server and the explorer say to each other: routes, their parameters, their answers. All identities in answers are masked already. */
import type { Chart, ChartEntity } from './chart.ts'
import type { Entity, Identifier, Link, Observation, Property, SourceRef, SourceRow } from './entity.ts'
import type { Findings } from './finding.ts'
import type { Answer, ReviewQueue } from './judgement.ts'
import type { WorkState, WorkStep } from './live.ts'
import type { OverTime } from './over-time.ts'
import type { PatternFindings, PatternName } from './pattern.ts'
import type { SavedChart, SavedChartAnswer, SavedChartName } from './saved-chart.ts'
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

/** Head of the columns that answer for times: the links in their order, and how many were too many to answer for. */
export interface LinkTimesHead {
  readonly links: readonly string[]
  readonly left_out: number
}

/** Something that happened to a person, or by what he or she uses. */
export interface TimelineEvent {
  readonly lane: 'contact' | 'money' | 'movement' | 'offence'
  readonly kind: LinkKind
  /** From the person; else to. */
  readonly outward: boolean
  readonly at_ms: number
  /** The person or the thing it went over. */
  readonly via: string
  readonly other: Entity
  readonly count: number
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly source: SourceRef
}

export interface Timeline {
  readonly subject: Entity
  /** What the person uses or owns, and whose events are among these. */
  readonly things: readonly Entity[]
  /** Oldest first; `of` says how many there are. */
  readonly events: readonly TimelineEvent[]
  readonly of: number
  readonly undated: number
}

/** Where a thing is, as its rows say. */
export interface PlacedEntity {
  readonly id: string
  readonly latitude: number | null
  readonly longitude: number | null
  /** How far a tower reaches, in metres; null where no row says so. It covers an area, and nobody on it is at its point. */
  readonly radius_m: number | null
  /** Degrees from north, clockwise, in which it looks; null where it looks all round, or nobody says. */
  readonly azimuth: number | null
  /** Names of place, district, village. */
  readonly words: readonly string[]
}

/** Who can sign or ask in this case, and what can be asked for. */
export interface CasePeople {
  readonly users: readonly { readonly id: string; readonly name: string; readonly role: 'analyst' | 'reviewer'; readonly post: string }[]
  readonly unmask_reasons: readonly string[]
  /** Those that a second person has to approve. */
  readonly approved_reasons: readonly string[]
  readonly profiles: readonly string[]
  readonly modes: readonly string[]
  /** Moment of the last act that changed what is found; null: the trail does not say. */
  readonly as_of_ms: number | null
  /** The server's clock, which decides when a permission has ended. */
  readonly now_ms: number
}

export interface UnmaskBody {
  readonly code: string
  readonly user: string
  readonly passphrase: string
  readonly reason: string
  readonly note: string
  readonly authority: string
  readonly until_ms: number
  /** The reviewer who approves; empty for nobody. */
  readonly approver: string
  readonly approver_passphrase: string
}

export interface UnmaskAnswer {
  readonly code: string
  readonly label: string
  readonly kind: string
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
  readonly watermark: string
}

export interface ExhibitBody {
  readonly subject: string
  readonly profile: string
  readonly mode: string
  readonly as_of_ms: number
  readonly analyst: string | null
  readonly reviewer: string | null
  readonly review_remarks: string
  /** Who receives this copy, printed outside the payload; empty for nobody. */
  readonly recipient: string
  readonly copy: number
  /** Order under which who stands behind the codes is written and sealed beside the bundle; null for none. */
  readonly annexe_authority: string | null
}

export interface ExhibitAnswer {
  /** Name to fetch the zip by. */
  readonly name: string
  readonly files: number
  readonly size: number
  readonly manifest_sha256: string
  readonly zip_sha256: string
  /** Sealed; stays in the case folder, to be handed over apart from the bundle. */
  readonly annexe: { readonly file: string; readonly sha256: string } | null
}

/** What to look for; each pattern takes what it needs. */
export interface PatternBody {
  readonly pattern: PatternName
  readonly who?: readonly string[]
  readonly account?: string
  readonly row?: string
}

/**
 * Head of the columns of the whole case. By entity: `kind`, `masked`, `x`, `y` (chart units, y up), `group` (community in the drawing), `id_ends` and `id_bytes` (public ids
 * one after the other, ASCII). By link, those from an entity to itself left out: `source`, `target` (places among the entities), `link_kind`, `strength` (place in
 * STRENGTHS), `criminal`, `first` and `last` (days since `origin_ms`; not a number: no time), `amount` (smallest unit; below 0: none), `count`.
 */
export interface WholeCaseHead {
  readonly entities: number
  readonly links: number
  readonly origin_ms: number
  readonly from_ms: number | null
  readonly until_ms: number | null
  /** Links from an entity to itself, which no line can show. */
  readonly loops: number
  /** Entities with most links, whose names stand on the drawing; labels are masked already. */
  readonly named: readonly { readonly entity: number; readonly label: string }[]
}

/** What the database behind the case holds at an entity, before anything is fetched. */
export interface InDatabase {
  /** Address and name, as people would say it. */
  readonly database: string
  readonly types: readonly {
    readonly type: string
    /** Relationships at the entity there, and how many of them the case has. */
    readonly in_database: number
    readonly in_case: number
    readonly others: readonly { readonly label: string; readonly nodes: number }[]
    /** Null where they can be taken in; else what is missing. */
    readonly not_because: string | null
  }[]
  /** In the database and not in the case, over all types. */
  readonly more: number
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
  /** Words of a note as they may be kept. */
  'POST /api/note': { readonly query: Record<string, never>; readonly body: { readonly text: string }; readonly answer: { readonly text: string; readonly masked: boolean } }
  'GET /api/search': { readonly query: { readonly q: string; readonly limit?: string }; readonly answer: SearchAnswer }
  'GET /api/entity': { readonly query: { readonly id: string }; readonly answer: EntityCard }
  'GET /api/link': { readonly query: { readonly id: string; readonly offset?: string }; readonly answer: LinkCard }
  /** `have`: ids on the chart already, comma separated; links to them come with the answer. */
  'POST /api/expand': {
    readonly query: Record<string, never>
    readonly body: { readonly id: string; readonly link: LinkKind | null; readonly kind: EntityKind | null; readonly have: readonly string[]; readonly limit: number }
    readonly answer: ExpandAnswer
  }
  /** Columns as `model/columns` writes them, under a `WholeCaseHead`. */
  'GET /api/whole': { readonly query: Record<string, never>; readonly answer: Uint8Array<ArrayBuffer> }
  /** A chart of chosen entities with every link among them. */
  'POST /api/among': { readonly query: Record<string, never>; readonly body: { readonly ids: readonly string[] }; readonly answer: Chart }
  /** `ids`: two to five entities. */
  'POST /api/paths': { readonly query: Record<string, never>; readonly body: { readonly ids: readonly string[] }; readonly answer: PathsAnswer }
  'GET /api/timeline': { readonly query: { readonly id: string }; readonly answer: Timeline }
  'POST /api/places': { readonly query: Record<string, never>; readonly body: { readonly ids: readonly string[] }; readonly answer: readonly PlacedEntity[] }
  'GET /api/over-time': { readonly query: Record<string, never>; readonly answer: OverTime }
  'POST /api/pattern': { readonly query: Record<string, never>; readonly body: PatternBody; readonly answer: PatternFindings }
  'GET /api/people': { readonly query: Record<string, never>; readonly answer: CasePeople }
  'POST /api/unmask': { readonly query: Record<string, never>; readonly body: UnmaskBody; readonly answer: UnmaskAnswer }
  /** What is missing before it can be written. */
  'POST /api/exhibit/check': { readonly query: Record<string, never>; readonly body: ExhibitBody; readonly answer: readonly { readonly what: string; readonly hint: string }[] }
  'POST /api/exhibit': { readonly query: Record<string, never>; readonly body: ExhibitBody & { readonly passphrases: Readonly<Record<string, string>> }; readonly answer: ExhibitAnswer }
  'GET /api/review': { readonly query: { readonly all?: string }; readonly answer: ReviewQueue }
  'POST /api/review': { readonly query: Record<string, never>; readonly body: { readonly left: string; readonly right: string; readonly answer: Answer; readonly why: string }; readonly answer: { readonly answers: number } }
  'GET /api/work': { readonly query: Record<string, never>; readonly answer: WorkState }
  'POST /api/work': { readonly query: Record<string, never>; readonly body: { readonly steps: readonly WorkStep[]; readonly force: boolean }; readonly answer: WorkState }
  'POST /api/work/stop': { readonly query: Record<string, never>; readonly body: Record<string, never>; readonly answer: WorkState }
  'GET /api/database': { readonly query: { readonly id: string }; readonly answer: InDatabase }
  /** `types`: relationship types of the database, to be taken in by a run of import, link and find. */
  'POST /api/database': { readonly query: Record<string, never>; readonly body: { readonly id: string; readonly types: readonly string[] }; readonly answer: WorkState }
  /** Columns as `model/columns` writes them, under a `LinkTimesHead`. */
  'POST /api/times': { readonly query: Record<string, never>; readonly body: { readonly links: readonly string[] }; readonly answer: Uint8Array<ArrayBuffer> }
}

/** Any refusal, with the wording of `RingmapError` and what fills it, so that a page can say it in another language. */
export interface WireError {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly details?: Readonly<Record<string, string | number>> }
}
