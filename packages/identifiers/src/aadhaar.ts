/** Aadhaar numbers: checked, then kept with the last four digits only, since the law lets few store the whole (Aadhaar Act 2016, s. 29). */
import { failed, passed, type Canonical } from './canonical.ts'
import { verhoeffHolds } from './check-digit.ts'
import { compact, fromSpreadsheet, oneDigitRepeated, saysNothing, tidyUpper } from './written.ts'

/** `XXXXXXXX1234`. Four digits are shared by many, so equal values never identify; whatever fails the check is masked as well. */
export function canonicalAadhaar(written: string): Canonical {
  const { text, lost } = fromSpreadsheet(tidyUpper(written))
  if (lost) return failed(text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  const number = text.replaceAll(/[*•●]/g, 'X').replaceAll(/[\s.-]/g, '')
  if (/^X{8}\d{4}$/.test(number)) return passed(number, 'last four digits only')
  if (saysNothing(text)) return failed(text, 'no number')
  const digits = compact(text)
  if (!/^\d{12}$/.test(digits)) return failed(masked(text), 'an Aadhaar number has 12 digits, or eight X and the last four')
  const value = masked(digits)
  if (oneDigitRepeated(digits)) return failed(value, 'one digit repeated: a placeholder')
  return /^[2-9]/.test(digits) && verhoeffHolds(digits) ? passed(value, 'last four digits only') : failed(value, 'check digit does not fit')
}

/** Every digit but the last four as X. */
function masked(text: string): string {
  let left = text.replaceAll(/\D/g, '').length
  return text.replaceAll(/\d/g, (digit) => (left-- > 4 ? 'X' : digit))
}
