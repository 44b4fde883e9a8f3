/** Villages and addresses: spelling and spacing are no difference; the upper and the lower hamlet, the house number, the district and the PIN are. */
import { canonicalAddress } from '@ringmap/identifiers/address'
import type { Canonical } from '@ringmap/identifiers/canonical'
import { saysNothing, tidyLower } from '@ringmap/identifiers/written'
import anyAscii from 'any-ascii'
import { vowelApart } from '../names/align-words.ts'
import { foldWord, plainLatin, skeletonOf } from '../names/fold.ts'
import { dataFile } from '../names/name-lexicon.ts'
import { brahmicToLatin, scriptOf, urduReading, urduSounds, type ScriptTables } from '../names/scripts.ts'
import { keyDistance, urduFits } from '../names/word-similarity.ts'
import { pairVerdict, wholeVerdict, type PairVerdict, type Part, type Verdict } from './pair-verdict.ts'

export interface PlaceLexicon {
  readonly aliases: ReadonlyMap<string, string>
  /** Word to the number of its list. */
  readonly parts: ReadonlyMap<string, number>
  readonly kinds: ReadonlySet<string>
  readonly endings: readonly (readonly [RegExp, string])[]
  readonly scripts: ScriptTables
}

interface VillagesFile {
  readonly aliases: readonly (readonly string[])[]
  readonly parts: readonly (readonly string[])[]
  readonly kinds: readonly string[]
  readonly endings: readonly (readonly string[])[]
}

/** @param same lists of further names of one place. */
export function placeLexicon(same: readonly (readonly string[])[] = []): PlaceLexicon {
  const data = dataFile('villages') as VillagesFile
  const endings = data.endings.map((list) => [new RegExp(`(?<=..)(?:${list.map(foldWord).filter((ending) => ending !== '').join('|')})$`), foldWord(list[0] ?? '')] as const)
  const joint = (text: string): string => ended(foldWord(plainLatin(text)), endings)
  return {
    aliases: new Map([...same, ...data.aliases].flatMap((list) => list.map((place) => [joint(place), joint(list[0] ?? place)] as const))),
    parts: new Map(data.parts.flatMap((list, i) => list.map((word) => [word, i] as const))), kinds: new Set(data.kinds), endings, scripts: dataFile('scripts') as ScriptTables,
  }
}

interface Place {
  readonly key: string
  readonly part: readonly number[]
  readonly numbers: string
  /** Sounds of a place written in Urdu, whose short vowels are not there. */
  readonly sounds: string | null
}

export function compareVillages(left: string, right: string, lexicon: PlaceLexicon): PairVerdict {
  const answer = (verdict: Verdict, weight: number, reason: string): PairVerdict => wholeVerdict(verdict, weight, reason, { on: 'place', left, right })
  const [fore, back] = [left, right].map((text) => bracketsApart(tidyLower(text), lexicon).split(/[,;]+/).map((piece) => piece.trim()).filter((piece) => piece !== ''))
  if (fore === undefined || back === undefined || saysNothing(tidyLower(left)) || saysNothing(tidyLower(right)) || fore.length === 0 || back.length === 0) return answer('review', 0, 'no place on one side: never evidence')
  const found = placesAgainst(placeOf(fore[0] ?? '', lexicon), placeOf(back[0] ?? '', lexicon))
  // Sopore, Baramulla against Sopore, Kupwara: two places of one name.
  const outer = fore.length > 1 && back.length > 1 ? placesAgainst(placeOf(fore.at(-1) ?? '', lexicon), placeOf(back.at(-1) ?? '', lexicon)) : null
  if (found.verdict === 'match' && outer?.verdict === 'nonmatch') return answer('nonmatch', -4, 'one name in two districts')
  const loose = found.verdict === 'nonmatch' && found.reason === TWO_PLACES ? looseEnds(fore[0] ?? '', back[0] ?? '', lexicon) : null
  return answer((loose ?? found).verdict, (loose ?? found).weight, (loose ?? found).reason)
}

/** Letters of a key up to which one vowel tells places apart. */
const SHORT = 5

const TWO_PLACES = 'two places'

/** A district in brackets is a district behind a comma; a hamlet in brackets belongs to the name. */
function bracketsApart(text: string, lexicon: PlaceLexicon): string {
  return text.replaceAll(/\(([^)]*)\)?/g, (_all, inner: string) => (inner.split(/\s+/).some((word) => lexicon.parts.has(word)) ? ` ${inner} ` : `, ${inner}`))
}

