/** Tables of cases for identity papers. */
import { describe, expect, it } from 'vitest'
import { canonicalAadhaar } from '../src/aadhaar.ts'
import { canonicalDocument } from '../src/document.ts'
import { canonicalDrivingLicence } from '../src/driving-licence.ts'
import { canonicalPan } from '../src/pan.ts'
import { canonicalPassport } from '../src/passport.ts'
import { canonicalVoterId } from '../src/voter-id.ts'
import { verhoeffHolds } from '../src/check-digit.ts'

describe('pan', () => {
  it.each([['ABCPD1234E', true], ['abcpd 1234 e', true], ['ABCXD1234E', false], ['ABCP1234E', false], ['ABCPD12345', false]])('%s: %s', (written, valid) => {
    expect(canonicalPan(written).valid).toBe(valid)
  })
  it('has one form, and tells the holder', () => {
    expect(canonicalPan('abcpd 1234-e')).toEqual({ value: 'ABCPD1234E', valid: true, problem: null, note: 'individual' })
  })
})

describe('aadhaar', () => {
  it('checks by Verhoeff: the published example 236 with check digit 3', () => {
    expect(verhoeffHolds('2363')).toBe(true)
    expect(verhoeffHolds('2364')).toBe(false)
  })
  const number = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => `23412341234${digit}`).find(verhoeffHolds) as string
  it('keeps the last four digits and nothing more', () => {
    const masked = `XXXXXXXX${number.slice(8)}`
    for (const written of [number, number.replaceAll(/(\d{4})(?=\d)/g, '$1 '), number.replaceAll(/(\d{4})(?=\d)/g, '$1-'), masked, masked.toLowerCase(), `**** **** ${number.slice(8)}`]) {
      expect(canonicalAadhaar(written)).toMatchObject({ value: masked, valid: true, note: 'last four digits only' })
    }
  })
  it.each(['234123412345', '123412341234', '2341 2341 234', '23412341234567', 'UID 2341 2341 2341', '111111111111'])('%s fails and is masked all the same', (written) => {
    const found = canonicalAadhaar(written === number ? `9${written.slice(1)}` : written)
    expect(found.value.replaceAll(/\D/g, '').length).toBeLessThanOrEqual(4)
    expect(found.problem).not.toContain('2341')
    expect(found.valid).toBe(false)
  })
})

describe('voter_id', () => {
  it.each([['ABC1234567', 'ABC1234567', true], ['abc 1234567', 'ABC1234567', true], ['JK/01/002/123456', 'JK01002123456', true], ['AB1234567', 'AB1234567', false]])('%s -> %s %s', (written, value, valid) => {
    expect(canonicalVoterId(written)).toMatchObject({ value, valid })
  })
})

describe('passport', () => {
  it.each([['N1234567', 'IN', 'N1234567', true], ['n 1234567', 'IN', 'N1234567', true], ['BA0123456', 'IN', 'BA0123456', true], ['N12345', 'IN', 'N12345', true], ['N123', 'IN', 'N123', false], ['X0000000', 'IN', 'X0000000', false]])('%s in %s -> %s %s', (written, region, value, valid) => {
    expect(canonicalPassport(written, region)).toMatchObject({ value, valid })
  })
})

describe('driving_licence', () => {
  it.each([['JK01 20110012345', 'JK0120110012345', true], ['JK-0120110012345', 'JK0120110012345', true], ['DL No. JK-01-2011-0012345', 'JK0120110012345', true], ['JK01/12345/2005', 'JK01123452005', true], ['12345', '12345', false]])('%s -> %s %s', (written, value, valid) => {
    expect(canonicalDrivingLicence(written, 'IN')).toMatchObject({ value, valid })
  })
})

describe('document', () => {
  it.each([['g. 12 / 2020', 'G.12/2020', true], ['a–7', 'A-7', true], ['NA', 'NA', false]])('%s -> %s %s', (written, value, valid) => {
    expect(canonicalDocument(written)).toMatchObject({ value, valid })
  })
})
