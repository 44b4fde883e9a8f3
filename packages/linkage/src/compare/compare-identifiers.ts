/** Two numbers of one kind: phones, handsets, SIMs, plates, documents, accounts, payment addresses; by their canonical forms, and why. */
import { canonicalise } from '@ringmap/identifiers/canonicalise'
import type { Canonical } from '@ringmap/identifiers/canonical'
import { compact, saysNothing, tidy } from '@ringmap/identifiers/written'
import type { IdentifierScheme } from '@ringmap/model/schema'
import { wholeVerdict, type PairVerdict, type Verdict } from './pair-verdict.ts'

/** Bits that an equal value weighs, by how many share one: a phone has users in turn, a tax number one holder for life. */
const EQUAL_BITS: Partial<Record<IdentifierScheme, number>> = { phone: 10, imsi: 14, imei: 12, plate: 13, account: 14, ifsc: 4, upi: 13, email: 12, handle: 9, pan: 18, aadhaar: 13.3, voter_id: 17, passport: 18, driving_licence: 17, document: 10, address: 6, text: 6 }
const DIFFERENT_BITS = -6

interface Pair {
  readonly scheme: IdentifierScheme
  readonly left: string
  readonly right: string
  readonly a: Canonical
  readonly b: Canonical
  readonly region: string
}

/** @param region ISO 3166 country of numbers written without one. */
export function compareIdentifiers(scheme: IdentifierScheme, left: string, right: string, region: string): PairVerdict {
  const pair: Pair = { scheme, left, right, a: canonicalise(scheme, left, { region }), b: canonicalise(scheme, right, { region }), region }
  if (scheme === 'aadhaar') return compareAadhaar(pair)
  if (isNothing(pair.a) || isNothing(pair.b) || (NUMBERED.has(scheme) && [pair.a, pair.b].some((one) => !one.valid && !/\d/.test(one.value)))) return answer(pair, 'review', 0, 'no number on one side: never evidence')
  const rounded = roundedForms(pair)
  if (rounded !== null) return rounded
  const own = OWN_RULES[scheme]?.(pair)
  if (own !== undefined) return own
  return byForm(pair)
}

function byForm(pair: Pair): PairVerdict {
  const { a, b, scheme } = pair
  if (a.value === b.value) {
    if (a.valid && b.valid) return answer(pair, a.note === 'service' ? 'review' : 'match', a.note === 'service' ? 0 : bits(scheme), a.note === 'service' ? 'a service that many use: joins nobody' : `both are ${a.value}${notes(a, b)}`)
    return answer(pair, 'review', bits(scheme) / 3, `equal, but it fails its check: ${a.problem ?? b.problem ?? ''}`)
  }
  const mended = mendedForms(pair)
  if (mended !== null) return mended
  if (a.valid && b.valid) return answer(pair, 'nonmatch', DIFFERENT_BITS, `${a.value} and ${b.value} are two`)
  const [short, long] = a.value.length <= b.value.length ? [a, b] : [b, a]
  if (CUT_SHORT.has(scheme) && !short.valid && short.value.length >= 5 && short.value.length > long.value.length / 2 && short.value.length < long.value.length && long.value.startsWith(short.value)) return answer(pair, 'review', 2, 'the shorter one is the beginning of the longer')
  return answer(pair, 'nonmatch', DIFFERENT_BITS, `${a.value} and ${b.value} differ; ${a.valid ? 'the right' : 'the left'} one fails its check: ${(a.valid ? b.problem : a.problem) ?? ''}`)
}

/** A word in place of such a number (switched off, applied for) is no number. */
const NUMBERED: ReadonlySet<IdentifierScheme> = new Set(['phone', 'imei', 'imsi', 'plate', 'account', 'pan', 'passport', 'voter_id', 'driving_licence'])

/** Numbers of a fixed length: a shorter one has lost its end. */
const CUT_SHORT: ReadonlySet<IdentifierScheme> = new Set(['imei', 'imsi', 'plate', 'pan', 'passport', 'voter_id', 'driving_licence'])

