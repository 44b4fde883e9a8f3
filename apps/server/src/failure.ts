/** An error in the words that the page may have: what, and what to do. What ringmap did not foresee is told on the terminal alone. */
import { RingmapError } from '@ringmap/model/errors'
import type { WorkFailure } from '@ringmap/model/live'

export function failureOf(error: unknown): WorkFailure {
  if (error instanceof RingmapError) return { code: error.code, message: error.message, hint: error.hint, details: error.details }
  // The stack stays on this side; what it holds is nobody's business in the page.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return { code: 'failed', message: 'Something in ringmap itself failed; the terminal has the details.', hint: 'Please report it with what the terminal says.' }
}
