/** Payments in the shapes of money laundering, each with a false discovery rate against the same payments dealt out over the same moments anew. */
import { seeded, shuffle } from '@ringmap/model/random'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { discoveryAgainst, falseDiscovery } from './chance.ts'
import { chains, cycles } from './payment-chains.ts'
import type { Payments } from './payment-columns.ts'
import { fans, passThrough, woken, type PaymentShape } from './payment-shapes.ts'
import { structuring } from './structuring.ts'

export const TYPOLOGIES = ['structuring', 'fan-in', 'fan-out', 'cycle', 'pass-through', 'layering', 'woken', 'cash-to-upi'] as const
export type Typology = (typeof TYPOLOGIES)[number]

/** How a payment was made, where the rows say. */
export const MODES = { unknown: 0, cash: 1, upi: 2, transfer: 3 } as const

export interface TypologyOptions {
  readonly seed: number
  /** Times that chance is played; default 10, fewer where there are more than 300,000 payments. */
  readonly rounds?: number
  readonly limits?: readonly number[]
  /** How each payment was made (MODES); without it there is no cash-to-UPI. */
  readonly mode?: Uint8Array
  readonly signal?: StopSignal | undefined
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined
}

export interface TypologyFinding extends PaymentShape {
  readonly typology: Typology
  /** False discovery rate of this typology's list down to here. */
  readonly q: number
  /** Reporting limit that payments stay under, in paise; structuring alone. */
  readonly limit: number | null
}

type Finder = (payments: Payments, mode: Uint8Array | undefined) => readonly PaymentShape[]

const FINDERS: Readonly<Record<Exclude<Typology, 'structuring'>, Finder>> = {
  'fan-in': (payments) => fans(payments, 'in'),
  'fan-out': (payments) => fans(payments, 'out'),
  cycle: (payments) => cycles(payments),
  'pass-through': (payments) => passThrough(payments),
  layering: (payments) => chains(payments),
  woken: (payments) => woken(payments),
  'cash-to-upi': (payments, mode) => (mode === undefined ? [] : passThrough(payments, {
    window_ms: 3 * 86_400_000, least: 2, least_amount: 500_000, in_of: (i) => mode[i] === MODES.cash, out_of: (i) => mode[i] === MODES.upi,
  })),
}

/** All shapes found, by typology and then by false discovery rate and score. */
export function typologies(payments: Payments, options: TypologyOptions): TypologyFinding[] {
  const rounds = options.rounds ?? (payments.at.length > 300_000 ? 2 : 10)
  const names = TYPOLOGIES.filter((name) => name !== 'structuring')
  const observed = new Map(names.map((name) => [name, FINDERS[name](payments, options.mode)]))
  const chance = new Map<Typology, number[]>(names.map((name) => [name, []]))
  const random = seeded(options.seed)
  for (let round = 0; round < rounds; round++) {
    const order = Uint32Array.from(shuffle(random, Array.from(payments.at.keys())))
    const dealt = { accounts: payments.accounts, at: payments.at, source: order.map((i) => payments.source[i]), target: order.map((i) => payments.target[i]), amount: Float64Array.from(order, (i) => payments.amount[i]) }
    const mode = options.mode === undefined ? undefined : Uint8Array.from(order, (i) => options.mode?.[i] ?? 0)
    for (const [n, name] of names.entries()) {
      stopIfAsked(options.signal)
      options.progress?.(`chance for ${name}`, round * names.length + n, rounds * names.length)
      if ((observed.get(name)?.length ?? 0) === 0) continue
      for (const { score } of FINDERS[name](dealt, mode)) chance.get(name)?.push(score)
    }
  }
  const under = structuring(payments, options.limits === undefined ? {} : { limits: options.limits })
  const q = falseDiscovery(under.map(({ p }) => p))
  const found: TypologyFinding[] = under.map((shape, i) => ({ ...shape, typology: 'structuring', q: q[i] }))
  for (const name of names) {
    const shapes = observed.get(name) ?? []
    const rates = discoveryAgainst(shapes.map(({ score }) => score), chance.get(name) ?? [], rounds)
    shapes.forEach((shape, i) => found.push({ ...shape, typology: name, q: rates[i], limit: null }))
  }
  return found.sort((a, b) => TYPOLOGIES.indexOf(a.typology) - TYPOLOGIES.indexOf(b.typology) || a.q - b.q || b.score - a.score || a.accounts[0] - b.accounts[0])
}
