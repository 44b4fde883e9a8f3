/** What speaks for and against two records of persons being one, in bits that add up: names, parents, dates, papers, things and places. */
import type { Comparison, Explanation } from '@ringmap/model/judgement'
import { birthStated, compareAges } from '../compare/compare-ages.ts'
import { compareAddresses, compareVillages, type PlaceLexicon } from '../compare/compare-places.ts'
import type { PairVerdict } from '../compare/pair-verdict.ts'
import { compareNames } from '../names/compare-names.ts'
import type { NameLexicon } from '../names/name-lexicon.ts'
import { nameKeys, type ParsedName } from '../names/parsed-name.ts'
import { remembered, rememberedPairs } from '../names/remembered.ts'
import type { CasePersons, PersonRecord } from './person-records.ts'

export interface PersonPair {
  readonly explanation: Explanation
  /** Why they cannot be one, whatever else agrees. */
  readonly contradiction: string | null
  /** Whether more than name and place agrees: a machine joins nobody without. */
  readonly supported: boolean
  /** What the names say; a pair whose names are a question is a question. */
  readonly names: PairVerdict
}

export interface PersonWeigher {
  readonly pair: (a: PersonRecord, b: PersonRecord) => PersonPair | null
  readonly contradiction: (a: PersonRecord, b: PersonRecord) => string | null
}

/** Papers of which a person has one, and what two different ones mean. */
const ONE_PAPER: Readonly<Record<string, string>> = { pan: 'two tax numbers', voter_id: 'two voter cards', passport: 'two passports', driving_licence: 'two driving licences', aadhaar: 'two Aadhaar numbers' }
/** Kin and gang share phones and houses: what things together can add stays below what one person's own date of birth does. */
const MOST_FOR_THINGS = 8
/** However many rare words agree: somewhere another family gives the same name. */
const MOST_FOR_NAMES = 14
/** Two places further apart in time than this can be reached one after the other. */
const AT_ONCE_MS = 60_000
const BORN_APART = 20

export function personWeigher({ persons, spread }: CasePersons, data: { readonly names: NameLexicon; readonly places: PlaceLexicon; readonly read: (written: string) => ParsedName; readonly hub_limit: number }): PersonWeigher {
  const prior = -Math.log2(Math.max(persons.length, 100))
  const keys = new Map<ParsedName, string>()
  for (const person of persons) for (const name of person.names) keys.set(name, nameKeys(name).key)
  const keyOf = (name: ParsedName): string => keys.get(name) ?? nameKeys(name).key
  const bearers = new Map<string, number>()
  for (const person of persons) for (const key of new Set(person.names.map(keyOf))) bearers.set(key, (bearers.get(key) ?? 0) + 1)
  const compared = comparedOnce(data)

  const pair = (a: PersonRecord, b: PersonRecord): PersonPair | null => {
    const names = bestNames(a, b, compared.names)
    if (names === null || names.verdict === 'nonmatch') return null
    const comparisons: Comparison[] = [{ on: 'name', left: nameOf(a), right: nameOf(b), level: names.verdict === 'match' ? (names.parts.every((part) => part.level === 'same') ? 'exact' : 'close') : 'doubtful', weight: Math.min(names.weight, MOST_FOR_NAMES) }]
    const common = Math.min(...a.names.map((name) => bearers.get(keyOf(name)) ?? 1))
    if (common > 3) comparisons.push({ on: 'common name', left: `${common} records`, right: '', level: 'common', weight: -Math.log2(common / 3) })
    comparisons.push(...relatives(a, b, compared), ...stated(a, b, compared), ...shared(a, b, spread, data.hub_limit), ...papers(a, b))
    if (a.events.some((event) => b.events.includes(event))) comparisons.push({ on: 'one event', left: 'named', right: 'named too', level: 'different', weight: -8 })
    const kept = comparisons.filter((one) => one.weight !== 0).map((one) => ({ ...one, weight: Math.round(one.weight * 100) / 100 }))
    const start = Math.round(prior * 100) / 100
    const total = Math.round(kept.reduce((sum, one) => sum + one.weight, start) * 100) / 100
    return { explanation: { prior: start, comparisons: kept, total }, contradiction: contradiction(a, b), supported: kept.some((one) => one.weight > 0 && !['name', 'address', 'village', 'district', 'tehsil', 'sex'].includes(one.on)), names }
  }
  return { pair, contradiction }
}

/** How two texts compare, each pair of them asked once. */
interface ComparedOnce {
  readonly names: (left: ParsedName, right: ParsedName) => PairVerdict
  /** Null where one is no name. */
  readonly relatives: (left: string, right: string) => PairVerdict['verdict'] | null
  readonly ages: (left: string, right: string) => PairVerdict
  readonly addresses: (left: string, right: string) => PairVerdict
  readonly villages: (left: string, right: string) => PairVerdict
}

function comparedOnce(data: { readonly names: NameLexicon; readonly places: PlaceLexicon; readonly read: (written: string) => ParsedName }): ComparedOnce {
  const read = remembered(data.read)
  const names = rememberedPairs((left, right) => compareNames(read(left), read(right), data.names))
  return {
    // What was read of a cell depends on its text alone.
    names: (left, right) => names(left.written, right.written),
    relatives: rememberedPairs((left, right) => (read(left).nothing || read(right).nothing ? null : names(left, right).verdict)),
    ages: rememberedPairs(compareAges),
    addresses: rememberedPairs((left, right) => compareAddresses(left, right, data.places)),
    villages: rememberedPairs((left, right) => compareVillages(left, right, data.places)),
  }
}

