/** Payments as columns in the order of time, and the accounts' own lists of them. */
import { grouped, type Grouped } from '@ringmap/graph/grouped'

export interface Payments {
  readonly accounts: number
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** Milliseconds since 1970 UTC, ascending. */
  readonly at: Float64Array
  /** Whole paise, at least 1, below 2^53. */
  readonly amount: Float64Array
}

/** Payments in and out of each account, in the order of time. */
export function flowsOf(payments: Payments): { readonly into: Grouped; readonly out: Grouped } {
  return { into: grouped(payments.target, payments.accounts), out: grouped(payments.source, payments.accounts) }
}
