import * as fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { canonicalPhone } from '../src/phone.ts'

describe('Indian numbers', () => {
  it.each([
    ['9419012345'], ['09419012345'], ['919419012345'], ['91-94190 12345'], ['+91 94190 12345'], ['+91 (94190) 12345'], ['+91-094190-12345'], ['0091 9419012345'], ['+919419012345'],
    ['९४१९०१२३४५'], ['٩٤١٩٠١٢٣٤٥'], ['９４１９０１２３４５'], ['9419012345.0'], ["'9419012345"], ['="9419012345"'], ['="09419012345"'], ['9.419012345E+9'], ['9.19419012345E+11'],
    ['\u202a+919419012345\u202c'], ['94190\u00a012345'],
  ])('%s is one mobile number', (written) => {
    expect(canonicalPhone(written, 'IN')).toMatchObject({ value: '+919419012345', valid: true, problem: null })
  })

  it.each([
    ['01942345678', '+911942345678', undefined],
    ['+91 194 2345678', '+911942345678', undefined],
    ['0194-2345678', '+911942345678', undefined],
    ['+91 194 2345678 ext. 12', '+911942345678', 'extension 12'],
    ['1942345678x7', '+911942345678', 'extension 7'],
    ['1800 180 1234', '+9118001801234', 'service'],
    ['447911123456', '+447911123456', 'read with country code 44'],
    ['+447911123456', '+447911123456', undefined],
    ['00447911123456', '+447911123456', undefined],
    ['0097798 4123 4567', '+9779841234567', undefined],
    ['9194190123', '+919194190123', undefined],
    ['198', 'short:198', 'service'],
    ['112', 'short:112', 'service'],
    ['56161', 'short:56161', 'service'],
    ['*123#', 'short:*123#', 'service'],
    ['VM-HDFCBK', 'sender:HDFCBK', 'service'],
    ['jd-hdfcbk-s', 'sender:HDFCBK', 'service'],
    ['HDFCBK', 'sender:HDFCBK', 'service'],
    ['AD-650025', 'sender:650025', 'service'],
  ])('%s -> %s', (written, value, note) => {
    expect(canonicalPhone(written, 'IN')).toEqual(note === undefined ? { value, valid: true, problem: null } : { value, valid: true, problem: null, note })
  })

  it.each([
    ['9.19E+11', '9.19E+11'],
    ['9,19E+11', '9,19E+11'],
    ['0000000000', '0000000000'],
    ['9999999999', '+919999999999'],
    ['941901234', '+91941901234'],
    ['94190123456789', '94190123456789'],
    ['9419012345/9419012346', '9419012345/9419012346'],
    ['9419O12345', '9419O12345'],
    ['private number', 'PRIVATE NUMBER'],
    ['NA', 'NA'],
    ['-', '-'],
    ['Tariq Ahmad', 'TARIQ AHMAD'],
  ])('%s fails and is kept as %s', (written, value) => {
    const found = canonicalPhone(written, 'IN')
    expect(found).toMatchObject({ value, valid: false })
    expect(found.problem).not.toBe('')
  })

  it('says that a spreadsheet lost the digits', () => {
    expect(canonicalPhone('9.19E+11', 'IN').problem).toMatch(/scientific notation/)
  })

  it('an unassigned series keeps one form for all ways of writing it', () => {
    for (const written of ['1112345678', '01112345678', '+91 11 1234 5678']) expect(canonicalPhone(written, 'IN')).toMatchObject({ value: '+911112345678', valid: false })
  })
})

describe('the short way for Indian mobile numbers', () => {
  it('says what the library says, for every series of five digits', () => {
    for (let series = 60_000; series < 100_000; series++) {
      for (const tail of ['01234', '95768']) {
        const national = `${series}${tail}`
        const expected = parsePhoneNumberFromString(`+91${national}`)?.isValid() === true
        if (canonicalPhone(national, 'IN').valid !== expected) expect.fail(`${national}: library says ${expected}`)
      }
    }
  })

  it('gives the number of the library for every way of writing it', () => {
    const prefix = fc.constantFrom('', '0', '91', '+91', '0091', '+91 ', '91-', '0 ')
    const national = fc.tuple(fc.integer({ min: 6, max: 9 }), fc.integer({ min: 0, max: 999_999_999 })).map(([first, rest]) => `${first}${String(rest).padStart(9, '0')}`)
      .filter((digits) => new Set(digits).size > 1)
    fc.assert(fc.property(prefix, national, (before, digits) => {
      const written = before + digits
      const library = parsePhoneNumberFromString(written, { defaultCountry: 'IN', extract: false })
      const found = canonicalPhone(written, 'IN')
      expect(found.valid).toBe(library?.isValid() === true)
      if (library?.isValid() === true) expect(found.value).toBe(library.number)
    }), { numRuns: 3000, seed: 3 })
  })
})

describe('other regions', () => {
  it.each([
    ['07911 123456', 'GB', '+447911123456'],
    ['(201) 555-0123', 'US', '+12015550123'],
    ['+91 94190 12345', 'GB', '+919419012345'],
    ['9841234567', 'NP', '+9779841234567'],
  ])('%s in %s -> %s', (written, region, value) => {
    expect(canonicalPhone(written, region)).toMatchObject({ value, valid: true })
  })
})
