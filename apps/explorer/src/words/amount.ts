/** Sums of money and counts as they are written in India: 1,25,000 and ₹1,25,000.50; sums may pass 2^53, so they stay whole numbers. */
import { currentLanguage, NUMBER_LOCALES } from './language.ts'
import { say } from './say.ts'

const SYMBOLS: Readonly<Record<string, string>> = { INR: '₹', USD: 'US$', EUR: '€', GBP: '£', NPR: 'NPR ', BDT: '৳', PKR: 'PKR ', AED: 'AED ' }
const formats = new Map<string, Intl.NumberFormat>()

/** Digits in groups of 3, then of 2: 12345678 -> 1,23,45,678. */
export function indianGroups(digits: string): string {
  return format().format(BigInt(digits))
}

/** A count. */
export function counted(value: number): string {
  const sign = value < 0 ? '−' : ''
  return sign + indianGroups(String(Math.abs(Math.round(value))))
}

function format(): Intl.NumberFormat {
  const locale = NUMBER_LOCALES[currentLanguage()]
  let known = formats.get(locale)
  if (known === undefined) formats.set(locale, known = new Intl.NumberFormat(locale))
  return known
}

/**
 * @param minor sum in the smallest unit (paise), as a decimal string. A string that is no whole number is shown as it is.
 * @param currency ISO 4217 code; null shows the number alone.
 */
export function formatAmount(minor: string, currency: string | null): string {
  const match = /^(-?)(\d+)$/.exec(minor)
  if (match === null) return minor
  const digits = (match[2] ?? '').replace(/^0+(?=\d)/, '').padStart(3, '0')
  const whole = indianGroups(digits.slice(0, -2))
  const part = digits.slice(-2)
  const symbol = currency === null ? '' : SYMBOLS[currency] ?? `${currency} `
  return `${match[1] === '-' ? '−' : ''}${symbol}${whole}${part === '00' ? '' : `.${part}`}`
}

/** 0.4166 -> 42 %. */
export function percent(share: number): string {
  return say('share', { n: Math.round(share * 100) })
}

/** Seconds as 45 s, 12 min, 3 h 05 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return say('span.seconds', { n: Math.round(seconds) })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return say('span.minutes', { n: minutes })
  return say('span.hours', { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, '0') })
}
