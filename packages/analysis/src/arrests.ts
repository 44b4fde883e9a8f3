/**
 * What remains of a network after arrests: how far it falls apart at once, and how far for good, once each person arrested has been replaced by the one nearest in role.
 *
 * Cohesion of a network of n people: sum over ordered pairs of 1 / d(i,j), divided by n (n - 1) (efficiency, Latora & Marchiori 2001; 1 - fragmentation of Borgatti 2006), n those
 * of the whole, so that people taken out count as lost. Replacement (after Duijn, Kashirin & Sloot 2014): the successor of v is the person not arrested within two steps of v
 * with the largest share of contacts in common (structural equivalence), then with more contacts, then the lower node; he takes over v's contacts who are free. Successors are chosen in the
 * network before the arrests, in the order of nodes, and one person can succeed several.
 */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { undirected } from './undirected.ts'

export interface ArrestEffect {
  /** Ascending. */
  readonly arrested: readonly number[]
  /** Share of the cohesion lost at once, 0 to 1. */
  readonly at_once: number
  /** Share still lost after replacement; what the sets are ordered by, less `exposed` as a share of all whose safety counts. */
  readonly lasting: number
  /** Successor of each, in the same order; -1 where nobody is near. */
  readonly successors: readonly number[]
  /** Those whose safety counts who are in contact with somebody arrested and with somebody who stays free and is not one of them: ascending. */
  readonly exposed: readonly number[]
  /** lasting - exposed / all whose safety counts. */
  readonly score: number
}

export interface ArrestOptions {
  /** 1 for those whose safety counts: victims, witnesses. They are nobody's successor. */
  readonly safety?: Uint8Array | null
  /** 1 for those who may succeed; default everyone who is not in `safety`. */
  readonly successors?: Uint8Array | null
}

export function arrestEffect(given: Csr, arrested: readonly number[], options: ArrestOptions = {}): ArrestEffect {
  const csr = undirected(given)
  const set = [...new Set(arrested)].sort((a, b) => a - b)
  for (const v of set) invariant(v >= 0 && v < csr.nodes, 'whoever is arrested is a node')
  const gone = new Uint8Array(csr.nodes)
  for (const v of set) gone[v] = 1
  const before = cohesion(csr, null)
  const successors = set.map((v) => successorOf(csr, v, gone, options))
  const exposed = exposedBy(csr, set, gone, options.safety ?? null)
  const lost = (after: number): number => (before === 0 ? 0 : (before - after) / before)
  const atOnce = lost(cohesion(csr, gone))
  const lasting = lost(cohesion(replaced(csr, set, successors, gone), gone))
  let counted = 0
  for (const one of options.safety ?? []) counted += one
  return { arrested: set, at_once: atOnce, lasting, successors, exposed, score: lasting - (counted === 0 ? 0 : exposed.length / counted) }
}

/** Sum of 1 / distance over ordered pairs of those not gone, divided by n (n - 1) of the whole. */
export function cohesion(csr: Csr, gone: Uint8Array | null): number {
  const { nodes, offsets, targets } = csr
  if (nodes < 2) return 0
  const distance = new Int32Array(nodes)
  const queue = new Uint32Array(nodes)
  let sum = 0
  for (let s = 0; s < nodes; s++) {
    if (gone !== null && gone[s] === 1) continue
    distance.fill(-1)
    distance[s] = 0
    queue[0] = s
    for (let head = 0, tail = 1; head < tail; head++) {
      const v = queue[head]
      if (v !== s) sum += 1 / distance[v]
      for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
        const u = targets[arc]
        if (distance[u] >= 0 || (gone !== null && gone[u] === 1)) continue
        distance[u] = distance[v] + 1
        queue[tail++] = u
      }
    }
  }
  return sum / (nodes * (nodes - 1))
}

