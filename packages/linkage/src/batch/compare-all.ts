/** Shares the comparing among worker threads and puts the parts together in record order, so that the result does not depend on how many there are. */
import { Worker } from 'node:worker_threads'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Blocks } from './blocks.ts'
import { comparePairs, compareRange, type CompareJob, type ComparedPairs } from './compare-range.ts'
import type { KeptParts } from '../incremental/stored-arrays.ts'
import type { CompareTask } from './compare-thread.ts'

export interface CompareOptions extends WorkOptions {
  /** Threads beside this one; 0 and 1 compare in this one. */
  readonly workers: number
  /** Where parts of the rules' pairs are kept as they are done; those that are there are not compared again. */
  readonly keep?: ((job: CompareJob) => KeptParts) | undefined
}

/** Pairs of which a thread is not worth its start. */
const SMALL = 60_000
/** Pairs of one task. */
const PART = 150_000

export async function compareAll(job: CompareJob, options: CompareOptions): Promise<ComparedPairs> {
  const ranges = evenRanges(job)
  return merged(job, await parts(job, ranges, (task) => compareRange(job, (task as { from: number }).from, (task as { to: number }).to), options, options.keep?.(job)))
}

/** Given pairs, as `comparePairs`, in the order given. */
export async function compareListed(job: CompareJob, left: Uint32Array, right: Uint32Array, options: CompareOptions): Promise<ComparedPairs> {
  const tasks: CompareTask[] = []
  for (let at = 0; at < left.length; at += PART) tasks.push({ left: left.slice(at, at + PART), right: right.slice(at, at + PART) })
  const listed = { ...job, rules: [] as Blocks[] }
  return merged(listed, await parts(listed, tasks, (task) => comparePairs(listed, (task as { left: Uint32Array }).left, (task as { right: Uint32Array }).right), options))
}

/** Ranges of records of about equally many pairs. */
function evenRanges(job: CompareJob): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  let from = 0
  let pairs = 0
  for (let a = 0; a < job.records; a++) {
    for (const { offsets, places, ends } of job.rules) {
      for (let e = offsets[a] as number; e < (offsets[a + 1] as number); e++) pairs += (ends[places[e] as number] as number) - (places[e] as number) - 1
    }
    if (pairs < PART) continue
    ranges.push({ from, to: a + 1 })
    from = a + 1
    pairs = 0
  }
  ranges.push({ from, to: job.records })
  return ranges
}

async function parts(job: CompareJob, tasks: readonly CompareTask[], here: (task: CompareTask) => ComparedPairs, options: CompareOptions, kept?: KeptParts): Promise<ComparedPairs[]> {
  const { workers, progress, signal } = options
  const results = tasks.map((_, i) => (kept === undefined ? null : keptPairs(kept, i)))
  const open = tasks.flatMap((_, i) => (results[i] === null ? [i] : []))
  let done = tasks.length - open.length
  const finished = (i: number, found: ComparedPairs): void => {
    results[i] = found
    kept?.write(i, { text: '{}', arrays: PARTS.map((name) => [name, found[name]] as const) })
    progress?.('comparing', ++done, tasks.length)
  }
  if (workers < 2 || open.length * PART <= SMALL * 5) {
    for (const i of open) {
      stopIfAsked(signal)
      finished(i, here(tasks[i] as CompareTask))
      // Lets a Ctrl-C through.
      await new Promise((resolve) => { setImmediate(resolve) })
    }
    return all(results)
  }
  const threads = Array.from({ length: Math.min(workers, open.length) }, () => new Worker(new URL('compare-thread.ts', import.meta.url), { workerData: job }))
  let next = 0
  try {
    await Promise.all(threads.map(async (thread) => {
      for (let at = next++; at < open.length; at = next++) {
        stopIfAsked(signal)
        const i = open[at] as number
        finished(i, await answer(thread, tasks[i] as CompareTask))
      }
    }))
  } finally {
    await Promise.all(threads.map(async (thread) => await thread.terminate()))
  }
  return all(results)
}

/** Arrays of compared pairs, by which they are kept. */
const PARTS = ['left', 'right', 'pattern', 'patterns', 'by_rule', 'by_times', 'first_found', 'only_found'] as const

function keptPairs(kept: KeptParts, part: number): ComparedPairs | null {
  const found = kept.read(part)
  if (found === null) return null
  const u32 = (name: (typeof PARTS)[number]): Uint32Array => found.arrays.get(name) as Uint32Array
  return { left: u32('left'), right: u32('right'), pattern: u32('pattern'), patterns: found.arrays.get('patterns') as Float64Array, by_rule: u32('by_rule'), by_times: u32('by_times'), first_found: u32('first_found'), only_found: u32('only_found') }
}

function all(results: readonly (ComparedPairs | null)[]): ComparedPairs[] {
  return results.map((one) => {
    if (one === null) throw new Error('broken promise: every part was compared')
    return one
  })
}

async function answer(thread: Worker, task: CompareTask): Promise<ComparedPairs> {
  return await new Promise((resolve, reject) => {
    const settle = (): void => { thread.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit') }
    thread.once('message', (pairs: ComparedPairs) => { settle(); resolve(pairs) })
    thread.once('error', (error) => { settle(); reject(error) })
    thread.once('exit', (code) => { settle(); reject(new Error(`a thread of the comparing ended with ${code}`)) })
    // A worker thread has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    thread.postMessage(task)
  })
}

/** Each part numbered its patterns for itself; here they get common numbers, in order of first appearance. */
function merged(job: CompareJob, results: readonly ComparedPairs[]): ComparedPairs {
  const rules = job.rules.length
  const total = results.reduce((sum, part) => sum + part.left.length, 0)
  const left = new Uint32Array(total)
  const right = new Uint32Array(total)
  const pattern = new Uint32Array(total)
  const places = new Map<number, number>()
  const counts: number[] = []
  const times: number[] = []
  const first_found = new Uint32Array(rules)
  const only_found = new Uint32Array(rules)
  let at = 0
  for (const part of results) {
    const to = Uint32Array.from(part.patterns, (key, p) => {
      let id = places.get(key)
      if (id === undefined) {
        id = places.size
        places.set(key, id)
        for (let r = 0; r < rules; r++) counts.push(0)
        times.push(0, 0)
      }
      for (let r = 0; r < rules; r++) counts[id * rules + r] = (counts[id * rules + r] as number) + (part.by_rule[p * rules + r] as number)
      times[id * 2] = (times[id * 2] as number) + (part.by_times[p * 2] as number)
      times[id * 2 + 1] = (times[id * 2 + 1] as number) + (part.by_times[p * 2 + 1] as number)
      return id
    })
    left.set(part.left, at)
    right.set(part.right, at)
    for (const p of part.pattern) pattern[at++] = to[p] as number
    for (let r = 0; r < rules; r++) {
      first_found[r] = (first_found[r] as number) + (part.first_found[r] as number)
      only_found[r] = (only_found[r] as number) + (part.only_found[r] as number)
    }
  }
  return { left, right, pattern, patterns: Float64Array.from(places.keys()), by_rule: Uint32Array.from(counts), by_times: Uint32Array.from(times), first_found, only_found }
}