interface PlaceFinding {
  readonly verdict: Verdict
  readonly weight: number
  readonly reason: string
}

/** R.S. Pura against Ranbir Singh Pura; Bijbehara against Bijbehara Anantnag. */
function looseEnds(left: string, right: string, lexicon: PlaceLexicon): PlaceFinding | null {
  const [a, b] = [left, right].map((text) => text.split(/[\s.]+/).filter((word) => word !== '' && (word.length === 1 || !lexicon.kinds.has(word))))
  if (a === undefined || b === undefined) return null
  const key = (word: string): string => placeOf(word, lexicon).key
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === long.length) {
    const initials = short.filter((word, i) => (word.length === 1) !== (long[i]?.length === 1) && word.charAt(0) === long[i]?.charAt(0)).length
    const equal = short.filter((word, i) => word.length > 1 && key(word) === key(long[i] ?? '')).length
    if (initials > 0 && equal > 0 && initials + equal === short.length) return { verdict: initials > 1 ? 'match' : 'review', weight: initials, reason: 'the initials of the longer name' }
    return null
  }
  const keys = long.map(key)
  return short.length > 0 && keys[0] === key(short[0] ?? '') && short.every((word) => keys.includes(key(word))) ? { verdict: 'review', weight: 0.5, reason: 'one side says more: another place, or its tehsil or district' } : null
}

function placesAgainst(a: Place, b: Place): PlaceFinding {
  if (a.numbers !== b.numbers && a.numbers !== '' && b.numbers !== '') return { verdict: 'nonmatch', weight: -5, reason: 'the numbers differ' }
  const distance = keyDistance(a.key, b.key)
  const longer = Math.max(a.key.length, b.key.length)
  const read = (a.sounds !== null && urduFits(a.sounds, b.key)) || (b.sounds !== null && urduFits(b.sounds, a.key))
  const near = a.key === b.key || read || (distance <= 0.75 && longer >= 4)
  if (near && a.part.join() !== b.part.join()) return a.part.length > 0 && b.part.length > 0 ? { verdict: 'nonmatch', weight: -4, reason: 'two hamlets of one name' } : { verdict: 'review', weight: 1, reason: `the hamlet is named on one side only` }
  if (a.numbers !== b.numbers && near) return { verdict: 'review', weight: 1, reason: 'a number on one side only' }
  // Kandi and Kundi: in so short a name one vowel makes another village.
  if (near && !read && a.key !== b.key && longer <= SHORT && vowelApart(a.key, b.key, 'ao')) return { verdict: 'review', weight: 1, reason: 'short names that a vowel parts: a slip, or another place' }
  // Batpora and Badpora.
  if (near && !read && distance > 0.5 && skeletonOf(a.key) !== skeletonOf(b.key)) return { verdict: 'review', weight: 1, reason: 'a letter apart: a slip, or another place' }
  if (near) return { verdict: 'match', weight: a.key === b.key ? 5 : 3.5, reason: a.key === b.key ? 'the same place' : 'the same place, spelled differently' }
  if (distance <= 1.1 && longer >= 6) return { verdict: 'review', weight: 0.5, reason: 'near: a slip, or another place' }
  return { verdict: 'nonmatch', weight: -4, reason: TWO_PLACES }
}

function placeOf(text: string, lexicon: PlaceLexicon): Place {
  const words = latinWords(text, lexicon.scripts)
  // r of r/o and j, k of J&K are marks, those of R.S. Pura are not.
  const mark = (word: string, i: number): boolean => lexicon.kinds.has(word) && (word.length > 1 || ['ro', 'jk'].includes(word + (words[i + 1] ?? '')) || ['ro', 'jk'].includes((words[i - 1] ?? '') + word))
  const named = words.filter((word, i) => !mark(word, i) && !/^\d+$/.test(word))
  const kept = named.length === 0 ? words.filter((word) => !/^\d+$/.test(word)) : named
  const part = kept.length > 1 ? kept.flatMap((word) => lexicon.parts.get(word) ?? []).sort((a, b) => a - b) : []
  const rest = part.length === 0 ? kept : kept.filter((word) => !lexicon.parts.has(word))
  const key = ended(foldWord(rest.join('')), lexicon.endings)
  return { key: lexicon.aliases.get(key) ?? key, part, numbers: words.filter((word) => /^\d+$/.test(word)).map(Number).join(), sounds: scriptOf(text) === 'perso-arabic' ? urduSounds(text.replaceAll(/\s/g, ''), lexicon.scripts) : null }
}

