/** Pairs of persons worth comparing: those that share a key of their names, or a thing and a given name. */
import { nameKeys } from '../names/parsed-name.ts'
import type { CasePersons, PersonRecord } from './person-records.ts'

export interface Candidates {
  /** Places in the list of persons, the smaller first, in order. */
  readonly pairs: readonly (readonly [number, number])[]
  /** Keys that more persons share than are compared with each other, with how many: a name that tells nobody apart. */
  readonly too_common: readonly { readonly key: string; readonly persons: number }[]
  /** Pairs that each rule makes, a pair once for each key that it shares. */
  readonly by_rule: readonly { readonly rule: string; readonly pairs: number }[]
}

/** What the first letter of a key stands for. */
const RULES: Readonly<Record<string, string>> = { k: 'name in any spelling', s: 'consonants of the name', g: 'given and family name', f: 'given name and beginning of the father\'s', t: 'a thing in common and the first letter', a: 'Aadhaar digits' }

/** Records of one key that are all compared with each other. */
const MOST_IN_BLOCK = 150

/** @param hub_limit a thing of more users than this brings nobody together. */
export function personCandidates({ persons, spread }: CasePersons, hub_limit: number): Candidates {
  const blocks = new Map<string, number[]>()
  persons.forEach((person, p) => {
    for (const key of keysOf(person, spread, hub_limit)) {
      const block = blocks.get(key)
      if (block === undefined) blocks.set(key, [p])
      else block.push(p)
    }
  })
  const found = new Set<number>()
  const made = new Map<string, number>()
  const too_common: { key: string; persons: number }[] = []
  for (const [key, block] of blocks) {
    if (block.length > MOST_IN_BLOCK) {
      too_common.push({ key: key.slice(2), persons: block.length })
      continue
    }
    made.set(key.charAt(0), (made.get(key.charAt(0)) ?? 0) + (block.length * (block.length - 1)) / 2)
    for (let i = 0; i < block.length; i++) for (let j = i + 1; j < block.length; j++) found.add((block[i] as number) * persons.length + (block[j] as number))
  }
  const pairs = [...found].sort((a, b) => a - b).map((code) => [Math.floor(code / persons.length), code % persons.length] as const)
  const by_rule = Object.entries(RULES).map(([letter, rule]) => ({ rule, pairs: made.get(letter) ?? 0 }))
  return { pairs, by_rule, too_common: too_common.sort((a, b) => b.persons - a.persons || (a.key < b.key ? -1 : 1)) }
}

function keysOf(person: PersonRecord, spread: ReadonlyMap<number, number>, hub_limit: number): Set<string> {
  const keys = new Set<string>()
  for (const name of person.names) {
    const { key, given, family, skeleton, aliases } = nameKeys(name)
    if (key === '') continue
    keys.add(`k ${key}`)
    if (skeleton.length >= 4) keys.add(`s ${skeleton}`)
    if (given !== '' && family !== '') keys.add(`g ${given} ${family}`)
    const father = person.facts.get('father') ?? person.facts.get('spouse')
    if (given !== '' && father !== undefined) keys.add(`f ${given} ${father.slice(0, 2).toLowerCase()}`)
    for (const alias of aliases.split('|')) if (alias !== '') keys.add(`k ${alias}`)
    for (const thing of person.things) if ((spread.get(thing) ?? 0) <= hub_limit && given !== '') keys.add(`t ${thing} ${given.charAt(0)}`)
  }
  for (const number of person.identifiers.get('aadhaar') ?? []) keys.add(`a ${number}`)
  return keys
}
