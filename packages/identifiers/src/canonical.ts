/** What every scheme answers: one form for all ways of writing an identifier, and why a value fails its check. */

export interface Canonical {
  /** The form that is compared. Never empty for a cell with something in it; a tidied form of what was written where the check fails. */
  readonly value: string
  readonly valid: boolean
  /** Why the check failed, for an Issue; null when valid. */
  readonly problem: string | null
  /** What was read into it or is worth knowing: `service`, `O read as 0`, `old form`. */
  readonly note?: string
}

export function passed(value: string, note?: string): Canonical {
  return note === undefined ? { value, valid: true, problem: null } : { value, valid: true, problem: null, note }
}

export function failed(value: string, problem: string): Canonical {
  return { value, valid: false, problem }
}
