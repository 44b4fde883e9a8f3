/** Pairs of persons of a case that may be one: found by keys, weighed with reasons, the impossible ones marked. */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Explanation } from '@ringmap/model/judgement'
import type { Database } from '@ringmap/store/database'
import type { KeptParts } from '../incremental/stored-arrays.ts'
import { placeLexicon } from '../compare/compare-places.ts'
import { nameLexicon, type NameAdditions } from '../names/name-lexicon.ts'
import { nameReader } from '../names/parsed-name.ts'
import { personCandidates, type Candidates } from './person-candidates.ts'
import { personRecords } from './person-records.ts'
import { personWeigher } from './person-weights.ts'

export interface PersonLinkOptions extends WorkOptions {
  readonly names: NameAdditions
  readonly places: readonly (readonly string[])[]
  /** A thing of more users than this brings nobody together. */
  readonly hub_limit: number
  /** Bits from which a pair is worth a person's time. */
  readonly review_at: number
  /** Where compared parts are kept as they are done. */
  readonly keep?: (() => KeptParts) | undefined
}

export interface PersonLink {
  /** Record numbers, the smaller first. */
  readonly left: number
  readonly right: number
  readonly explanation: Explanation
  readonly contradiction: string | null
  /** Whether a machine may join them, if they weigh enough: names agree, and more than name and place does. */
  readonly joinable: boolean
  readonly why: string
}

export interface PersonLinks {
  /** In record order. */
  readonly links: readonly PersonLink[]
  readonly compared: number
  readonly too_common: readonly { readonly key: string; readonly persons: number }[]
  readonly by_rule: Candidates['by_rule']
  readonly cannot: (a: number, b: number) => boolean
}

/** Pairs of one part. */
const PART = 500

export async function personLinks(database: Database, options: PersonLinkOptions): Promise<PersonLinks> {
  const names = nameLexicon(options.names)
  const read = nameReader(names)
  const all = await personRecords(database, read)
  const weigher = personWeigher(all, { names, places: placeLexicon(options.places), read, hub_limit: options.hub_limit })
  const { pairs, too_common, by_rule } = personCandidates(all, options.hub_limit)
  const weighed = (i: number, j: number): PersonLink | null => {
    const [a, b] = [all.persons[i], all.persons[j]]
    const found = a === undefined || b === undefined ? null : weigher.pair(a, b)
    if (found === null || a === undefined || b === undefined || found.explanation.total < options.review_at) return null
    const joinable = found.names.verdict === 'match' && found.supported && found.contradiction === null
    const why = found.contradiction ?? (found.names.verdict === 'review' ? found.names.reason : found.supported ? found.names.reason : `${found.names.reason}; nothing but name and place agrees`)
    return { left: a.record, right: b.record, explanation: found.explanation, contradiction: found.contradiction, joinable, why }
  }
  const links: PersonLink[] = []
  const kept = pairs.length > PART * 2 ? options.keep?.() : undefined
  for (let from = 0; from < pairs.length; from += PART) {
    const before = kept?.read(from / PART) ?? null
    const found = before === null ? weighedPart(pairs.slice(from, from + PART), from) : (JSON.parse(before.text) as PersonLink[])
    if (before === null) kept?.write(from / PART, { text: JSON.stringify(found), arrays: [] })
    for (const link of found) links.push(link)
  }
  const places = new Map(all.persons.map((person) => [person.record, person]))
  const cannot = (a: number, b: number): boolean => {
    const [left, right] = [places.get(a), places.get(b)]
    return left !== undefined && right !== undefined && weigher.contradiction(left, right) !== null
  }
  return { links, compared: pairs.length, too_common, by_rule, cannot }

  function weighedPart(part: readonly (readonly [number, number])[], from: number): PersonLink[] {
    return part.flatMap(([i, j], at) => {
      if ((at & 0xff) === 0) {
        options.progress?.('comparing persons', from + at, pairs.length)
        stopIfAsked(options.signal)
      }
      const link = weighed(i, j)
      return link === null ? [] : [link]
    })
  }
}

/** The waterfall of any two persons, also of a pair that no key brings together; null when one of them has no name or the names are two. */
export async function explainPersons(database: Database, left: readonly number[], right: readonly number[], options: PersonLinkOptions): Promise<PersonLink | null> {
  const names = nameLexicon(options.names)
  const read = nameReader(names)
  const all = await personRecords(database, read)
  const weigher = personWeigher(all, { names, places: placeLexicon(options.places), read, hub_limit: options.hub_limit })
  const of = (records: readonly number[]): (typeof all.persons)[number][] => all.persons.filter((person) => records.includes(person.record))
  let best: PersonLink | null = null
  for (const a of of(left)) for (const b of of(right)) {
    const found = weigher.pair(a, b)
    if (found === null || (best !== null && best.explanation.total >= found.explanation.total)) continue
    best = { left: a.record, right: b.record, explanation: found.explanation, contradiction: found.contradiction, joinable: found.names.verdict === 'match' && found.supported && found.contradiction === null, why: found.contradiction ?? found.names.reason }
  }
  return best
}
