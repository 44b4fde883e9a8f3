/** What a finished linkage run leaves for records that come later: dictionaries, keys, links, clusters and the model; and what came since. */
import type { ColumnPlan } from '../batch/link-plan.ts'
import type { ComparisonTask } from '../batch/compare-range.ts'
import type { KeyPlan } from '../batch/keys.ts'
import type { MatchModel } from '../batch/match-model.ts'
import type { KeyIndex, WordCounts } from './key-index.ts'
import type { TextTable } from './text-table.ts'

/** What parts two records: a paper of another number, births a generation apart, or any two values of a column that must not differ. */
export interface ApartCheck {
  /** Place among the stored columns. */
  readonly column: number
  readonly as: 'paper' | 'born' | 'differs'
  /** Stored column which, where it differs, makes two values no contradiction: nationality beside a passport. */
  readonly unless: number | null
}

/** Settings of the run, in a form that JSON can hold. */
export interface StateSettings {
  /** Column that names the records. */
  readonly id: string
  /** Whether the name of the file stands before each id. */
  readonly prefixed: boolean
  /** Names of the files without ending; the place is a record's source. */
  readonly sources: readonly string[]
  /** Records of the run. */
  readonly records: number
  /** Whether all pairs are compared. */
  readonly all_pairs: boolean
  readonly between: boolean
  readonly most_in_block: number
  readonly most_pairs: number
  readonly threshold: number
  /** Weight from which a pair across two groups counts. */
  readonly linked_at: number
  /** Columns that are cleaned: first those whose values are kept (those of the comparisons first of all), then those that make keys only. */
  readonly columns: readonly ColumnPlan[]
  /** Dictionary of each column whose values are kept. */
  readonly dictionary: readonly number[]
  readonly comparisons: readonly ComparisonTask[]
  readonly rules: readonly (readonly KeyPlan[])[]
  readonly apart: readonly ApartCheck[]
  /** Bits that a value adds which the run had not met, by comparison; null where rarity counts for nothing. */
  readonly unseen: readonly (number | null)[]
  /** Columns of which words are counted. */
  readonly words: readonly string[]
  /** Ids of clusters that name no record, and ids that once stood. */
  readonly names: readonly string[]
  readonly retired: readonly string[]
}

/** Links by record: `neighbours[offsets[r]..offsets[r + 1])`, ACROSS set for pairs that no rule found. */
export interface StoredLinks {
  readonly offsets: Uint32Array
  readonly neighbours: Uint32Array
  /** Bits. */
  readonly weights: Float32Array
}

export const ACROSS = 0x80000000
/** In `name`: a place in the list of names, and not a record. */
export const LISTED = 0x80000000

export interface LinkageState {
  readonly settings: StateSettings
  readonly model: MatchModel
  readonly ids: TextTable
  readonly dictionaries: readonly TextTable[]
  /** Bits of words, by comparison, as `TextPool.weights`; null for other kinds. */
  readonly word_weights: readonly (Float32Array | null)[]
  /** Bits of each value, by comparison. */
  readonly rarity: readonly (Float32Array | null)[]
  readonly words: readonly WordCounts[]
  /** Kept columns side by side: `codes[record * kept + column]`. */
  readonly codes: Uint32Array
  readonly source: Uint8Array
  readonly index: readonly KeyIndex[]
  /** Links that count for anything: from the threshold, from `linked_at`, or followed to neighbours. */
  readonly links: StoredLinks
  /** For each record the first record of its cluster. */
  readonly cluster: Uint32Array
  /** The record whose id names its cluster, or LISTED and a place in `names`. */
  readonly name: Uint32Array
  /** Strongest link within its cluster; NaN when it is alone. */
  readonly strength: Float32Array
}

/** Everything that was added since; numbers of records go on from those of the run. */
export interface AddedRecords {
  readonly ids: readonly string[]
  readonly source: readonly number[]
  /** Names of files beyond those of the run. */
  readonly sources: readonly string[]
  /** New values of each dictionary, sorted, so that nothing depends on which came first. */
  readonly values: readonly (readonly string[])[]
  readonly codes: Uint32Array
  readonly keys: { readonly rule: Uint32Array; readonly hash: Uint32Array; readonly record: Uint32Array }
  /** Left before right; `right` with ACROSS where no rule found the pair. */
  readonly links: { readonly left: Uint32Array; readonly right: Uint32Array; readonly weight: Float32Array }
  /** Records of which something is not as the run left it. */
  readonly moved: { readonly record: Uint32Array; readonly cluster: Uint32Array; readonly name: Uint32Array; readonly strength: Float32Array }
  readonly names: readonly string[]
  readonly retired: readonly string[]
}

export function nothingAdded(state: LinkageState): AddedRecords {
  const none = new Uint32Array(0)
  return {
    ids: [], source: [], sources: [], values: state.dictionaries.map(() => []), codes: none, keys: { rule: none, hash: none, record: none }, links: { left: none, right: none, weight: new Float32Array(0) },
    moved: { record: none, cluster: none, name: none, strength: new Float32Array(0) }, names: [], retired: [],
  }
}
