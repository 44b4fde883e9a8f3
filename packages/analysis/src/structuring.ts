/** Payments kept just under a reporting limit: more of an account's payments just below it than just above, against what all accounts do there. */
import { binomialTail } from './chance.ts'
import type { Payments } from './payment-columns.ts'
import type { PaymentShape } from './payment-shapes.ts'

/** Paise: cash that needs a PAN (Income-tax Rules, r. 114B), and the cash reports to the FIU-IND (PML Rules 2005, r. 3). */
export const LIMITS = [5_000_000, 20_000_000, 100_000_000] as const

export interface StructuringOptions {
  /** Limits in paise. */
  readonly limits?: readonly number[]
  /** How near to the limit counts: 0.1 looks at the tenth below and the tenth above. */
  readonly near?: number
  readonly least?: number
}

export interface Structuring extends PaymentShape {
  readonly limit: number
  /** Probability under the null. */
  readonly p: number
}

/** Both receivers and payers are looked at; the account stands first. */
export function structuring(payments: Payments, options: StructuringOptions = {}): Structuring[] {
  const { limits = LIMITS, near = 0.1, least = 4 } = options
  const found: Structuring[] = []
  for (const limit of limits) {
    const below = (amount: number): boolean => amount >= limit * (1 - near) && amount < limit
    const above = (amount: number): boolean => amount >= limit && amount < limit * (1 + near)
    for (const end of [payments.target, payments.source]) {
      const under = new Map<number, number[]>()
      const over = new Uint32Array(payments.accounts)
      let overall = 0
      let underall = 0
      const standing = new Set<string>()
      for (let i = 0; i < payments.amount.length; i++) {
        const amount = payments.amount[i]
        if (!above(amount) && !below(amount)) continue
        // Wages and rent: one amount between the same two, again and again, counts once.
        const same = `${payments.source[i]} ${payments.target[i]} ${amount}`
        if (standing.has(same)) continue
        standing.add(same)
        if (above(amount)) {
          over[end[i]]++
          overall++
        } else {
          const list = under.get(end[i])
          if (list === undefined) under.set(end[i], [i])
          else list.push(i)
          underall++
        }
      }
      for (const [account, list] of [...under].sort((a, b) => a[0] - b[0])) {
        if (list.length < least) continue
        // The others' share, at least a half: amounts grow rarer with size, and round ones stand on the limit itself.
        const others = Math.max(0.5, (underall - list.length + 1) / (underall - list.length + overall - over[account] + 2))
        const p = binomialTail(list.length, list.length + over[account], Math.min(0.98, others))
        found.push({ accounts: [account], payments: list, score: -Math.log(Math.max(p, 1e-300)), amount: list.reduce((sum, i) => sum + payments.amount[i], 0), limit, p })
      }
    }
  }
  return found
}
