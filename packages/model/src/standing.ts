/** What a place in the order stands on: the rows without which it is lost, and the order without each source. */
import type { SourceRow } from './entity.ts'
import type { OrganiserFinding } from './finding.ts'

/** Rows without which a person is no longer among the first. */
export interface SmallestEvidence {
  readonly rows: readonly SourceRow[]
  readonly rows_of: number
  /** Place without them, and among how many. */
  readonly rank_without: number
  /**
   * `smallest`: every smaller set of the rows that this person's ties rest on was tried, and none does it. `irreducible`: no part of this set does it. `reduced`: no single part of it
   * can be left out.
   */
  readonly proof: 'smallest' | 'irreducible' | 'reduced'
  readonly text: string
}

export interface WithoutSource {
  readonly source: string
  readonly file: string
  /** Rows of it under this person's ties. */
  readonly rows: number
  readonly rank_without: number
  /** True where the person has no tie left. */
  readonly unseen: boolean
}

export interface Standing {
  readonly finding: OrganiserFinding
  /** "Among the first": 10, or as asked. */
  readonly first: number
  /** Rows under this person's ties. */
  readonly rows_of: number
  /** Null where the person is not among the first, or no set of these rows changes that. */
  readonly smallest: SmallestEvidence | null
  readonly without_source: readonly WithoutSource[]
  readonly cautions: readonly string[]
}
