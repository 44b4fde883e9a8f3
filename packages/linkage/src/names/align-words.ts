/** The words of two names laid beside each other, in any order: which are the same, near, an initial, and which are left over. */
import { foldWord } from './fold.ts'
import { pairKey, type NameLexicon } from './name-lexicon.ts'
import type { NameWord } from './name-words.ts'
import { isTamil, tamilSounds } from './scripts.ts'
import { remembered, rememberedPairs } from './remembered.ts'
import { keyDistance, urduFits } from './word-similarity.ts'

/**
 * `same` in key; `spelling`: only vowels or confusable sounds differ; `script`: read across scripts; `typing`: a letter more, fewer or exchanged
 * in a word that is no known name; `slip`: near, and may be another name; `initial`; `doubtful`: listed as a question.
 */
export type WordLevel = 'same' | 'spelling' | 'script' | 'typing' | 'slip' | 'initial' | 'doubtful' | 'different'

export interface AlignedWords {
  readonly left: NameWord
  readonly right: NameWord
  readonly level: WordLevel
}

export interface Alignment {
  readonly pairs: readonly AlignedWords[]
  readonly left_over: readonly NameWord[]
  readonly right_over: readonly NameWord[]
}

/** Words repeat far more than names do. */
const distanceOf = rememberedPairs(keyDistance)
const foldedOf = remembered(foldWord)

const ORDER: readonly WordLevel[] = ['same', 'spelling', 'script', 'doubtful', 'typing', 'slip', 'initial']

/** Strongest pairs first; equal ones in written order, so that the same two names always align alike. */
export function alignWords(left: readonly NameWord[], right: readonly NameWord[], lexicon: NameLexicon): Alignment {
  const candidates: { i: number; j: number; level: WordLevel; rank: number }[] = []
  left.forEach((a, i) => right.forEach((b, j) => {
    const level = wordLevel(a, b, lexicon)
    if (level !== 'different') candidates.push({ i, j, level, rank: ORDER.indexOf(level) * 100 + Math.abs(i - j) })
  }))
  candidates.sort((a, b) => a.rank - b.rank || a.i - b.i || a.j - b.j)
  const pairs: AlignedWords[] = []
  const [usedLeft, usedRight] = [new Set<number>(), new Set<number>()]
  for (const { i, j, level } of candidates) {
    if (usedLeft.has(i) || usedRight.has(j)) continue
    usedLeft.add(i)
    usedRight.add(j)
    pairs.push({ left: left[i] as NameWord, right: right[j] as NameWord, level })
  }
  const open: Alignment = { pairs, left_over: left.filter((_, i) => !usedLeft.has(i)), right_over: right.filter((_, j) => !usedRight.has(j)) }
  return joinedWords(joinedWords(open, right, lexicon), left, lexicon, true)
}

export function wordLevel(a: NameWord, b: NameWord, lexicon: NameLexicon): WordLevel {
  if (a.kind === 'initial' || b.kind === 'initial') {
    const [initial, other] = a.kind === 'initial' ? [a, b] : [b, a]
    if (other.kind === 'initial') return initial.latin === other.latin ? 'same' : 'different'
    return other.latin.startsWith(initial.latin) || other.key.startsWith(initial.key || initial.latin) ? 'initial' : 'different'
  }
  if (lexicon.different.has(pairKey(a.key, b.key))) return 'different'
  if (a.key === b.key) return 'same'
  if (lexicon.doubtful.has(pairKey(a.key, b.key))) return 'doubtful'
  if (lexicon.short_forms.has(pairKey(a.key, b.key))) return 'spelling'
  if (leavesOut(a.latin, b.latin, lexicon.left_out) || leavesOut(b.latin, a.latin, lexicon.left_out)) return 'doubtful'
  if (isTamil(a.written) !== isTamil(b.written) && tamilSounds(foldWord(a.latin)) === tamilSounds(foldWord(b.latin))) return 'script'
  if (a.sounds !== null || b.sounds !== null) return acrossScripts(a, b)
  // Shaheen and Shaheena: of a woman, offices write either.
  if (a.sex !== 'male' && b.sex !== 'male' && (a.sex === 'female' || b.sex === 'female') && (a.key === `${b.key}a` || b.key === `${a.key}a`)) return 'doubtful'
  // Alghamdi and Al Ghamdi.
  if (a.latin === `al${b.latin}` || b.latin === `al${a.latin}`) return 'spelling'
  // Two known names are two names, and so are two companions, however alike.
  if ((a.known || a.filler !== null) && (b.known || b.filler !== null)) return 'different'
  if (mistyped(a.latin, b.latin)) return 'typing'
  const distance = distanceOf(a.key, b.key)
  const longer = Math.max(a.key.length, b.key.length)
  const fragile = a.known || b.known ? 0.05 : 0
  // Zelma and Zalma, whom nobody knows, may be two. O and a are one letter in Bengali, e and i are written for each other everywhere.
  if (!a.known && !b.known && a.script === b.script && vowelApart(a.key, b.key, 'ae')) return 'slip'
  if (distance <= 0.5 - fragile && longer >= 4) return a.script === b.script ? 'spelling' : 'script'
  if (a.script !== b.script && a.skeleton === b.skeleton && longer >= 5 && distance <= 1.2) return 'script'
  if (longer < 5) return distance <= 0.7 && longer >= 4 ? 'slip' : 'different'
  return distance <= 1.25 ? 'slip' : 'different'
}

