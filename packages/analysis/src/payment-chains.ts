/** Payments that hand one sum on from account to account: chains (rapid layering) and cycles, scored by how rare each hand-over is by chance. */
import { lowerBound } from '@ringmap/model/lower-bound'
import { flowsOf, type Payments } from './payment-columns.ts'
import type { PaymentShape } from './payment-shapes.ts'

export interface ChainOptions {
  /** Longest time between two hops; default 48 hours for chains, 5 days for cycles. */
  readonly gap_ms?: number
  /** Least hops; default 3. */
  readonly least?: number
  /** Least payment, in paise; default 10,000 rupees. */
  readonly least_amount?: number
  /** A hop carries at least this share of the one before; default 0.8 for chains, 0.7 for cycles. */
  readonly kept?: number
}

const DAY = 86_400_000
const LONGEST = 8
/** Steps of the search for cycles from one payment; beyond it the payment starts none that can be told from chance. */
const EFFORT = 3000

/** The best chain that ends with each payment that nothing continues; no payment is in two of those returned. */
export function chains(payments: Payments, options: ChainOptions = {}): PaymentShape[] {
  const { gap_ms: gap = 2 * DAY, least = 3, least_amount: floor = 1_000_000, kept = 0.8 } = options
  const { source, target, at, amount } = payments
  const { into } = flowsOf(payments)
  const chance = handOver(payments, kept)
  const score = new Float64Array(at.length)
  const hops = new Uint32Array(at.length)
  const before = new Int32Array(at.length).fill(-1)
  const head = Uint32Array.from(into.offsets.subarray(0, payments.accounts))
  for (let i = 0; i < at.length; i++) {
    hops[i] = 1
    if (amount[i] < floor) continue
    const account = source[i]
    while (head[account] < into.offsets[account + 1] && at[i] - at[into.items[head[account]]] > gap) head[account]++
    let within = 0
    for (let k = head[account]; k < into.offsets[account + 1] && into.items[k] < i; k++) within++
    for (let k = head[account]; k < head[account] + within; k++) {
      const j = into.items[k]
      if (amount[i] > amount[j] || amount[i] < amount[j] * kept || source[j] === target[i] || amount[j] < floor) continue
      const gained = score[j] + chance(amount[i], within)
      if (gained > score[i]) {
        score[i] = gained
        hops[i] = hops[j] + 1
        before[i] = j
      }
    }
  }
  const ends = Array.from(at.keys()).filter((i) => hops[i] >= least).sort((a, b) => score[b] - score[a] || a - b)
  const used = new Uint8Array(at.length)
  const shapes: PaymentShape[] = []
  for (const end of ends) {
    const path: number[] = []
    for (let i = end; i >= 0 && path.length < 64; i = before[i]) path.push(i)
    path.reverse()
    if (path.some((i) => used[i] === 1)) continue
    const accounts = [source[path[0]], ...path.map((i) => target[i])]
    if (new Set(accounts).size !== accounts.length) continue
    for (const i of path) used[i] = 1
    shapes.push({ accounts, payments: path, score: score[end], amount: amount[end] })
  }
  return shapes
}

/** Sums that come back to where they started, through at least two other accounts, in the order of time. */
export function cycles(payments: Payments, options: ChainOptions = {}): PaymentShape[] {
  const { gap_ms: gap = 5 * DAY, least = 3, least_amount: floor = 1_000_000, kept = 0.7 } = options
  const { source, target, at, amount } = payments
  const { out } = flowsOf(payments)
  const chance = handOver(payments, kept)
  const found: PaymentShape[] = []
  const used = new Uint8Array(at.length)
  for (let start = 0; start < at.length; start++) {
    if (amount[start] < floor || used[start] === 1 || source[start] === target[start]) continue
    const home = source[start]
    let effort = 0
    let best: { path: number[]; score: number } | null = null
    const path = [start]
    const search = (score: number): void => {
      const i = path[path.length - 1]
      const account = target[i]
      let k = firstAfter(out.items, out.offsets[account], out.offsets[account + 1], i)
      const from = k
      for (; k < out.offsets[account + 1] && at[out.items[k]] - at[i] <= gap && effort < EFFORT; k++) {
        effort++
        const j = out.items[k]
        if (amount[j] > amount[i] * 1.001 || amount[j] < amount[i] * kept || used[j] === 1) continue
        const gained = score + chance(amount[j], k - from + 1)
        if (target[j] === home) {
          // The way home to one given account is rarer than a hand-over to anybody.
          const whole = gained + Math.log(Math.max(2, payments.accounts) / 2)
          if (path.length + 1 >= least && (best === null || whole > best.score)) best = { path: [...path, j], score: whole }
        } else if (path.length + 1 < LONGEST && !path.some((p) => target[p] === target[j])) {
          path.push(j)
          search(gained)
          path.pop()
        }
      }
    }
    search(0)
    const closed = best as { path: number[]; score: number } | null
    if (closed === null) continue
    for (const i of closed.path) used[i] = 1
    found.push({ accounts: closed.path.map((i) => source[i]), payments: closed.path, score: closed.score, amount: amount[closed.path[closed.path.length - 1]] })
  }
  return found
}

/** How rare it is that one of `within` payments of anybody's size fits a sum: minus the log of the chance that at least one does. */
function handOver({ amount }: Payments, kept: number): (sum: number, within: number) => number {
  const sorted = Float64Array.from(amount).sort()
  return (sum, within) => {
    const fitting = (lowerBound(sorted, sum / kept) - lowerBound(sorted, sum) + 1) / (sorted.length + 1)
    return -Math.log(-Math.expm1(-fitting * within))
  }
}

/** Place of the first item beyond a value in an ascending part of an array. */
function firstAfter(items: Uint32Array, from: number, to: number, value: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (items[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}
