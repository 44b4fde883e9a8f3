/** A network as it goes out to other programs and comes back from them: entities, links, and what the sources say under each. */
import type { ChartLink } from './chart.ts'
import type { Link } from './entity.ts'
import type { EntityKind, Role } from './schema.ts'

/** Note on a masked entity in a format that has no field for it: whoever reads the file must not take a code for a name. */
export const MASKED_NOTE = 'identity protected: a code stands for it'

export interface ExportEntity {
  readonly id: string
  readonly kind: EntityKind
  readonly label: string
  readonly roles: readonly Role[]
  readonly masked: boolean
  readonly rank: number | null
  readonly ring: string | null
  /** Chart units, y up; both or neither. */
  readonly x?: number
  readonly y?: number
  readonly statements?: readonly Statement[]
}

/** What one source says of an entity or link, with one grade: how often, when, and in which rows. */
export interface Statement {
  /** Name of the source in the case file. */
  readonly source: string
  readonly file: string
  readonly sha256: string
  /** As written (`B2`), or null where none was given. */
  readonly grade: string | null
  readonly count: number
  readonly first_ms: number | null
  readonly last_ms: number | null
  /** The first of its rows, ascending, counted as a spreadsheet counts them. */
  readonly rows: readonly number[]
  /** How many rows there are. */
  readonly rows_of: number
}

export interface ExportLink extends Omit<ChartLink, 'disputed' | 'unproved'>, Partial<Pick<Link, 'duration_s' | 'commodity'>> {
  readonly statements?: readonly Statement[]
}

export interface ExportGraph {
  /** Name of the case or title of the chart. */
  readonly name: string
  readonly entities: readonly ExportEntity[]
  readonly links: readonly ExportLink[]
}
