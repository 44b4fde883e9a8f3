/** Tables of cases for handsets, SIMs and vehicles. */
import { describe, expect, it } from 'vitest'
import { canonicalImei } from '../src/imei.ts'
import { canonicalImsi } from '../src/imsi.ts'
import { canonicalPlate } from '../src/plate.ts'

describe('imei', () => {
  it.each([
    ['490154203237518'], ['49015420323751'], ['4901542032375100'], ['4901542032375199'], ['49-015420-323751-8'], ['49 015420 323751 8'], ['490154203237510'], ["'490154203237518"], ['490154203237518.0'],
    ['4.90154203237518E+14'], ['४९०१५४२०३२३७५१८'],
  ])('%s is one handset', (written) => {
    expect(canonicalImei(written)).toMatchObject({ value: '490154203237518', valid: true })
  })
  it.each([
    ['490154203237517', '490154203237517'], ['4.90E+14', '4.90E+14'], ['000000000000000', '000000000000000'], ['4901542032', '4901542032'], ['49015420323751812', '49015420323751812'], ['abc', 'ABC'], ['NA', 'NA'],
  ])('%s fails and is kept as %s', (written, value) => {
    expect(canonicalImei(written)).toMatchObject({ value, valid: false })
  })
})

describe('imsi', () => {
  it.each([['404450123456789', true], ['405 86 0123456789', true], ['429010123456789', true], ['999450123456789', false], ['40445012345678', false], ['4.0445E+14', false]])('%s: %s', (written, valid) => {
    expect(canonicalImsi(written).valid).toBe(valid)
  })
})

describe('plate', () => {
  it.each([
    ['JK-01-AB-1234', 'JK01AB1234'], ['jk01ab1234', 'JK01AB1234'], ['JK 01 AB 1234', 'JK01AB1234'], ['JK.01.AB.1234', 'JK01AB1234'], ['JK1AB1234', 'JK01AB1234'], ['JK01AB12', 'JK01AB0012'],
    ['DL8CAB1234', 'DL08CAB1234'], ['DL 08 CAB 1234', 'DL08CAB1234'], ['DL3CAB1234', 'DL03CAB1234'], ['DL 3C AB 1234', 'DL03CAB1234'],
    ['JK-01-1234', 'JK011234'], ['JK 1 1234', 'JK011234'], ['JK-1-234', 'JK010234'], ['JK 01 Y 7', 'JK01Y0007'], ['IND JK01AB1234', 'JK01AB1234'],
    ['22 BH 1234 AA', '22BH1234AA'], ['22BH1234A', '22BH1234A'], ['T 0123 JK 1234 A', 'T0123JK1234A'], ['T0123JK1234AB', 'T0123JK1234AB'],
    ['77 CD 15', '77CD15'], ['077CD0015', '77CD15'], ['122 UN 5', '122UN5'], ['199CC1', '199CC1'], ['↑07B 123456X', '07B123456X'], ['JKA 1234', 'JKA1234'], ['DLQ 12', 'DLQ0012'],
    ['JK O1 AB 1234', 'JK01AB1234'], ['JK01AB1O34', 'JK01AB1034'], ['JKI1ABI234', 'JK11AB1234'], ['JK०१AB१२३४', 'JK01AB1234'],
  ])('%s -> %s', (written, value) => {
    expect(canonicalPlate(written, 'IN')).toMatchObject({ value, valid: true })
  })
  it.each([['BP-1-A1234', 'BP1A1234'], ['JK01AB0000', 'JK01AB0000'], ['JK00AB1234', 'JK00AB1234'], ['QQ01AB1234', 'QQ01AB1234'], ['T1323JK1234A', 'T1323JK1234A'], ['scooter', 'SCOOTER'], ['NA', 'NA'], ['-', '-']])('%s fails and is kept as %s', (written, value) => {
    expect(canonicalPlate(written, 'IN')).toMatchObject({ value, valid: false })
  })
  it('says what it put right', () => {
    expect(canonicalPlate('JK O1 AB 1234', 'IN').note).toBe('O or I read as 0 or 1')
  })
  it.each([['ab12 cde', 'GB', 'AB12CDE'], ['B-MW 1234', 'DE', 'BMW1234'], ['बा १ प १२३४', 'NP', 'बा1प1234']])('%s in %s -> %s', (written, region, value) => {
    expect(canonicalPlate(written, region)).toMatchObject({ value, valid: true })
  })
})
