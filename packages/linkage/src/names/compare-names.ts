/** Two names: the same, a question, or two; with what each word weighs and the reason in words. */
import { pairVerdict, type PairVerdict, type Part, type Verdict } from '../compare/pair-verdict.ts'
import { alignWords, type AlignedWords, type Alignment, type WordLevel } from './align-words.ts'
import type { NameLexicon } from './name-lexicon.ts'
import type { NameWord } from './name-words.ts'
import { coreWords, familyWord, type ParsedName } from './parsed-name.ts'
import { compareRelatives } from './compare-relatives.ts'

/**
 * Bits for a word that both names have. A known given name is borne by about one in 150 of its region, a known family name by one in 8 of a
 * village; an unknown word is rarer. These are round numbers for a pair without a data set; the batch engine counts the values at hand.
 */
const SAME = { given: 7, family: 3, unknown: 8, filler: 0.5, initial: 0.5 }
const LOSS: Readonly<Record<WordLevel, number>> = { same: 0, spelling: 0.5, script: 1, typing: 3, slip: 5, initial: 6, doubtful: 5, different: 0 }
const AGAINST = { given: -14, family: -12, married: -6, sex: -12, initial: -8, filler: -2.5, given_missing: -5, family_missing: -3, middle_missing: -2, filler_missing: -0.5 }

interface Finding {
  readonly verdict: Verdict
  readonly reason: string
}

export function compareNames(left: ParsedName, right: ParsedName, lexicon: NameLexicon): PairVerdict {
  if (left.nothing || right.nothing) return pairVerdict('review', 'no name on one side: never evidence', [{ on: 'name', left: left.written, right: right.written, level: 'missing', weight: 0 }])
  if (left.words.length === 0 || right.words.length === 0) return onlyRelatives(left, right, lexicon)
  const main = compareMain(left, right, lexicon)
  const alias = sharedAlias(left, right, lexicon)
  const relative = compareRelatives(left, right, (a, b) => compareMain(a, b, lexicon))
  const parts = [...main.parts, ...(alias === null ? [] : [alias.part]), ...(relative === null ? [] : [relative.part])]
  if (main.verdict === 'nonmatch') return alias?.named === true ? pairVerdict('review', `${main.reason}; but one is written as an alias of the other`, parts) : pairVerdict('nonmatch', main.reason, parts)
  if (relative !== null && relative.verdict !== 'match') return pairVerdict(relative.verdict, relative.reason, parts)
  // A shared alias beside an agreeing name supports it; it never decides alone.
  return pairVerdict(main.verdict, relative === null ? main.reason : `${main.reason}; ${relative.reason}`, parts)
}

function onlyRelatives(left: ParsedName, right: ParsedName, lexicon: NameLexicon): PairVerdict {
  const relative = compareRelatives(left, right, (a, b) => compareMain(a, b, lexicon))
  if (relative !== null) return pairVerdict(relative.verdict, relative.reason, [relative.part])
  const bare = (name: ParsedName): ParsedName => (name.words.length > 0 ? name : name.relatives[0]?.name ?? name.aliases[0] ?? name)
  const [a, b] = [bare(left), bare(right)]
  if (a.words.length === 0 || b.words.length === 0) return pairVerdict('review', 'no name on one side: never evidence', [])
  const found = compareMain(a, b, lexicon)
  return found.verdict === 'match' ? pairVerdict('review', `${found.reason}; but only one side says that it is a relative`, found.parts) : found
}

/** Without aliases and relatives. */
function compareMain(left: ParsedName, right: ParsedName, lexicon: NameLexicon): PairVerdict {
  const alignment = alignWords(left.words, right.words, lexicon)
  const isFamily = familyTest(left, right, alignment)
  const woman = left.sex === 'female' || right.sex === 'female' || (left.sex === null && right.sex === null && mayBeWoman(left) && mayBeWoman(right))
  const parts = [...alignment.pairs.map((pair) => pairPart(pair, isFamily)), ...overParts(alignment, isFamily, woman)]
  const sexes = left.sex !== null && right.sex !== null && left.sex !== right.sex
  if (sexes) parts.push({ on: 'sex', left: left.sex ?? '', right: right.sex ?? '', level: 'different', weight: AGAINST.sex })
  const found = sexes ? { verdict: 'nonmatch' as const, reason: `a ${left.sex === 'male' ? 'man' : 'woman'}'s name and a ${right.sex === 'male' ? 'man' : 'woman'}'s` } : decided(alignment, isFamily, { woman, left, right, lexicon })
  return pairVerdict(found.verdict, found.reason, parts)
}

