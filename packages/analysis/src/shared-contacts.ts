/** Pairs who share more contacts than chance gives; chance keeps how many contacts everybody has (configuration model; Poisson, after Zweig & Kaufmann 2011). */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { growingFloat64, growingUint32 } from '@ringmap/graph/growing-column'
import { poissonTail } from './chance.ts'

export interface SharedContactOptions {
  /** Whoever has more contacts than this is no shared contact to speak of; default 150. */
  readonly busy?: number
  /** Least shared contacts; default 3. */
  readonly least?: number
  /** Highest false discovery rate returned; default 0.01. */
  readonly rate?: number
  /** How many are described; all are counted. Default 5000. */
  readonly limit?: number
  readonly signal?: StopSignal | undefined
}

export interface SharedContacts {
  readonly a: number
  readonly b: number
  readonly shared: readonly number[]
  readonly expected: number
  readonly q: number
  /** Whether the two are in contact themselves. */
  readonly direct: boolean
}

/** Surest first. @param csr undirected. Every pair of nodes counts as tested. */
export function sharedContacts(csr: Csr, options: SharedContactOptions = {}): { readonly of: number; readonly found: SharedContacts[] } {
  const { busy = 150, least = 3, rate = 0.01, limit = 5000 } = options
  const { nodes, offsets, targets } = csr
  const degree = (v: number): number => offsets[v + 1] - offsets[v]
  // Chance that a contact of a's is one of b's: the sum over contacts of both ends' shares, over busy ones too rare to matter here.
  let [arcs, pairs] = [0, 0]
  for (let v = 0; v < nodes; v++) {
    arcs += degree(v)
    if (degree(v) <= busy) pairs += degree(v) * (degree(v) - 1)
  }
  const count = new Uint32Array(nodes)
  const touched: number[] = []
  const list = { a: growingUint32(), b: growingUint32(), p: growingFloat64() }
  for (let a = 0; a < nodes; a++) {
    if ((a & 0xfff) === 0) stopIfAsked(options.signal)
    for (let i = offsets[a]; i < offsets[a + 1]; i++) {
      const c = targets[i]
      if (degree(c) > busy) continue
      for (let j = offsets[c]; j < offsets[c + 1]; j++) {
        const b = targets[j]
        if (b <= a) continue
        if (count[b]++ === 0) touched.push(b)
      }
    }
    for (const b of touched) {
      const p = count[b] < least ? 1 : poissonTail(count[b], (degree(a) * degree(b) * pairs) / arcs / arcs)
      if (p < 1e-3) {
        list.a.push(a)
        list.b.push(b)
        list.p.push(p)
      }
      count[b] = 0
    }
    touched.length = 0
  }
  const [one, other, p] = [list.a.view(), list.b.view(), list.p.view()]
  const { of, q, last } = ratesOf(p, (nodes * (nodes - 1)) / 2, rate, limit)
  const chosen = Array.from(p.keys()).filter((i) => of > 0 && p[i] <= last).sort((x, y) => p[x] - p[y] || one[x] - one[y] || other[x] - other[y]).slice(0, Math.min(of, limit))
  return {
    of,
    found: chosen.map((i, place) => {
      const [a, b] = [one[i], other[i]]
      const mine = new Set(targets.subarray(offsets[a], offsets[a + 1]))
      const shared = [...targets.subarray(offsets[b], offsets[b + 1])].filter((c) => mine.has(c) && degree(c) <= busy)
      return { a, b, shared, expected: (degree(a) * degree(b) * pairs) / arcs / arcs, q: q[place], direct: mine.has(b) }
    }),
  }
}

/** How many stand at a false discovery rate, the rates of the first of them, and the probability of the last one wanted; no object for each of millions. */
function ratesOf(p: Float64Array, tests: number, rate: number, limit: number): { of: number; q: Float64Array; last: number } {
  const sorted = Float64Array.from(p).sort()
  let of = 0
  for (let i = sorted.length; i > 0 && of === 0; i--) if ((sorted[i - 1] * tests) / i <= rate) of = i
  const q = new Float64Array(Math.min(of, limit))
  let least = 1
  for (let i = of; i > 0; i--) {
    least = Math.min(least, (sorted[i - 1] * tests) / i)
    if (i <= q.length) q[i - 1] = least
  }
  return { of, q, last: q.length === 0 ? 0 : sorted[q.length - 1] }
}
