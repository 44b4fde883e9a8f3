/** One door to every pattern that can be looked for in a case: runs it and lets the answer out behind the mask. */
import type { PatternFindings } from '@ringmap/model/pattern'
import type { WorkOptions } from '@ringmap/model/progress'
import type { CaseView } from './case-view.ts'
import { findSwaps } from './find-swaps.ts'
import { published } from './pattern-drafts.ts'

export interface PatternOptions extends WorkOptions {
  /** Findings that come back; all are counted. */
  readonly limit?: number | undefined
  /** Least probability, for patterns that give one. */
  readonly least?: number | undefined
}

export const LIMIT = 200

export async function swapsOf(view: CaseView, options: PatternOptions = {}): Promise<PatternFindings> {
  options.progress?.('swaps', 0, 1)
  return await published(view, 'swaps', await findSwaps(view.open, options), options.limit ?? LIMIT)
}
