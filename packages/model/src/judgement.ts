/** Whether two records are the same: what was compared, what it weighs, and who decided. */

/** One comparison of a pair, with its part in the total. */
export interface Comparison {
  /** What was compared: `pan`, `name`, `father`. */
  readonly on: string
  readonly left: string
  readonly right: string
  /** Level reached: `exact`, `close`, `different`, `missing`. */
  readonly level: string
  /** Bits: log2 of the Bayes factor. */
  readonly weight: MatchWeight
}

/** Bits of evidence: log2 of the odds ratio; +10 means about a thousand to one in favour. */
export type MatchWeight = number

/** Why a pair was judged as it was: the prior and one bar for each comparison; they add up to the total. */
export interface Explanation {
  readonly prior: MatchWeight
  readonly comparisons: readonly Comparison[]
  readonly total: MatchWeight
}

/** A decision about two records. A person's outweighs the machine's, and none is ever deleted. */
export interface Judgement {
  readonly left: string
  readonly right: string
  readonly verdict: 'same' | 'different' | 'unsure'
  readonly by: string
  readonly machine: boolean
  /** Milliseconds since 1970 UTC. */
  readonly at_ms: number
  readonly why: string
}

/** What a person can say of two records; `withdraw` takes back what the same or another person said of them, which stays in the log. */
export const ANSWERS = ['same', 'different', 'unsure', 'withdraw'] as const
export type Answer = (typeof ANSWERS)[number]

/** A line of the log of what persons decided; lines are only ever added. */
export interface LoggedAnswer {
  /** Ids of records: the id that an entity of this record alone has. The smaller one first. */
  readonly left: string
  readonly right: string
  readonly answer: Answer
  readonly by: string
  readonly at_ms: number
  readonly why: string
}

/** What stands of a pair after all answers: `disputed` where two persons' last words differ. */
export interface StandingAnswer {
  readonly left: string
  readonly right: string
  readonly verdict: 'same' | 'different' | 'unsure' | 'disputed'
  /** Last words that make it up, in the order given. */
  readonly words: readonly LoggedAnswer[]
}

/** A record beside another: what its rows say. */
export interface ReviewRecord {
  /** Id of the record: answers are about records, so that they outlive every change of entities. */
  readonly id: string
  readonly entity: string
  readonly label: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly rows: readonly { readonly source: string; readonly row: number }[]
}

export interface ReviewPair {
  readonly left: ReviewRecord
  readonly right: ReviewRecord
  /** Bits. */
  readonly weight: number
  /** `waiting`, `held` by the guard against chains, `contradicted`, `unsure` or `disputed` by persons. */
  readonly state: string
  readonly why: string
  readonly explanation: Explanation
}

export interface ReviewQueue {
  /** Strongest first. */
  readonly pairs: readonly ReviewPair[]
  readonly of: number
}
