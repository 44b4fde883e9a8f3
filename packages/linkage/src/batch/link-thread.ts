/** A worker thread of a linkage run: does tasks as it is asked to, and hands the arrays over without copying. */
import { parentPort } from 'node:worker_threads'
import type { CompareJob } from './compare-range.ts'
import { answered, type ThreadTask } from './thread-work.ts'

let job: CompareJob | null = null

parentPort?.on('message', (asked: { readonly job: CompareJob } | { readonly task: ThreadTask }) => {
  if ('job' in asked) {
    job = asked.job
    return
  }
  try {
    const answer = answered(asked.task, job)
    parentPort?.postMessage({ answer }, ownBuffers(answer))
  } catch (error) {
    parentPort?.postMessage({ error })
  }
})

/** Buffers of the arrays in an answer; those that are shared are not handed over. */
function ownBuffers(answer: object): ArrayBuffer[] {
  return [...new Set(Object.values(answer).flatMap((value: unknown) => (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [])))]
}
