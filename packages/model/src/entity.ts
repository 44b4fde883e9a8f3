/** Entities, links and the observations under them: what the link step makes out of records. */
import type { EntityKind, LinkKind, Role } from './schema.ts'
import type { Grade, Strength } from './grade.ts'

/** Where a fact stands: a record of a file as a spreadsheet counts it (the header is row 1). */
export interface SourceRef {
  /** Source name in case.yaml. */
  readonly source: string
  /** File name inside the case folder, or the database and query for Neo4j. */
  readonly file: string
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string
  /** Sheet of a workbook. */
  readonly sheet?: string
  /** 1-based record number; the header is 1, the first data row is 2. */
  readonly row: number
}

/** A source row as written, cells in file order. Protected values arrive already masked outside the case. */
export interface SourceRow {
  readonly ref: SourceRef
  readonly cells: readonly { readonly column: string; readonly value: string | null; readonly masked?: boolean }[]
}

export interface Entity {
  /** Stable, derived from kind and canonical key: `P-4F7K2M9QRT`. */
  readonly id: string
  readonly kind: EntityKind
  /** Name or canonical identifier; a pseudonym where masked. */
  readonly label: string
  /** Most protected role first; empty for things. */
  readonly roles: readonly Role[]
  /** True when the label is a pseudonym. */
  readonly masked: boolean
}

export interface Property {
  readonly name: string
  readonly value: string
  readonly source: SourceRef
}

/** An identifier in its canonical form beside what was written. */
export interface Identifier {
  readonly scheme: string
  readonly value: string
  readonly as_written: string
  readonly valid: boolean
}

export interface Link {
  /** Stable, derived from kind and the two ends. */
  readonly id: string
  readonly kind: LinkKind
  readonly source: string
  readonly target: string
  /** Observations, or calls where a row already counts several. */
  readonly count: number
  /** Milliseconds since 1970 UTC. */
  readonly first_ms: number | null
  readonly last_ms: number | null
  /** Sum in the smallest unit of the currency, as a decimal string: sums can pass 2^53. */
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly commodity: string | null
  readonly strength: Strength
  /** Whether any observation under it is evidence of an offence. */
  readonly criminal: boolean
}

export interface Observation {
  readonly at_ms: number | null
  readonly count: number
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly grade: Grade | null
  readonly source: SourceRef
}
