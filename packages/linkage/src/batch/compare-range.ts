/** Compares the records of a range with all later records of their blocks: pairs, and for each the pattern of levels that it shows. */
import { NULL_INDEX } from '@ringmap/store/database'
import type { Blocks } from './blocks.ts'
import { DIFFERENT, LEVEL_OF, LEVELS, MISSING, SWAPPED, type ComparisonKind } from './comparison-kinds.ts'
import { growingU32, push, taken } from './growing-array.ts'
import type { TextPool } from './similarity.ts'

/** One comparison: a column of the code matrix, and for names the column that it may have been exchanged with. */
export interface ComparisonTask {
  readonly kind: ComparisonKind
  readonly field: number
  /** -1 when there is none. */
  readonly other: number
}

/** All that is needed to compare; plain data, so that it can go to a worker thread. */
export interface CompareJob {
  readonly records: number
  /** Codes by record: `codes[record * fields + field]`. */
  readonly codes: Uint32Array
  readonly fields: number
  readonly pools: readonly TextPool[]
  readonly comparisons: readonly ComparisonTask[]
  readonly rules: readonly Blocks[]
  /** Source of each record where only pairs of two sources count; else null. */
  readonly source: Uint8Array | null
}

export interface ComparedPairs {
  readonly left: Uint32Array
  readonly right: Uint32Array
  /** Place in `patterns`. */
  readonly pattern: Uint32Array
  /** Levels of each pattern as one number: digits in base `LEVEL_BASE`, the first comparison lowest. */
  readonly patterns: Float64Array
  /** Pairs of each pattern. */
  readonly counts: Float64Array
  /** Pairs of a pattern under a rule: `by_rule[pattern * rules + rule]`. */
  readonly by_rule: Uint32Array
  /** Pairs of a pattern that exactly one rule finds, and exactly two: `by_times[pattern * 2]` and the next. */
  readonly by_times: Uint32Array
  /** Pairs that a rule is the first to find. */
  readonly first_found: Uint32Array
  /** Pairs that no other rule finds. */
  readonly only_found: Uint32Array
}

/** More than any kind has levels; eight to the seventeenth stays below 2^53. */
export const LEVEL_BASE = 8
export const MOST_COMPARISONS = 17
/** Most rules: their set is kept in the bits of one number. */
export const MOST_RULES = 31

const CACHE_BITS = 14

/** Finds pattern numbers again by their levels. */
class PatternTable {
  keys = new Float64Array(1 << 12).fill(-1)
  ids = new Uint32Array(1 << 12)
  readonly found: number[] = []

  place(key: number, high: number, low: number): number {
    const mask = this.keys.length - 1
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 8 & mask
    while (this.keys[slot] !== -1) {
      if (this.keys[slot] === key) return this.ids[slot] as number
      slot = (slot + 1) & mask
    }
    const id = this.found.length
    this.found.push(key)
    this.keys[slot] = key
    this.ids[slot] = id
    if (this.found.length * 2 > this.keys.length) this.grow()
    return id
  }

