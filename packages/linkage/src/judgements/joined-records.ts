/**
 * Which records are one entity: what persons said, then equal identifiers, then links by weight; a person's "different" parts what any of
 * them would join. The result follows from what stands and not from the order in which it came, so that taking a word back leaves no trace.
 */
import { guardedClusters, type Links } from '../batch/guarded-clusters.ts'
import { disjointSets, find, union, type DisjointSets } from '../disjoint-sets.ts'

export interface RecordPairs {
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
}

export interface JoinInput {
  readonly records: number
  /** Pairs that persons said are the same, and different. */
  readonly same: RecordPairs
  readonly different: RecordPairs
  /** Pairs with equal identifiers. */
  readonly exact: RecordPairs
  /** Each pair once; weights in bits. */
  readonly links: Links
  /** Bits from which a link joins. */
  readonly join_at: number
  /** True for two records that cannot be one whatever a machine finds. A person may still say that they are. */
  readonly cannot: (a: number, b: number) => boolean
}

export interface JoinedRecords {
  /** For each record the smallest record of its entity. */
  readonly root: Uint32Array
  /** Places in `same` that could not be followed, since another word keeps their records apart. */
  readonly unheard: readonly number[]
  /** Places in `exact` that a person's word overruled. */
  readonly overruled: readonly number[]
  /** Places in `links` that join two records. */
  readonly used: readonly number[]
  /** Places in `links` that weigh enough and were held back, because groups would chain or contradict each other. */
  readonly held: readonly number[]
}

export function joinedRecords(input: JoinInput): JoinedRecords {
  const sets = disjointSets(input.records)
  const apart = keptApart(input.different)
  const unheard = joinAll(sets, apart, input.same)
  const overruled = joinAll(sets, apart, input.exact)
  const { used, held } = joinLinks(sets, apart, input)
  const root = new Uint32Array(input.records)
  for (let record = 0; record < input.records; record++) root[record] = find(sets, record)
  return { root, unheard, overruled, used, held }
}

/** For each root, the records of the other side of every "different" about its members. */
type Apart = Map<number, number[]>

function keptApart(different: RecordPairs): Apart {
  const apart: Apart = new Map()
  const add = (a: number, b: number): void => {
    const list = apart.get(a)
    if (list === undefined) apart.set(a, [b])
    else list.push(b)
  }
  for (let i = 0; i < different.left.length; i++) {
    add(different.left[i] as number, different.right[i] as number)
    add(different.right[i] as number, different.left[i] as number)
  }
  return apart
}

/** In the order of their records, not of their making. Returns the places that were refused. */
function joinAll(sets: DisjointSets, apart: Apart, pairs: RecordPairs): number[] {
  const order = Uint32Array.from({ length: pairs.left.length }, (_, i) => i).sort((x, y) => low(pairs, x) - low(pairs, y) || high(pairs, x) - high(pairs, y))
  const refused: number[] = []
  for (const i of order) if (!joined(sets, apart, pairs.left[i] as number, pairs.right[i] as number)) refused.push(i)
  return refused.sort((a, b) => a - b)
}

function low(pairs: RecordPairs, i: number): number {
  return Math.min(pairs.left[i] as number, pairs.right[i] as number)
}

function high(pairs: RecordPairs, i: number): number {
  return Math.max(pairs.left[i] as number, pairs.right[i] as number)
}

function joined(sets: DisjointSets, apart: Apart, a: number, b: number): boolean {
  const [x, y] = [find(sets, a), find(sets, b)]
  if (x === y) return true
  if (separated(sets, apart, x, y)) return false
  union(sets, x, y)
  const [kept, gone] = x < y ? [x, y] : [y, x]
  const [mine, theirs] = [apart.get(kept) ?? [], apart.get(gone) ?? []]
  if (theirs.length > 0) {
    apart.set(kept, mine.length >= theirs.length ? pushed(mine, theirs) : pushed(theirs, mine))
    apart.delete(gone)
  }
  return true
}

function separated(sets: DisjointSets, apart: Apart, x: number, y: number): boolean {
  const [mine, theirs] = [apart.get(x), apart.get(y)]
  if (mine === undefined || theirs === undefined) return false
  const [list, other] = mine.length <= theirs.length ? [mine, y] : [theirs, x]
  return list.some((record) => find(sets, record) === other)
}

function pushed(list: number[], more: readonly number[]): number[] {
  for (const one of more) list.push(one)
  return list
}

/** Groups that are settled count as one; the guard looks at the links between them. */
function joinLinks(sets: DisjointSets, apart: Apart, { links, join_at, cannot, records }: JoinInput): { used: number[]; held: number[] } {
  const groups = new Map<number, number>()
  const members: number[][] = []
  for (let i = 0; i < links.left.length; i++) for (const record of [links.left[i] as number, links.right[i] as number]) {
    const root = find(sets, record)
    if (!groups.has(root)) groups.set(root, groups.size)
  }
  const roots = [...groups.keys()].sort((a, b) => a - b)
  roots.forEach((root, g) => groups.set(root, g))
  for (let record = 0; record < records && roots.length > 0; record++) {
    const group = groups.get(find(sets, record))
    if (group !== undefined) (members[group] ??= []).push(record)
  }
  const best = new Map<number, number>()
  for (let i = 0; i < links.left.length; i++) {
    const [a, b] = [groups.get(find(sets, links.left[i] as number)) as number, groups.get(find(sets, links.right[i] as number)) as number]
    if (a === b) continue
    const key = Math.min(a, b) * roots.length + Math.max(a, b)
    best.set(key, Math.max(best.get(key) ?? Number.NEGATIVE_INFINITY, links.weight[i] as number))
  }
  const keys = [...best.keys()].sort((a, b) => a - b)
  const grouped: Links = { left: Uint32Array.from(keys, (key) => Math.floor(key / roots.length)), right: Uint32Array.from(keys, (key) => key % roots.length), weight: Float32Array.from(keys, (key) => best.get(key) as number) }
  const cannot_link = (a: number, b: number): boolean => separated(sets, apart, roots[a] as number, roots[b] as number) || (members[a] as number[]).some((x) => (members[b] as number[]).some((y) => cannot(x, y)))
  const { cluster } = guardedClusters(roots.length, grouped, { threshold: join_at, linked_at: join_at, cannot_link })
  const before = Uint32Array.from(links.left, (_, i) => (find(sets, links.left[i] as number) === find(sets, links.right[i] as number) ? 1 : 0))
  roots.forEach((root, g) => { if (cluster[g] !== g) union(sets, root, roots[cluster[g] as number] as number) })
  const used: number[] = []
  const held: number[] = []
  for (let i = 0; i < links.left.length; i++) {
    if (before[i] === 1 || (links.weight[i] as number) < join_at) continue
    if (find(sets, links.left[i] as number) === find(sets, links.right[i] as number)) used.push(i)
    else held.push(i)
  }
  return { used, held }
}
