/** Cluster ids that stay when records are added: a cluster keeps the id that most of its records had, and every join and split is said. */

export interface IdChange {
  /** `joined`: records of the other id now stand under this one. `split`: records that stood under the other id now stand under this one. */
  readonly change: 'joined' | 'split'
  readonly id: string
  readonly other: string
  /** Records that moved. */
  readonly records: number
}

export interface KeptIds {
  /** Id of each record's cluster. */
  readonly cluster: readonly string[]
  readonly changes: readonly IdChange[]
}

/**
 * @param cluster for each record the smallest record of its cluster.
 * @param before id that each record had, null for a new one.
 * @param fresh id of a cluster none of whose records had one, or whose ids all went to others.
 * @param taken whether an id stands or stood for other records than these.
 */
export function keptIds(cluster: Uint32Array, before: readonly (string | null)[], fresh: (root: number) => string, taken: (id: string) => boolean = () => false): KeptIds {
  const shared = new Map<number, Map<string, number>>()
  cluster.forEach((root, r) => {
    const id = before[r] ?? null
    if (id === null) return
    const counts = shared.get(root) ?? new Map<string, number>()
    counts.set(id, (counts.get(id) ?? 0) + 1)
    shared.set(root, counts)
  })
  // The most shared records first; equal ones by id and by record, so that nothing depends on the order of rows.
  const claims = [...shared].flatMap(([root, counts]) => [...counts].map(([id, records]) => ({ root, id, records })))
  claims.sort((a, b) => b.records - a.records || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.root - b.root))
  const names: (string | undefined)[] = Array.from({ length: cluster.length })
  const owner = new Map<string, number>()
  for (const { root, id } of claims) {
    if (names[root] !== undefined || owner.has(id)) continue
    names[root] = id
    owner.set(id, root)
  }
  // An id that stood once is never given to other records, even if nobody bears it now.
  const used = new Set(before.filter((id) => id !== null))
  for (const root of cluster) {
    if (names[root] !== undefined) continue
    let id = fresh(root)
    for (let n = 2; used.has(id) || taken(id); n++) id = `${fresh(root)}~${n}`
    used.add(id)
    names[root] = id
  }
  const changes = claims.flatMap(({ root, id, records }): IdChange[] => {
    const now = names[root] ?? ''
    if (now === id) return []
    return [{ change: owner.has(id) ? 'split' : 'joined', id: now, other: id, records }]
  })
  return { cluster: Array.from(cluster, (root) => names[root] ?? ''), changes: changes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.other < b.other ? -1 : 1)) }
}
