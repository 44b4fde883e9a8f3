/** Follows one payment of a case through accounts by a rule of tracing, hop by hop with rows, and looks for payments in laundering shapes. */
import { RingmapError } from '@ringmap/model/errors'
import { traceMoney, type TracingRule } from '@ringmap/analysis/money-trace'
import { typologies, type TypologyFinding } from '@ringmap/analysis/typologies'
import type { WorkOptions } from '@ringmap/model/progress'
import { casePayments, money, type CasePayments } from './case-payments.ts'
import { dayText, momentText } from './happenings.ts'
import { plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings, DraftReason } from './pattern-drafts.ts'

export interface MoneyOptions extends WorkOptions {
  readonly rule: TracingRule
  /** Entity number of the account whose largest receipt is followed; the largest payment of all where none is given. */
  readonly account?: number | undefined
  /** The payment to follow, by source position and row. */
  readonly row?: { readonly source: number; readonly row: number } | undefined
}

const RULE_WORDS: Readonly<Record<TracingRule, string>> = {
  fifo: 'first in, first out', proportional: 'each payment carries its share', libr: 'lowest intermediate balance: the sum leaves last',
}

/** @throws RingmapError not_found when no payment is the one asked for */
export async function findMoney(open: OpenCase, options: MoneyOptions): Promise<DraftFindings> {
  const found = await casePayments(open)
  const method = `One payment followed through accounts (${RULE_WORDS[options.rule]}); opening balances are the least that keep accounts from running below zero.`
  if (found === null) return { method, drafts: [], cautions: ['There are no payments with a time and an amount.'] }
  const start = startOf(found, options)
  const { payments, entities, currency } = found
  const trace = traceMoney(payments, start, options.rule)
  const of = (account: number): number => entities[account] as number
  const whole = payments.amount[start] as number
  const zone = open.file.timezone
  const hops: DraftFinding[] = [...trace.payments].map((i, n) => ({
    shape: n === 0 ? 'start' : 'hop', subjects: [of(payments.source[i] as number), of(payments.target[i] as number)], value: trace.carried[n] as number, unit: 'paise', sureness: { kind: 'exact', value: null },
    text: `{${of(payments.source[i] as number)}} paid {${of(payments.target[i] as number)}} ${money(payments.amount[i] as number, currency)} on ${momentText(payments.at[i] as number, zone)}`,
    first_ms: payments.at[i] as number, last_ms: payments.at[i] as number, rows: [found.place(i)],
    because: [{ code: 'carried', text: n === 0 ? `the sum that is followed` : `${money(trace.carried[n] as number, currency)} of it belong to the sum`, entities: [] }],
  }))
  const held = Array.from(trace.held.keys()).filter((account) => (trace.held[account] as number) > 0).sort((a, b) => (trace.held[b] as number) - (trace.held[a] as number) || a - b)
  const ends: DraftFinding[] = held.map((account) => {
    const carrying = [...trace.payments].filter((i) => payments.target[i] === account)
    return {
      shape: 'held', subjects: [of(account)], value: trace.held[account] as number, unit: 'paise', sureness: { kind: 'exact', value: null },
      text: `${money(trace.held[account] as number, currency)} of ${money(whole, currency)} ${held.length === 1 ? 'is' : 'are'} with {${of(account)}} at the end of the records`,
      rows: carrying.map(found.place), because: [{ code: 'through', text: `came in ${plural(carrying.length, 'payment')} that carry part of the sum`, entities: [] }],
    }
  })
  return { method, drafts: [...ends, ...hops], cautions: [
    `${money(whole, currency)} were followed and ${money(held.reduce((sum, account) => sum + (trace.held[account] as number), 0), currency)} are accounted for.`,
    'Which rule applies is for the court to say; another rule may put the money elsewhere. What an account does outside these records is not seen.', ...leftOut(found),
  ] }
}

function startOf(found: CasePayments, options: MoneyOptions): number {
  const { payments, entities } = found
  let best = -1
  for (let i = 0; i < payments.at.length; i++) {
    const place = found.place(i)
    const wanted = options.row === undefined ? options.account === undefined || entities[payments.target[i] as number] === options.account : place.source === options.row.source && place.row === options.row.row
    if (wanted && (best < 0 || (payments.amount[i] as number) > (payments.amount[best] as number))) best = i
  }
  if (best < 0) throw new RingmapError('not_found', { what: options.row === undefined ? 'A payment into that account' : `A payment in row ${options.row.row}` })
  return best
}

