/** Sums of money and counts as they are written in India: 1,25,000 and ₹1,25,000.50; sums may pass 2^53, so they stay whole numbers. */

const SYMBOLS: Readonly<Record<string, string>> = { INR: '₹', USD: 'US$', EUR: '€', GBP: '£', NPR: 'NPR ', BDT: '৳', PKR: 'PKR ', AED: 'AED ' }

/** Digits in groups of 3, then of 2: 12345678 -> 1,23,45,678. */
export function indianGroups(digits: string): string {
  const head = digits.slice(0, -3)
  const tail = digits.slice(-3)
  return head === '' ? tail : `${head.replaceAll(/\B(?=(\d{2})+(?!\d))/g, ',')},${tail}`
}

/** A count. */
export function counted(value: number): string {
  const sign = value < 0 ? '−' : ''
  return sign + indianGroups(String(Math.abs(Math.round(value))))
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
  return `${Math.round(share * 100)} %`
}

/** `1 call`, `42 calls`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${counted(count)} ${count === 1 ? one : many}`
}

/** Seconds as 45 s, 12 min, 3 h 05 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${counted(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`
}
