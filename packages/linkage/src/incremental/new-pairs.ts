/** Pairs that an addition brings: by the keys of the rules, and then across clusters, where two records are both linked to a third. */
import { RingmapError } from '@ringmap/model/errors'
import { comparer } from '../batch/compare-range.ts'
import { COUNTS_FROM } from '../batch/link-batch.ts'
import { weightsOf } from '../batch/pair-weights.ts'
import { putLink, type Neighbours } from './added-links.ts'
import { entriesOf, type KeyIndex } from './key-index.ts'
import type { AddedRecords } from './linkage-state.ts'
import { eachLink, type OpenedState } from './opened-state.ts'

export interface Pairs {
  readonly left: Uint32Array
  readonly right: Uint32Array
}

export interface WeighedPairs extends Pairs {
  readonly weight: Float32Array
}

/** Each new record with all records, known and new, that agree with it under a rule; each pair once. @throws RingmapError nothing_to_compare where they are too many */
export function pairsByKeys(opened: OpenedState, first: number): Pairs {
  const { state, added, records, job } = opened
  const { settings, index } = state
  const left: number[] = []
  const right: number[] = []
  const seen = new Uint32Array(records).fill(0xffffffff)
  const put = (a: number, b: number): void => {
    // Of two new records the later one finds the earlier.
    if (b >= a || seen[b] === a || (job.source !== null && job.source[a] === job.source[b])) return
    seen[b] = a
    left.push(b)
    right.push(a)
  }
  const limit = (count: number): void => {
    if (count > settings.most_pairs) throw new RingmapError('nothing_to_compare', { what: `the new records would make more than ${settings.most_pairs} pairs with those that are there; run dedupe over all of them instead` })
  }
  if (settings.all_pairs) {
    limit((records - first) * records)
    for (let a = first; a < records; a++) for (let b = 0; b < a; b++) put(a, b)
    return { left: Uint32Array.from(left), right: Uint32Array.from(right) }
  }
  const later = laterKeys(added)
  const keysOf = new Map<number, number[]>()
  added.keys.record.forEach((record, i) => {
    if (record < first) return
    const list = keysOf.get(record)
    if (list === undefined) keysOf.set(record, [i])
    else list.push(i)
  })
  for (let a = first; a < records; a++) {
    for (const i of keysOf.get(a) ?? []) {
      const [rule, key] = [added.keys.rule[i] as number, added.keys.hash[i] as number]
      const entries = index[rule] as KeyIndex
      const [from, to] = entriesOf(entries, key)
      // What was too common to be compared in the run stays so.
      if (to - from > settings.most_in_block) continue
      for (let e = from; e < to; e++) put(a, entries.record[e] as number)
      for (const b of later.get(rule)?.get(key) ?? []) put(a, b)
    }
    limit(left.length)
  }
  return { left: Uint32Array.from(left), right: Uint32Array.from(right) }
}

/** By rule and key, the added records. */
function laterKeys({ keys }: AddedRecords): Map<number, Map<number, number[]>> {
  const rules = new Map<number, Map<number, number[]>>()
  keys.rule.forEach((rule, i) => {
    let of = rules.get(rule)
    if (of === undefined) {
      of = new Map()
      rules.set(rule, of)
    }
    const [hash, record] = [keys.hash[i] as number, keys.record[i] as number]
    const members = of.get(hash)
    if (members === undefined) of.set(hash, [record])
    else members.push(record)
  })
  return rules
}

/** Pairs that share a record to which both are linked by their keys, if one of the three is new; those already linked are left out. */
export function pairsAcross(opened: OpenedState, direct: WeighedPairs): Pairs {
  const fresh = new Map<number, Neighbours>()
  direct.left.forEach((a, i) => { if ((direct.weight[i] as number) >= COUNTS_FROM) putLink(fresh, a, direct.right[i] as number, direct.weight[i] as number, false) })
  const { source } = opened.job
  const found = new Set<number>()
  const left: number[] = []
  const right: number[] = []
  const linked = (a: number, b: number): boolean => {
    let yes = fresh.get(a)?.other.includes(b) === true
    if (!yes) eachLink(opened, a, (other) => { yes ||= other === b })
    return yes
  }
  for (const [centre, { other }] of fresh) {
    const all = [...other]
    eachLink(opened, centre, (one, weight, across) => { if (!across && weight >= COUNTS_FROM) all.push(one) })
    for (const x of other) for (const y of all) {
      if (x === y || (source !== null && source[x] === source[y])) continue
      const [a, b] = x < y ? [x, y] : [y, x]
      const code = a * opened.records + b
      if (found.has(code)) continue
      found.add(code)
      if (linked(a, b)) continue
      left.push(a)
      right.push(b)
    }
  }
  return inOrder(left, right)
}

/** Compared and weighed with the model and the frequencies of the run. */
export function weighedPairs(opened: OpenedState, { left, right }: Pairs): WeighedPairs {
  const compare = comparer(opened.job)
  const pattern = new Uint32Array(left.length)
  for (let i = 0; i < left.length; i++) pattern[i] = compare.pattern(left[i] as number, right[i] as number)
  return { left, right, weight: weightsOf(opened.job, opened.rarity, { left, pattern, patterns: Float64Array.from(compare.patterns) }, opened.state.model) }
}

function inOrder(left: readonly number[], right: readonly number[]): Pairs {
  const order = Uint32Array.from(left, (_, i) => i).sort((x, y) => (left[x] as number) - (left[y] as number) || (right[x] as number) - (right[y] as number))
  return { left: order.map((i) => left[i] as number), right: order.map((i) => right[i] as number) }
}
