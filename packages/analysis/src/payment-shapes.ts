/** Accounts whose payments are bunched as money laundering bunches them: many payers at once, many payees at once, in and straight out, long asleep and woken. */
import type { Grouped } from '@ringmap/graph/grouped'
import { scanTail } from './chance.ts'
import { flowsOf, type Payments } from './payment-columns.ts'

export interface PaymentShape {
  /** The account it is about first. */
  readonly accounts: readonly number[]
  /** Payments that make it, in the order of time. */
  readonly payments: readonly number[]
  /** Higher is less like chance; comparable within one shape only. */
  readonly score: number
  /** Paise that the shape is about. */
  readonly amount: number
}

const DAY = 86_400_000

/**
 * Bursts of different payers (or payees): the least likely window of each account, under payers spread over the whole span.
 * Only those count who pay within one window and never else: wages, rent and regular customers make no burst.
 */
export function fans(payments: Payments, way: 'in' | 'out', options: { readonly window_ms?: number; readonly least?: number } = {}): PaymentShape[] {
  const { window_ms: window = 7 * DAY, least = 5 } = options
  const { into, out } = flowsOf(payments)
  const own = way === 'in' ? into : out
  const far = way === 'in' ? payments.source : payments.target
  const span = spanOf(payments)
  const shapes: PaymentShape[] = []
  const last = new Map<number, number>()
  const seen = new Map<number, { first: number; last: number }>()
  for (let account = 0; account < payments.accounts; account++) {
    const whole = own.items.subarray(own.offsets[account], own.offsets[account + 1])
    if (whole.length < least) continue
    seen.clear()
    for (const i of whole) {
      const known = seen.get(far[i])
      if (known === undefined) seen.set(far[i], { first: payments.at[i], last: payments.at[i] })
      else known.last = payments.at[i]
    }
    const list = whole.filter((i) => {
      const known = seen.get(far[i])
      return known !== undefined && known.last - known.first <= window
    })
    const everyone = new Set<number>()
    for (const i of list) everyone.add(far[i])
    if (everyone.size < least) continue
    last.clear()
    let from = 0
    let [most, start, end] = [0, 0, 0]
    list.forEach((i, at) => {
      last.set(far[i], (last.get(far[i]) ?? 0) + 1)
      while (payments.at[i] - payments.at[list[from]] > window) {
        const gone = far[list[from++]]
        const left = (last.get(gone) as number) - 1
        if (left === 0) last.delete(gone)
        else last.set(gone, left)
      }
      if (last.size > most) [most, start, end] = [last.size, from, at]
    })
    if (most < least) continue
    const chance = scanTail(most, everyone.size, Math.min(1, window / span))
    const used = [...list.subarray(start, end + 1)]
    shapes.push({ accounts: [account, ...new Set(used.map((i) => far[i]))], payments: used, score: -Math.log(Math.max(chance, 1e-300)), amount: total(payments, used) })
  }
  return shapes
}

export interface PassOptions {
  /** Time in which it has to leave; default 48 hours. */
  readonly window_ms?: number
  /** Least times that it happens at one account; default 2. */
  readonly least?: number
  /** Least payment looked at, in paise; default 10,000 rupees. */
  readonly least_amount?: number
  /** Which payments come in and which go out; default all. */
  readonly in_of?: (payment: number) => boolean
  readonly out_of?: (payment: number) => boolean
}

/** Sums that leave an account almost whole soon after they came: how often, against how often they stayed. */
export function passThrough(payments: Payments, options: PassOptions = {}): PaymentShape[] {
  const { window_ms: window = 2 * DAY, least = 2, least_amount: floor = 1_000_000, in_of: inOf, out_of: outOf } = options
  const { into, out } = flowsOf(payments)
  const { at, amount } = payments
  const shapes: PaymentShape[] = []
  for (let account = 0; account < payments.accounts; account++) {
    const used: number[] = []
    let [times, tried, moved, next] = [0, 0, 0, out.offsets[account]]
    for (let k = into.offsets[account]; k < into.offsets[account + 1]; k++) {
      const i = into.items[k]
      if (amount[i] < floor || inOf?.(i) === false) continue
      tried++
      while (next < out.offsets[account + 1] && at[out.items[next]] < at[i]) next++
      const left = leaving(payments, out, next, account, i, window, outOf)
      if (left === null) continue
      times++
      moved += amount[i]
      used.push(i, ...left.payments)
      next = left.next
    }
    if (times < least) continue
    const list = [...new Set(used)].sort((a, b) => a - b)
    shapes.push({
      accounts: [account, ...new Set(list.flatMap((i) => [payments.source[i], payments.target[i]]).filter((one) => one !== account))], payments: list,
      score: times * (times / tried) * Math.log10(moved / times / 100), amount: moved,
    })
  }
  return shapes
}

/** The first payments out after one in that together carry 85 to 102 % of it. */
function leaving(payments: Payments, out: Grouped, from: number, account: number, inward: number, window: number, outOf: PassOptions['out_of']): { payments: number[]; next: number } | null {
  const { at, amount } = payments
  const list: number[] = []
  let sum = 0
  for (let k = from; k < out.offsets[account + 1] && at[out.items[k]] - at[inward] <= window && list.length < 12; k++) {
    const i = out.items[k]
    if (outOf?.(i) === false) continue
    sum += amount[i]
    list.push(i)
    if (sum > amount[inward] * 1.02) return null
    if (sum >= amount[inward] * 0.85) return { payments: list, next: k + 1 }
  }
  return null
}

/** Accounts silent for long that then move much more than ever before, within a week. */
export function woken(payments: Payments, options: { readonly silent_ms?: number; readonly times?: number } = {}): PaymentShape[] {
  const { silent_ms: silent = 45 * DAY, times = 5 } = options
  const { into, out } = flowsOf(payments)
  const span = spanOf(payments)
  const { at, amount } = payments
  const shapes: PaymentShape[] = []
  for (let account = 0; account < payments.accounts; account++) {
    const list = Uint32Array.from([...into.items.subarray(into.offsets[account], into.offsets[account + 1]), ...out.items.subarray(out.offsets[account], out.offsets[account + 1])]).sort()
    let before = 0
    let largest = 0
    for (let k = 0; k + 2 < list.length; k++) {
      before += amount[list[k]]
      largest = Math.max(largest, amount[list[k]])
      const gap = at[list[k + 1]] - at[list[k]]
      if (gap < silent) continue
      const burst: number[] = []
      for (let j = k + 1; j < list.length && at[list[j]] - at[list[k + 1]] <= 7 * DAY; j++) burst.push(list[j])
      const moved = total(payments, burst)
      const typical = before / (k + 1)
      if (burst.length < 2 || moved < times * typical * burst.length || moved < 2 * largest) continue
      const accounts = [account, ...new Set(burst.flatMap((i) => [payments.source[i], payments.target[i]]).filter((one) => one !== account))]
      // The silence against the account's own pace, the sum against its usual ones.
      shapes.push({ accounts, payments: burst, score: (list.length - 1) * -Math.log(Math.max(1e-9, 1 - gap / span)) + burst.length * Math.log(moved / burst.length / typical), amount: moved })
      break
    }
  }
  return shapes
}

export function spanOf({ at }: Payments): number {
  return at.length < 2 ? 1 : Math.max(1, at[at.length - 1] - at[0])
}

function total({ amount }: Payments, list: readonly number[]): number {
  return list.reduce((sum, i) => sum + amount[i], 0)
}
