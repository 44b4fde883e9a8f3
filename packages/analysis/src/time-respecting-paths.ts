/**
 * Who could have passed something to whom: paths whose contacts follow each other in time (Kempe, Kleinberg & Kumar 2002; Holme & Saramaki 2012).
 * One pass over contacts in the order of time; memory grows with nodes times paths kept.
 */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'

export interface Contacts {
  readonly nodes: number
  readonly source: Uint32Array
  readonly target: Uint32Array
  /** Ascending. */
  readonly at: Float64Array
}

export interface PathOptions {
  /** First moment at which the source has something to pass; default the beginning. */
  readonly start?: number
  readonly end?: number
  /** Longest time that anybody keeps it; default none. */
  readonly wait?: number
  /** Most contacts on a path; default 6. */
  readonly hops?: number
  /** Different ways kept for each node; default 3. */
  readonly ways?: number
  /** Whether a contact passes both ways, as a talk does and a payment does not; by contact. Default never. */
  readonly both?: (contact: number) => boolean
  readonly signal?: StopSignal | undefined
}

export interface TimedPath {
  /** One more than contacts. */
  readonly nodes: readonly number[]
  readonly contacts: readonly number[]
  readonly arrival: number
}

interface Label {
  readonly node: number
  readonly arrival: number
  readonly contact: number
  readonly before: Label | null
  readonly hops: number
}

/** Earliest arrival at every node, and the contact that brings it; Infinity and -1 where nothing arrives. The fast path: no waiting limit, no ways kept. */
export function earliestArrival(contacts: Contacts, from: number, options: Pick<PathOptions, 'start' | 'end' | 'both'> = {}): { readonly arrival: Float64Array; readonly contact: Int32Array } {
  const { source, target, at, nodes } = contacts
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY, both } = options
  const arrival = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const contact = new Int32Array(nodes).fill(-1)
  arrival[from] = start
  for (let i = 0; i < at.length && at[i] <= end; i++) {
    const when = at[i]
    if (when < start) continue
    const [a, b] = [source[i], target[i]]
    // Strictly earlier, unless it starts here: two contacts at one moment cannot be put in order.
    if (arrival[a] < when || (a === from && arrival[a] <= when)) {
      if (when < arrival[b]) {
        arrival[b] = when
        contact[b] = i
      }
    } else if (both?.(i) === true && (arrival[b] < when || (b === from && arrival[b] <= when)) && when < arrival[a]) {
      arrival[a] = when
      contact[a] = i
    }
  }
  return { arrival, contact }
}

/** Up to `ways` paths from one node to another, earliest arrival first, each over other nodes in another order. */
export function timedPaths(contacts: Contacts, from: number, to: number, options: PathOptions = {}): TimedPath[] {
  const { source, target, at, nodes } = contacts
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY, wait = Number.POSITIVE_INFINITY, hops = 6, ways = 3, both, signal } = options
  const labels: (Label[] | undefined)[] = Array.from({ length: nodes })
  const done: Label[] = []
  labels[from] = [{ node: from, arrival: start, contact: -1, before: null, hops: 0 }]
  const pass = (a: number, b: number, i: number): void => {
    if (b === from || a === to) return
    for (const label of labels[a] ?? []) {
      if (label.hops >= hops || (a !== from && (label.arrival >= at[i] || at[i] - label.arrival > wait)) || visits(label, b)) continue
      const next: Label = { node: b, arrival: at[i], contact: i, before: label, hops: label.hops + 1 }
      const list = (labels[b] ??= [])
      const same = list.findIndex((one) => sameWay(one, next))
      if (same < 0 && list.length < ways) {
        list.push(next)
        if (b === to) done.push(next)
      } else if (same >= 0 && b !== to && wait !== Number.POSITIVE_INFINITY) list[same] = next
    }
  }
  for (let i = 0; i < at.length && at[i] <= end && done.length < ways; i++) {
    if ((i & 0xffff) === 0) stopIfAsked(signal)
    if (at[i] < start) continue
    pass(source[i], target[i], i)
    if (both?.(i) === true) pass(target[i], source[i], i)
  }
  return done.map(spelledOut)
}

function visits(label: Label, node: number): boolean {
  for (let one: Label | null = label; one !== null; one = one.before) if (one.node === node) return true
  return false
}

function sameWay(a: Label, b: Label): boolean {
  let [one, other]: [Label | null, Label | null] = [a, b]
  while (one !== null && other !== null) {
    if (one.node !== other.node) return false
    one = one.before
    other = other.before
  }
  return one === other
}

function spelledOut(label: Label): TimedPath {
  const nodes: number[] = []
  const contacts: number[] = []
  for (let one: Label | null = label; one !== null; one = one.before) {
    nodes.push(one.node)
    if (one.contact >= 0) contacts.push(one.contact)
  }
  return { nodes: nodes.reverse(), contacts: contacts.reverse(), arrival: label.arrival }
}