function successorOf(csr: Csr, v: number, gone: Uint8Array, options: ArrestOptions): number {
  const { nodes, offsets, targets } = csr
  const own = new Uint8Array(nodes)
  for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) own[targets[arc]] = 1
  const near = new Set<number>()
  for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
    const u = targets[arc]
    near.add(u)
    for (let a = offsets[u]; a < offsets[u + 1]; a++) near.add(targets[a])
  }
  let best = -1
  let share = -1
  let contacts = -1
  for (const u of [...near].sort((a, b) => a - b)) {
    const may = options.successors === undefined || options.successors === null ? options.safety?.[u] !== 1 : options.successors[u] === 1
    if (u === v || gone[u] === 1 || !may) continue
    let both = 0
    for (let arc = offsets[u]; arc < offsets[u + 1]; arc++) both += own[targets[arc]]
    const degree = offsets[u + 1] - offsets[u]
    // The pair itself is left out of both lists, as in structural equivalence.
    const all = offsets[v + 1] - offsets[v] + degree - 2 * own[u] - both
    const like = all === 0 ? 0 : both / all
    if (like < share || (like === share && degree <= contacts)) continue
    best = u
    share = like
    contacts = degree
  }
  return best
}

/** The ties among the free, and those that successors take over. */
function replaced(csr: Csr, set: readonly number[], successors: readonly number[], gone: Uint8Array): Csr {
  const source: number[] = []
  const target: number[] = []
  for (let v = 0; v < csr.nodes; v++)
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) {
      const u = csr.targets[arc]
      if (u < v || gone[u] === 1 || gone[v] === 1) continue
      source.push(v)
      target.push(u)
    }
  set.forEach((v, i) => {
    const by = successors[i]
    if (by < 0) return
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) {
      const u = csr.targets[arc]
      if (gone[u] === 1 || u === by) continue
      source.push(by)
      target.push(u)
    }
  })
  return csrFromEdges(csr.nodes, Uint32Array.from(source), Uint32Array.from(target))
}

function exposedBy(csr: Csr, set: readonly number[], gone: Uint8Array, safety: Uint8Array | null): number[] {
  if (safety === null) return []
  const touched = new Set<number>()
  for (const v of set) for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) if (safety[csr.targets[arc]] === 1 && gone[csr.targets[arc]] === 0) touched.add(csr.targets[arc])
  return [...touched].sort((a, b) => a - b).filter((w) => {
    for (let arc = csr.offsets[w]; arc < csr.offsets[w + 1]; arc++) if (gone[csr.targets[arc]] === 0 && safety[csr.targets[arc]] === 0) return true
    return false
  })
}

export interface BestArrestsOptions extends ArrestOptions, WorkOptions {
  /** How many are arrested together. */
  readonly size: number
  /** 1 for whoever may be chosen. */
  readonly eligible: Uint8Array
  /** How many sets are returned; default 5. */
  readonly count?: number
  /** All sets are tried up to so many; beyond, those of the persons who alone score best. Default 4,000. */
  readonly exact_up_to?: number
}

export interface BestArrests {
  /** Best score first; equal ones in the order of their nodes. */
  readonly sets: readonly ArrestEffect[]
  readonly tried: number
  /** Whether all sets of this size were tried, so that none is better. */
  readonly exact: boolean
}

export function bestArrests(csr: Csr, options: BestArrestsOptions): BestArrests {
  const limit = options.exact_up_to ?? 4000
  const everyone = Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => options.eligible[v] === 1)
  const size = Math.min(options.size, everyone.length)
  let pool = everyone
  if (choose(pool.length, size) > limit) {
    const alone = everyone.map((v) => arrestEffect(csr, [v], options))
    let wide = size
    while (wide < everyone.length && choose(wide + 1, size) <= limit) wide++
    pool = alone.sort((a, b) => b.score - a.score || a.arrested[0] - b.arrested[0]).slice(0, wide).map((one) => one.arrested[0]).sort((a, b) => a - b)
  }
  const total = choose(pool.length, size)
  const sets: ArrestEffect[] = []
  let tried = 0
  for (const set of subsets(pool, size)) {
    if ((tried & 15) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('arrests', tried, total)
    }
    tried++
    sets.push(arrestEffect(csr, set, options))
  }
  sets.sort((a, b) => b.score - a.score || compare(a.arrested, b.arrested))
  return { sets: sets.slice(0, options.count ?? 5), tried, exact: pool.length === everyone.length }
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1)
  return ways
}

function* subsets(items: readonly number[], size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let i = from; i <= items.length - size; i++) for (const rest of subsets(items, size - 1, i + 1)) yield [items[i], ...rest]
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i]
  return 0
}
