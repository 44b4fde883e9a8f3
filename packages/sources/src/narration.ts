/** What can be found in the narration of a bank statement: the other side's UPI id, account, bank code or phone, and the reference of the transfer. */
import type { NARRATION_PARTS } from '@ringmap/model/case-file'
import { sql, type Sql } from '@ringmap/store/sql'

export type NarrationPart = (typeof NARRATION_PARTS)[number]

/**
 * Patterns for DuckDB's RE2, without regard to case; the first group is what is found. An account must be announced (`A/C`, `TO`, `FROM`, `TRF`): bare
 * digits in a narration are as often a reference, a phone or a date. Cash is what the counter, a machine or the holder himself took or brought.
 */
const PATTERNS: Readonly<Record<NarrationPart, string>> = {
  upi: '(?i)(?:^|[^a-z0-9._-])([a-z0-9][a-z0-9._-]*@[a-z][a-z0-9]+)(?:[^a-z0-9.@]|$)',
  cash: '(?i)(?:^|[^a-z])(cash|csh|atm|atw|nwd|cdm|self)(?:[^a-z]|$)',
  account: '(?i)(?:^|[^a-z])(?:a/?c|acc(?:ount|t)?|to|from|trf|transfer)(?: ?no\\.?)?[ :./-]*(?:to|from)?[ :./-]*([0-9]{9,18})(?:[^0-9]|$)',
  ifsc: '(?i)(?:^|[^a-z0-9])([a-z]{4}0[a-z0-9]{6})(?:[^a-z0-9]|$)',
  phone: '(?:^|[^0-9])((?:[+]?91|0)?[6-9][0-9]{9})(?:[^0-9]|$)',
  reference: '(?i)(?:^|[^a-z0-9])([a-z]{4}[a-z0-9]?[0-9]{11,17}|[0-9]{12})(?:[^a-z0-9]|$)',
}

/** The first such part of a text, NULL where there is none. A payment has one other side: a UPI id goes before cash, and cash before an account. */
export function narrationPart(text: Sql, part: NarrationPart): Sql {
  const found = (which: NarrationPart): Sql => sql`nullif(regexp_extract(${text}, ${PATTERNS[which]}, 1), '')`
  if (part === 'cash') return sql`CASE WHEN ${found('upi')} IS NULL AND ${found('cash')} IS NOT NULL THEN 'CASH' END`
  return part === 'account' ? sql`CASE WHEN ${found('upi')} IS NULL AND ${found('cash')} IS NULL THEN ${found('account')} END` : found(part)
}
