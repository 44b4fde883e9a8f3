/** What is known of names before any record is read: spellings, companions, titles, marks, letters; from data files that an officer can add to. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { RingmapError } from '@ringmap/model/errors'
import { foldWord, plainLatin } from './fold.ts'
import type { ScriptTables } from './scripts.ts'

export type Sex = 'male' | 'female'
export type FillerGroup = 'holy' | 'servant' | 'companion' | 'male' | 'female' | 'ending'
export type Relation = 'son' | 'daughter' | 'wife' | 'widow' | 'husband' | 'father' | 'mother' | 'brother' | 'child' | 'care'

/** One name in all its known spellings. */
export interface NameFamily {
  /** Key of its first spelling: what every spelling becomes. */
  readonly key: string
  readonly sex: Sex | null
  readonly given: boolean
  readonly surname: boolean
}

export interface Filler {
  readonly group: FillerGroup
  readonly key: string
}

export interface NameLexicon {
  /** By spelling in a-z, then by folded key where only one family has it. */
  readonly families: ReadonlyMap<string, NameFamily>
  readonly family_keys: ReadonlyMap<string, NameFamily>
  readonly fillers: ReadonlyMap<string, Filler>
  readonly filler_keys: ReadonlyMap<string, Filler>
  readonly compound_first: ReadonlyMap<string, string>
  readonly compound_last: ReadonlyMap<string, string>
  readonly honorifics: ReadonlySet<string>
  readonly front_honorifics: ReadonlySet<string>
  /** Keys of words that make a name with Mohammad behind them. */
  readonly before_mohammad: ReadonlySet<string>
  /** Keys of titles that families keep. */
  readonly kept_titles: ReadonlySet<string>
  readonly particles: ReadonlySet<string>
  readonly article_followers: ReadonlySet<string>
  readonly alias_marks: readonly string[]
  readonly parent_marks: readonly (readonly [string, Relation])[]
  readonly placeholders: ReadonlySet<string>
  /** Pairs of keys, smaller first, that a person decides. */
  readonly doubtful: ReadonlySet<string>
  /** Pairs of keys that a person said are two names. */
  readonly different: ReadonlySet<string>
  /** Pairs of keys of which one is a short form of the other, and of no other name. */
  readonly short_forms: ReadonlySet<string>
  /** Beginnings that people leave out. */
  readonly left_out: readonly string[]
  readonly scripts: ScriptTables
}

/** What a case or an officer adds. */
export interface NameAdditions {
  /** Lists of spellings of one name. */
  readonly same?: readonly (readonly string[])[]
  /** Pairs of names that look alike and are two. */
  readonly different?: readonly (readonly string[])[]
  readonly honorifics?: readonly string[]
}

interface WordsFile {
  readonly honorifics: readonly string[]
  readonly front_honorifics: readonly string[]
  readonly kept_titles: readonly string[]
  readonly fillers: Readonly<Record<FillerGroup, readonly (readonly string[])[]>>
  readonly particles: readonly string[]
  readonly article_followers: readonly string[]
  readonly before_mohammad: readonly string[]
  readonly alias_marks: readonly string[]
  readonly parent_marks: Readonly<Record<Relation, readonly string[]>>
  readonly placeholders: readonly string[]
}

interface GivenFile {
  readonly male: readonly string[]
  readonly female: readonly string[]
  readonly any: readonly string[]
  readonly compounds: { readonly first: readonly string[]; readonly last: readonly string[] }
}

interface ShortFile {
  readonly one: readonly (readonly string[])[]
  readonly several: readonly (readonly string[])[]
  readonly left_out: readonly string[]
}

interface SurnamesFile {
  readonly surnames: readonly string[]
  readonly doubtful: readonly (readonly string[])[]
}

let plain: NameLexicon | undefined

/** The lexicon of the data files, read once for a process; with additions it is made anew. */
export function nameLexicon(additions?: NameAdditions): NameLexicon {
  return additions === undefined ? (plain ??= lexiconWith({})) : lexiconWith(additions)
}

