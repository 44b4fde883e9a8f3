/** Records that come after a run: compared with what is there, joined by the same rules, everything they do not touch left as it was. */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { NULL_INDEX } from '@ringmap/store/database'
import { keptIds, type IdChange } from '../batch/kept-ids.ts'
import { COUNTS_FROM } from '../batch/link-batch.ts'
import { byPair } from './added-links.ts'
import { appendedRecords, type FreshRecords } from './appended-records.ts'
import { ACROSS, LISTED, type AddedRecords, type LinkageState } from './linkage-state.ts'
import { pairsAcross, pairsByKeys, weighedPairs, type WeighedPairs } from './new-pairs.ts'
import { clusterIdOf, idOf, openedState, type OpenedState } from './opened-state.ts'
import { placeOf } from './text-table.ts'
import { reclustered, type Reclustered } from './touched-clusters.ts'

export interface Addition {
  readonly added: AddedRecords
  /** The whole table as it stands now. */
  readonly now: OpenedState
  /** Records added, and records that were known already with the same values. */
  readonly records: number
  readonly known: number
  readonly compared_pairs: number
  /** Records that were looked at again because a chain of links leads to them. */
  readonly touched: number
  /** Every record of every cluster that gained or lost a record, in order. */
  readonly changed: Uint32Array
  readonly id_changes: readonly IdChange[]
  readonly held: number
  readonly contradicted: number
}

/**
 * Clusters afterwards are those that `guardedClusters` would make of all links of the table: the same whether records come at once, one by one, or in another order.
 * The model, the rarity of values and the blocks that were too big stay as the run had them.
 *
 * @throws RingmapError link_records_changed, nothing_to_compare, usage, interrupted
 */
export function addRecords(state: LinkageState, before: AddedRecords, fresh: FreshRecords, { progress, signal }: WorkOptions = {}): Addition {
  const { added, known } = appendedRecords(state, before, fresh)
  const first = state.settings.records + before.ids.length
  const opened = openedState(state, added)
  stopIfAsked(signal)
  progress?.('comparing', 0, 2)
  const direct = weighedPairs(opened, pairsByKeys(opened, first))
  stopIfAsked(signal)
  progress?.('comparing', 1, 2)
  const across = weighedPairs(opened, pairsAcross(opened, direct))
  stopIfAsked(signal)
  const links = withLinks(state, before.links, direct, across)
  const now: OpenedState = { ...opened, added: { ...added, links }, more: byPair(links) }
  const seeds = new Set<number>()
  for (let r = first; r < opened.records; r++) seeds.add(r)
  for (let i = before.links.left.length; i < links.left.length; i++) {
    seeds.add(links.left[i] as number)
    seeds.add((links.right[i] as number) & ~ACROSS)
  }
  progress?.('clustering', 0, 0)
  const made = reclustered(now, seeds)
  return settled(now, first, made, { known, compared_pairs: direct.left.length + across.left.length })
}

/** Links of the new pairs that count for anything, after those that are there. */
function withLinks({ settings }: LinkageState, before: AddedRecords['links'], direct: WeighedPairs, across: WeighedPairs): AddedRecords['links'] {
  const least = Math.min(settings.threshold, settings.linked_at, COUNTS_FROM)
  const lots = [{ pairs: direct, mark: 0 }, { pairs: across, mark: ACROSS }]
  const left = [...before.left]
  const right = [...before.right]
  const weight = [...before.weight]
  for (const { pairs, mark } of lots) pairs.left.forEach((a, i) => {
    if (!((pairs.weight[i] as number) >= least)) return
    left.push(a)
    right.push(((pairs.right[i] as number) | mark) >>> 0)
    weight.push(pairs.weight[i] as number)
  })
  return { left: Uint32Array.from(left), right: Uint32Array.from(right), weight: Float32Array.from(weight) }
}

/** Names of the clusters, and what is no longer as it was. */
function settled(now: OpenedState, first: number, { records, cluster, strength, held, contradicted }: Reclustered, counts: { readonly known: number; readonly compared_pairs: number }): Addition {
  const { state, added } = now
  const later = new Map(added.ids.map((id, i) => [id, state.settings.records + i]))
  const recordOf = (id: string): number => { const at = placeOf(state.ids, id); return at === NULL_INDEX ? (later.get(id) ?? NULL_INDEX) : at }
  const before = Array.from(records, (record) => (record < first ? clusterIdOf(now, record) : null))
  const standing = namesInUse(now, first)
  // Ids of clusters that name no record, by their place.
  const listed = new Map([...state.settings.names, ...added.names].map((id, i) => [id, i]))
  const retired = new Set([...state.settings.retired, ...added.retired])
  const own = new Set(before)
  const kept = keptIds(cluster, before, (root) => idOf(now, records[root] as number), (id) => retired.has(id) || (!own.has(id) && (standing[recordOf(id)] === 1 || listed.has(id))))
  const placed = new Map<string, number>()
  const changed_root = new Set<number>()
  const sizes_before = new Map<string, number>()
  for (const id of before) if (id !== null) sizes_before.set(id, (sizes_before.get(id) ?? 0) + 1)
  const sizes = new Map<number, number>()
  for (const root of cluster) sizes.set(root, (sizes.get(root) ?? 0) + 1)
  records.forEach((record, i) => {
    const id = kept.cluster[i] as string
    const root = cluster[i] as number
    if (before[i] !== id || sizes_before.get(id) !== sizes.get(root)) changed_root.add(root)
    let at = placed.get(id)
    if (at === undefined) {
      at = recordOf(id)
      if (at === NULL_INDEX) {
        const known = listed.get(id) ?? listed.size
        listed.set(id, known)
        at = LISTED + known
      }
      placed.set(id, at)
    }
    now.cluster[record] = records[root] as number
    now.name[record] = at
    now.strength[record] = strength[i] as number
  })
  const gone = [...sizes_before.keys()].filter((id) => !placed.has(id))
  const moved = [...new Set([...added.moved.record, ...records])].sort((a, b) => a - b)
  const after: AddedRecords = {
    ...added, names: [...listed.keys()].slice(state.settings.names.length), retired: [...added.retired, ...gone],
    moved: { record: Uint32Array.from(moved), cluster: Uint32Array.from(moved, (r) => now.cluster[r] as number), name: Uint32Array.from(moved, (r) => now.name[r] as number), strength: Float32Array.from(moved, (r) => now.strength[r] as number) },
  }
  return {
    added: after, now: { ...now, added: after }, records: now.records - first, ...counts, touched: records.length, held, contradicted, id_changes: kept.changes,
    changed: records.filter((_, i) => changed_root.has(cluster[i] as number)),
  }
}

/** 1 for each record whose id names a cluster. */
function namesInUse({ name, records }: OpenedState, before: number): Uint8Array {
  const used = new Uint8Array(records)
  for (let r = 0; r < before; r++) if ((name[r] as number) < LISTED) used[name[r] as number] = 1
  return used
}