/** 3.56938E+14 against 356938035643809: a spreadsheet left the first digits and the length, and rounded the last digit that it left. */
function roundedForms(pair: Pair): PairVerdict | null {
  const read = [pair.left, pair.right].map((text) => /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(tidy(text)))
  const lost = read.map((found) => (found === null ? 0 : Number(found[3]) - (found[2] ?? '').length))
  if (lost.every((digits) => digits === 0)) return null
  const length = Math.max(...read.map((found) => (found === null ? 0 : Number(found[3]) + 1)))
  const [a = 0, b = 0] = read.map((found, i) => {
    if (found !== null) return Number(`${found[1]}.${found[2] ?? '0'}e${found[3]}`)
    const digits = digitsOf((i === 0 ? pair.a : pair.b).value)
    // What a spreadsheet took for a number may have stood there without its country.
    return Number(pair.scheme === 'phone' && length >= 8 ? digits.slice(-length) : digits)
  })
  // At most one of the last digit that is left.
  if (Math.abs(a - b) <= 10 ** Math.max(...lost)) return answer(pair, 'review', 1, 'a spreadsheet rounded a number; the digits that are left agree')
  return answer(pair, 'nonmatch', DIFFERENT_BITS, 'a spreadsheet rounded a number, and the digits that are left differ')
}

/** O for 0 and I for 1 (and so on) in numbers whose places are fixed: letters where letters stand, digits where digits do. */
function mendedForms(pair: Pair): PairVerdict | null {
  const shape = SHAPES[pair.scheme]
  if (shape === undefined) return null
  // What was written, too: a plate's series has no I or O, so that ABI234 is AB 1234 and not ABI 0234.
  const forms = (value: Canonical, written: string): readonly Reading[] => [value.value, compact(tidy(written))].flatMap((text) => shape.map((one) => readAs(text, one))).filter((one) => one !== null)
  const others = forms(pair.b, pair.right)
  const a = forms(pair.a, pair.left).find((one) => others.some((other) => other.form === one.form))
  const b = others.find((other) => other.form === a?.form)
  if (a === undefined || b === undefined) return null
  return answer(pair, a.sure && b.sure ? 'match' : 'review', bits(pair.scheme) - 4, `both read ${a.form}, where letters and digits that look alike are put right`)
}

/** L a letter, D a digit. */
const SHAPES: Partial<Record<IdentifierScheme, readonly string[]>> = { pan: ['LLLLLDDDDL'], passport: ['LDDDDDDD'], voter_id: ['LLLDDDDDDD'], plate: ['LLDDLLDDDD', 'LLDDLDDDD', 'LLDDLLLDDDD', 'DDLLDDDDLL', 'DDLLDDDDL'], ifsc: ['LLLLDDDDDDD'] }
const AS_DIGIT: Readonly<Record<string, string>> = { O: '0', I: '1', Q: '0', D: '0', L: '1', B: '8', S: '5', Z: '2', G: '6', T: '7' }
const AS_LETTER: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 8: 'B', 5: 'S', 2: 'Z', 6: 'G' }

interface Reading {
  readonly form: string
  /** Only O, I, 0 and 1 were put right. */
  readonly sure: boolean
}

function readAs(value: string, shape: string): Reading | null {
  if (shape.length !== value.length) return null
  let sure = true
  let form = ''
  for (let i = 0; i < value.length; i++) {
    const sign = value.charAt(i)
    const digit = sign >= '0' && sign <= '9'
    if (digit === (shape.charAt(i) === 'D')) form += sign
    else {
      const read = digit ? AS_LETTER[sign] : AS_DIGIT[sign]
      if (read === undefined) return null
      sure &&= 'OI01'.includes(sign)
      form += read
    }
  }
  return { form, sure }
}

