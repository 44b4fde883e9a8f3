/** How long work says where it is and is told to stop. */
import { RingmapError } from './errors.ts'

/** Told of each step; `done` and `total` in the unit that the step names, total 0 when unknown. */
export type Progress = (step: string, done: number, total: number) => void

/** The part of AbortSignal that is needed here; this package knows neither Node nor a browser. */
export interface StopSignal {
  readonly aborted: boolean
}

export interface WorkOptions {
  readonly progress?: Progress | undefined
  readonly signal?: StopSignal | undefined
}

/** Throws `interrupted` once the signal has fired. */
export function stopIfAsked(signal: StopSignal | undefined): void {
  if (signal?.aborted) throw new RingmapError('interrupted')
}
