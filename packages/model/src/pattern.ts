/** Findings about what was done rather than where somebody stands: swaps, meetings, money on its way; each with how sure it is and the rows under it. */
import type { Entity } from './entity.ts'
import type { Reason } from './finding.ts'

/** What `ringmap find NAME` can look for among calls, money and movement. */
export const PATTERNS = {
  swaps: 'a new number or handset that takes over from an old one',
  'common-contacts': 'pairs who share more contacts than chance gives',
  'co-location': 'pairs who are at the same place at the same time more often than chance gives',
  'travelling-together': 'pairs who pass the same places one after another more often than chance gives',
  paths: 'who could have passed word, money or a person to whom, in the order of time',
  joins: 'the smallest network that joins given persons or things',
  money: 'where a sum went, account by account',
  typologies: 'payments in the shapes that money laundering takes',
  motifs: 'a call, then a payment, then a movement, closer together than chance gives',
  behaviour: 'what a person does, by readable rules, with what speaks for it and against it',
  routes: 'flows between places, by season and commodity; shared couriers',
  gaps: 'silent days, missing records, and which of them to ask for next',
} as const
export type PatternName = keyof typeof PATTERNS

/** How wrong a finding can be, and what that number is. */
export interface Sureness {
  /**
   * `posterior`: probability that the finding is true under the stated model. `q`: false discovery rate of the list down to this finding.
   * `exact`: follows from the rows alone. `rule`: a rule holds; nothing is estimated.
   */
  readonly kind: 'posterior' | 'q' | 'exact' | 'rule'
  /** 0 to 1; null where nothing is estimated. */
  readonly value: number | null
}

/** A row that a finding stands on, as a spreadsheet counts it. */
export interface RowPlace {
  readonly source: string
  readonly file: string
  readonly row: number
}

export interface PatternFinding {
  readonly pattern: PatternName
  /** Which shape, where a pattern has several: `fan-in`, `structuring`, `transporter`. */
  readonly shape: string | null
  readonly subjects: readonly Entity[]
  readonly text: string
  readonly value: number
  /** What the value counts: `log odds`, `paise`, `meetings`. */
  readonly unit: string
  readonly sureness: Sureness
  readonly first_ms: number | null
  readonly last_ms: number | null
  readonly because: readonly Reason[]
  readonly against: readonly Reason[]
  readonly rows: readonly RowPlace[]
  /** How many rows there are; `rows` holds the first of them. */
  readonly rows_of: number
}

export interface PatternFindings {
  readonly pattern: PatternName
  /** Sentence with the settings that decide what is found. */
  readonly method: string
  readonly findings: readonly PatternFinding[]
  /** How many there are; `findings` holds the first of them. */
  readonly of: number
  /** What to know before relying on it. */
  readonly cautions: readonly string[]
}
