/** What holds for every scheme, whatever was typed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '@ringmap/model/schema'
import { canonicalise } from '../src/canonicalise.ts'

const IN = { region: 'IN' }
/** Strings near the forms that the schemes know, besides any Unicode. */
const pieces = fc.constantFrom(
  '9419012345', '+91', '0', '91', '00', ' ', '-', '/', '.0', '="', '"', "'", 'E+11', '9.19', 'JK', '01', 'AB', '1234', 'BH', 'T', 'CD', 'IND', 'SBIN0001234', ':', 'short:', 'sender:', 'VM-', 'HDFCBK',
  '490154203237518', '404', 'X', 'XXXXXXXX', '@', 'oksbi', '.com', 'r/o', 'R/O', 'H.No.', 'Vill.', 'distt', 'pin', '190001', '#', 'p.o', 'J&K', 'ditto', 'NA', 'nil', 'https://', 't.me/', 'x.com/', '९४१९०१२३४५', '٩٤١٩', '\u200d', '\ufeff', 'ß', 'İ', 'ΐ', 'ext', '12', '*', 'O', 'I', '\n', '≠', '１２',
)
const writing = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }), fc.string({ unit: 'grapheme', maxLength: 24 }), fc.string({ maxLength: 24 }),
  fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join('')), fc.stringMatching(/^[0-9+ .-]{1,20}$/), fc.stringMatching(/^[A-Z0-9 -]{1,16}$/),
)

describe.each(IDENTIFIER_SCHEMES)('%s', (scheme: IdentifierScheme) => {
  it.each(['IN', 'GB', 'ZZ'])('its form is its own form, and is there when anything visible was written (%s)', (region) => {
    fc.assert(fc.property(writing, (written) => {
      const once = canonicalise(scheme, written, { region })
      const twice = canonicalise(scheme, once.value, { region })
      expect(twice.value).toBe(once.value)
      if (once.valid) expect(twice.valid).toBe(true)
      expect(once.problem === null).toBe(once.valid)
      if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(written)) expect(once.value).not.toBe('')
    }), { numRuns: 1500, seed: 7 })
  })

  it('spaces and byte order marks around a value change nothing', () => {
    fc.assert(fc.property(writing, (written) => {
      expect(canonicalise(scheme, `\ufeff  ${written}\u00a0\t`, IN).value).toBe(canonicalise(scheme, ` ${written} `, IN).value)
    }), { numRuns: 300, seed: 8 })
  })

  it('a blank cell is invalid and empty', () => {
    for (const blank of ['', '  ', '\u200b', '\ufeff']) expect(canonicalise(scheme, blank, IN)).toMatchObject({ value: '', valid: false })
  })

  it('digits of other scripts are digits', () => {
    const ascii = 'AB 4901 5420 3237 518'
    const devanagari = ascii.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)))
    const arabic = ascii.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    const expected = canonicalise(scheme, ascii, IN)
    expect(canonicalise(scheme, devanagari, IN)).toEqual(expected)
    expect(canonicalise(scheme, arabic, IN)).toEqual(expected)
  })
})
