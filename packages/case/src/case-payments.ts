/** The payments of a case as typed columns in the order of time, with the way back to accounts and rows. */
import type { Payments } from '@ringmap/analysis/payment-columns'
import { MODES } from '@ringmap/analysis/typologies'
import { sql } from '@ringmap/store/sql'
import { SERVICES } from './case-network.ts'
import { countRows, happened } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftPlace } from './pattern-drafts.ts'

export interface CasePayments {
  readonly payments: Payments
  /** Entity of each account. */
  readonly entities: Uint32Array
  /** Accounts that are the counter or the machine. */
  readonly cash: ReadonlySet<number>
  readonly mode: Uint8Array
  /** Whether any payment is known to be in cash. */
  readonly modes_known: boolean
  readonly place: (payment: number) => DraftPlace
  readonly currency: string
  /** Payments that were left out: of other currencies, without an amount. */
  readonly left_out: number
}

/** In the currency that most payments have; null where there are none. */
export async function casePayments(open: OpenCase): Promise<CasePayments | null> {
  const { database } = open
  const all = happened(['paid'])
  const main = await database.one<{ currency: string; n: number }>(sql`SELECT currency, count(*) AS n FROM (${all}) WHERE amount > 0 AND currency IS NOT NULL GROUP BY currency ORDER BY n DESC, currency LIMIT 1`)
  if (main === null) return null
  const used = sql`SELECT * FROM (${all}) WHERE amount > 0 AND currency = ${main.currency}`
  // Cash that is handed in and cash that is taken out are two ends: no sum can be followed from one to the other.
  const cash = sql`SELECT entity FROM entity WHERE kind = 'BankAccount' AND entity IN (${SERVICES})`
  await database.run(sql`CREATE OR REPLACE TEMP TABLE payer AS SELECT entity, taken, CAST(row_number() OVER (ORDER BY entity, taken) - 1 AS INTEGER) AS n
    FROM (SELECT source AS entity, FALSE AS taken FROM (${used}) UNION SELECT target, target IN (${cash}) FROM (${used}))`)
  const accounts = await countRows(open, sql`SELECT * FROM payer`)
  const [entities] = await database.columns(sql`SELECT entity FROM payer ORDER BY n`, ['u32'] as const, accounts)
  const mode = sql`CAST(CASE lower(u.layer) WHEN 'cash' THEN ${MODES.cash} WHEN 'upi' THEN ${MODES.upi} WHEN 'transfer' THEN ${MODES.transfer}
    ELSE CASE WHEN u.source IN (${cash}) OR u.target IN (${cash}) THEN ${MODES.cash} WHEN p.kind = 'OnlineAccount' OR q.kind = 'OnlineAccount' THEN ${MODES.upi} ELSE ${MODES.unknown} END END AS UTINYINT)`
  const [source, target, at, amount, modes, file, row] = await database.columns(
    sql`SELECT a.n, b.n, CAST(u.at_ms AS DOUBLE), CAST(u.amount AS DOUBLE), ${mode}, u.file, CAST(u.row AS INTEGER) FROM (${used}) u JOIN payer a ON a.entity = u.source AND NOT a.taken JOIN payer b ON b.entity = u.target AND b.taken = (u.target IN (${cash})) JOIN entity p ON p.entity = u.source JOIN entity q ON q.entity = u.target
      ORDER BY u.at_ms, a.n, b.n, u.amount, u.file, u.row`,
    ['u32', 'u32', 'f64', 'f64', 'u8', 'u32', 'u32'] as const, main.n,
  )
  const tills = await database.rows<{ n: number }>(sql`SELECT n FROM payer WHERE entity IN (${cash})`)
  await database.run(sql`DROP TABLE payer`)
  const payments = { accounts, source, target, at, amount }
  const left = (await countRows(open, all)) - main.n
  return { payments, entities, cash: new Set(tills.map(({ n }) => n)), mode: modes, modes_known: modes.includes(MODES.cash), currency: main.currency, left_out: left, place: (i) => ({ source: file[i] as number, row: row[i] as number }) }
}

/** `INR 1,50,000.00`, in the grouping that the currency is written with. */
export function money(minor: number, currency: string): string {
  return `${currency} ${(minor / 100).toLocaleString(currency === 'INR' ? 'en-IN' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}
