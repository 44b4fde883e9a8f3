/// <reference types="node" />
/**
 * Workers that share columns: a job is cut into units, each worker takes the next one that is free, and all write into shared memory, so nothing is
 * sent but the job. What a unit writes depends on its number alone: results are the same bits for any number of workers.
 */
import { Worker } from 'node:worker_threads'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import type { JobInputs, JobName } from './pool-inputs.ts'

/** Places in the shared control column. */
export const CONTROL = { next: 0, done: 1, stop: 2 } as const

export interface Assignment {
  readonly name: JobName
  readonly input: JobInputs[JobName]
  readonly units: number
  readonly control: Int32Array
}

/** What a worker says when its units are done. */
export type Reply = { readonly code: 'done' } | { readonly code: 'stopped' } | { readonly code: 'failed'; readonly error: unknown }

/** Between two looks at progress and at the signal. */
const LOOK_MS = 50

export class WorkerPool {
  readonly threads: number
  readonly #workers: readonly Worker[]

  constructor(threads: number) {
    this.threads = Math.max(1, Math.floor(threads))
    this.#workers = Array.from({ length: this.threads }, () => new Worker(new URL('./pool-worker.ts', import.meta.url)))
    // A pool that nobody closes does not keep the process alive.
    for (const worker of this.#workers) worker.unref()
  }

  /** One job at a time. @throws RingmapError interrupted; whatever a unit throws */
  async run<K extends JobName>(name: K, input: JobInputs[K], units: number, options: WorkOptions & { readonly step: string }): Promise<void> {
    const control = new Int32Array(new SharedArrayBuffer(12))
    const look = setInterval(() => {
      options.progress?.(options.step, control[CONTROL.done], units)
      if (options.signal?.aborted) Atomics.store(control, CONTROL.stop, 1)
    }, LOOK_MS)
    try {
      const replies = await Promise.all(this.#workers.map(async (worker) => {
        const reply = await asked(worker, { name, input, units, control })
        if (reply.code !== 'done') Atomics.store(control, CONTROL.stop, 1)
        return reply
      }))
      for (const reply of replies) if (reply.code === 'failed') throw reply.error
      if (replies.some((reply) => reply.code === 'stopped')) throw new RingmapError('interrupted')
      options.progress?.(options.step, units, units)
    } finally {
      clearInterval(look)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

async function asked(worker: Worker, assignment: Assignment): Promise<Reply> {
  return await new Promise<Reply>((resolve) => {
    const ended = (reply: Reply): void => {
      worker.off('message', ended)
      worker.off('error', broken)
      worker.off('exit', gone)
      resolve(reply)
    }
    const broken = (error: unknown): void => ended({ code: 'failed', error })
    const gone = (code: number): void => ended({ code: 'failed', error: new Error(`broken promise: a worker ended with ${code} while it had work`) })
    worker.on('message', ended)
    worker.on('error', broken)
    worker.on('exit', gone)
    worker.postMessage(assignment)
  })
}
