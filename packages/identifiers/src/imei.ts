/** Handset numbers: 14, 15 and 16 digits of one handset meet in the 15-digit form with its Luhn digit (3GPP TS 23.003). */
import { failed, passed, type Canonical } from './canonical.ts'
import { luhnDigit } from './check-digit.ts'
import { compact, fromSpreadsheet, oneDigitRepeated, saysNothing, tidy } from './written.ts'

/**
 * Type code and serial number (14 digits) with the check digit computed. A 15th digit 0 is taken for the spare digit that networks
 * send in its place; any other wrong check digit is kept and fails, since a digit before it may be the wrong one.
 */
export function canonicalImei(written: string): Canonical {
  const { text, lost } = fromSpreadsheet(tidy(written))
  if (lost) return failed(text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  if (saysNothing(text)) return failed(text, 'no number')
  const digits = compact(text)
  if (/^(?=.*[A-F])[A-F][0-9A-F]{13}$/.test(digits)) return passed(digits, 'MEID')
  if (!/^\d+$/.test(digits)) return failed(digits, 'an IMEI has digits only')
  if (oneDigitRepeated(digits)) return failed(digits, 'one digit repeated: a placeholder')
  if (digits.length < 14 || digits.length > 16) return failed(digits, `${digits.length} digits; an IMEI has 15, or 14 without its check digit, or 16 with a software version`)
  const handset = digits.slice(0, 14)
  const value = handset + luhnDigit(handset)
  if (digits.length === 14) return passed(value, 'check digit computed')
  if (digits.length === 16) return passed(value, 'software version left out')
  if (digits === value) return passed(value)
  if (digits.endsWith('0')) return passed(value, 'check digit sent as 0')
  return failed(digits, `check digit is ${digits.slice(14)}, computed ${value.slice(14)}`)
}
