/** A name as written, read: its words, aliases, relatives, sex, and the keys that the engine groups and compares by. */
import type { NameLexicon, Relation, Sex } from './name-lexicon.ts'
import { wordReader, type NameWord } from './name-words.ts'
import { nameSplitter } from './written-name.ts'
import type { Script } from './scripts.ts'

export interface ParsedName {
  readonly written: string
  /** Without titles and little words, in written order. */
  readonly words: readonly NameWord[]
  readonly honorifics: readonly NameWord[]
  readonly aliases: readonly ParsedName[]
  readonly relatives: readonly { readonly relation: Relation; readonly name: ParsedName }[]
  readonly sex: Sex | null
  readonly script: Script
  /** Says nobody's name: never evidence. */
  readonly nothing: boolean
}

/** Columns for blocking, comparing and counting; empty strings where a name has no such part. */
export interface NameKeys {
  /** Keys of the words that identify, sorted: `ashraf bat`. The same for every order, spelling, title, and for Latin and Devanagari. */
  readonly key: string
  /** Key of the given name: the first word that is not a companion, a title or a known family name. */
  readonly given: string
  /** Key of the family name; empty where only a given name stands. */
  readonly family: string
  /** Consonants of `key`: the same for Urdu, Devanagari and Latin. */
  readonly skeleton: string
  /** Companions, sorted: `amad mohammad`. */
  readonly fillers: string
  /** First letter of the key of each identifying word or initial, sorted. */
  readonly initials: string
  /** Key of father or mother, else of a husband. */
  readonly parent: string
  readonly relation: string
  /** Keys of the aliases, each name's words joined, aliases separated by `|`. */
  readonly aliases: string
  /** `male`, `female` or empty. */
  readonly sex: string
}

/** A reader of names with a memory of its words. Make one for a run. */
export function nameReader(lexicon: NameLexicon): (written: string) => ParsedName {
  const split = nameSplitter(lexicon)
  const read = wordReader(lexicon)
  const parsed = (written: string, name: string): ParsedName => {
    const all = read(name)
    const words = all.filter((word) => word.kind !== 'honorific' && word.kind !== 'particle')
    return { written, words, honorifics: all.filter((word) => word.kind === 'honorific'), aliases: [], relatives: [], sex: sexOf(all), script: words[0]?.script ?? 'latin', nothing: words.length === 0 }
  }
  return (written) => {
    const parts = split(written)
    const name = parsed(written, parts.name)
    const relation = parts.relatives[0]?.relation
    const sex = name.sex ?? (relation === 'son' ? 'male' : relation === 'daughter' || relation === 'wife' || relation === 'widow' ? 'female' : null)
    return { ...name, sex, aliases: parts.aliases.map((alias) => parsed(alias, alias)), relatives: parts.relatives.map((one) => ({ relation: one.relation, name: parsed(one.name, one.name) })), nothing: parts.nothing || (name.words.length === 0 && parts.aliases.length === 0 && parts.relatives.length === 0) }
  }
}

/** Given and family name alone, as `nameKeys` has them, without what a million cells do not need. */
export function nameHalves(lexicon: NameLexicon): (written: string) => Pick<NameKeys, 'given' | 'family'> {
  const split = nameSplitter(lexicon)
  const read = wordReader(lexicon)
  return (written) => {
    const { name, nothing } = split(written)
    return nothing ? { given: '', family: '' } : halvesOf(coreOf(read(name)))
  }
}

function halvesOf(core: readonly NameWord[]): Pick<NameKeys, 'given' | 'family'> {
  const family = familyWord(core)
  return { given: core.find((word) => word !== family)?.key ?? '', family: family?.key ?? '' }
}

/** A title decides, then a companion that women bear, then the given name, then a companion of men: Sunita Singh is a woman, Gurpreet Singh a man. */
function sexOf(words: readonly NameWord[]): Sex | null {
  const title = words.find((word) => word.kind === 'honorific' && word.sex !== null)
  const named = words.filter((word) => word.kind !== 'honorific' && word.kind !== 'particle')
  const hers = named.slice(1).find((word) => word.filler === 'female')
  const firsts = named.filter((word) => word.filler === null && word.sex !== null && word.family?.given === true)
  // Sita Ram is a man; Bishnu Maya, of a man's name and a woman's, may be either.
  const either = new Set(firsts.map((word) => word.sex)).size > 1 || (firsts[0]?.sex === 'female' && named[named.indexOf(firsts[0]) + 1]?.key === 'ram')
  const given = either ? undefined : firsts[0]
  const his = named.find((word) => word.filler === 'male') ?? named.find((word) => word.filler === 'holy' || word.filler === 'servant')
  return (title ?? hers ?? given ?? (either ? undefined : his))?.sex ?? null
}

/** The words that identify: core words, and none of the companions unless they are all there is. */
export function coreWords(name: ParsedName): readonly NameWord[] {
  return coreOf(name.words)
}

function coreOf(words: readonly NameWord[]): readonly NameWord[] {
  const core = words.filter((word) => word.kind === 'core')
  return core.length > 0 ? core : words.filter((word) => word.kind === 'filler')
}

export function nameKeys(name: ParsedName): NameKeys {
  if (name.nothing) return { key: '', given: '', family: '', skeleton: '', fillers: '', initials: '', parent: '', relation: '', aliases: '', sex: '' }
  const core = coreWords(name)
  const relative = name.relatives.find((one) => one.relation !== 'care')
  return {
    key: sortedKeys(core.map((word) => word.key)),
    ...halvesOf(core),
    skeleton: sortedKeys(core.map((word) => word.skeleton)),
    fillers: sortedKeys(name.words.filter((word) => word.kind === 'filler').map((word) => word.key)),
    initials: sortedKeys(name.words.filter((word) => word.kind !== 'filler').map((word) => word.key.slice(0, 1))).replaceAll(' ', ''),
    parent: relative === undefined ? '' : sortedKeys(coreWords(relative.name).map((word) => word.key)),
    relation: relative?.relation ?? '',
    aliases: name.aliases.map((alias) => sortedKeys(coreWords(alias).map((word) => word.key))).filter((key) => key !== '').sort().join('|'),
    sex: name.sex ?? '',
  }
}

/** A known family name wherever it stands (Bhat Mohammad Ashraf), else the last of several words, unless that is known as a given name alone. */
export function familyWord(core: readonly NameWord[]): NameWord | undefined {
  const pure = core.findLast((word) => word.family?.surname === true && !word.family.given)
  if (pure !== undefined || core.length < 2) return pure
  const last = core.at(-1)
  // Of Mohammad Ali both are given.
  return core.findLast((word) => word.family?.surname === true) ?? (last?.known === true || (last?.filler ?? null) !== null ? undefined : last)
}

function sortedKeys(keys: readonly string[]): string {
  return keys.filter((key) => key !== '').sort().join(' ')
}
