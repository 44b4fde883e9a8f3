/** Tables of cases for accounts, online names, addresses and plain ids. */
import { describe, expect, it } from 'vitest'
import { canonicalAccount } from '../src/account.ts'
import { canonicalAddress } from '../src/address.ts'
import { canonicalEmail } from '../src/email.ts'
import { canonicalHandle } from '../src/handle.ts'
import { canonicalIfsc } from '../src/ifsc.ts'
import { canonicalText } from '../src/plain-text.ts'
import { canonicalUpi } from '../src/upi.ts'

describe('ifsc', () => {
  it.each([['SBIN0001234', 'SBIN0001234', true], ['sbin 0001234', 'SBIN0001234', true], ['SBINO001234', 'SBIN0001234', true], ['SBI0001234', 'SBI0001234', false]])('%s -> %s %s', (written, value, valid) => {
    expect(canonicalIfsc(written)).toMatchObject({ value, valid })
  })
})

describe('account', () => {
  it.each([
    ['00012345678', 'SBIN0001234', 'SBIN:00012345678', true], ['00012345678', undefined, '00012345678', true], ["'00012345678", 'sbin0001234', 'SBIN:00012345678', true], ['1234 5678 9012', undefined, '123456789012', true],
    ['123456789 HDFC0001234', undefined, 'HDFC:123456789', true], ['HDFC0001234/123456789', undefined, 'HDFC:123456789', true], ['SBIN:00012345678', undefined, 'SBIN:00012345678', true], ['00012345678', 'bad', '00012345678', true],
    ['123456789.0', undefined, '123456789', true], ['GB82 WEST 1234 5698 7654 32', undefined, 'GB82WEST12345698765432', true],
    ['GB82 WEST 1234 5698 7654 33', undefined, 'GB82WEST12345698765433', false], ['1.23457E+14', undefined, '1.23457E+14', false], ['12345', undefined, '12345', false], ['XXXXXX1234', undefined, 'XXXXXX1234', false], ['0000000000', undefined, '0000000000', false],
    ['1234567890123456789', undefined, '1234567890123456789', false], ['cash', undefined, 'CASH', true], ['n/a', undefined, 'N/A', false],
  ])('%s with %s -> %s %s', (written, ifsc, value, valid) => {
    expect(canonicalAccount(written, ifsc)).toMatchObject({ value, valid })
  })
  it('the same number at two banks is two accounts', () => {
    expect(canonicalAccount('123456789', 'HDFC0001234').value).not.toBe(canonicalAccount('123456789', 'SBIN0001234').value)
  })
})

describe('upi, email, handle', () => {
  it.each([['Tariq.Lone@oksbi', 'tariq.lone@oksbi', true], ['9419012345 @ybl', '9419012345@ybl', true], ['upi://pay?pa=a.b@okaxis', 'a.b@okaxis', true], ['a.b@example.com', 'a.b@example.com', false], ['tariq', 'tariq', false]])('upi %s -> %s %s', (written, value, valid) => {
    expect(canonicalUpi(written)).toMatchObject({ value, valid })
  })
  it.each([['A.B@Example.COM', 'a.b@example.com', true], ['Tariq <a.b@example.com>', 'a.b@example.com', true], ['mailto:a@b.in', 'a@b.in', true], ['a@b', 'a@b', false], ['a b@c.in', 'a b@c.in', false]])('email %s -> %s %s', (written, value, valid) => {
    expect(canonicalEmail(written)).toMatchObject({ value, valid })
  })
  it.each([['@Kaka_01', 'kaka_01', true], ['https://t.me/Kaka_01?x=1', 'telegram:kaka_01', true], ['www.instagram.com/kaka/', 'instagram:kaka', true], ['two words', 'two words', false]])('handle %s -> %s %s', (written, value, valid) => {
    expect(canonicalHandle(written)).toMatchObject({ value, valid })
  })
})

describe('address', () => {
  it.each([
    ['R/o H.No. 12, Vill. Hand wara, Teh: Handwara, Distt. Kupwara, J&K - 193 221', 'house 12 village hand wara tehsil handwara district kupwara jammu kashmir 193221'],
    ['H NO 12 Village Hand wara Tehsil Handwara District Kupwara Jammu and Kashmir PIN-193221', 'house 12 village hand wara tehsil handwara district kupwara jammu kashmir 193221'],
    ['House No.12,  Ward No 3, Nr. Jama Masjid', 'house 12 ward 3 near jama masjid'],
    ['#12 Rd 4, Opp. P.S. Bagh', 'house 12 road 4 opposite police station bagh'],
    ['मकान नं १२, गांव बाग', 'मकान नं 12 गांव बाग'],
  ])('%s', (written, value) => {
    expect(canonicalAddress(written)).toMatchObject({ value, valid: true })
  })
  it.each(['-do-', 'same as above', 'NA', '190001'])('%s is no address', (written) => {
    expect(canonicalAddress(written).valid).toBe(false)
  })
})

describe('text', () => {
  it.each([['  N 12 ', 'N 12'], ['a\n b', 'a b'], ['Ａ', 'A'], ['0', '0'], ['NA', 'NA'], ['n12', 'n12']])('%s -> %s', (written, value) => {
    expect(canonicalText(written)).toEqual({ value, valid: true, problem: null })
  })
})
