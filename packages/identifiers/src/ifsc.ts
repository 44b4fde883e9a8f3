/** Codes of Indian bank branches (IFSC): four letters of the bank, a zero, six signs of the branch. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, saysNothing, tidyUpper } from './written.ts'

export function canonicalIfsc(written: string): Canonical {
  const text = tidyUpper(written)
  const code = compact(text)
  if (code === '' || saysNothing(text)) return failed(text, 'no code')
  if (/^[A-Z]{4}0[A-Z0-9]{6}$/.test(code)) return passed(code)
  if (/^[A-Z]{4}O[A-Z0-9]{6}$/.test(code)) return passed(`${code.slice(0, 4)}0${code.slice(5)}`, 'O read as 0')
  return failed(code, 'an IFSC has four letters, a zero and six letters or digits')
}
