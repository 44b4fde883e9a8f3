/** Numbers, sums of money and times in the words of a chart; never in the locale or time zone of the machine. */
import type { ChartLink } from '@ringmap/model/chart'
import { LINK_KINDS } from '@ringmap/model/schema'

/** `1234567` -> `12,34,567`: the last three digits, then pairs. */
export function indianDigits(digits: string): string {
  const head = digits.slice(0, -3)
  return head === '' ? digits : `${head.replaceAll(/\B(?=(\d\d)+$)/g, ',')},${digits.slice(-3)}`
}

function westernDigits(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

const SIGNS: Readonly<Record<string, string>> = { INR: '₹', USD: 'US$', EUR: '€', GBP: '£', NPR: 'NPR ', BDT: 'BDT ', PKR: 'PKR ', LKR: 'LKR ' }
const INDIAN_GROUPING = new Set(['INR', 'NPR', 'BDT', 'PKR', 'LKR'])
/** Smallest units in one of the currency, as a power of ten (ISO 4217); two where nothing else is stated. */
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3, JOD: 3, IQD: 3 }

/** Amount in the smallest unit (a decimal string of any length) as money: `₹12,50,000`, `₹1,234.50`. */
export function money(amount: string, currency: string | null): string {
  const sign = amount.startsWith('-') ? '−' : ''
  const decimals = currency === null ? 2 : (DECIMALS[currency] ?? 2)
  const digits = amount.replace(/^[-+]/, '').replace(/^0+(?=\d)/, '').padStart(decimals + 1, '0')
  const whole = decimals === 0 ? digits : digits.slice(0, -decimals)
  const part = decimals === 0 ? '' : digits.slice(-decimals)
  const grouped = currency === null || INDIAN_GROUPING.has(currency) ? indianDigits(whole) : westernDigits(whole)
  const prefix = currency === null ? '' : (SIGNS[currency] ?? `${currency} `)
  return `${sign}${prefix}${grouped}${/^0*$/.test(part) ? '' : `.${part}`}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const clocks = new Map<string, Intl.DateTimeFormat>()

/** `3 Jan 2024`, as the calendar stood in the time zone. */
export function day(at_ms: number, timezone: string): string {
  let clock = clocks.get(timezone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone: timezone, year: 'numeric', month: 'numeric', day: 'numeric' })
    clocks.set(timezone, clock)
  }
  const parts = new Map(clock.formatToParts(at_ms).map(({ type, value }) => [type, value]))
  return `${parts.get('day')} ${MONTHS[Number(parts.get('month')) - 1]} ${parts.get('year')}`
}

/** `3 Jan – 9 Mar 2024`; one day where both are the same; empty when nothing is dated. */
export function daySpan(first_ms: number | null, last_ms: number | null, timezone: string): string {
  const known = [first_ms, last_ms].filter((at) => at !== null)
  if (known.length === 0) return ''
  const first = day(Math.min(...known), timezone)
  const last = day(Math.max(...known), timezone)
  if (first === last) return first
  const sameYear = first.slice(-4) === last.slice(-4)
  return `${sameYear ? first.slice(0, -5) : first} – ${last}`
}

/** What a link says on the chart: how often or how much. The long form names the kind too. A doubt has no number: both its rows are one question. */
export function measureWords(link: ChartLink): { readonly long: string; readonly short: string } {
  if (link.kind === 'same_as_possible') return { long: link.label, short: 'same?' }
  const times = link.count > 1 ? `${indianDigits(String(link.count))}×` : ''
  if (link.amount !== null) {
    const sum = money(link.amount, link.currency)
    return { long: [link.label, sum, times === '' ? '' : `(${times})`].filter((word) => word !== '').join(' '), short: sum }
  }
  const always = LINK_KINDS[link.kind].counts === 'calls' && times === '' ? '1×' : times
  return { long: always === '' ? link.label : `${link.label} ${always}`, short: always === '' ? link.label : always }
}
