/** A finished run as the state that later records are added to. */
import { NULL_INDEX } from '@ringmap/store/database'
import { clusterWeights } from '../batch/cluster-weights.ts'
import type { Field } from '../batch/fields.ts'
import { exactLevel } from '../batch/match-model.ts'
import { COUNTS_FROM, countedFrom, type LinkedBatch } from '../batch/link-batch.ts'
import type { ColumnPlan, LinkPlan } from '../batch/link-plan.ts'
import { rarities } from '../batch/pair-weights.ts'
import { textPool } from '../batch/similarity.ts'
import { distinctGroups } from '../batch/term-frequencies.ts'
import { keyHasher, keyIndex, wordCounts } from './key-index.ts'
import { ACROSS, LISTED, type ApartCheck, type LinkageState, type StoredLinks } from './linkage-state.ts'
import { placeOf, textTable } from './text-table.ts'

export interface RunForState {
  readonly batch: LinkedBatch
  readonly plan: LinkPlan
  readonly id: string
  readonly prefixed: boolean
  readonly sources: readonly string[]
  /** Place in `sources` of each record; null where all are of the first. */
  readonly source: Uint8Array | null
  readonly ids: readonly string[]
  readonly cluster_ids: readonly string[]
  /** Ids of clusters of earlier runs, never to be given to others. */
  readonly retired: readonly string[]
  /** Columns that must not differ, cleaned. */
  readonly cannot_link: readonly { readonly column: ColumnPlan; readonly field: Field }[]
}

export function stateOfRun(run: RunForState): LinkageState {
  const { batch, plan } = run
  const { prepared, model } = batch
  const { job } = prepared
  const planOf = (name: string): ColumnPlan => {
    const found = plan.columns.find((column) => column.name === name)
    if (found === undefined) throw new Error(`broken promise: a field is of the plan, ${name}`)
    return found
  }
  const kept = prepared.compared.map((field) => ({ column: planOf(field.name), field }))
  const place = (name: string): number => {
    const at = kept.findIndex(({ column }) => column.name === name)
    const field = prepared.fields.get(name)
    return at >= 0 ? at : field === undefined ? -1 : kept.push({ column: planOf(name), field }) - 1
  }
  const apart: ApartCheck[] = batch.contradictory.flatMap(({ field, as, unless }) => (place(field) < 0 ? [] : [{ column: place(field), as, unless: unless === undefined || place(unless) < 0 ? null : place(unless) }]))
  for (const one of run.cannot_link) apart.push({ column: kept.push(one) - 1, as: 'differs', unless: null })
  const keys = plan.columns.filter((column) => prepared.rules.some((rule) => rule.some((key) => key.field === column.name)) && !kept.some((one) => one.column === column))
  const dictionaries: Field[] = []
  const dictionary = kept.map(({ field }) => {
    const known = dictionaries.findIndex((other) => other.values === field.values)
    return known >= 0 ? known : dictionaries.push(field) - 1
  })
  const counted = [...new Set([...prepared.compared.filter((field) => field.pool.weights !== undefined && field.pool.weights !== null).map((field) => field.name), ...prepared.rules.flat().filter((key) => key.take === 'rare_word').map((key) => key.field)])]
  const words = counted.map((name) => wordCounts(prepared.fields.get(name) as Field))
  const index = batch.all_pairs ? [] : prepared.rules.map((rule) => keyIndex(job.records, rule.map((key) => ({ field: prepared.fields.get(key.field) as Field, hasher: keyHasher(key.take, words[counted.indexOf(key.field)] ?? null, job.records) }))))
  const linked_at = countedFrom(batch.threshold, batch.best_threshold)
  const ids = textTable(textPool(run.ids, false))
  const { name, names } = namesOf(run, ids)
  return {
    settings: {
      id: run.id, prefixed: run.prefixed, sources: run.sources, records: job.records, all_pairs: batch.all_pairs, between: job.source !== null, most_in_block: plan.most_in_block, most_pairs: plan.most_pairs, threshold: batch.threshold, linked_at,
      columns: [...kept.map(({ column }) => column), ...keys], dictionary, comparisons: job.comparisons, rules: prepared.rules, apart, words: counted, names, retired: run.retired,
      unseen: model.comparisons.map((comparison, c) => (comparison.term_frequency ? Math.log2((comparison.u[exactLevel(comparison.kind)] as number) * distinctGroups(prepared.compared[c] as Field, batch.groups).total) : null)),
    },
    model, ids, dictionaries: dictionaries.map((field) => textTable(field.pool)), word_weights: prepared.compared.map((field) => field.pool.weights ?? null), rarity: rarities(prepared.compared, model, batch.groups), words,
    codes: sideBySide(job.records, kept.map(({ field }) => field)), source: run.source ?? new Uint8Array(job.records), index, links: storedLinks(batch, Math.min(batch.threshold, linked_at, COUNTS_FROM)),
    cluster: batch.clusters.cluster, name, strength: clusterWeights(batch.links, batch.clusters.cluster),
  }
}

function namesOf({ ids, cluster_ids }: RunForState, table: LinkageState['ids']): { name: Uint32Array; names: string[] } {
  const names: string[] = []
  const places = new Map<string, number>()
  const name = Uint32Array.from(ids, (id, r) => {
    const own = cluster_ids[r] ?? id
    let at = places.get(own)
    if (at === undefined) {
      at = placeOf(table, own)
      if (at === NULL_INDEX) at = LISTED + names.push(own) - 1
      places.set(own, at)
    }
    return at
  })
  return { name, names }
}

function sideBySide(records: number, fields: readonly Field[]): Uint32Array {
  const codes = new Uint32Array(records * fields.length)
  fields.forEach((field, f) => { for (let r = 0; r < records; r++) codes[r * fields.length + f] = field.codes[r] as number })
  return codes
}

function storedLinks({ links, from_rules, prepared }: LinkedBatch, least: number): StoredLinks {
  const { records } = prepared.job
  const offsets = new Uint32Array(records + 1)
  const each = (take: (a: number, b: number, i: number) => void): void => {
    for (let i = 0; i < links.left.length; i++) if ((links.weight[i] as number) >= least) take(links.left[i] as number, links.right[i] as number, i)
  }
  each((a, b) => {
    offsets[a + 1] = (offsets[a + 1] as number) + 1
    offsets[b + 1] = (offsets[b + 1] as number) + 1
  })
  for (let r = 0; r < records; r++) offsets[r + 1] = (offsets[r + 1] as number) + (offsets[r] as number)
  const at = offsets.slice(0, records)
  const neighbours = new Uint32Array(offsets[records] as number)
  const weights = new Float32Array(neighbours.length)
  const put = (from: number, to: number, i: number): void => {
    const place = at[from] as number
    neighbours[place] = i < from_rules ? to : (to | ACROSS) >>> 0
    weights[place] = links.weight[i] as number
    at[from] = place + 1
  }
  each((a, b, i) => {
    put(a, b, i)
    put(b, a, i)
  })
  return { offsets, neighbours, weights }
}
