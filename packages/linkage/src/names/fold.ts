/** One word of a name in Latin letters to the key that its usual spellings share, and to the consonants that Urdu would write. */

/** Letters that Unicode does not take apart into a base and a mark. */
const UNDIVIDED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ə: 'a', ʻ: '', ʼ: '' }

/** Small letters a-z only: marks, apostrophes and dots away. */
export function plainLatin(word: string): string {
  const lower = word.toLowerCase()
  if (/^[a-z]+$/.test(lower)) return lower
  return lower.normalize('NFD').replaceAll(/[ßæœøłđðþıħəʻʼ]/g, (letter) => UNDIVIDED[letter] ?? letter).replaceAll(/[^a-z]/g, '')
}

/**
 * Rules in order, on a-z. Inside, sh is `S` and ch is `C`, so that a later rule sees one letter for one sound. Vowels end as four classes:
 * a, i (ee, ie, y), e (ai, ei, ay), o (u, oo, ou, ow, au). What must stay apart stays apart: sh and s, z and s, z and j, a first vowel's
 * class, a final -a (Rashid, Rashida) and a final -i (Bhat, Bhatti).
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ''],
  [/(.)\1{2,}/g, '$1$1'],
  [/^mac(?=[^aeiou])/, 'mc'],
  [/tsch|tch|chh|cch|ch/g, 'C'], [/sch|ssh|sh/g, 'S'], [/^S(?=r)/, 's'], [/ck|cq|q(?:ue)?$|q/g, 'k'], [/kue$/, 'k'], [/ph/g, 'f'],
  [/x/g, 'ks'], [/kS/g, 'ks'], [/c(?=[eiy])/g, 's'], [/c/g, 'k'], [/zh/g, 'z'],
  [/([bdgjkt])\1?h/g, '$1'], [/(?<=[ao])w(?=[^aeiouy]|$)/g, 'u'], [/w/g, 'v'], [/svam(?=[aeiy]|$)/g, 'sam'], [/^jey(?=[aeiou])/, 'jay'], [/m(?=[gk])/g, 'n'], [/n(?=[bp])/g, 'm'],
  [/([b-df-hj-np-tv-zSC])\1+/g, '$1'],
  [/[ie]nd(?:[aei]r|ra)$/, 'indr'], [/([bdgkmnptv])[ae]r$/, '$1ar'],
  [/(?<=[a-zSC]{3})([aei])h$/, '$1'], [/eh(?=[^aeiouy])/g, 'ah'], [/(?<=[a-zSC])ah(?=[b-df-hj-np-tv-xzSC])/g, 'a'],
  [/(?<=[aeiou][b-df-hj-np-tv-xzSC])e$/, ''], [/aie$|aye$|eye$|ae?y$|ey$|aiy?$|ei$/, 'e'], [/ie$|ee$|y$|ii$/, 'i'],
  [/(?<=[a-zSC])[ei]+y?a/g, 'ia'], [/(?<=[aeo])i?y+(?=[ao])/g, 'y'], [/iy(?=[aou])/g, 'i'], [/(?<=[b-df-hj-np-tv-zSC])y(?=[aou])/g, 'i'],
  [/aee|aei|aey|ae|ai|ay(?![aou])|ei|ey(?![aou])/g, 'e'], [/ee|ie|ii/g, 'i'], [/y(?=[^aeiou])/g, 'i'],
  [/oo|ou|au|uo|ue|oe|u/g, 'o'], [/oo/g, 'o'], [/aa/g, 'a'],
]

/** Key of a word in Latin letters: `wanie` and `wani` give `vani`. Empty when the word has no letter. */
export function foldWord(word: string): string {
  let text = plainLatin(word)
  for (const [pattern, to] of RULES) text = text.replace(pattern, to)
  return text.replaceAll('S', 'sh').replaceAll('C', 'ch')
}

/**
 * The consonants that every script writes: `ashraf` and the Urdu اشرف give `ashrf`. A first vowel is `a` whatever its class; h, v and y are
 * kept only at the start, since Urdu writes vowels with the same letters.
 */
export function skeletonOf(key: string): string {
  const rest = key.slice(1).replaceAll('sh', 'S').replaceAll('ch', 'C').replaceAll(/[aeiouyhv]/g, '')
  const first = /^(?:sh|ch)/.test(key) ? key.slice(0, 2) : key.slice(0, 1).replace(/[aeiou]/, 'a')
  const tail = first.length === 2 ? skeletonTail(key.slice(2)) : rest
  return (first + tail).replaceAll(/([b-df-hj-np-tv-zSC])\1+/g, '$1').replaceAll('S', 'sh').replaceAll('C', 'ch')
}

function skeletonTail(text: string): string {
  return text.replaceAll('sh', 'S').replaceAll('ch', 'C').replaceAll(/[aeiouyhv]/g, '')
}
