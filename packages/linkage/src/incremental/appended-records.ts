/** New records written behind those that are known: ids checked, values as codes, keys as hashes. Nothing is compared yet. */
import { RingmapError } from '@ringmap/model/errors'
import { NULL_INDEX } from '@ringmap/store/database'
import type { Field } from '../batch/fields.ts'
import { combinedKeys, keyHasher } from './key-index.ts'
import type { AddedRecords, LinkageState } from './linkage-state.ts'
import { valueOfCode } from './opened-state.ts'
import { placeOf, textCount } from './text-table.ts'

export interface FreshRecords {
  readonly ids: readonly string[]
  /** File of each record, without ending. */
  readonly source: readonly string[]
  /** The columns of the state's settings, cleaned, in their order. */
  readonly fields: readonly Field[]
}

export interface Appended {
  readonly added: AddedRecords
  /** Records that were known already, with the same values: left out. */
  readonly known: number
}

/** Most files: a record's is kept in a byte. */
const MOST_SOURCES = 255

/** @throws RingmapError link_records_changed, usage */
export function appendedRecords(state: LinkageState, added: AddedRecords, fresh: FreshRecords): Appended {
  const { settings } = state
  const kept = settings.dictionary.length
  const earlier = new Map(added.ids.map((id, i) => [id, i]))
  const taken: number[] = []
  const changed: string[] = []
  fresh.ids.forEach((id, r) => {
    const place = placeOf(state.ids, id)
    const later = earlier.get(id)
    if (place === NULL_INDEX && later === undefined) taken.push(r)
    else if (!sameValues(state, added, fresh, r, place === NULL_INDEX ? settings.records + (later as number) : place)) changed.push(id)
  })
  if (changed.length > 0) throw new RingmapError('link_records_changed', { count: changed.length, example: changed[0] ?? '' })
  // In order of id, whatever the order of the rows.
  taken.sort((a, b) => ((fresh.ids[a] as string) < (fresh.ids[b] as string) ? -1 : 1))
  const { values, moved } = withValues(state, added, fresh, taken)
  const codes = new Uint32Array(added.codes.length + taken.length * kept)
  added.codes.forEach((code, i) => { codes[i] = moved(settings.dictionary[i % kept] as number, code) })
  const places = values.map((list, d) => new Map(list.map((value, i) => [value, textCount(state.dictionaries[d] as LinkageState['dictionaries'][number]) + i])))
  taken.forEach((r, i) => {
    for (let column = 0; column < kept; column++) {
      const value = valueAt(fresh, r, column)
      const d = settings.dictionary[column] as number
      codes[added.codes.length + i * kept + column] = value === null ? NULL_INDEX : known(placeOf(state.dictionaries[d] as LinkageState['dictionaries'][number], value), places[d]?.get(value))
    }
  })
  const sources = [...settings.sources, ...added.sources]
  const source = taken.map((r) => {
    const stem = fresh.source[r] ?? ''
    const at = sources.indexOf(stem)
    if (at >= 0) return at
    if (sources.length >= MOST_SOURCES) throw new RingmapError('usage', { what: `Records of at most ${MOST_SOURCES} files can be told apart; run dedupe anew over all of them.` })
    return sources.push(stem) - 1
  })
  const first = settings.records + added.ids.length
  return {
    added: { ...added, ids: [...added.ids, ...taken.map((r) => fresh.ids[r] as string)], source: [...added.source, ...source], sources: sources.slice(settings.sources.length), values, codes, keys: withKeys(state, added, fresh, taken, first) },
    known: fresh.ids.length - taken.length,
  }
}

function known(place: number, later: number | undefined): number {
  if (place !== NULL_INDEX) return place
  if (later === undefined) throw new Error('broken promise: every new value has a place')
  return later
}

function valueAt(fresh: FreshRecords, record: number, column: number): string | null {
  const field = fresh.fields[column] as Field
  const code = field.codes[record] as number
  return code === NULL_INDEX ? null : (field.values[code] as string)
}

function sameValues(state: LinkageState, added: AddedRecords, fresh: FreshRecords, r: number, place: number): boolean {
  const { settings } = state
  const kept = settings.dictionary.length
  return settings.dictionary.every((d, column) => {
    const code = (place < settings.records ? state.codes[place * kept + column] : added.codes[(place - settings.records) * kept + column]) as number
    return valueOfCode(state, added, d, code) === valueAt(fresh, r, column)
  })
}

/** New values among the others, sorted; and where a code of an earlier addition has moved. */
function withValues(state: LinkageState, added: AddedRecords, fresh: FreshRecords, taken: readonly number[]): { values: string[][]; moved: (dictionary: number, code: number) => number } {
  const values = state.dictionaries.map((dictionary, d) => {
    const all = new Set(added.values[d])
    state.settings.dictionary.forEach((own, column) => {
      if (own !== d) return
      for (const r of taken) {
        const value = valueAt(fresh, r, column)
        if (value !== null && placeOf(dictionary, value) === NULL_INDEX) all.add(value)
      }
    })
    return [...all].sort()
  })
  const to = values.map((list, d) => {
    const places = new Map(list.map((value, i) => [value, i]))
    return (added.values[d] ?? []).map((value) => places.get(value) as number)
  })
  return {
    values,
    moved: (d, code) => {
      const count = textCount(state.dictionaries[d] as LinkageState['dictionaries'][number])
      return code === NULL_INDEX || code < count ? code : count + (to[d]?.[code - count] as number)
    },
  }
}

function withKeys(state: LinkageState, added: AddedRecords, fresh: FreshRecords, taken: readonly number[], first: number): AddedRecords['keys'] {
  const { settings } = state
  const rule: number[] = []
  const hash: number[] = []
  const record: number[] = []
  if (!settings.all_pairs) settings.rules.forEach((keys, which) => {
    const parts = keys.map((key) => ({ column: settings.columns.findIndex((column) => column.name === key.field), hasher: keyHasher(key.take, state.words[settings.words.indexOf(key.field)] ?? null, settings.records) }))
    taken.forEach((r, i) => {
      for (const key of combinedKeys(parts.map(({ column, hasher }) => { const value = valueAt(fresh, r, column); return value === null ? [] : hasher(value) }))) {
        rule.push(which)
        hash.push(key)
        record.push(first + i)
      }
    })
  })
  return { rule: joined(added.keys.rule, rule), hash: joined(added.keys.hash, hash), record: joined(added.keys.record, record) }
}

function joined(array: Uint32Array, more: readonly number[]): Uint32Array {
  const out = new Uint32Array(array.length + more.length)
  out.set(array)
  out.set(more, array.length)
  return out
}
