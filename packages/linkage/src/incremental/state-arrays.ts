/** A state as named typed arrays and a text in JSON, and back: what a file holds. */
import { RingmapError } from '@ringmap/model/errors'
import { modelText, readModel } from '../batch/model-file.ts'
import type { AddedRecords, LinkageState, StateSettings } from './linkage-state.ts'
import type { StoredArray, StoredArrays } from './stored-arrays.ts'
import type { TextTable } from './text-table.ts'

/** Raised when the shape changes. */
const VERSION = 1

export function arraysOfState(state: LinkageState): StoredArrays {
  const table = (name: string, { units, offsets, slots }: TextTable): [string, StoredArray][] => [[`${name}.units`, units], [`${name}.offsets`, offsets], [`${name}.slots`, slots]]
  const some = (name: string, lists: readonly (StoredArray | null)[]): [string, StoredArray][] => lists.flatMap((list, i): [string, StoredArray][] => (list === null ? [] : [[`${name}.${i}`, list]]))
  return {
    text: JSON.stringify({ ringmap_state: VERSION, settings: state.settings, model: modelText(state.model) }),
    arrays: [
      ...table('ids', state.ids), ...state.dictionaries.flatMap((one, i) => table(`dictionary.${i}`, one)), ...some('word_weights', state.word_weights), ...some('rarity', state.rarity),
      ...state.words.flatMap((one, i): [string, StoredArray][] => [[`words.${i}.hash`, one.hash], [`words.${i}.count`, one.count], [`words.${i}.total`, Uint32Array.of(one.total)]]),
      ['codes', state.codes], ['source', state.source], ...state.index.flatMap((one, i): [string, StoredArray][] => [[`index.${i}.hash`, one.hash], [`index.${i}.record`, one.record]]),
      ['links.offsets', state.links.offsets], ['links.neighbours', state.links.neighbours], ['links.weights', state.links.weights], ['cluster', state.cluster], ['name', state.name], ['strength', state.strength],
    ],
  }
}

/** @throws RingmapError link_state_invalid */
export function stateOfArrays(text: string, arrays: ReadonlyMap<string, StoredArray>, file: string): LinkageState {
  const { settings, model } = checked(text, file) as { readonly settings: StateSettings; readonly model: string }
  const { u8, u16, u32, f32 } = reader(arrays, file)
  const table = (name: string): TextTable => ({ units: u16(`${name}.units`), offsets: u32(`${name}.offsets`), slots: u32(`${name}.slots`) })
  const some = (name: string): (Float32Array | null)[] => settings.comparisons.map((_, i) => (arrays.has(`${name}.${i}`) ? f32(`${name}.${i}`) : null))
  const dictionaries = Array.from({ length: Math.max(0, ...settings.dictionary) + 1 }, (_, i) => table(`dictionary.${i}`))
  return {
    settings, model: readModel(model, file), ids: table('ids'), dictionaries, word_weights: some('word_weights'), rarity: some('rarity'),
    words: settings.words.map((_, i) => ({ hash: u32(`words.${i}.hash`), count: u32(`words.${i}.count`), total: u32(`words.${i}.total`)[0] ?? 0 })),
    codes: u32('codes'), source: u8('source'), index: settings.all_pairs ? [] : settings.rules.map((_, i) => ({ hash: u32(`index.${i}.hash`), record: u32(`index.${i}.record`) })),
    links: { offsets: u32('links.offsets'), neighbours: u32('links.neighbours'), weights: f32('links.weights') }, cluster: u32('cluster'), name: u32('name'), strength: f32('strength'),
  }
}

/** @param of what ties them to their run. */
export function arraysOfAdded(added: AddedRecords, of: string): StoredArrays {
  const { ids, source, sources, values, names, retired } = added
  return {
    text: JSON.stringify({ ringmap_state: VERSION, of, ids, source, sources, values, names, retired }),
    arrays: [
      ['codes', added.codes], ['keys.rule', added.keys.rule], ['keys.hash', added.keys.hash], ['keys.record', added.keys.record], ['links.left', added.links.left], ['links.right', added.links.right], ['links.weight', added.links.weight],
      ['moved.record', added.moved.record], ['moved.cluster', added.moved.cluster], ['moved.name', added.moved.name], ['moved.strength', added.moved.strength],
    ],
  }
}

/** @throws RingmapError link_state_invalid, also when they belong to another run */
export function addedOfArrays(text: string, arrays: ReadonlyMap<string, StoredArray>, of: string, file: string): AddedRecords {
  const stored = checked(text, file) as Pick<AddedRecords, 'ids' | 'source' | 'sources' | 'values' | 'names' | 'retired'> & { readonly of: string }
  if (stored.of !== of) throw new RingmapError('link_state_invalid', { file, what: 'what was added belongs to another run' })
  const { u32, f32 } = reader(arrays, file)
  const { ids, source, sources, values, names, retired } = stored
  return {
    ids, source, sources, values, names, retired, codes: u32('codes'), keys: { rule: u32('keys.rule'), hash: u32('keys.hash'), record: u32('keys.record') },
    links: { left: u32('links.left'), right: u32('links.right'), weight: f32('links.weight') },
    moved: { record: u32('moved.record'), cluster: u32('moved.cluster'), name: u32('moved.name'), strength: f32('moved.strength') },
  }
}

interface Reader {
  readonly u8: (name: string) => Uint8Array
  readonly u16: (name: string) => Uint16Array
  readonly u32: (name: string) => Uint32Array
  readonly f32: (name: string) => Float32Array
}

function reader(arrays: ReadonlyMap<string, StoredArray>, file: string): Reader {
  const missing = (name: string): RingmapError => new RingmapError('link_state_invalid', { file, what: `${name} is missing` })
  return {
    u8: (name) => { const found = arrays.get(name); if (found instanceof Uint8Array) return found; throw missing(name) },
    u16: (name) => { const found = arrays.get(name); if (found instanceof Uint16Array) return found; throw missing(name) },
    u32: (name) => { const found = arrays.get(name); if (found instanceof Uint32Array) return found; throw missing(name) },
    f32: (name) => { const found = arrays.get(name); if (found instanceof Float32Array) return found; throw missing(name) },
  }
}

function checked(text: string, file: string): unknown {
  let parsed: { ringmap_state?: unknown }
  try {
    parsed = JSON.parse(text) as { ringmap_state?: unknown }
  } catch (error) {
    throw new RingmapError('link_state_invalid', { file, what: 'its description is no JSON' }, { cause: error })
  }
  if (parsed.ringmap_state !== VERSION) throw new RingmapError('link_state_invalid', { file, what: 'it was written by another version of ringmap' })
  return parsed
}
