/** Numbers of Indian voter cards (EPIC): three letters and seven digits, or the older state/constituency/number form. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, saysNothing, tidyUpper } from './written.ts'
import { INDIAN_STATES } from './plate.ts'

export function canonicalVoterId(written: string): Canonical {
  const text = tidyUpper(written)
  const number = compact(text)
  if (number === '' || saysNothing(text)) return failed(text, 'no number')
  if (/^[A-Z]{3}\d{7}$/.test(number)) return passed(number)
  if (/^[A-Z]{2}\d{11,13}$/.test(number) && INDIAN_STATES.has(number.slice(0, 2))) return passed(number, 'old form')
  return failed(number, 'a voter card has three letters and seven digits')
}