/** Which words are family names. Of Okafor Chinedu and Chinedu Okafor, both unknown, neither word is taken for one: order alone says nothing then. */
function familyTest(left: ParsedName, right: ParsedName, { pairs }: Alignment): (word: NameWord) => boolean {
  const [a, b] = [familyWord(coreWords(left)), familyWord(coreWords(right))]
  const known = (word: NameWord): boolean => word.family?.surname === true && !word.family.given
  const turned = a !== undefined && b !== undefined && pairs.some((pair) => pair.left === a && pair.right !== b) && pairs.some((pair) => pair.right === b && pair.left !== a)
  return (word) => known(word) || (!turned && (word === a || word === b))
}

function pairPart({ left, right, level }: AlignedWords, isFamily: (word: NameWord) => boolean): Part {
  const companion = left.kind === 'filler' || right.kind === 'filler'
  const initials = left.kind === 'initial' && right.kind === 'initial'
  const known = left.known || right.known
  const full = companion ? SAME.filler : initials ? SAME.initial : left.filler === 'holy' ? SAME.filler : isFamily(left) && isFamily(right) ? (known ? SAME.family : SAME.unknown - 2) : known ? SAME.given : SAME.unknown
  // Of a word and its two halves, or a core word and a companion, the less telling one counts, whichever side it is on.
  return { on: isFamily(left) && isFamily(right) ? 'family name' : companion ? 'companion' : 'name', left: left.written, right: right.written, level, weight: level === 'initial' ? 0.5 : Math.max(full - LOSS[level], level === 'slip' ? 0.5 : 0.2) }
}

function overParts({ left_over, right_over, pairs }: Alignment, isFamily: (word: NameWord) => boolean, woman: boolean): Part[] {
  const parts: Part[] = []
  const kinds: readonly (readonly [string, (word: NameWord) => boolean, number, number])[] = [
    ['given name', (word) => word.kind === 'core' && !isFamily(word), AGAINST.given, pairs.some((pair) => pair.left.kind === 'core' && pair.right.kind === 'core' && !isFamily(pair.left)) ? AGAINST.middle_missing : AGAINST.given_missing],
    ['family name', (word) => word.kind === 'core' && isFamily(word), woman ? AGAINST.married : AGAINST.family, AGAINST.family_missing],
    ['initial', (word) => word.kind === 'initial', AGAINST.initial, AGAINST.filler_missing],
    ['companion', (word) => word.kind === 'filler', AGAINST.filler, AGAINST.filler_missing],
  ]
  for (const [on, belongs, contradicts, missing] of kinds) {
    const [a, b] = [left_over.filter(belongs), right_over.filter(belongs)]
    if (a.length === 0 && b.length === 0) continue
    const both = a.length > 0 && b.length > 0
    parts.push({ on, left: a.map((word) => word.written).join(' '), right: b.map((word) => word.written).join(' '), level: both ? 'different' : 'missing', weight: both ? contradicts : missing })
  }
  return parts
}

interface Context {
  readonly lexicon: NameLexicon
  readonly woman: boolean
  readonly left: ParsedName
  readonly right: ParsedName
}