/** Words in a-z or digits, from any script. */
function latinWords(text: string, scripts: ScriptTables): string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '').map((word) => {
    if (/^\d+$/.test(word)) return word
    const script = scriptOf(word)
    return script === 'latin' ? plainLatin(word) || word : plainLatin(script === 'brahmic' ? brahmicToLatin(word, scripts) : script === 'perso-arabic' ? urduReading(urduSounds(word, scripts)) : anyAscii(word))
  }).filter((word) => word !== '')
}

function ended(key: string, endings: readonly (readonly [RegExp, string])[]): string {
  for (const [pattern, to] of endings) if (pattern.test(key)) return key.replace(pattern, to)
  return key
}

const FIELDS = ['house', 'ward', 'sector', 'road', 'street', 'lane', 'mohalla', 'village', 'post', 'police station', 'tehsil', 'district'] as const
/** A difference here makes two addresses; elsewhere it may be another way to describe one. */
const TELLING: ReadonlySet<string> = new Set(['house', 'ward', 'sector', 'village', 'tehsil', 'district', 'pin'])

export function compareAddresses(left: string, right: string, lexicon: PlaceLexicon): PairVerdict {
  // In whose care a letter comes is no part of the place.
  const [a, b] = [left, right].map((text) => canonicalAddress(text.replace(/(?<![\p{L}])[cswdh]\s*[/\\]\s*o(?![\p{L}])[^,;]*[,;]/iu, ' '))) as [Canonical, Canonical]
  if (!a.valid || !b.valid) return wholeVerdict('review', 0, 'no address on one side: never evidence', { on: 'address', left, right })
  const [one, two] = trimmedAlike(fieldsOf(a.value), fieldsOf(b.value), lexicon)
  const [fore, back] = [labelledLike(one, two, lexicon), labelledLike(two, one, lexicon)]
  const parts: Part[] = []
  for (const [field, value] of fore.fields) {
    const other = back.fields.get(field)
    if (other === undefined) continue
    const same = /\d/.test(value) && /^(?:house|ward|sector|pin|road|street|lane)$/.test(field) ? (value.replaceAll(/[^a-z0-9]/g, '') === other.replaceAll(/[^a-z0-9]/g, '') ? 'match' as const : 'nonmatch' as const) : placesAgainst(placeOf(value, lexicon), placeOf(other, lexicon)).verdict
    parts.push({ on: field, left: value, right: other, level: same, weight: same === 'match' ? (field === 'house' || field === 'village' ? 3 : 1.5) : same === 'review' ? 0 : tells(field, value) ? -5 : -1.5 })
  }
  const share = wordShare(fore.rest, back.rest, lexicon)
  if (share !== null) parts.push({ on: 'other words', left: fore.rest.join(' '), right: back.rest.join(' '), level: share >= 0.7 ? 'match' : share >= 0.35 ? 'review' : 'nonmatch', weight: Math.round((share - 0.4) * 60) / 10 })
  const conflict = parts.find((part) => part.level === 'nonmatch' && tells(part.on, part.left))
  if (conflict !== undefined) return pairVerdict('nonmatch', `${conflict.on} ${conflict.left} and ${conflict.right} differ`, parts)
  const agreed = parts.filter((part) => part.level === 'match')
  const weight = parts.reduce((sum, part) => sum + part.weight, 0)
  const close = agreed.some((part) => ['house', 'village', 'other words', 'mohalla', 'ward'].includes(part.on))
  const doubts = parts.some((part) => part.level !== 'match')
  const verdict: Verdict = weight >= 2.5 && close && !doubts ? 'match' : weight > -1 && agreed.length > 0 ? 'review' : 'nonmatch'
  return pairVerdict(verdict, agreed.length === 0 ? 'nothing agrees' : `${agreed.map((part) => part.on).join(', ')} agree`, parts)
}

function tells(field: string, value: string): boolean {
  return TELLING.has(field) || (/^(?:road|street|lane)$/.test(field) && /\d/.test(value))
}

