/** Pairs who share more contacts than chance gives; chance keeps how many contacts everybody has (configuration model; Poisson, after Zweig & Kaufmann 2011). */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { falseDiscovery, poissonTail } from './chance.ts'

export interface SharedContactOptions {
  /** Whoever has more contacts than this is no shared contact to speak of; default 150. */
  readonly busy?: number
  /** Least shared contacts; default 3. */
  readonly least?: number
  /** Highest false discovery rate returned; default 0.01. */
  readonly rate?: number
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
export function sharedContacts(csr: Csr, options: SharedContactOptions = {}): SharedContacts[] {
  const { busy = 150, least = 3, rate = 0.01 } = options
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
  const list: { a: number; b: number; n: number; expected: number; p: number }[] = []
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
      if (count[b] >= least) {
        const expected = (degree(a) * degree(b) * pairs) / arcs / arcs
        const p = poissonTail(count[b], expected)
        if (p < 1e-3) list.push({ a, b, n: count[b], expected, p })
      }
      count[b] = 0
    }
    touched.length = 0
  }
  list.sort((x, y) => x.p - y.p || x.a - y.a || x.b - y.b)
  const q = falseDiscovery(list.map(({ p }) => p), (nodes * (nodes - 1)) / 2)
  return list.map((one, i) => ({ one, q: q[i] })).filter((found) => found.q <= rate).map(({ one: { a, b, expected }, q: rateHere }) => {
    const mine = new Set(targets.subarray(offsets[a], offsets[a + 1]))
    const hers = targets.subarray(offsets[b], offsets[b + 1])
    return { a, b, expected, q: rateHere, direct: mine.has(b), shared: [...hers].filter((c) => mine.has(c) && degree(c) <= busy) }
  })
}
