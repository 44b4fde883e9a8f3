/** Postal addresses as words in one spelling: enough to see that two cells say the same, not to find the house. */
import { failed, passed, type Canonical } from './canonical.ts'
import { saysNothing, tidyLower } from './written.ts'

/** Phrases before single words; each right-hand side maps to itself. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:present|permanent) )?(?:address|addr?)\s*[:-]\s*/, ''],
  [/\b(?:r|resident)\s*[/.]?\s*(?:o|of)\b\.?(?=\W|$)/g, ' '],
  [/\bj\s*(?:&|and)\s*k\b/g, ' jammu kashmir '],
  [/\bjammu\s*(?:&|and)\s*kashmir\b/g, ' jammu kashmir '],
  [/\b(?:h\s*\.?\s*no|house\s*(?:no|number|num)|h\s*#)\b[.:\s-]*/g, ' house '],
  [/(?:^|\s)#\s*(?=\d)/g, ' house '],
  [/\b(?:qtr|qr|quarter)s?\s*\.?\s*(?:no\b\.?)?\s*(?=\d)/g, ' house '],
  [/\bp\s*\.?\s*o\b\.?/g, ' post '],
  [/\bpost office\b/g, ' post '],
  [/\bm\s*\.?\s*g\s*\.?\s+(?:road|rd)\b/g, ' mahatma gandhi road '],
  [/\bp\s*\.?\s*s\b\.?/g, ' police station '],
  [/\bv\s*\.?\s*p\s*\.?\s*o\b\.?/g, ' village post '],
  [/\bpin\s*(?:code)?\s*(?:no)?[\s.:-]*(?=\d)/g, ' '],
  [/\b(\d{3})[ -](\d{3})$/g, '$1$2'],
]

const WORDS: Readonly<Record<string, string>> = {
  vill: 'village', vlg: 'village', villg: 'village', teh: 'tehsil', tehs: 'tehsil', tahsil: 'tehsil', tehsil: 'tehsil', dist: 'district', distt: 'district', dt: 'district',
  rd: 'road', nr: 'near', opp: 'opposite', moh: 'mohalla', mohl: 'mohalla', mohala: 'mohalla', mohallah: 'mohalla', blk: 'block', sec: 'sector', apt: 'apartment',
  apts: 'apartments', bldg: 'building', flr: 'floor', ln: 'lane', col: 'colony', clny: 'colony', ngr: 'nagar', extn: 'extension', ext: 'extension', hno: 'house', wno: 'ward',
  bhd: 'behind', stn: 'station', mkt: 'market', hosp: 'hospital', no: '', number: '', the: '',
}

/** Small letters, no punctuation, common Indian abbreviations written out, PIN kept. */
export function canonicalAddress(written: string): Canonical {
  const text = tidyLower(written)
  if (saysNothing(text)) return failed(text, 'no address')
  let value = spelled(text)
  // A phrase can come into sight only when the punctuation inside it is gone.
  for (let round = 0; round < 3 && spelled(value) !== value; round++) value = spelled(value)
  const words = value.split(' ')
  if (saysNothing(value) || !/\p{L}/u.test(value)) return failed(value === '' ? text : value, 'no words in it')
  if (/^(?:do|ditto|same|same as above|as above)$/.test(value)) return failed(value, 'refers to another row')
  return words.length < 3 ? passed(value, 'too short to tell one place') : passed(value)
}

function spelled(text: string): string {
  let phrased = text
  for (const [pattern, to] of PHRASES) phrased = phrased.replace(pattern, to)
  const words = phrased.split(/[^\p{L}\p{M}\p{N}]+/u).map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] as string : word))
  return tidyLower(words.filter((word) => word !== '').join(' '))
}