/** Oluwatobi and Tobi. */
function leavesOut(long: string, short: string, beginnings: readonly string[]): boolean {
  return short.length >= 3 && beginnings.some((beginning) => long.length === beginning.length + short.length && long.startsWith(beginning) && long.endsWith(short))
}

/** Whether words differ in vowels alone, and in these only: `ae`, `ao`. */
export function vowelApart(a: string, b: string, vowels: 'ae' | 'ao'): boolean {
  if (a.length !== b.length || a === b) return false
  for (let at = 0; at < a.length; at++) if (a.charAt(at) !== b.charAt(at) && (!vowels.includes(a.charAt(at)) || !vowels.includes(b.charAt(at)))) return false
  return true
}

/** Two neighbouring letters exchanged, or one consonant inside more or fewer, in a word of six letters or more. */
function mistyped(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length < 6 || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short.charAt(at) === long.charAt(at)) at++
  if (short.length === long.length) return short.charAt(at) === long.charAt(at + 1) && short.charAt(at + 1) === long.charAt(at) && short.slice(at + 2) === long.slice(at + 2)
  return at > 0 && at < short.length && /[^aeiou]/.test(long.charAt(at)) && short.slice(at) === long.slice(at + 1)
}

function acrossScripts(a: NameWord, b: NameWord): WordLevel {
  const fits = a.sounds !== null && b.sounds !== null ? a.sounds === b.sounds : a.sounds !== null ? urduFits(a.sounds, b.key) || urduFits(a.sounds, foldWord(b.latin)) : urduFits(b.sounds ?? '', a.key) || urduFits(b.sounds ?? '', foldWord(a.latin))
  if (fits) return 'script'
  return a.skeleton === b.skeleton && a.skeleton.length >= 3 ? 'slip' : 'different'
}

/** Ram Krishan and Ramkrishan, Gulam Nabi and Gulamnabi: a word left over is two neighbours of the other name. */
function joinedWords(alignment: Alignment, two: readonly NameWord[], lexicon: NameLexicon, turned = false): Alignment {
  const over = turned ? alignment.right_over : alignment.left_over
  const others = turned ? alignment.left_over : alignment.right_over
  for (const word of over) {
    for (let i = 0; i + 1 < two.length; i++) {
      const [a, b] = [two[i] as NameWord, two[i + 1] as NameWord]
      if (!others.includes(a) && !others.includes(b)) continue
      const freed = alignment.pairs.every((pair) => pair.left !== a && pair.left !== b && pair.right !== a && pair.right !== b)
      if (!freed) continue
      const joint = a.latin + b.latin
      const folded = foldedOf(joint)
      const known = lexicon.families.get(joint) ?? lexicon.family_keys.get(folded)
      if (known?.key !== word.key && distanceOf(folded, foldedOf(word.latin)) > 0.45) continue
      const rest = others.filter((each) => each !== a && each !== b)
      const kept = over.filter((each) => each !== word)
      const both = { ...a, written: `${a.written} ${b.written}`, kind: 'core' as const }
      const pair: AlignedWords = turned ? { left: both, right: word, level: 'same' } : { left: word, right: both, level: 'same' }
      return { pairs: [...alignment.pairs, pair], left_over: turned ? rest : kept, right_over: turned ? kept : rest }
    }
  }
  return alignment
}
