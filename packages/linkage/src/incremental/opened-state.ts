/** A run and what was added to it as one table to compare in. */
import { NULL_INDEX } from '@ringmap/store/database'
import type { CompareJob } from '../batch/compare-range.ts'
import { putWordBits } from '../batch/word-weights.ts'
import { byPair, linksFrom, type Neighbours } from './added-links.ts'
import { countOfWord } from './key-index.ts'
import { LISTED, type AddedRecords, type LinkageState } from './linkage-state.ts'
import { poolWith, textCount, textOf } from './text-table.ts'

export interface OpenedState {
  readonly state: LinkageState
  readonly added: AddedRecords
  readonly records: number
  readonly job: CompareJob
  readonly rarity: readonly (Float32Array | null)[]
  /** For each record the first of its cluster, what names it, and its strongest link within; to be changed by whoever clusters anew. */
  readonly cluster: Uint32Array
  readonly name: Uint32Array
  readonly strength: Float32Array
  /** Links of records beyond those of the run, both ways. */
  readonly more: ReadonlyMap<number, Neighbours>
}

export function openedState(state: LinkageState, added: AddedRecords): OpenedState {
  const { settings } = state
  const before = settings.records
  const records = before + added.ids.length
  const kept = settings.dictionary.length
  const pools = settings.comparisons.map((_, c) => {
    const place = settings.dictionary[c] as number
    const texts = added.values[place] as readonly string[]
    const pool = poolWith(state.dictionaries[place] as LinkageState['dictionaries'][number], texts)
    const weights = state.word_weights[c] ?? null
    return weights === null ? pool : { ...pool, weights: weightsWith(state, c, weights, pool.units.length, texts) }
  })
  const codes = new Uint32Array(records * kept)
  codes.set(state.codes)
  codes.set(added.codes, before * kept)
  const source = grown(state.source, records, 0, added.source)
  const rarity = state.rarity.map((bits, c) => {
    if (bits === null) return null
    const place = settings.dictionary[c] as number
    // Of a dictionary that two columns share, a value may be new to one of them: rarest as well, as its own count of nought says.
    return grown(bits, bits.length + (added.values[place] as readonly string[]).length, settings.unseen[c] ?? 0)
  })
  const { moved } = added
  const cluster = grown(state.cluster, records)
  const name = grown(state.name, records)
  const strength = grown(state.strength, records, Number.NaN)
  moved.record.forEach((r, i) => {
    cluster[r] = moved.cluster[i] as number
    name[r] = moved.name[i] as number
    strength[r] = moved.strength[i] as number
  })
  return {
    state, added, records, rarity, cluster, name, strength, more: byPair(added.links),
    job: { records, codes, fields: kept, pools, comparisons: settings.comparisons, rules: [], source: settings.between ? source : null },
  }
}

/** Id of a record. */
export function idOf({ state, added }: Pick<OpenedState, 'state' | 'added'>, record: number): string {
  const { records } = state.settings
  return record < records ? textOf(state.ids, record) : (added.ids[record - records] ?? '')
}

/** What names the cluster of a record. */
export function clusterIdOf({ state, added, name }: Pick<OpenedState, 'state' | 'added' | 'name'>, record: number): string {
  const at = name[record] as number
  if (at < LISTED) return idOf({ state, added }, at)
  const { names } = state.settings
  return (at - LISTED < names.length ? names[at - LISTED] : added.names[at - LISTED - names.length]) ?? ''
}

/** A value of a kept column, null where there is none. */
export function valueOf({ state, added, job }: Pick<OpenedState, 'state' | 'added' | 'job'>, record: number, column: number): string | null {
  return valueOfCode(state, added, state.settings.dictionary[column] as number, job.codes[record * job.fields + column] as number)
}

/** The value that a code of a dictionary stands for, the run's or one that came later; null for NULL_INDEX. */
export function valueOfCode(state: LinkageState, added: AddedRecords, place: number, code: number): string | null {
  if (code === NULL_INDEX) return null
  const dictionary = state.dictionaries[place] as LinkageState['dictionaries'][number]
  const count = textCount(dictionary)
  return code < count ? textOf(dictionary, code) : (added.values[place]?.[code - count] ?? null)
}

/** Links of a record, those of the run first. */
export function eachLink(opened: OpenedState, record: number, take: (other: number, weight: number, across: boolean) => void): void {
  if (record < opened.state.settings.records) linksFrom(opened.state.links, record, take)
  const more = opened.more.get(record)
  if (more !== undefined) for (let i = 0; i < more.other.length; i++) take(more.other[i] as number, more.weight[i] as number, more.across[i] === true)
}

/** The array with room for more. */
function grown<T extends Uint32Array | Uint8Array | Float32Array>(array: T, length: number, filler = 0, tail: readonly number[] = []): T {
  const out = new (array.constructor as new (length: number) => T)(length)
  out.set(array)
  if (filler !== 0) out.fill(filler, array.length)
  out.set(tail, length - tail.length)
  return out
}

/** Bits of the words of new values: as rare as their words are in the table of the run. */
function weightsWith({ settings, words }: LinkageState, comparison: number, weights: Float32Array, units: number, texts: readonly string[]): Float32Array {
  const column = settings.columns[comparison]?.name ?? ''
  const counts = words[settings.words.indexOf(column)]
  if (counts === undefined) throw new Error('broken promise: words are counted where they are weighed')
  const out = grown(weights, units)
  let at = weights.length
  for (const text of texts) {
    putWordBits(out, at, text, (word) => countOfWord(counts, word), counts.total)
    at += text.length
  }
  return out
}
