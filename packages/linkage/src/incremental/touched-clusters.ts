/** Clusters made anew where links have changed, and nowhere else: a cluster never depends on records that no chain of joining links leads to. */
import { clusterWeights } from '../batch/cluster-weights.ts'
import { bornApart, differs } from '../batch/contradictions.ts'
import { guardedClusters, type Links } from '../batch/guarded-clusters.ts'
import { withinOneEdit, type TextPool } from '../batch/similarity.ts'
import { eachLink, idOf, valueOf, type OpenedState } from './opened-state.ts'

export interface Reclustered {
  /** Records of the touched part in order: those of the run by number, then added ones by id, so that nothing depends on which came first. */
  readonly records: Uint32Array
  /** For each of them the place, among them, of the first of its cluster. */
  readonly cluster: Uint32Array
  /** Strongest link of each within its cluster; NaN when it is alone. */
  readonly strength: Float32Array
  /** Links that weigh enough and were left for a person, and how many of them a contradiction holds. */
  readonly held: number
  readonly contradicted: number
}

/** @param seeds records at whose links something changed. */
export function reclustered(opened: OpenedState, seeds: Iterable<number>): Reclustered {
  const { threshold, linked_at } = opened.state.settings
  const records = inOrder(opened, reached(opened, seeds, threshold))
  const place = new Map<number, number>()
  records.forEach((record, at) => place.set(record, at))
  const links = localLinks(opened, records, place, Math.min(threshold, linked_at))
  const apart = apartCheck(opened)
  const { cluster, held, contradicted } = guardedClusters(records.length, links, { threshold, linked_at, cannot_link: apart === null ? undefined : (a, b) => apart(records[a] as number, records[b] as number) })
  return { records, cluster, strength: clusterWeights(links, cluster), held: held.length, contradicted }
}

/** The seeds and whatever a chain of links that may join leads to. */
function reached(opened: OpenedState, seeds: Iterable<number>, threshold: number): number[] {
  const seen = new Uint8Array(opened.records)
  const found: number[] = []
  const visit = (record: number): void => {
    if (seen[record] === 1) return
    seen[record] = 1
    found.push(record)
  }
  for (const seed of seeds) visit(seed)
  for (let at = 0; at < found.length; at++) eachLink(opened, found[at] as number, (other, weight) => { if (weight >= threshold) visit(other) })
  return found
}

function inOrder(opened: OpenedState, found: readonly number[]): Uint32Array {
  const { records } = opened.state.settings
  const before = Uint32Array.from(found.filter((record) => record < records)).sort()
  const later = found.filter((record) => record >= records).map((record) => ({ record, id: idOf(opened, record) })).sort((a, b) => (a.id < b.id ? -1 : 1))
  return Uint32Array.from([...before, ...later.map(({ record }) => record)])
}

/** As a run lists them: those of the rules in order of records, then those found across clusters; among equal weights this order decides. */
function localLinks(opened: OpenedState, records: Uint32Array, place: ReadonlyMap<number, number>, least: number): Links {
  const found: { a: number; b: number; weight: number; across: boolean }[] = []
  records.forEach((record, a) => {
    eachLink(opened, record, (other, weight, across) => {
      const b = place.get(other)
      if (b !== undefined && b > a && weight >= least) found.push({ a, b, weight, across })
    })
  })
  found.sort((x, y) => Number(x.across) - Number(y.across) || x.a - y.a || x.b - y.b)
  return { left: Uint32Array.from(found, ({ a }) => a), right: Uint32Array.from(found, ({ b }) => b), weight: Float32Array.from(found, ({ weight }) => weight) }
}

/** Whether two records can never be one; null where nothing is checked. */
export function apartCheck(opened: OpenedState): ((a: number, b: number) => boolean) | null {
  const { apart } = opened.state.settings
  const { codes, fields } = opened.job
  const code = (record: number, column: number): number => codes[record * fields + column] as number
  const checks = apart.map(({ column, as, unless }) => (a: number, b: number): boolean => {
    if (!differs(code(a, column), code(b, column)) || (unless !== null && differs(code(a, unless), code(b, unless)))) return false
    if (as === 'differs') return true
    const [one, other] = [valueOf(opened, a, column) ?? '', valueOf(opened, b, column) ?? '']
    return as === 'paper' ? !withinOneEdit(twoTexts(one, other), 0, 1) : bornApart(one, other)
  })
  return checks.length === 0 ? null : (a, b) => checks.some((check) => check(a, b))
}

function twoTexts(one: string, other: string): TextPool {
  const text = one + other
  return { units: Uint16Array.from(text, (_, i) => text.charCodeAt(i)), offsets: Uint32Array.of(0, one.length, text.length) }
}

