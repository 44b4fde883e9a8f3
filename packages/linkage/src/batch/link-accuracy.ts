/** Precision, recall and F1 of links and of clusters against known answers. */
import type { Links } from './guarded-clusters.ts'

export interface Accuracy {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly true_pairs: number
  readonly found_pairs: number
  readonly right_pairs: number
}

export function accuracy(true_pairs: number, found_pairs: number, right_pairs: number): Accuracy {
  const precision = found_pairs === 0 ? 1 : right_pairs / found_pairs
  const recall = true_pairs === 0 ? 1 : right_pairs / true_pairs
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), true_pairs, found_pairs, right_pairs }
}

/** Clusters against true groups, counted over pairs. */
export function clusterAccuracy(cluster: Uint32Array, truth: Uint32Array, source: Uint8Array | null = null): Accuracy {
  const both = Float64Array.from(cluster, (group, r) => group * 4294967296 + (truth[r] as number))
  return accuracy(pairCount(truth, source), pairCount(cluster, source), pairCount(both, source))
}

/** Pairs of records with the same key; with `source`, without the pairs of one source. */
export function pairCount(keys: ArrayLike<number>, source: Uint8Array | null): number {
  const all = new Map<number, number[]>()
  let pairs = 0
  for (let r = 0; r < keys.length; r++) {
    const sizes = all.get(keys[r] as number)
    const from = source === null ? 0 : (source[r] as number)
    if (sizes === undefined) {
      const fresh: number[] = []
      fresh[from] = 1
      all.set(keys[r] as number, fresh)
      continue
    }
    sizes.forEach((n, other) => { if (source === null || other !== from) pairs += n })
    sizes[from] = (sizes[from] ?? 0) + 1
  }
  return pairs
}

/** One point of the curve of thresholds. */
export interface CurvePoint extends Accuracy {
  readonly threshold: number
}

/** Accuracy of the links themselves at each threshold, and the best. @param order places of all links, best first. */
export function linkCurve(links: Links, order: Uint32Array, truth: Uint32Array, thresholds: readonly number[], true_pairs: number): { readonly points: readonly CurvePoint[]; readonly best: CurvePoint } {
  const points: CurvePoint[] = []
  let best: CurvePoint = { threshold: Infinity, ...accuracy(true_pairs, 0, 0) }
  let right = 0
  let at = 0
  const wanted = [...thresholds].sort((a, b) => b - a)
  let next = 0
  while (at < order.length) {
    const weight = links.weight[order[at] as number] as number
    while (next < wanted.length && (wanted[next] as number) > weight) points.push({ threshold: wanted[next++] as number, ...accuracy(true_pairs, at, right) })
    while (at < order.length && links.weight[order[at] as number] === weight) {
      const link = order[at++] as number
      if (truth[links.left[link] as number] === truth[links.right[link] as number]) right++
    }
    const here = accuracy(true_pairs, at, right)
    if (here.f1 > best.f1) best = { threshold: weight, ...here }
  }
  while (next < wanted.length) points.push({ threshold: wanted[next++] as number, ...accuracy(true_pairs, at, right) })
  return { points: points.reverse(), best }
}