function compareAadhaar(pair: Pair): PairVerdict {
  const masked = { ...pair, left: pair.a.value, right: pair.b.value }
  const [a, b] = [compact(tidy(pair.left)).replaceAll(/[^0-9]/g, ''), compact(tidy(pair.right)).replaceAll(/[^0-9]/g, '')]
  if (a.length < 4 || b.length < 4 || /^(\d)\1*$/.test(a) && a.length > 4) return answer(masked, 'review', 0, 'no number on one side: never evidence')
  if (a.slice(-4) !== b.slice(-4)) return answer(masked, 'nonmatch', DIFFERENT_BITS, 'the last four digits differ')
  if (a.length === 12 && b.length === 12 && a !== b) return answer(masked, 'nonmatch', DIFFERENT_BITS, 'the last four digits agree, others do not')
  const lastOnly = (digits: string): boolean => digits.length === 4
  if ((!pair.a.valid && !lastOnly(a)) || (!pair.b.valid && !lastOnly(b))) return answer(masked, 'review', 4, `the last four digits agree, but ${pair.a.problem ?? pair.b.problem ?? ''}`)
  return answer(masked, 'match', bits('aadhaar'), 'the last four digits agree; one in ten thousand persons shares them')
}

/** What stands between several numbers in one cell. */
const SEVERAL = /\s*[/,;&|]\s*|\s+(?:or|and)\s+/i