export interface TypologyStepOptions extends WorkOptions {
  readonly seed: number
  /** Highest false discovery rate listed. */
  readonly rate: number
}

export async function findTypologies(open: OpenCase, options: TypologyStepOptions): Promise<DraftFindings> {
  const found = await casePayments(open)
  const method = `Shapes of payments that are rare when the same payments are dealt out over the same moments anew (seed ${options.seed}); listed up to a false discovery rate of ${options.rate}.`
  if (found === null) return { method, drafts: [], cautions: ['There are no payments with a time and an amount.'] }
  const shapes = typologies(found.payments, { seed: options.seed, signal: options.signal, progress: options.progress, ...(found.modes_known ? { mode: found.mode } : {}) })
  // The counter pays and is paid by everybody: what it does is nobody's shape.
  const listed = shapes.filter(({ q, accounts }) => q <= options.rate && !found.cash.has(accounts[0] as number)).sort((a, b) => a.q - b.q || b.amount - a.amount)
  return {
    method, drafts: listed.map((shape) => shapeDraft(shape, found, open.file.timezone)),
    cautions: [
      'A shape is a reason to look, not a finding of guilt: a wedding fund, a committee (chit) or a contractor paying his men can look the same.',
      'Collectors and financiers stand here and not in the order of organisers: whoever only moves money is never mixed into it.',
      ...(found.modes_known ? [] : ['No payment is known to be in cash (from the narration, or layer: cash), so cash turned into UPI payments cannot be seen.']), ...leftOut(found),
    ],
  }
}

function shapeDraft(shape: TypologyFinding, found: CasePayments, zone: string): DraftFinding {
  const { payments, entities, currency } = found
  const of = (account: number): number => entities[account] as number
  const [first, last] = [payments.at[shape.payments[0] as number] as number, payments.at[shape.payments.at(-1) as number] as number]
  const main = of(shape.accounts[0] as number)
  const others = shape.accounts.slice(1).map(of)
  const sum = money(shape.amount, currency)
  const when = dayText(first, zone) === dayText(last, zone) ? `on ${dayText(first, zone)}` : `from ${dayText(first, zone)} to ${dayText(last, zone)}`
  const path = shape.accounts.map((account) => `{${of(account)}}`).join(' to ')
  const words: Readonly<Record<TypologyFinding['typology'], string>> = {
    structuring: `${plural(shape.payments.length, 'payment')} of {${main}} stay just under ${money(shape.limit ?? 0, currency)}, together ${sum}`,
    'fan-in': `${others.length} payers, none of whom paid before or after, pay {${main}} ${sum} ${when}`,
    'fan-out': `{${main}} pays ${sum} to ${others.length} others, none of whom it paid before or after, ${when}`,
    cycle: `${sum} come back: ${path} to {${main}}, ${when}`,
    'pass-through': `${sum} go through {${main}} within two days of coming in, time after time`,
    layering: `${sum} are handed on ${shape.payments.length} times: ${path}, ${when}`,
    woken: `{${main}}, long silent, moves ${sum} ${when}`,
    'cash-to-upi': `${sum} come into {${main}} in cash and leave by UPI within three days, time after time`,
  }
  const why: DraftReason[] = [{ code: 'rare', text: `${plural(shape.payments.length, 'payment')}; of the findings of this shape down to this one ${shape.q < 0.01 ? 'under 1' : `about ${Math.round(shape.q * 100)}`} in 100 are to be expected by chance`, entities: others.slice(0, 20) }]
  return { shape: shape.typology, subjects: [main, ...(shape.typology === 'cycle' || shape.typology === 'layering' ? others : [])], text: words[shape.typology], value: shape.amount, unit: 'paise', sureness: { kind: 'q', value: shape.q }, first_ms: first, last_ms: last, because: why, rows: shape.payments.map(found.place) }
}

function leftOut(found: CasePayments): string[] {
  return found.left_out === 0 ? [] : [`${found.left_out} payments without an amount, without a time or in other currencies than ${found.currency} were left out.`]
}
