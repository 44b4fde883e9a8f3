/** What each column of a sample is: by its heading first, by its values where the heading says nothing or something else. */
import { canonicalise } from '@ringmap/identifiers/canonicalise'
import type { IdentifierScheme } from '@ringmap/model/schema'
import { meaningOfHeading, type Meaning } from './sniff-headers.ts'
import type { TableSample } from './sniff-sample.ts'
import { guessTime, isClock, type TimeGuess } from './sniff-times.ts'

export interface ColumnGuess {
  readonly column: string
  readonly meaning: Meaning | null
  /** Said in a comment beside it; null where heading and values agree. */
  readonly doubt: string | null
  /** Cells that are filled, up to the number looked at. */
  readonly values: readonly string[]
  readonly blanks: boolean
  readonly time: TimeGuess | null
}

/** The check that values of a meaning should pass. */
const SCHEME_OF: Partial<Record<Meaning, IdentifierScheme>> = {
  a_party: 'phone', b_party: 'phone', phone: 'phone', imei: 'imei', imsi: 'imsi', plate: 'plate', pan: 'pan', aadhaar: 'aadhaar', voter_id: 'voter_id', passport: 'passport', driving_licence: 'driving_licence',
  ifsc: 'ifsc', account: 'account', from_account: 'account', to_account: 'account', upi: 'upi', from_upi: 'upi', to_upi: 'upi', email: 'email',
}
/** Schemes strict enough to know a column by its values alone, and what it then is. Narrow ones first. */
const BY_VALUES: readonly (readonly [IdentifierScheme, Meaning, RegExp])[] = [
  ['pan', 'pan', /^[A-Z]{5}/i], ['ifsc', 'ifsc', /^[A-Z]{4}[0O]/i], ['voter_id', 'voter_id', /^[A-Z]{3}\d/i], ['plate', 'plate', /^[A-Z]{2}[ -]?\d{1,2}|BH/i], ['upi', 'upi', /@/], ['email', 'email', /@/],
  ['imei', 'imei', /^\D?\d{14,15}$/], ['imsi', 'imsi', /^\d{15}$/], ['phone', 'phone', /^[+\d][\d ()-]{9,}$/],
]
const DATE_MEANINGS: readonly Meaning[] = ['date', 'until', 'born', 'activated', 'check_in', 'check_out']
/** Values tried against a check. */
const TRIED = 300

export function guessColumns(sample: TableSample, region: string): ColumnGuess[] {
  return sample.columns.map((column, i) => guessColumn(column, sample.rows.map((row) => row[i] ?? ''), region))
}

function guessColumn(column: string, cells: readonly string[], region: string): ColumnGuess {
  const values = cells.filter((cell) => cell !== '')
  const time = guessTime(values.slice(0, TRIED * 3))
  const heading = meaningOfHeading(column)
  const base = { column, values, blanks: values.length < cells.length, time }
  const headed = heading === null ? null : timed(heading, values, time)
  if (headed !== null) return { ...base, meaning: headed, doubt: headed === heading ? doubtOf(heading, values, region, time) : null }
  if (values.length === 0) return { ...base, meaning: null, doubt: null }
  for (const [scheme, meaning, shape] of BY_VALUES) {
    const share = shareValid(scheme, values, region, shape)
    if (share >= 0.8) return { ...base, meaning, doubt: `taken by its values: ${percent(share)} pass the check` }
  }
  if (time !== null && (time.clock || time.format.startsWith('epoch') || /[-/]/.test(values[0] ?? ''))) return { ...base, meaning: 'date', doubt: 'taken by its values' }
  return { ...base, meaning: null, doubt: null }
}

/** A heading such as "call time" may stand over dates, and "date" over something that is none. */
function timed(heading: Meaning, values: readonly string[], time: TimeGuess | null): Meaning | null {
  if (values.length === 0) return heading
  if (heading === 'time') return isClock(values) ? 'time' : time === null ? null : 'date'
  if (heading === 'date' && isClock(values)) return 'time'
  if (heading === 'date' && time === null) return null
  return heading
}

function doubtOf(meaning: Meaning, values: readonly string[], region: string, time: TimeGuess | null): string | null {
  const scheme = SCHEME_OF[meaning]
  if (DATE_MEANINGS.includes(meaning) && values.length > 0) {
    if (time === null) return 'no date format fits four in five of its values: state one'
    return [time.doubt, time.share < 0.98 ? `${percent(time.share)} of the values fit` : null].filter((part) => part !== null).join('; ') || null
  }
  if (scheme === undefined || values.length === 0) return null
  const share = shareValid(scheme, values, region)
  return share >= 0.95 ? null : `only ${percent(share)} of its values pass the check of a ${scheme.replaceAll('_', ' ')}`
}

/** Of the first values, how many pass the check of a scheme. */
export function shareValid(scheme: IdentifierScheme, values: readonly string[], region: string, shape: RegExp = /./): number {
  const tried = values.slice(0, TRIED)
  return tried.filter((value) => shape.test(value) && canonicalise(scheme, value, { region }).valid).length / Math.max(tried.length, 1)
}

export function percent(share: number): string {
  return `${share > 0 && share < 0.01 ? '<1' : share < 1 && share > 0.99 ? '99' : Math.round(share * 100)} %`
}