interface AddressFields {
  readonly fields: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

/** Places that one side labels (tehsil Pattan) and the other only names. */
const NAMED_PLACES = ['mohalla', 'village', 'post', 'police station', 'tehsil', 'district'] as const

/** Post Kreeri Baramulla against post Kreeri: what stands behind the named place is further words. */
function trimmedAlike(one: AddressFields, two: AddressFields, lexicon: PlaceLexicon): [AddressFields, AddressFields] {
  const key = (words: readonly string[]): string => placeOf(words.join(' '), lexicon).key
  const cut = (own: AddressFields, other: AddressFields): AddressFields => {
    const fields = new Map(own.fields)
    const rest = [...own.rest]
    for (const field of NAMED_PLACES) {
      const [long, short] = [fields.get(field)?.split(' ') ?? [], other.fields.get(field)?.split(' ') ?? []]
      if (short.length === 0 || long.length <= short.length || key(long.slice(0, short.length)) !== key(short)) continue
      fields.set(field, long.slice(0, short.length).join(' '))
      rest.push(...long.slice(short.length))
    }
    return { fields, rest }
  }
  return [cut(one, two), cut(two, one)]
}

/** The address with the labels of the other for words that stand there without one. */
function labelledLike(own: AddressFields, other: AddressFields, lexicon: PlaceLexicon): AddressFields {
  const fields = new Map(own.fields)
  let rest = own.rest
  for (const field of NAMED_PLACES) {
    const value = other.fields.get(field)
    if (value === undefined || fields.has(field)) continue
    const wanted = placeOf(value, lexicon).key
    const length = [1, 2, 3].find((n) => rest.some((_, i) => i + n <= rest.length && placeOf(rest.slice(i, i + n).join(' '), lexicon).key === wanted))
    if (wanted === '' || length === undefined) continue
    const at = rest.findIndex((_, i) => i + length <= rest.length && placeOf(rest.slice(i, i + length).join(' '), lexicon).key === wanted)
    fields.set(field, rest.slice(at, at + length).join(' '))
    rest = [...rest.slice(0, at), ...rest.slice(at + length)]
  }
  return { fields, rest }
}

function fieldsOf(value: string): AddressFields {
  const fields = new Map<string, string>()
  let text = value.replace(/\b(\d{6})\b/, (pin) => {
    fields.set('pin', pin)
    return ' '
  })
  const marks = new RegExp(String.raw`\b(${FIELDS.join('|')})\b`, 'g')
  const pieces = text.split(marks)
  text = pieces[0] ?? ''
  for (let i = 1; i + 1 < pieces.length; i += 2) {
    const [field, after] = [pieces[i] ?? '', (pieces[i + 1] ?? '').trim()]
    const words = after.split(' ')
    if (/^(?:house|ward|sector)$/.test(field) || (/^(?:road|street|lane)$/.test(field) && /^\d/.test(after))) {
      fields.set(field, words[0] ?? '')
      text += ` ${words.slice(1).join(' ')}`
    } else if (/^(?:road|street|lane)$/.test(field)) text += ` ${field} ${after}`
    else if (after !== '') fields.set(field, after.replace(/ jammu kashmir$/, ''))
  }
  return { fields, rest: text.split(' ').filter((word) => word !== '' && !/^(?:jammu|kashmir|india|nepal|bangladesh|pakistan|near|opposite|behind)$/.test(word)) }
}

/** Words of the shorter list that the other has, in any spelling; null when one list is empty. */
function wordShare(left: readonly string[], right: readonly string[], lexicon: PlaceLexicon): number | null {
  if (left.length === 0 || right.length === 0) return null
  const keys = (words: readonly string[]): string[] => words.join(' ').replaceAll(/(?<=\d) (?=[a-z](?: |$))/g, '').split(' ').map((word) => (/\d/.test(word) ? word : placeOf(word, lexicon).key))
  const [a, b] = [keys(left), keys(right)]
  if (a.join('') === b.join('')) return 1
  const numbers = (list: readonly string[]): string => list.filter((word) => /\d/.test(word)).sort().join()
  if (numbers(a) !== '' && numbers(b) !== '' && numbers(a) !== numbers(b)) return 0
  const found = a.filter((word) => b.some((other) => word === other || keyDistance(word, other) <= 0.75)).length
  return (2 * found) / (a.length + b.length)
}
