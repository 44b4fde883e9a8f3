/** A pool of workers for as long as a piece of work needs one, where it is worth waking them. */
import { availableParallelism } from 'node:os'
import { WorkerPool } from '@ringmap/analysis/worker-pool'

export interface WorkerOptions {
  /** Workers for what takes long; results do not depend on it. Default: the processors there are, at most 4. */
  readonly threads?: number | undefined
}

/** Below so many steps of 10 ns the workers would not be awake before the work is done. */
const WORTH_WORKERS = 1e8

export function threadsOf({ threads }: WorkerOptions): number {
  return threads ?? Math.min(4, availableParallelism())
}

/** @param work is given a pool, closed in the end, or null where one hand is quicker. */
export async function withWorkers<T>(steps: number, options: WorkerOptions, work: (pool: WorkerPool | null) => Promise<T>): Promise<T> {
  const threads = threadsOf(options)
  const pool = threads > 1 && steps > WORTH_WORKERS ? new WorkerPool(threads) : null
  try {
    return await work(pool)
  } finally {
    await pool?.close()
  }
}
