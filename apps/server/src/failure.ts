/** An error in the words that the page may have: what, and what to do. What ringmap did not foresee is told on the terminal alone. */
import { RingmapError } from '@ringmap/model/errors'
import type { WorkFailure } from '@ringmap/model/live'
import { systemFailure } from '@ringmap/model/system-failure'

export function failureOf(error: unknown): WorkFailure {
  if (error instanceof RingmapError) return { code: error.code, message: error.message, hint: error.hint, details: error.details }
  const system = systemFailure(error, { path: false })
  if (system !== null) {
    process.stderr.write(`ringmap: ${systemFailure(error, { path: true })?.message ?? ''}\n`)
    return { code: system.code, message: system.message, hint: system.hint, details: system.details }
  }
  // The stack stays on this side; what it holds is nobody's business in the page.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return { code: 'failed', message: 'Something in ringmap itself failed; the terminal has the details.', hint: 'Please report it with what the terminal says.' }
}
