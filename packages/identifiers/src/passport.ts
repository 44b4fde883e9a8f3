/** Passport numbers: India's letter and seven digits; those of other countries by their length alone. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, fromSpreadsheet, oneDigitRepeated, saysNothing, tidyUpper } from './written.ts'

/** @param region ISO 3166 country whose form is the expected one. */
export function canonicalPassport(written: string, region: string): Canonical {
  const { text } = fromSpreadsheet(tidyUpper(written))
  const number = compact(text)
  if (number === '' || saysNothing(text)) return failed(text, 'no number')
  if (oneDigitRepeated(number.replace(/^[A-Z]{1,2}/, ''))) return failed(number, 'one digit repeated: a placeholder')
  if (region === 'IN' && /^[A-Z]\d{7}$/.test(number)) return passed(number)
  if (/^[A-Z0-9]{6,9}$/.test(number) && number.replaceAll(/\D/g, '').length >= 4) return region === 'IN' ? passed(number, 'not the Indian form') : passed(number)
  return failed(number, 'a passport has six to nine letters and digits; an Indian one a letter and seven digits')
}
