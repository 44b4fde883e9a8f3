/** The persons of a case as records to compare: what their rows say, and the things, events and places they are tied to. */
import type { ParsedName } from '../names/parsed-name.ts'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { Database } from '@ringmap/store/database'
import { joined, sql } from '@ringmap/store/sql'

export interface PersonRecord {
  readonly record: number
  readonly names: readonly ParsedName[]
  /** First value of each property as written. */
  readonly facts: ReadonlyMap<string, string>
  /** Valid identifiers by scheme, sorted. */
  readonly identifiers: ReadonlyMap<string, readonly string[]>
  /** Records of things used, owned or lived at. */
  readonly things: readonly number[]
  /** Records of events in which this person is accused, victim or witness. */
  readonly events: readonly number[]
  /** Where and when: `[at_ms, place record]`. */
  readonly seen: readonly (readonly [number, number])[]
}

export interface CasePersons {
  readonly persons: readonly PersonRecord[]
  /** How many persons use each thing. */
  readonly spread: ReadonlyMap<number, number>
}

const ATTRIBUTED = LINK_KIND_NAMES.flatMap((kind, i) => (LINK_KINDS[kind].projection === 'attribution' && kind !== 'seized_from' ? [i] : []))
const IN_EVENT = LINK_KIND_NAMES.flatMap((kind, i) => (['accused_in', 'victim_in', 'witness_in'].includes(kind) ? [i] : []))
const AT_PLACE = LINK_KIND_NAMES.flatMap((kind, i) => (kind === 'present_at' ? [i] : []))

/** In record order. */
export async function personRecords(database: Database, read: (written: string) => ParsedName): Promise<CasePersons> {
  const [ids = []] = await database.texts(sql`SELECT record FROM record WHERE kind = 'Person' ORDER BY record`)
  const made = new Map(ids.map((id) => [Number(id), { names: [] as ParsedName[], facts: new Map<string, string>(), identifiers: new Map<string, string[]>(), things: [] as number[], events: [] as number[], seen: [] as [number, number][] }]))
  const [of = [], names = [], values = []] = await database.texts(sql`SELECT DISTINCT p.record, p.name, p.value FROM property p JOIN record r USING (record) WHERE r.kind = 'Person' ORDER BY p.record, p.name, length(p.value) DESC, p.value`)
  of.forEach((record, i) => {
    const person = made.get(Number(record))
    const [name, value] = [names[i] ?? '', values[i] ?? '']
    if (person === undefined || value === '') return
    if (name === 'name' || name === 'alias' || (name === 'label' && person.names.length === 0)) person.names.push(read(value))
    if (!person.facts.has(name)) person.facts.set(name, value)
  })
  const [holder = [], scheme = [], number = []] = await database.texts(sql`SELECT DISTINCT i.record, i.scheme, i.value FROM identifier i JOIN record r USING (record) WHERE r.kind = 'Person' AND i.valid ORDER BY ALL`)
  holder.forEach((record, i) => {
    const list = made.get(Number(record))?.identifiers
    list?.set(scheme[i] ?? '', [...(list.get(scheme[i] ?? '') ?? []), number[i] ?? ''])
  })
  const kinds = (list: readonly number[]): ReturnType<typeof joined> => joined(list.map((kind) => sql`${kind}`))
  const ties = async (list: readonly number[]): Promise<(string | null)[][]> => await database.texts(sql`SELECT DISTINCT o.from_record, o.to_record FROM observation o JOIN record r ON r.record = o.from_record WHERE r.kind = 'Person' AND o.kind IN (${kinds(list)}) ORDER BY ALL`)
  const spread = new Map<number, number>()
  const [user = [], thing = []] = await ties(ATTRIBUTED)
  user.forEach((record, i) => {
    made.get(Number(record))?.things.push(Number(thing[i]))
    spread.set(Number(thing[i]), (spread.get(Number(thing[i])) ?? 0) + 1)
  })
  const [party = [], event = []] = await ties(IN_EVENT)
  party.forEach((record, i) => made.get(Number(record))?.events.push(Number(event[i])))
  const [who = [], where = [], when = []] = await database.texts(sql`SELECT DISTINCT o.from_record, o.to_record, o.at_ms FROM observation o JOIN record r ON r.record = o.from_record JOIN record p ON p.record = o.to_record
    WHERE r.kind = 'Person' AND p.kind IN ('Location', 'Address') AND o.at_ms IS NOT NULL AND o.kind IN (${kinds(AT_PLACE)}) ORDER BY ALL`)
  who.forEach((record, i) => made.get(Number(record))?.seen.push([Number(when[i]), Number(where[i])]))
  return { persons: Array.from(made, ([record, person]) => ({ record, ...person })), spread }
}
