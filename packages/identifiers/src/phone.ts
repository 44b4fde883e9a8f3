/** Phone numbers to E.164; short codes and SMS headers, which belong to services and not to subscribers, in forms of their own. */
import { parsePhoneNumberFromString, isSupportedCountry, type CountryCode } from 'libphonenumber-js/max'
import { failed, passed, type Canonical } from './canonical.ts'
import { fromSpreadsheet, oneDigitRepeated, saysNothing, tidy } from './written.ts'

const INDIAN_MOBILE = /^(?:\+?(?:00?)?91)?0?([6-9]\d{9})$/
const SERVICE = /^(?:short:[*#\d]{3,}|sender:[A-Z0-9]{3,11})$/
const WITHHELD = /^(?:PRIVATE|WITHHELD|RESTRICTED|ANONYMOUS|UNAVAILABLE|PAYPHONE|NO ?(?:CLI|NUMBER))(?: NUMBER)?$/i
/** Types of libphonenumber that many callers share. */
const SERVICE_TYPES = new Set(['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL'])

/**
 * E.164 (`+919419012345`), `short:198` for codes of a few digits, `sender:HDFCBK` for the header of a text message.
 * @param region ISO 3166 country of numbers written without a country code.
 */
export function canonicalPhone(written: string, region: string): Canonical {
  if (SERVICE.test(written)) return passed(written, 'service')
  const whole = fromSpreadsheet(tidy(written))
  const bare = whole.text.replaceAll(/[\s().\-\u2010-\u2015]/g, '')
  if (region === 'IN') {
    const mobile = INDIAN_MOBILE.exec(bare)?.[1]
    if (mobile !== undefined) return indianMobile(mobile)
  }
  if (whole.lost) return failed(whole.text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  if (bare === '' || saysNothing(whole.text)) return failed(whole.text, 'no number')
  if (WITHHELD.test(whole.text)) return failed(whole.text.toUpperCase(), 'the number was withheld')
  return dialled(bare, region) ?? sender(whole.text) ?? failed(tidy(whole.text.toUpperCase()), 'not a phone number')
}

/** What the library says of each five-digit Indian series, asked once: 0 not asked, 1 assigned, 2 not. Its patterns look no further. */
const series = new Uint8Array(100_000)

function indianMobile(national: string): Canonical {
  const value = `+91${national}`
  if (oneDigitRepeated(national)) return failed(value, 'one digit repeated: a placeholder')
  const index = Number(national.slice(0, 5))
  if (series[index] === 0) series[index] = parsePhoneNumberFromString(value)?.isValid() === true ? 1 : 2
  return series[index] === 1 ? passed(value) : failed(value, 'not in an assigned number series')
}

/** Anything made of digits; null when it is not. */
function dialled(bare: string, region: string): Canonical | null {
  const parts = /^(\+?)(\d+)(?:(?:;?ext?=?|x|extension|extn)(\d{1,7}))?$/i.exec(bare)
  if (parts === null) return notOneNumber(bare)
  const [, plus = '', digits = '', extension] = parts
  const note = extension === undefined ? undefined : `extension ${extension}`
  if (oneDigitRepeated(digits)) return failed(plus + digits, 'one digit repeated: a placeholder')
  const country = isSupportedCountry(region) ? region : undefined
  const home = parse(plus + digits, country)
  if (home?.isValid() === true) return passed(home.number, SERVICE_TYPES.has(home.getType() ?? '') ? 'service' : note)
  if (plus === '' && digits.length >= 3 && digits.length <= 6) return passed(`short:${digits}`, 'service')
  // Call records often leave out the + of a foreign number.
  const abroad = plus === '' && digits.length >= 10 ? parse(`+${digits}`, undefined) : undefined
  if (abroad?.isValid() === true) return passed(abroad.number, note ?? `read with country code ${abroad.countryCallingCode}`)
  if (home?.isPossible() === true && !digits.startsWith('00')) return failed(home.number, 'not in an assigned number series')
  return failed(plus + digits, `${digits.length} digits do not make a phone number`)
}

function notOneNumber(bare: string): Canonical | null {
  if (/^[*#][*#\d]{2,}$/.test(bare)) return passed(`short:${bare}`, 'service')
  if (/^\+?\d{6,}(?:[/,;&|]+\+?\d{2,})+$/.test(bare)) return failed(bare, 'more than one number in one cell')
  return null
}

function parse(number: string, country: CountryCode | undefined): ReturnType<typeof parsePhoneNumberFromString> {
  return country === undefined ? parsePhoneNumberFromString(number, { extract: false }) : parsePhoneNumberFromString(number, { defaultCountry: country, extract: false })
}

/** Header of a text message: `VM-HDFCBK`, `JD-HDFCBK-S` (operator and circle before it, kind of message after it) or `HDFCBK`. */
function sender(text: string): Canonical | null {
  const upper = text.toUpperCase()
  const framed = /^[A-Z]{2}[- ]([A-Z0-9]{3,9})(?:-[GPST])?$/.exec(upper)?.[1]
  const plain = framed ?? /^(?=.*[A-Z].*[A-Z])(?!.*\d{5})[A-Z0-9]{3,11}$/.exec(upper)?.[0]
  return plain === undefined ? null : passed(`sender:${plain}`, 'service')
}
