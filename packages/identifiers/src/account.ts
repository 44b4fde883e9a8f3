/** Bank accounts: digits with leading zeros kept, and the bank before them where an IFSC tells it. */
import { failed, passed, type Canonical } from './canonical.ts'
import { canonicalIfsc } from './ifsc.ts'
import { ibanHolds } from './check-digit.ts'
import { compact, fromSpreadsheet, oneDigitRepeated, saysNothing, tidyUpper } from './written.ts'

/**
 * `SBIN:00012345` with an IFSC, digits alone without: the same number at two banks is two accounts. An IFSC may also stand in the same cell.
 * IBANs are checked and stand for themselves. `CASH` is the counter and the machine: a service, nobody's own account.
 */
export function canonicalAccount(written: string, ifsc?: string): Canonical {
  const { text, lost } = fromSpreadsheet(tidyUpper(written))
  if (lost) return failed(text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  if (text === 'CASH') return passed(text, 'service')
  if (saysNothing(text)) return failed(text, 'no account')
  const [number, bank] = parted(text, ifsc)
  const digits = fromSpreadsheet(number).text.replaceAll(/[\s.'/-]/g, '')
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(digits)) return ibanHolds(digits) ? passed(digits, 'IBAN') : failed(digits, 'check digits of the IBAN do not fit')
  const value = bank === null ? digits : `${bank}:${digits}`
  if (!/^\d+$/.test(digits)) return failed(value === '' ? text : value, /[X*]{2,}\d{2,}$/.test(digits) ? 'only the last digits were given' : 'an account has digits only')
  if (digits.length < 6 || digits.length > 18) return failed(value, `${digits.length} digits; an account has 6 to 18`)
  if (oneDigitRepeated(digits)) return failed(value, 'one digit repeated: a placeholder')
  if (bank === null && ifsc !== undefined && ifsc.trim() !== '') return passed(value, 'bank left out: its IFSC fails the check')
  return passed(value)
}

/** Number and bank: `SBIN:00012345`, `00012345 SBIN0001234`, `SBIN0001234/00012345`, or the IFSC of another column. */
function parted(text: string, ifsc: string | undefined): readonly [string, string | null] {
  const own = /^([A-Z]{4}):(?=.*\d)(.+)$/.exec(text)
  if (own !== null) return [own[2] ?? '', own[1] ?? null]
  const before = /^([A-Z]{4}0[A-Z0-9]{6})[\s:/,;|-]+(\d[\d ./-]*)$/.exec(text)
  if (before !== null) return [before[2] ?? '', (before[1] ?? '').slice(0, 4)]
  const after = /^(\d[\d ./-]*?)[\s:/,;|-]+([A-Z]{4}0[A-Z0-9]{6})$/.exec(text)
  if (after !== null) return [after[1] ?? '', (after[2] ?? '').slice(0, 4)]
  const branch = ifsc === undefined ? null : canonicalIfsc(ifsc)
  return [text, branch?.valid === true ? compact(branch.value).slice(0, 4) : null]
}