/** The first rule that applies. */
function decided({ pairs, left_over, right_over }: Alignment, isFamily: (word: NameWord) => boolean, { woman, left, right, lexicon }: Context): Finding {
  const over = (words: readonly NameWord[], kind: NameWord['kind']): NameWord[] => words.filter((word) => word.kind === kind)
  const text = (words: readonly NameWord[]): string => words.map((word) => word.written).join(' ')
  const [coreLeft, coreRight] = [over(left_over, 'core'), over(right_over, 'core')]
  const given = (words: readonly NameWord[]): NameWord[] => words.filter((word) => !isFamily(word))
  const family = (words: readonly NameWord[]): NameWord[] => words.filter(isFamily)
  const firm = pairs.filter((pair) => !['slip', 'initial', 'doubtful'].includes(pair.level) && pair.left.kind === 'core' && pair.right.kind === 'core')
  const firmGiven = firm.filter((pair) => !isFamily(pair.left) || !isFamily(pair.right))
  const named = firmGiven.filter((pair) => pair.left.filler !== 'holy')
  if (given(coreLeft).length > 0 && given(coreRight).length > 0) return { verdict: woman && named.length > 0 ? 'review' : 'nonmatch', reason: `${text(given(coreLeft))} and ${text(given(coreRight))} are two given names` }
  if (family(coreLeft).length > 0 && family(coreRight).length > 0) {
    const families = `${text(family(coreLeft))} and ${text(family(coreRight))}`
    if (woman && named.length > 0) return { verdict: 'review', reason: `${families} are two family names; a woman's may change with marriage` }
    return { verdict: 'nonmatch', reason: `${families} are two family names` }
  }
  if (over(left_over, 'initial').length > 0 && over(right_over, 'initial').length > 0) return { verdict: named.length > 0 && firm.length > 1 ? 'review' : 'nonmatch', reason: `initials differ: ${text(over(left_over, 'initial'))} and ${text(over(right_over, 'initial'))}` }
  const [short, long] = over(left_over, 'initial').length > 0 ? [over(left_over, 'initial'), given(coreRight)] : [over(right_over, 'initial'), given(coreLeft)]
  if (short.length > 0 && long.length > 0) return { verdict: named.length > 0 ? 'review' : 'nonmatch', reason: `${text(long)} does not begin with ${text(short)}` }
  if (pairs.length === 0) return { verdict: 'nonmatch', reason: 'no word in common' }
  const crossed = coreLeft.length > 0 && coreRight.length > 0
  if (crossed) return { verdict: named.length > 0 ? 'review' : 'nonmatch', reason: `${text(coreLeft)} on one side, ${text(coreRight)} on the other` }
  const initial = pairs.find((pair) => pair.level === 'initial' && (pair.left.kind === 'core' || pair.right.kind === 'core'))
  if (initial !== undefined && (named.length === 0 || firm.length < 2)) return { verdict: 'review', reason: `${initial.left.written} and ${initial.right.written} agree in the initial only` }
  const doubt = pairs.find((pair) => pair.level === 'doubtful' || pair.level === 'slip')
  if (doubt !== undefined) return { verdict: 'review', reason: doubt.level === 'doubtful' ? `${doubt.left.written} and ${doubt.right.written} may be one name or two` : `${doubt.left.written} and ${doubt.right.written} are near: a slip, or another name` }
  if (named.length === 0) {
    const bare = pairs.some((pair) => pair.left.filler === 'holy') ? 'Mohammad alone is no identity' : firm.length > 0 ? 'only the family name agrees' : 'nothing that identifies agrees'
    // Abdul alone, of all the Abduls, contradicts nobody.
    const named_both = [left, right].every((name) => name.words.length > 1 || name.words.every((word) => word.filler === null))
    return { verdict: named_both && coreLeft.length + coreRight.length > 0 && firmGiven.length === 0 && firm.length === 0 ? 'nonmatch' : 'review', reason: bare }
  }
  const missing = [...coreLeft, ...coreRight]
  // Syed Altaf Bukhari and Altaf Bukhari.
  const titles = firm.some((pair) => isFamily(pair.left) && isFamily(pair.right)) ? missing.filter((word) => lexicon.kept_titles.has(word.key)) : []
  const gone = missing.filter((word) => !titles.includes(word))
  if (gone.some(isFamily)) return { verdict: 'review', reason: `family name ${text(gone.filter(isFamily))} on one side only` }
  if (gone.length > 0 && (firm.length < 2 || gone.some((word) => firstGiven(left) === word || firstGiven(right) === word))) return { verdict: 'review', reason: `${text(gone)} on one side only` }
  const turned = turnedCompound(left, right, lexicon)
  if (turned !== null) return { verdict: 'review', reason: turned }
  // Farooq Ahmad Bhat and Farooq Abdullah Bhat: a companion here, another name there.
  const second = (words: readonly NameWord[]): NameWord[] => words.filter((word) => word.filler === 'male' || word.filler === 'female' || word.filler === 'companion')
  const instead = [[second(left_over), gone.filter((word) => coreRight.includes(word))], [second(right_over), gone.filter((word) => coreLeft.includes(word))]].find(([a = [], b = []]) => a.length > 0 && b.length > 0)
  if (instead !== undefined) return { verdict: 'review', reason: `${text(instead[0] ?? [])} on one side, ${text(instead[1] ?? [])} on the other` }
  const clash = fillerClash(left_over, right_over)
  if (clash !== null) return { verdict: 'review', reason: clash }
  const typing = pairs.find((pair) => pair.level === 'typing')
  if (typing !== undefined && firm.length < 2) return { verdict: 'review', reason: `${typing.left.written} and ${typing.right.written} differ by one letter` }
  return { verdict: 'match', reason: said(pairs, missing, left_over, right_over) }
}

