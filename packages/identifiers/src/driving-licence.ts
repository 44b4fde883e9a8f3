/** Driving licences: India's state, office, year and seven digits; older and foreign ones as capitals and digits. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, saysNothing, tidyUpper } from './written.ts'
import { INDIAN_STATES } from './plate.ts'

/** @param region ISO 3166 country whose form is the expected one. */
export function canonicalDrivingLicence(written: string, region: string): Canonical {
  const text = tidyUpper(written)
  const number = compact(text).replace(/^DLNO(?=[A-Z]{2}\d)/, '')
  if (number === '' || saysNothing(text)) return failed(text, 'no number')
  if (region !== 'IN') {
    return /^(?=.*\d)[A-Z0-9]{5,20}$/.test(number) ? passed(number) : failed(number, 'not a driving licence number')
  }
  const state = INDIAN_STATES.has(number.slice(0, 2))
  if (state && /^[A-Z]{2}\d{2}[A-Z]?(?:19|20)\d{2}\d{7}$/.test(number)) return passed(number)
  if (state && /^[A-Z]{2}(?=(?:.*\d){4})[A-Z0-9]{5,16}$/.test(number)) return passed(number, 'old form')
  return failed(number, 'a driving licence has a state, an office, a year and seven digits')
}