/** Two passports of one country, born twenty years apart, seen in two places at once: null when nothing of the kind is known. */
function contradiction(a: PersonRecord, b: PersonRecord): string | null {
  const nations = [a, b].map((person) => person.facts.get('nationality')?.toLowerCase().slice(0, 3))
  for (const [scheme, what] of Object.entries(ONE_PAPER)) {
    const [mine, theirs] = [a.identifiers.get(scheme), b.identifiers.get(scheme)]
    if (mine === undefined || theirs === undefined || mine.some((one) => theirs.includes(one))) continue
    if (scheme === 'passport' && nations[0] !== undefined && nations[1] !== undefined && nations[0] !== nations[1]) continue
    return scheme === 'passport' ? `${what} of one country: ${mine[0] ?? ''} and ${theirs[0] ?? ''}` : `${what}: ${mine[0] ?? ''} and ${theirs[0] ?? ''}`
  }
  const [born, other] = [a, b].map((person) => birthStated(person.facts.get('born') ?? '')?.year ?? null)
  if (born !== null && born !== undefined && other !== null && other !== undefined && Math.abs(born - other) >= BORN_APART) return `born ${Math.abs(born - other)} years apart, ${born} and ${other}`
  for (const [at, place] of a.seen) for (const [then, elsewhere] of b.seen) if (place !== elsewhere && Math.abs(at - then) < AT_ONCE_MS) return 'recorded in two places at once'
  return null
}

function bestNames(a: PersonRecord, b: PersonRecord, compare: ComparedOnce['names']): PairVerdict | null {
  const rank = { match: 2, review: 1, nonmatch: 0 }
  let best: PairVerdict | null = null
  for (const mine of a.names) for (const theirs of b.names) {
    const found = compare(mine, theirs)
    if (best === null || rank[found.verdict] > rank[best.verdict] || (found.verdict === best.verdict && found.weight > best.weight)) best = found
  }
  return best
}

function nameOf(person: PersonRecord): string {
  return person.names[0]?.written ?? ''
}

const RELATIVE_BITS = { match: 5, review: 0.5, nonmatch: -9 }

function relatives(a: PersonRecord, b: PersonRecord, compared: ComparedOnce): Comparison[] {
  return ['father', 'mother', 'spouse'].flatMap((on) => {
    const [left, right] = [a.facts.get(on), b.facts.get(on)]
    if (left === undefined || right === undefined) return []
    const verdict = compared.relatives(left, right)
    if (verdict === null) return []
    // A husband can change; a father cannot.
    return [{ on, left, right, level: verdict === 'match' ? 'same' : verdict === 'review' ? 'doubtful' : 'different', weight: on === 'spouse' && verdict === 'nonmatch' ? -4 : RELATIVE_BITS[verdict] }]
  })
}

function stated(a: PersonRecord, b: PersonRecord, { ages, addresses, villages }: ComparedOnce): Comparison[] {
  const found: Comparison[] = []
  const add = (on: string, compare: (left: string, right: string) => PairVerdict, least: number, most: number): void => {
    const [left, right] = [a.facts.get(on), b.facts.get(on)]
    if (left === undefined || right === undefined) return
    const { verdict, weight } = compare(left, right)
    found.push({ on, left, right, level: verdict === 'match' ? 'same' : verdict === 'review' ? 'doubtful' : 'different', weight: Math.max(least, Math.min(most, weight)) })
  }
  add('born', ages, -12, 11)
  if (!found.some((one) => one.on === 'born')) add('age', ages, -8, 2)
  add('address', addresses, -1, 4)
  for (const on of ['village', 'tehsil', 'district']) add(on, villages, -1.5, on === 'district' ? 1 : 2.5)
  const [mine, theirs] = [a, b].map((person) => person.facts.get('sex')?.trim().toUpperCase().charAt(0))
  if (mine !== undefined && theirs !== undefined && 'MF'.includes(mine) && 'MF'.includes(theirs) && mine !== theirs) found.push({ on: 'sex', left: mine, right: theirs, level: 'different', weight: -8 })
  return found
}

/** A thing of two users says much, one of ten little, one of more than the limit (a call shop, an agent's account) nothing. */
function shared(a: PersonRecord, b: PersonRecord, spread: ReadonlyMap<number, number>, hub_limit: number): Comparison[] {
  const both = a.things.filter((thing) => b.things.includes(thing))
  const bits = both.reduce((sum, thing) => sum + ((spread.get(thing) ?? 0) <= hub_limit ? Math.max(0, 6 - 2 * Math.log2(Math.max(spread.get(thing) ?? 2, 2) / 2)) : 0), 0)
  return both.length === 0 ? [] : [{ on: 'things in common', left: `${both.length}`, right: `${both.length}`, level: bits > 0 ? 'shared' : 'shared by too many', weight: Math.min(bits, MOST_FOR_THINGS) }]
}

function papers(a: PersonRecord, b: PersonRecord): Comparison[] {
  return [...a.identifiers].flatMap(([scheme, mine]) => {
    const theirs = b.identifiers.get(scheme)
    if (theirs === undefined || scheme === 'text' || scheme === 'phone') return []
    const equal = mine.find((one) => theirs.includes(one))
    if (equal === undefined) return Object.hasOwn(ONE_PAPER, scheme) ? [{ on: scheme, left: mine[0] ?? '', right: theirs[0] ?? '', level: 'different', weight: -10 }] : []
    return [{ on: scheme, left: equal, right: equal, level: 'exact', weight: scheme === 'aadhaar' ? 10 : scheme === 'address' ? 2 : 9 }]
  })
}
