/** The threads of a linkage run: started when there is work that is worth it, given tasks in order, closed at its end. */
import { Worker } from 'node:worker_threads'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { CompareJob } from './compare-range.ts'
import { answered, type AnswerTo, type ThreadTask } from './thread-work.ts'

interface Waiting {
  readonly task: ThreadTask
  readonly resolve: (answer: AnswerTo<ThreadTask>) => void
  readonly reject: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  /** Tasks given, in the order in which they will be answered. */
  readonly given: Waiting[]
  job: CompareJob | null
}

/** Records from which what is done once for all of them, or their blocks by a rule, is worth a thread. */
export const WORTH_A_THREAD = 20_000
/** Tasks that a thread has at hand, so that it need not wait while this one is busy. */
const AT_HAND = 2

export class LinkThreads {
  readonly #count: number
  readonly #signal: StopSignal | undefined
  readonly #threads: Thread[] = []
  readonly #waiting: Waiting[] = []
  #job: CompareJob | null = null
  #last: Promise<unknown> = Promise.resolve()

  /** @param count threads beside this one; with fewer than 2 all is done in this one. */
  constructor(count: number, signal?: StopSignal) {
    this.#count = count < 2 ? 0 : count
    this.#signal = signal
  }

  /** Starts the threads before there is a task, for their start takes as long as a small one. */
  start(): void {
    while (this.#threads.length < this.#count) this.#threads.push(this.#started())
  }

  /** The records that tasks are about from now on. */
  use(job: CompareJob): void {
    this.#job = job
  }

  /** @param worth false: too little to be worth a thread. */
  async run<T extends ThreadTask>(task: T, worth = true): Promise<AnswerTo<T>> {
    if (this.#count === 0 || !worth) return await this.#here(task)
    this.start()
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve: resolve as Waiting['resolve'], reject })
      this.#handOut()
    })
  }

  async close(): Promise<void> {
    const threads = this.#threads.splice(0)
    this.#waiting.length = 0
    for (const { worker } of threads) worker.removeAllListeners()
    await Promise.all(threads.map(async ({ worker }) => await worker.terminate()))
  }

  /** One after the other; between two a Ctrl-C gets through. */
  async #here<T extends ThreadTask>(task: T): Promise<AnswerTo<T>> {
    const job = this.#job
    const turn = this.#last.then(async () => {
      stopIfAsked(this.#signal)
      const answer = answered(task, job)
      await new Promise((resolve) => { setImmediate(resolve) })
      return answer
    })
    this.#last = turn.catch(() => undefined)
    return await turn
  }

  #started(): Thread {
    const thread: Thread = { worker: new Worker(new URL('link-thread.ts', import.meta.url)), given: [], job: null }
    thread.worker.on('message', (said: { readonly answer: AnswerTo<ThreadTask> } | { readonly error: unknown }) => {
      const asked = thread.given.shift()
      if ('answer' in said) asked?.resolve(said.answer)
      else asked?.reject(said.error)
      this.#handOut()
    })
    thread.worker.on('error', (error) => { this.#failed(error) })
    thread.worker.on('exit', (code) => { this.#failed(new Error(`a thread of the linkage ended with ${code}`)) })
    return thread
  }

  /** To the thread with the fewest tasks at hand first. */
  #handOut(): void {
    if (this.#signal?.aborted === true) this.#failed(new RingmapError('interrupted'))
    for (let at = 0; at < AT_HAND; at++) {
      for (const thread of this.#threads) {
        if (thread.given.length > at) continue
        const next = this.#waiting.shift()
        if (next === undefined) return
        if (this.#job !== null && thread.job !== this.#job) {
          thread.job = this.#job
          post(thread.worker, { job: this.#job })
        }
        thread.given.push(next)
        post(thread.worker, { task: next.task })
      }
    }
  }

  #failed(error: unknown): void {
    for (const { reject } of [...this.#threads.flatMap(({ given }) => given.splice(0)), ...this.#waiting.splice(0)]) reject(error)
  }
}

function post(worker: Worker, message: object): void {
  // A worker thread has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(message)
}
