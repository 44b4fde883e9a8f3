/** Persons whom linkage made of several clusters of records by weighing names and what goes with them, with the probability of each join: intervals of ranks are made with and without splitting them. */
import type { MergedNode } from '@ringmap/analysis/split-merged'
import { sql } from '@ringmap/store/sql'
import type { FoundNetwork } from './found-network.ts'

/** By actor of the person network, as `MergedNode` by node. */
export interface MergedActor {
  readonly actor: number
  readonly joins: MergedNode['joins']
  readonly clusters_of: ReadonlyMap<number, number>
}

/** The weights are set by hand: no join that rests on them is believed more. */
const MOST = 0.99
/** Clusters are told apart by the bits of a number. */
const MOST_CLUSTERS = 31

/** What equal documents or persons joined is one cluster; the strongest joins by weight between clusters are the ones that may fail. */
export async function mergedDoubts(found: Pick<FoundNetwork, 'open' | 'network' | 'links' | 'link_numbers'>): Promise<readonly MergedActor[]> {
  const { open, network } = found
  const joins = await open.database.rows<{ entity: number; one: number; other: number; weight: number | null }>(sql`SELECT a.entity, j.left_record AS one, j.right_record AS other, CASE WHEN j.machine THEN j.weight END AS weight
    FROM judgement j JOIN entity_record a ON a.record = j.left_record JOIN entity_record b ON b.record = j.right_record
    WHERE j.verdict = 'same' AND a.entity = b.entity AND a.entity IN (SELECT r.entity FROM judgement w JOIN entity_record r ON r.record = w.left_record WHERE w.weight IS NOT NULL)
    ORDER BY a.entity, weight DESC NULLS FIRST, one, other`)
  const byEntity = new Map<number, typeof joins>()
  for (const join of joins) byEntity.set(join.entity, [...(byEntity.get(join.entity) ?? []), join])
  const merged = [...byEntity].flatMap(([entity, own]) => {
    const { cluster_of, joins: weighed } = clusters(own)
    const actor = network.actor_of[entity] ?? -1
    return actor < 0 || weighed.length === 0 || weighed.length >= MOST_CLUSTERS ? [] : [{ entity, actor, cluster_of, joins: weighed }]
  })
  if (merged.length === 0) return []
  const seen = await clustersAtLinks(found, merged)
  return merged.map(({ entity, actor, joins: weighed }) => ({ actor, joins: weighed, clusters_of: clustersOfNeighbours(found, actor, entity, seen) }))
}

/** Union of what is certain, then of joins by weight, strongest first: a tree over the clusters. */
function clusters(joins: readonly { readonly one: number; readonly other: number; readonly weight: number | null }[]): { readonly cluster_of: ReadonlyMap<number, number>; readonly joins: MergedNode['joins'] } {
  const root = new Map<number, number>()
  const find = (record: number): number => {
    let at = record
    while (root.has(at) && root.get(at) !== at) at = root.get(at) as number
    return at
  }
  for (const { one, other } of joins) for (const record of [one, other]) if (!root.has(record)) root.set(record, record)
  for (const { one, other, weight } of joins) if (weight === null) root.set(Math.max(find(one), find(other)), Math.min(find(one), find(other)))
  const records = [...root.keys()].sort((a, b) => a - b)
  const roots = [...new Set(records.map(find))]
  const cluster = new Map(records.map((record) => [record, roots.indexOf(find(record))]))
  const joined = roots.map((_, c) => c)
  const tree = joins.flatMap(({ one, other, weight }) => {
    if (weight === null) return []
    const [a, b] = [cluster.get(one) as number, cluster.get(other) as number]
    const [kept, gone] = [joined[a] as number, joined[b] as number]
    if (kept === gone) return []
    joined.forEach((of, c) => { if (of === gone) joined[c] = kept })
    return [{ one: a, other: b, probability: Math.min(MOST, 1 / (1 + 2 ** -weight)) }]
  })
  return { cluster_of: cluster, joins: tree }
}

/** Clusters whose records state a link between a merged person and something else, as bits, by `entity kind other`. */
async function clustersAtLinks({ open }: Pick<FoundNetwork, 'open'>, merged: readonly { readonly entity: number; readonly cluster_of: ReadonlyMap<number, number> }[]): Promise<ReadonlyMap<string, number>> {
  const entities = merged.map(({ entity }) => String(entity))
  const side = (own: 'from_record' | 'to_record') => (own === 'from_record'
    ? sql`SELECT x.entity, x.record, o.kind, y.entity AS other FROM observation o JOIN entity_record x ON x.record = o.from_record JOIN entity_record y ON y.record = o.to_record`
    : sql`SELECT x.entity, x.record, o.kind, y.entity AS other FROM observation o JOIN entity_record x ON x.record = o.to_record JOIN entity_record y ON y.record = o.from_record`)
  const rows = await open.database.rows<{ entity: number; record: number; kind: number; other: number }>(sql`SELECT DISTINCT * FROM (${side('from_record')} UNION ALL ${side('to_record')}) WHERE CAST(entity AS VARCHAR) IN ${entities}`)
  const clusterOf = new Map(merged.map(({ entity, cluster_of }) => [entity, cluster_of]))
  const seen = new Map<string, number>()
  for (const { entity, record, kind, other } of rows) {
    const cluster = clusterOf.get(entity)?.get(record)
    if (cluster === undefined) continue
    const key = `${entity} ${kind} ${other}`
    seen.set(key, (seen.get(key) ?? 0) | (1 << cluster))
  }
  return seen
}

/** A tie stands on links of the person, to the other or to things that lead there; the clusters that state those are tied to the other. */
function clustersOfNeighbours({ network, links }: Pick<FoundNetwork, 'network' | 'links'>, actor: number, entity: number, seen: ReadonlyMap<string, number>): Map<number, number> {
  const { csr, support_offsets: offsets, support_links: support } = network
  const found = new Map<number, number>()
  for (let arc = csr.offsets[actor] as number; arc < (csr.offsets[actor + 1] as number); arc++) {
    const tie = csr.ties[arc] as number
    let bits = 0
    for (const link of support.subarray(offsets[tie], offsets[tie + 1])) {
      const [source, target] = [links.source[link] as number, links.target[link] as number]
      if (source === entity) bits |= seen.get(`${entity} ${links.kind[link]} ${target}`) ?? 0
      else if (target === entity) bits |= seen.get(`${entity} ${links.kind[link]} ${source}`) ?? 0
    }
    if (bits !== 0) found.set(csr.targets[arc] as number, bits)
  }
  return found
}

/** Those of them among the nodes of a part; undefined where there are none. */
export function mergedAmong(merged: readonly MergedActor[], actors: Uint32Array): MergedNode[] | undefined {
  const node = new Map(Array.from(actors, (actor, v) => [actor, v]))
  const inside = merged.flatMap(({ actor, joins, clusters_of: clustersOf }) => {
    const own = node.get(actor)
    if (own === undefined) return []
    return [{ node: own, joins, clusters_of: new Map([...clustersOf].flatMap(([other, bits]) => { const v = node.get(other); return v === undefined ? [] : [[v, bits] as const] })) }]
  })
  return inside.length === 0 ? undefined : inside
}