  grow(): void {
    const mask = this.keys.length * 2 - 1
    this.keys = new Float64Array(mask + 1).fill(-1)
    this.ids = new Uint32Array(mask + 1)
    this.found.forEach((key, id) => {
      const high = Math.floor(key / 2 ** 30)
      let slot = (Math.imul(key - high * 2 ** 30, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 8 & mask
      while (this.keys[slot] !== -1) slot = (slot + 1) & mask
      this.keys[slot] = key
      this.ids[slot] = id
    })
  }
}

export interface Comparer {
  /** Pattern of a pair. */
  readonly pattern: (a: number, b: number) => number
  readonly patterns: readonly number[]
}

/** Keeps levels of pairs of values met before: in blocks the same two names meet again and again. */
export function comparer(job: CompareJob): Comparer {
  const { codes, fields, pools, comparisons } = job
  const count = comparisons.length
  const kinds = comparisons.map((task) => LEVEL_OF[task.kind])
  const exact = Uint8Array.from(comparisons, (task) => LEVELS[task.kind].length - 1)
  const field = Int32Array.from(comparisons, (task) => task.field)
  const other = Int32Array.from(comparisons, (task) => task.other)
  const mate = Int32Array.from(comparisons, (task) => comparisons.findIndex((one) => one.field === task.other))
  const seen = comparisons.map(() => new Float64Array(1 << CACHE_BITS).fill(-1))
  const levels = comparisons.map(() => new Uint8Array(1 << CACHE_BITS))
  const table = new PatternTable()

  const level = (c: number, x: number, y: number): number => {
    const low = x < y ? x : y
    const high = x < y ? y : x
    const key = low * 4294967296 + high
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - CACHE_BITS)
    const keys = seen[c] as Float64Array
    const kept = levels[c] as Uint8Array
    if (keys[slot] === key) return kept[slot] as number
    const found = (kinds[c] as (pool: TextPool, a: number, b: number) => number)(pools[field[c] as number] as TextPool, low, high)
    keys[slot] = key
    kept[slot] = found
    return found
  }

  const pattern = (a: number, b: number): number => {
    const ra = a * fields
    const rb = b * fields
    let low = 0
    let high = 0
    for (let c = 0; c < count; c++) {
      const f = field[c] as number
      const x = codes[ra + f] as number
      const y = codes[rb + f] as number
      let at = MISSING
      if (x !== NULL_INDEX && y !== NULL_INDEX) at = x === y ? (exact[c] as number) : level(c, x, y)
      const o = other[c] as number
      if (o >= 0 && at <= DIFFERENT + 1) {
        // Both columns share one dictionary, so an exchanged name has the same code.
        const xo = codes[ra + o] as number
        const yo = codes[rb + o] as number
        const there = x !== NULL_INDEX && x === yo
        const back = y !== NULL_INDEX && y === xo
        // One word alone says which column it belongs to in neither: it counts once, in the second column.
        if (there && back) at = SWAPPED
        else if (there || back) at = c < (mate[c] as number) ? MISSING : SWAPPED
      }
      if (c < 10) low += at * (1 << (3 * c))
      else high += at * (1 << (3 * (c - 10)))
    }
    return table.place(high * 1073741824 + low, high, low)
  }
  return { pattern, patterns: table.found }
}

/** Compares records from..to-1, each with the later members of its blocks. Pairs come in the order of their first and then of their second record, whatever the number of threads. */
export function compareRange(job: CompareJob, from: number, to: number): ComparedPairs {
  const { rules, source } = job
  const rules_count = rules.length
  const left = growingU32()
  const right = growingU32()
  const pattern = growingU32()
  const compare = comparer(job)
  let by_rule = new Uint32Array(1024 * Math.max(rules_count, 1))
  let by_times = new Uint32Array(2048)
  const first_found = new Uint32Array(rules_count)
  const only_found = new Uint32Array(rules_count)
  const masks = new Uint32Array(job.records)
  const found = growingU32()
  for (let a = from; a < to; a++) {
    found.length = 0
    for (let r = 0; r < rules_count; r++) gather(rules[r] as Blocks, a, 1 << r, masks, found)
    rising(found)
    for (let i = 0; i < found.length; i++) {
      const b = found.values[i] as number
      const mask = masks[b] as number
      masks[b] = 0
      if (source !== null && source[a] === source[b]) continue
      const id = compare.pattern(a, b)
      push(left, a)
      push(right, b)
      push(pattern, id)
      if ((id + 1) * rules_count > by_rule.length) by_rule = doubled(by_rule)
      if (id * 2 + 2 > by_times.length) by_times = doubled(by_times)
      const lowest = 31 - Math.clz32(mask & -mask)
      first_found[lowest] = (first_found[lowest] as number) + 1
      const rest = mask & (mask - 1)
      if (rest === 0) {
        only_found[lowest] = (only_found[lowest] as number) + 1
        by_times[id * 2] = (by_times[id * 2] as number) + 1
      } else if ((rest & (rest - 1)) === 0) by_times[id * 2 + 1] = (by_times[id * 2 + 1] as number) + 1
      for (let bits = mask; bits !== 0; bits &= bits - 1) {
        const at = id * rules_count + 31 - Math.clz32(bits & -bits)
        by_rule[at] = (by_rule[at] as number) + 1
      }
    }
  }
  const of = taken(pattern)
  return {
    left: taken(left), right: taken(right), pattern: of, patterns: Float64Array.from(compare.patterns), counts: countsOf(of, compare.patterns.length),
    by_rule: by_rule.slice(0, compare.patterns.length * rules_count), by_times: by_times.slice(0, compare.patterns.length * 2), first_found, only_found,
  }
}

/** How many pairs have each pattern. */
export function countsOf(pattern: Uint32Array, patterns: number): Float64Array {
  const counts = new Float64Array(patterns)
  for (const p of pattern) counts[p] = (counts[p] as number) + 1
  return counts
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(array.length * 2)
  grown.set(array)
  return grown
}

/** Puts the numbers in rising order: pairs of equal weight then come in the order of their records, and not in that of the rules. Mostly there are few. */
function rising({ values, length }: { values: Uint32Array; length: number }): void {
  if (length > 40) {
    values.subarray(0, length).sort()
    return
  }
  for (let i = 1; i < length; i++) {
    const value = values[i] as number
    let to = i
    for (; to > 0 && (values[to - 1] as number) > value; to--) values[to] = values[to - 1] as number
    values[to] = value
  }
}

/** Later members of the record's blocks, each once, with the set of rules that found it. */
function gather(blocks: Blocks, a: number, bit: number, masks: Uint32Array, found: { values: Uint32Array; length: number }): void {
  const { offsets, places, members, ends } = blocks
  for (let e = offsets[a] as number; e < (offsets[a + 1] as number); e++) {
    const place = places[e] as number
    const end = ends[place] as number
    for (let p = place + 1; p < end; p++) {
      const b = members[p] as number
      const mask = masks[b] as number
      if (mask === 0) push(found, b)
      masks[b] = mask | bit
    }
  }
}

/** Compares given pairs; none of them belongs to a rule. */
export function comparePairs(job: CompareJob, left: Uint32Array, right: Uint32Array): ComparedPairs {
  const compare = comparer(job)
  const pattern = new Uint32Array(left.length)
  for (let i = 0; i < left.length; i++) pattern[i] = compare.pattern(left[i] as number, right[i] as number)
  const none = new Uint32Array(job.rules.length)
  return { left, right, pattern, patterns: Float64Array.from(compare.patterns), counts: countsOf(pattern, compare.patterns.length), by_rule: new Uint32Array(compare.patterns.length * job.rules.length), by_times: new Uint32Array(compare.patterns.length * 2), first_found: none, only_found: none.slice() }
}
