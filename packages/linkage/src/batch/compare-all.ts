/** Shares the comparing among worker threads and puts the parts together in record order, so that the result does not depend on how many there are. */
import type { WorkOptions } from '@ringmap/model/progress'
import { countsOf, type CompareJob, type ComparedPairs } from './compare-range.ts'
import type { KeptParts } from '../incremental/stored-arrays.ts'
import { LinkThreads } from './link-threads.ts'
import { sharedU32 } from './shared-arrays.ts'

export interface CompareOptions extends WorkOptions {
  /** Without them all is compared in this thread. */
  readonly threads?: LinkThreads | undefined
  /** Where parts of the rules' pairs are kept as they are done; those that are there are not compared again. */
  readonly keep?: ((job: CompareJob) => KeptParts) | undefined
}

/** Pairs of one task. */
const PART = 150_000
/** Parts of which a thread is worth its start. */
const WORTH = 3

export async function compareAll(job: CompareJob, options: CompareOptions): Promise<ComparedPairs> {
  const { progress } = options
  const threads = options.threads ?? new LinkThreads(0, options.signal)
  threads.use(job)
  const kept = options.keep?.(job)
  const parts: Promise<ComparedPairs>[] = []
  let done = 0
  const compared = async (range: Range, part: number, worth: boolean): Promise<ComparedPairs> => {
    const before = kept === undefined ? null : keptPairs(kept, part)
    const found = before ?? await threads.run({ kind: 'compare', ...range }, worth)
    if (before === null) kept?.write(part, { text: '{}', arrays: PARTS.map((name) => [name, found[name]] as const) })
    progress?.('comparing', ++done, parts.length)
    return found
  }
  const asked = (range: Range, worth: boolean): void => {
    const part = compared(range, parts.length, worth)
    // Whoever waits for the parts in order hears of it.
    part.catch(() => undefined)
    parts.push(part)
  }
  // The threads begin with the first ranges while the others are still being counted.
  const first: Range[] = []
  for (const range of evenRanges(job)) {
    if (first.length < WORTH && first.push(range) < WORTH) continue
    if (parts.length === 0) for (const one of first) asked(one, true)
    else asked(range, true)
  }
  if (parts.length === 0) for (const one of first) asked(one, false)
  return await merged(job.rules.length, parts)
}

/** Given pairs, as `comparePairs`, in the order given. They belong to no rule. */
export async function compareListed(job: CompareJob, left: Uint32Array, right: Uint32Array, options: CompareOptions): Promise<ComparedPairs> {
  const threads = options.threads ?? new LinkThreads(0, options.signal)
  threads.use(job)
  const starts = Array.from({ length: Math.ceil(left.length / PART) }, (_, i) => i * PART)
  let done = 0
  const parts = starts.map(async (at) => {
    const found = await threads.run({ kind: 'listed', left: left.slice(at, at + PART), right: right.slice(at, at + PART) }, starts.length >= WORTH)
    options.progress?.('comparing', ++done, starts.length)
    return found
  })
  for (const part of parts) part.catch(() => undefined)
  return await merged(0, parts)
}

interface Range {
  readonly from: number
  readonly to: number
}

/** Ranges of records of about equally many pairs. */
function* evenRanges(job: CompareJob): Generator<Range> {
  let from = 0
  let pairs = 0
  for (let a = 0; a < job.records; a++) {
    for (const { offsets, places, ends } of job.rules) {
      for (let e = offsets[a] as number; e < (offsets[a + 1] as number); e++) pairs += (ends[places[e] as number] as number) - (places[e] as number) - 1
    }
    if (pairs < PART) continue
    yield { from, to: a + 1 }
    from = a + 1
    pairs = 0
  }
  yield { from, to: job.records }
}

/** Arrays of compared pairs, by which they are kept. */
const PARTS = ['left', 'right', 'pattern', 'patterns', 'by_rule', 'by_times', 'first_found', 'only_found'] as const

function keptPairs(kept: KeptParts, part: number): ComparedPairs | null {
  const found = kept.read(part)
  if (found === null) return null
  const u32 = (name: (typeof PARTS)[number]): Uint32Array => found.arrays.get(name) as Uint32Array
  const patterns = found.arrays.get('patterns') as Float64Array
  return { left: u32('left'), right: u32('right'), pattern: u32('pattern'), patterns, counts: countsOf(u32('pattern'), patterns.length), by_rule: u32('by_rule'), by_times: u32('by_times'), first_found: u32('first_found'), only_found: u32('only_found') }
}

/** Each part numbered its patterns for itself; here they get common numbers, in order of first appearance, while later parts are still being compared. */
async function merged(rules: number, parts: readonly Promise<ComparedPairs>[]): Promise<ComparedPairs> {
  const places = new Map<number, number>()
  const rule_counts: number[] = []
  const pairs: number[] = []
  const times: number[] = []
  const first_found = new Uint32Array(rules)
  const only_found = new Uint32Array(rules)
  const done: ComparedPairs[] = []
  let total = 0
  for (const one of parts) {
    const part = await one
    const to = Uint32Array.from(part.patterns, (key, p) => {
      let id = places.get(key)
      if (id === undefined) {
        id = places.size
        places.set(key, id)
        for (let r = 0; r < rules; r++) rule_counts.push(0)
        pairs.push(0)
        times.push(0, 0)
      }
      for (let r = 0; r < rules; r++) rule_counts[id * rules + r] = (rule_counts[id * rules + r] as number) + (part.by_rule[p * rules + r] as number)
      pairs[id] = (pairs[id] as number) + (part.counts[p] as number)
      times[id * 2] = (times[id * 2] as number) + (part.by_times[p * 2] as number)
      times[id * 2 + 1] = (times[id * 2 + 1] as number) + (part.by_times[p * 2 + 1] as number)
      return id
    })
    const { pattern } = part
    for (let i = 0; i < pattern.length; i++) pattern[i] = to[pattern[i] as number] as number
    for (let r = 0; r < rules; r++) {
      first_found[r] = (first_found[r] as number) + (part.first_found[r] as number)
      only_found[r] = (only_found[r] as number) + (part.only_found[r] as number)
    }
    done.push(part)
    total += pattern.length
  }
  const joined = (of: 'left' | 'right' | 'pattern'): Uint32Array => {
    const whole = sharedU32(total)
    let at = 0
    for (const part of done) {
      whole.set(part[of], at)
      at += part[of].length
    }
    return whole
  }
  return { left: joined('left'), right: joined('right'), pattern: joined('pattern'), patterns: Float64Array.from(places.keys()), counts: Float64Array.from(pairs), by_rule: Uint32Array.from(rule_counts), by_times: Uint32Array.from(times), first_found, only_found }
}