function lexiconWith(additions: NameAdditions): NameLexicon {
  const words = dataFile('name-words') as WordsFile
  const given = dataFile('given-names') as GivenFile
  const surnames = dataFile('surnames') as SurnamesFile
  const short = dataFile('short-names') as ShortFile
  const families = new Map<string, NameFamily>()
  const taken = new Set<string>()
  const spellings = (line: string): string[] => line.split(' ').map(plainLatin)
  for (const names of additions.same ?? []) addFamily(families, taken, names.map((one) => plainLatin(one)), null, true, false)
  for (const line of given.male) addFamily(families, taken, spellings(line), 'male', true, false)
  for (const line of given.female) addFamily(families, taken, spellings(line), 'female', true, false)
  for (const line of given.any) addFamily(families, taken, spellings(line), null, true, false)
  for (const line of surnames.surnames) addFamily(families, taken, spellings(line), null, false, true)
  const fillers = new Map<string, Filler>()
  for (const [group, lists] of Object.entries(words.fillers) as [FillerGroup, readonly (readonly string[])[]][]) {
    for (const list of lists) for (const word of list) fillers.set(plainLatin(word), { group, key: foldWord(list[0] ?? word) })
  }
  const keyOf = (word: string): string => families.get(plainLatin(word))?.key ?? foldWord(word)
  const pairs = (lists: readonly (readonly string[])[]): ReadonlySet<string> => new Set(lists.map((pair) => pairKey(keyOf(pair[0] ?? ''), keyOf(pair[1] ?? ''))))
  return {
    families, family_keys: uniqueKeys(families), fillers, filler_keys: new Map([...fillers].filter(([word]) => word.length >= 4).map(([word, filler]) => [foldWord(word), filler])),
    compound_first: new Map(given.compounds.first.map((word) => [word.toLowerCase(), foldWord(word)])),
    compound_last: new Map(given.compounds.last.flatMap((line) => line.split(' ').map((word) => [word, foldWord(line.split(' ')[0] ?? word)] as const))),
    honorifics: new Set([...words.honorifics, ...(additions.honorifics ?? [])].map((word) => word.toLowerCase().replaceAll('.', ''))),
    front_honorifics: new Set(words.front_honorifics), kept_titles: new Set(words.kept_titles.map(keyOf)), before_mohammad: new Set(words.before_mohammad.map((word) => fillers.get(word)?.key ?? keyOf(word))), particles: new Set(words.particles), article_followers: new Set(words.article_followers),
    alias_marks: words.alias_marks,
    parent_marks: (Object.entries(words.parent_marks) as [Relation, readonly string[]][]).flatMap(([relation, marks]) => marks.map((mark) => [mark, relation] as const)),
    placeholders: new Set(words.placeholders), doubtful: pairs([...surnames.doubtful, ...short.several]), different: pairs(additions.different ?? []),
    short_forms: pairs(short.one), left_out: short.left_out, scripts: dataFile('scripts') as ScriptTables,
  }
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`
}

/** @param file without `.yaml`. */
export function dataFile(file: string): unknown {
  const url = new URL(`../../data/${file}.yaml`, import.meta.url)
  try {
    return parse(readFileSync(url, 'utf8')) as unknown
  } catch (error) {
    throw new RingmapError('usage', { what: `The data file ${file}.yaml of linkage cannot be read: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

/** A spelling that stands already belongs to the earlier name; a family name spelled like a given name is the same word in both places. */
function addFamily(families: Map<string, NameFamily>, taken: Set<string>, spellings: readonly string[], sex: Sex | null, given: boolean, surname: boolean): void {
  const known = families.get(spellings[0] ?? '')
  const folded = foldWord(spellings[0] ?? '')
  const family: NameFamily = { key: known?.key ?? freeKey(taken, folded), sex: known === undefined ? sex : known.sex === sex || surname ? known.sex : null, given: given || known?.given === true, surname: surname || known?.surname === true }
  for (const [word, old] of known === undefined ? [] : families) if (old === known) families.set(word, family)
  for (const word of spellings) if (!families.has(word) || families.get(word) === known) families.set(word, family)
}

/** Rahman and Raman fold alike and are two names: the later one's key gets a number. */
function freeKey(taken: Set<string>, folded: string): string {
  let key = folded
  for (let n = 2; taken.has(key); n++) key = `${folded}${n}`
  taken.add(key)
  return key
}

/** Folded key to family, where no second family folds to it. */
function uniqueKeys(families: ReadonlyMap<string, NameFamily>): Map<string, NameFamily> {
  const keys = new Map<string, NameFamily | null>()
  for (const [word, family] of families) {
    const key = foldWord(word)
    const other = keys.get(key)
    keys.set(key, other === undefined || other === family ? family : null)
  }
  return new Map([...keys].flatMap(([key, family]) => (family === null ? [] : [[key, family] as const])))
}
