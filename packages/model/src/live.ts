/** What happens while an explorer is open: steps that run, changes of the case, charts that are saved; told to every window. */

/** Steps that can be run from the explorer, in their order. */
export const WORK_STEPS = ['import', 'link', 'find'] as const
export type WorkStep = (typeof WORK_STEPS)[number]

export interface WorkProgress {
  readonly step: WorkStep
  /** What the step is doing, as it says it. */
  readonly what: string
  readonly done: number
  /** 0 where it is not known. */
  readonly total: number
}

export interface WorkFailure {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly details?: Readonly<Record<string, string | number>>
}

/** `idle` before the first work; `stopped` and `failed`: the case is as it was. */
export interface WorkState {
  readonly state: 'idle' | 'running' | 'stopping' | 'done' | 'stopped' | 'failed'
  readonly steps: readonly WorkStep[]
  readonly who: string | null
  readonly progress: WorkProgress | null
  readonly failure: WorkFailure | null
  /** What each step did, once all are done: words of the audit trail, rid of protected values. */
  readonly acts: readonly { readonly step: WorkStep; readonly what: string }[]
}

export const NO_WORK: WorkState = { state: 'idle', steps: [], who: null, progress: null, failure: null, acts: [] }

export type LiveEvent =
  | { readonly type: 'work'; readonly work: WorkState }
  /** The case is another one now: what was read before may be old. `version` counts from 1 in each run of the server. */
  | { readonly type: 'case'; readonly version: number }
  | { readonly type: 'saved'; readonly name: string; readonly revision: number; readonly who: string }
  /** Somebody answered about two records; the link step follows it when it is run next. */
  | { readonly type: 'judged'; readonly answers: number }
