/**
 * Follows one sum through accounts by a rule of tracing; every paisa of it is somewhere at the end.
 * `fifo`: what came first leaves first (Clayton's Case 1816). `proportional`: each payment carries its share (Barlow Clowes v Vaughan 1992).
 * `libr`: the sum leaves last; it can never exceed the lowest balance in between (James Roscoe (Bolton) v Winder 1915).
 */
import { invariant } from '@ringmap/model/errors'
import type { Payments } from './payment-columns.ts'

export const TRACING_RULES = ['fifo', 'proportional', 'libr'] as const
export type TracingRule = (typeof TRACING_RULES)[number]

export interface MoneyTrace {
  /** Payments that carry part of the sum, in the order of time; the first is the start. */
  readonly payments: Uint32Array
  /** Paise of the sum in each of them. */
  readonly carried: Float64Array
  /** Paise of the sum in every account at the end. */
  readonly held: Float64Array
  /** Paise that each account is taken to hold before its first payment: the least that keeps it from running below zero. */
  readonly opening: Float64Array
}

/**
 * @param start the payment whose whole amount is followed, from the account that received it.
 * @param opening known opening balances; raised where the payments would need more.
 */
export function traceMoney(payments: Payments, start: number, rule: TracingRule, opening: Float64Array | null = null): MoneyTrace {
  const { accounts, source, target, amount } = payments
  invariant(start < amount.length, 'the start is a payment')
  const least = leastOpening(payments)
  const first = least.map((needed, account) => Math.max(needed, opening?.[account] ?? 0))
  const purse = rule === 'fifo' ? queues(first) : pools(first, rule)
  const list: number[] = []
  const carried: number[] = []
  for (let i = 0; i < amount.length; i++) {
    // A payment of an account to itself moves nothing.
    if (source[i] === target[i]) continue
    const part = purse.move(source[i], target[i], amount[i], i === start)
    if (part > 0) {
      list.push(i)
      carried.push(part)
    }
  }
  const held = new Float64Array(accounts)
  for (let account = 0; account < accounts; account++) held[account] = purse.held(account)
  return { payments: Uint32Array.from(list), carried: Float64Array.from(carried), held, opening: first }
}

/** Opening balance of each account with which it never runs below zero. */
export function leastOpening({ accounts, source, target, amount }: Payments): Float64Array {
  const balance = new Float64Array(accounts)
  const low = new Float64Array(accounts)
  for (let i = 0; i < amount.length; i++) {
    if (source[i] === target[i]) continue
    balance[source[i]] -= amount[i]
    if (balance[source[i]] < low[source[i]]) low[source[i]] = balance[source[i]]
    balance[target[i]] += amount[i]
  }
  return low.map((lowest) => 0 - lowest)
}

interface Purse {
  /** Moves an amount and returns how much of the sum went with it; all of it where the sum starts. */
  readonly move: (from: number, to: number, amount: number, starts: boolean) => number
  readonly held: (account: number) => number
}

function pools(opening: Float64Array, rule: 'proportional' | 'libr'): Purse {
  const balance = Float64Array.from(opening)
  const followed = new Float64Array(opening.length)
  return {
    held: (account) => followed[account],
    move(from, to, amount, starts) {
      // What starts here is followed from the account that receives it; the payer's own part of an earlier loop stays with him.
      const part = starts ? amount : rule === 'libr' ? Math.max(0, amount - (balance[from] - followed[from])) : share(amount, followed[from], balance[from])
      if (!starts) followed[from] -= part
      balance[from] -= amount
      balance[to] += amount
      followed[to] += part
      return part
    },
  }
}

/** amount * followed / balance, down to a whole paisa, never less than what must go for the rest to fit. */
function share(amount: number, followed: number, balance: number): number {
  if (followed === 0) return 0
  const product = amount * followed
  const part = product <= Number.MAX_SAFE_INTEGER ? Math.floor(product / balance) : Number((BigInt(amount) * BigInt(followed)) / BigInt(balance))
  return Math.max(part, followed - (balance - amount))
}

/** Parcels of each account, oldest first; a negative one is part of the sum. Neighbours of one kind are one parcel. */
function queues(opening: Float64Array): Purse {
  const parcels: number[][] = Array.from(opening, (first) => (first > 0 ? [first] : []))
  const heads = new Uint32Array(opening.length)
  const put = (account: number, parcel: number): void => {
    const list = parcels[account]
    const last = list.length - 1
    if (last >= heads[account] && list[last] < 0 === parcel < 0) list[last] += parcel
    else list.push(parcel)
  }
  return {
    held: (account) => parcels[account].slice(heads[account]).reduce((sum, parcel) => sum + Math.max(0, -parcel), 0),
    move(from, to, amount, starts) {
      let left = amount
      let part = 0
      const list = parcels[from]
      while (left > 0) {
        const parcel = list[heads[from]]
        const size = Math.min(Math.abs(parcel), left)
        const followed = parcel < 0
        if (Math.abs(parcel) === size) heads[from]++
        else list[heads[from]] = followed ? parcel + size : parcel - size
        left -= size
        if (starts) continue
        if (followed) part += size
        put(to, followed ? -size : size)
      }
      if (heads[from] > 64 && heads[from] * 2 > list.length) {
        list.splice(0, heads[from])
        heads[from] = 0
      }
      if (!starts) return part
      put(to, -amount)
      return amount
    },
  }
}
