/// <reference types="node" />
/** What a worker of the pool does: takes free units of the job it is given until there are none. */
import { parentPort } from 'node:worker_threads'
import { RingmapError } from '@ringmap/model/errors'
import { jobOf } from './pool-jobs.ts'
import { CONTROL, type Assignment, type Reply } from './worker-pool.ts'

parentPort?.on('message', (assignment: Assignment) => parentPort?.postMessage(worked(assignment)))

function worked({ name, input, units, control }: Assignment): Reply {
  const signal = { get aborted(): boolean { return Atomics.load(control, CONTROL.stop) !== 0 } }
  try {
    const unit = jobOf(name, input, signal)
    for (;;) {
      if (signal.aborted) return { code: 'stopped' }
      const next = Atomics.add(control, CONTROL.next, 1)
      if (next >= units) return { code: 'done' }
      unit(next)
      Atomics.add(control, CONTROL.done, 1)
    }
  } catch (error) {
    return error instanceof RingmapError && error.code === 'interrupted' ? { code: 'stopped' } : { code: 'failed', error }
  }
}