const OWN_RULES: Partial<Record<IdentifierScheme, (pair: Pair) => PairVerdict | undefined>> = {
  phone: (pair) => {
    if ([pair.left, pair.right].some((text) => /^(?:0?1?234567890?|9876543210)$/.test(digitsOf(text).replace(/^(?:91|0)(?=1|9876543210$)/, '')))) return answer(pair, 'review', 0, 'digits typed in a row: a placeholder')
    if (/\d.*[x*?]{2,}|[x*?]{2,}.*\d/i.test(pair.left) || /\d.*[x*?]{2,}|[x*?]{2,}.*\d/i.test(pair.right)) return patternFits(pair) ? answer(pair, 'review', 1, 'digits are missing on one side; the others agree') : answer(pair, 'nonmatch', DIFFERENT_BITS, 'digits are missing on one side, and others differ')
    if (pair.a.valid && pair.b.valid) return pair.a.value === pair.b.value ? twoExtensions(pair) : countryLeftOut(pair)
    const typed = [pair.left, pair.right].map((text) => (/^[\doil+() -]{10,}$/i.test(text) ? text.replaceAll(/o/gi, '0').replaceAll(/[il]/gi, '1') : text)) as [string, string]
    if (typed[0] !== pair.left || typed[1] !== pair.right) return compareIdentifiers('phone', typed[0], typed[1], pair.region)
    const [a, b] = [digitsOf(pair.left), digitsOf(pair.right)]
    if (SEVERAL.test(pair.left + pair.right)) {
      const lists = [pair.left, pair.right].map((text) => text.split(SEVERAL).map((one) => digitsOf(one).slice(-10)).filter((one) => one.length >= 6))
      if (lists[0]?.some((one) => lists[1]?.includes(one)) === true) return answer(pair, 'review', 3, 'several numbers in one cell; one of them agrees')
    }
    const dialled = [pair.a, pair.b].some((one) => one.valid && one.value.startsWith('+7')) ? countryLeftOut(pair) : undefined
    if (dialled !== undefined) return dialled
    const [short, long] = a.length <= b.length ? [a, b] : [b, a]
    if (oneDigitLess(short.slice(-11), long.slice(-(Math.min(short.length, 11) + 1)))) return answer(pair, 'review', 1, 'a digit is missing on one side, or one too many stands on the other')
    if (short.length >= 6 && short.length < 10 && long.length > short.length && long.endsWith(short)) return answer(pair, 'review', 2, 'the shorter one is the end of the longer: its area code is not written')
    return undefined
  },
  imei: (pair) => {
    const [a, b] = [compact(tidy(pair.left)), compact(tidy(pair.right))]
    const handset = /^\d{14,16}$/
    const lists = [pair.left, pair.right].map((text) => text.split(SEVERAL).map((one) => compact(tidy(one)).slice(0, 14)))
    if (lists.some((list) => list.length > 1) && lists.flat().every((one) => /^\d{14}$/.test(one))) return lists[0]?.some((one) => lists[1]?.includes(one)) === true ? answer(pair, 'review', 3, 'several handsets in one cell; one of them agrees') : undefined
    if (!handset.test(a) || !handset.test(b) || pair.a.value === pair.b.value) return undefined
    return a.slice(0, 14) === b.slice(0, 14) ? answer(pair, 'review', 4, `the first 14 digits agree, but a check digit fails: ${pair.a.problem ?? pair.b.problem ?? ''}`) : answer(pair, 'nonmatch', DIFFERENT_BITS, 'the first 14 digits, which number the handset, differ')
  },
  plate: (pair) => {
    if (/[?*#_]/.test(pair.left + pair.right)) return patternFits(pair) ? answer(pair, 'review', 2, 'part of one was not read; the rest agrees') : undefined
    // Plates of a neighbouring country are in no series that is known here.
    if (pair.a.value === pair.b.value) return pair.a.valid || !/(?=.*[A-Z])(?=.*\d\d)/.test(pair.a.value) ? undefined : answer(pair, 'match', 9, `both are ${pair.a.value}, of a series that is not known here`)
    const looks = (text: string): string => text.replaceAll(/[OQD]/g, '0').replaceAll(/[IL]/g, '1').replaceAll('B', '8').replaceAll('S', '5').replaceAll('Z', '2').replaceAll('G', '6')
    const mended = mendedForms(pair)
    if (mended !== null) return mended
    if (looks(pair.a.value) === looks(pair.b.value)) return answer(pair, 'review', 2, `${pair.a.value} and ${pair.b.value} differ in signs that cameras confuse`)
    const [short, long] = pair.a.value.length <= pair.b.value.length ? [pair.a, pair.b] : [pair.b, pair.a]
    if (!short.valid && long.valid && short.value.length >= 4 && long.value.endsWith(short.value)) return answer(pair, 'review', 2, 'the shorter one is the end of the longer')
    return undefined
  },
  account: (pair) => {
    const parts = [pair.a.value, pair.b.value].map((value) => ({ bank: /^([A-Z]{4}):/.exec(value)?.[1] ?? null, digits: value.replace(/^[A-Z]{4}:/, '').replace(/^0+(?=\d)/, '') }))
    const [a, b] = parts as [{ bank: string | null; digits: string }, { bank: string | null; digits: string }]
    const hidden = [a, b].find((one) => /^[X*]+\d{3,}$/i.test(one.digits))
    if (hidden !== undefined) {
      const tail = hidden.digits.replaceAll(/\D/g, '')
      return (hidden === a ? b : a).digits.endsWith(tail) ? answer(pair, 'review', 3, 'only the last digits are given on one side; they agree') : answer(pair, 'nonmatch', DIFFERENT_BITS, 'the last digits differ')
    }
    if (!/^\d+$/.test(a.digits) || !/^\d+$/.test(b.digits)) return undefined
    if (a.digits !== b.digits) return answer(pair, 'nonmatch', DIFFERENT_BITS, 'two account numbers')
    if (!pair.a.valid || !pair.b.valid) return answer(pair, 'review', 2, `equal, but it fails its check: ${pair.a.problem ?? pair.b.problem ?? ''}`)
    if (a.bank === null || b.bank === null) return answer(pair, 'review', 5, 'the same number, but the bank is not stated on both sides')
    return a.bank === b.bank ? answer(pair, 'match', bits('account'), `the same number at ${a.bank}`) : answer(pair, 'nonmatch', DIFFERENT_BITS, `the same number at two banks, ${a.bank} and ${b.bank}`)
  },
  upi: (pair) => {
    const [a, b] = [pair.a.value.split('@'), pair.b.value.split('@')]
    const dialled = [a, b].map(([name = '']) => /^\+?91(\d{10})$/.exec(name)?.[1] ?? name)
    if (pair.a.value !== pair.b.value && dialled[0] === dialled[1] && a[1] === b[1]) return answer(pair, 'review', 6, 'the same phone number as name, once with the country before it')
    if (pair.a.value === pair.b.value || a.length !== 2 || b.length !== 2 || a[0] !== b[0]) return undefined
    return /^\d{10}$/.test(a[0] ?? '') ? answer(pair, 'review', 4, 'the same phone number as name, at another handle') : answer(pair, 'review', 1, 'the same name at another handle, where it may be somebody else')
  },
  email: (pair) => {
    const plain = (value: string): string => value.replace(/^([^@+]+)(?:\+[^@]*)?@(?:gmail|googlemail)\.com$/, (_, name: string) => `${name.replaceAll('.', '')}@gmail.com`)
    return pair.a.value !== pair.b.value && plain(pair.a.value) === plain(pair.b.value) ? answer(pair, 'match', 10, 'Gmail reads both as one address') : undefined
  },
}

/** Two desks behind one exchange. */
function twoExtensions({ a, b, ...pair }: Pair): PairVerdict | undefined {
  const [one, other] = [a, b].map((value) => /^extension \d+$/.exec(value.note ?? '')?.[0])
  return one !== undefined && other !== undefined && one !== other ? answer({ a, b, ...pair }, 'review', 4, `one number with ${one} and ${other}`) : undefined
}

/** A number of a mobile's length but one, whose digits the other has in order. */
function oneDigitLess(short: string, long: string): boolean {
  if (short.length < 9 || long.length !== short.length + 1) return false
  let at = 0
  while (at < short.length && short.charAt(at) === long.charAt(at)) at++
  return short.slice(at) === long.slice(at + 1)
}

/** +880 1712 345678 against 01712345678: near a border the country is often left out. */
function countryLeftOut(pair: Pair): PairVerdict | undefined {
  if (pair.a.value === pair.b.value) return undefined
  const abroad = [pair.left, pair.right].map((text) => /^\s*(?:\+|00)/.test(text))
  if (abroad[0] === abroad[1]) return undefined
  const [whole, bare] = abroad[0] === true ? [pair.a.value, pair.right] : [pair.b.value, pair.left]
  const digits = digitsOf(whole)
  // Russia and Kazakhstan dial 8 where others dial 0.
  const national = digitsOf(bare).replace(digits.startsWith('7') ? /^[08](?=\d{10}$)/ : /^0/, '')
  return national.length >= 8 && digits.endsWith(national) && digits.length - national.length <= 3 ? answer(pair, 'review', 2, 'the same digits, but only one side says in which country') : undefined
}

/** Whether the read signs agree where the others were not read. */
function patternFits({ left, right }: Pair): boolean {
  const [a, b] = [left, right].map((text) => tidy(text).toUpperCase().replaceAll(/[^A-Z0-9?*#_]/g, '').replaceAll(/[?*#_]/g, '?'))
  const phone = (text: string): string => (/^[\dX?]+$/.test(text) ? text.replaceAll('X', '?').replace(/^(?:91|0)(?=[\d?]{10}$)/, '') : text)
  const [x, y] = [phone(a ?? ''), phone(b ?? '')]
  return x.length === y.length && Array.from(x).every((sign, i) => sign === '?' || y.charAt(i) === '?' || sign === y.charAt(i))
}

function isNothing(value: Canonical): boolean {
  return value.value === '' || saysNothing(value.value) || /placeholder|no (?:number|account|address|name|words)|withheld|no registration/.test(value.problem ?? '')
}

function digitsOf(text: string): string {
  return tidy(text).replaceAll(/\D/g, '')
}

function notes(a: Canonical, b: Canonical): string {
  const said = [...new Set([a.note, b.note].filter((note) => note !== undefined))]
  return said.length === 0 ? '' : ` (${said.join('; ')})`
}

function bits(scheme: IdentifierScheme): number {
  return EQUAL_BITS[scheme] ?? 8
}

function answer(pair: Pair, verdict: Verdict, weight: number, reason: string): PairVerdict {
  return wholeVerdict(verdict, weight, reason, { on: pair.scheme, left: pair.left, right: pair.right })
}
