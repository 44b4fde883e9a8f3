/** What was written, before any scheme looks at it: Unicode forms, digits of other scripts, spreadsheet leftovers, words for nothing. */

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/
/** Format and control characters that carry no meaning in a cell: byte order marks, direction marks, joiners, soft hyphens. */
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}]/gu

/** NFKC, ASCII digits, no invisible characters, single spaces, nothing at the ends. Applying it twice changes nothing more. */
export function tidy(written: string): string {
  if (PLAIN.test(written)) return written
  const visible = written.replaceAll(/[\t\n\v\f\r]/g, ' ').replace(INVISIBLE, '')
  return asciiDigits(visible.normalize('NFKC')).replaceAll(/\s+/g, ' ').trim()
}

/** `tidy` in capitals. */
export function tidyUpper(written: string): string {
  return tidy(tidy(written).toUpperCase())
}

/** `tidy` in small letters. */
export function tidyLower(written: string): string {
  return tidy(tidy(written).toLowerCase())
}

/** Devanagari, Arabic-Indic, Bengali... digits as 0-9. */
export function asciiDigits(text: string): string {
  return text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => String(digitValue(digit.codePointAt(0) as number)))
}

/** Unicode keeps decimal digits in runs of ten, each starting with zero; adjoining runs are multiples of ten. */
function digitValue(codePoint: number): number {
  let start = codePoint
  while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--
  return (codePoint - start) % 10
}

/**
 * A number that went through a spreadsheet: without the leading apostrophe, `="..."` or `.0`, and `9.19419012345E+11` written out
 * where all its digits are there. `lost` says that the notation dropped digits: such a value identifies nothing.
 */
export function fromSpreadsheet(text: string): { readonly text: string; readonly lost: boolean } {
  let bare = /^="(.*)"$/.exec(text)?.[1]?.trim() ?? text
  bare = bare.replace(/^['‘’`]+/, '').trim()
  if (bare === '') return { text, lost: false }
  const power = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(bare)
  if (power !== null) {
    const digits = (power[1] ?? '') + (power[2] ?? '')
    return digits.length === Number(power[3]) + 1 ? { text: digits, lost: false } : { text: bare.toUpperCase(), lost: true }
  }
  const whole = /^(\+?\d+)[.,]0{1,2}$/.exec(bare)
  return { text: whole?.[1] ?? bare, lost: false }
}

const NOTHING = /^(?:N\.? ?[/.]? ?A\.?|#N\/A|NIL+|NULL|NONE|UNKNOWN|UNK|NOT (?:KNOWN|AVAILABLE|APPLICABLE|GIVEN|PROVIDED|RECORDED)|NO|XX+|[^\p{L}\p{N}]+)$/iu

/** NA, nil, unknown, dashes: a word that says there is no value. */
export function saysNothing(text: string): boolean {
  return text === '' || NOTHING.test(text)
}

/** 0000000000 or 999999: typed to fill a required field. */
export function oneDigitRepeated(digits: string): boolean {
  return digits.length >= 5 && /^(\d)\1*$/.test(digits)
}

/** Capitals and digits of any script only. */
export function compact(text: string): string {
  return tidy(tidyUpper(text).replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ''))
}