function firstGiven(name: ParsedName): NameWord | undefined {
  const core = coreWords(name)
  const family = familyWord(core)
  return core.find((word) => word !== family)
}

/** Ali Mohammad against Mohammad Ali: the order is part of the name. */
function turnedCompound(left: ParsedName, right: ParsedName, lexicon: NameLexicon): string | null {
  const before = (name: ParsedName): boolean | null => {
    const holy = name.words.findIndex((word) => word.filler === 'holy')
    const partner = name.words.findIndex((word) => lexicon.before_mohammad.has(word.key))
    return holy < 0 || partner < 0 || Math.abs(holy - partner) !== 1 ? null : partner < holy
  }
  const [a, b] = [before(left), before(right)]
  if (a !== null && b !== null && a !== b) return `${left.written} and ${right.written} are two names in other order`
  // Musa Ibrahim is Musa, son of Ibrahim; where both words are given names alone, the order says who is whose son.
  const [one = [], other = []] = [left, right].map((name) => name.words.filter((word) => word.kind !== 'initial' && word.filler === null))
  const given = (words: readonly NameWord[]): boolean => words.length >= 2 && words.every((word) => word.family?.given === true && !word.family.surname)
  const keys = (words: readonly NameWord[]): string => words.map((word) => word.key).sort().join(' ')
  return given(one) && given(other) && one[0]?.key !== other[0]?.key && keys(one) === keys(other) ? `${left.written} and ${right.written} are ${one.length === 2 ? 'two ' : ''}given names in other order` : null
}

/** Kumar against Lal, Begum against Bano: a second name each, and not the same. Mohd and Ab. before a name say nothing. */
function fillerClash(left: readonly NameWord[], right: readonly NameWord[]): string | null {
  const second = (words: readonly NameWord[]): NameWord[] => words.filter((word) => word.kind === 'filler' && word.filler !== 'ending')
  const [a, b] = [second(left), second(right)]
  if (a.length === 0 || b.length === 0) return null
  return `${a.map((word) => word.written).join(' ')} on one side, ${b.map((word) => word.written).join(' ')} on the other`
}

function said(pairs: readonly AlignedWords[], missing: readonly NameWord[], left: readonly NameWord[], right: readonly NameWord[]): string {
  const loose = [...left, ...right].filter((word) => word.kind !== 'core').map((word) => word.written)
  const spelled = pairs.filter((pair) => pair.level !== 'same' || pair.left.latin !== pair.right.latin).map((pair) => `${pair.left.written} = ${pair.right.written}`)
  const words = [spelled.length === 0 ? 'the same words' : spelled.join(', '), ...(loose.length === 0 ? [] : [`${loose.join(' ')} left out on one side`]), ...(missing.length === 0 ? [] : [`${missing.map((word) => word.written).join(' ')} on one side only`])]
  return words.join('; ')
}

/** Without a known given name or a companion that tells: whether the given name has an ending that women's names of the region have. */
function mayBeWoman(name: ParsedName): boolean {
  const word = firstGiven(name)
  return word !== undefined && !word.known && /(?:a|i|ee|een|in|oo|um|at)h?$/.test(word.latin)
}

function sharedAlias(left: ParsedName, right: ParsedName, lexicon: NameLexicon): { readonly named: boolean; readonly part: Part } | null {
  const same = (a: ParsedName, b: ParsedName): boolean => a.words.length > 0 && b.words.length > 0 && compareMain(a, b, lexicon).verdict === 'match'
  const cross = left.aliases.find((alias) => same(alias, right)) ?? right.aliases.find((alias) => same(alias, left))
  const both = left.aliases.find((alias) => right.aliases.some((other) => same(alias, other)))
  const found = cross ?? both
  if (found === undefined) return null
  return { named: cross !== undefined, part: { on: 'alias', left: found.written, right: found.written, level: cross === undefined ? 'shared' : 'is the name of the other', weight: cross === undefined ? 1.5 : 5 } }
}
