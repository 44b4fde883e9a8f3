/** A linkage run measured against known answers: links and clusters at the threshold in use, and along the curve of thresholds. */
import { RingmapError } from '@ringmap/model/errors'
import { guardedClusters } from '@ringmap/linkage/batch/guarded-clusters'
import { accuracy, clusterAccuracy, linkCurve, pairCount, type Accuracy, type CurvePoint } from '@ringmap/linkage/batch/link-accuracy'
import { countedFrom } from '@ringmap/linkage/batch/link-batch'
import { strongestFirst } from '@ringmap/linkage/batch/ordered-links'
import { dedupeFiles, type DedupeOptions, type Deduped } from './dedupe-files.ts'
import { readTruth, truthIdColumn, type LinkTruth } from './link-truth.ts'

export interface LinkBenchOptions extends DedupeOptions {
  readonly truth: string
  readonly truth_column?: string | undefined
}

export interface LinkBench {
  readonly run: Deduped
  readonly truth: LinkTruth
  readonly true_pairs: number
  /** Share of the true pairs that were compared at all. */
  readonly compared_recall: number
  /** At the threshold in use. */
  readonly links: Accuracy
  readonly clusters: Accuracy
  readonly largest_cluster: number
  readonly curve: readonly { readonly threshold: number; readonly links: CurvePoint; readonly clusters: Accuracy; readonly largest: number }[]
  readonly best_links: CurvePoint
  readonly best_clusters: CurvePoint
}

/** Thresholds of the curve, around the one in use. */
const AROUND: readonly number[] = [-8, -4, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 24]

/** @throws RingmapError truth_invalid and whatever a run may say */
export async function benchLinkage(paths: readonly string[], options: LinkBenchOptions): Promise<LinkBench> {
  const likely_id = await truthIdColumn(options.truth, options.truth_column)
  // The curve and the share of true pairs that were compared ask for every pair.
  const run = await dedupeFiles(paths, { ...options, least: -Infinity, likely_id, ignore: [...(options.ignore ?? []), ...(options.truth_column === undefined ? [] : [options.truth_column])] })
  const truth = await readTruth(options.truth, run.ids, options.truth_column)
  if (truth.groups === run.ids.length) throw new RingmapError('truth_invalid', { file: options.truth, what: truth.unknown > 0 ? `none of its ids joins two records here; ids that no record has: ${truth.unknown}, such as ${truth.unknown_examples.join(', ')}` : 'it joins no two records' })
  const { links, clusters, threshold, best_threshold } = run.batch
  const source = run.batch.prepared.job.source
  const true_pairs = pairCount(truth.group, source)
  const steps = AROUND.map((step) => threshold + step)
  const order = strongestFirst(links.weight, -Infinity)
  const { points, best } = linkCurve(links, order, truth.group, steps, true_pairs)
  const records = run.ids.length
  const curve = points.map((point) => {
    const { cluster } = guardedClusters(records, links, { threshold: point.threshold, linked_at: countedFrom(point.threshold, best_threshold), order })
    return { threshold: point.threshold, links: point, clusters: clusterAccuracy(cluster, truth.group, source), largest: largestOf(cluster) }
  })
  const best_clusters = curve.reduce<CurvePoint>((found, point) => (point.clusters.f1 > found.f1 ? { threshold: point.threshold, ...point.clusters } : found), { threshold, ...clusterAccuracy(clusters.cluster, truth.group, source) })
  return {
    run, truth, true_pairs, compared_recall: reached(links, truth.group) / Math.max(true_pairs, 1), links: linksAt(links, truth.group, threshold, true_pairs), clusters: clusterAccuracy(clusters.cluster, truth.group, source),
    largest_cluster: largestOf(clusters.cluster), curve, best_links: best, best_clusters,
  }
}

function reached(links: Deduped['batch']['links'], group: Uint32Array): number {
  let count = 0
  for (let i = 0; i < links.left.length; i++) if (group[links.left[i] as number] === group[links.right[i] as number]) count++
  return count
}

function linksAt(links: Deduped['batch']['links'], group: Uint32Array, threshold: number, true_pairs: number): Accuracy {
  let found = 0
  let right = 0
  for (let i = 0; i < links.left.length; i++) {
    if (!((links.weight[i] as number) >= threshold)) continue
    found++
    if (group[links.left[i] as number] === group[links.right[i] as number]) right++
  }
  return accuracy(true_pairs, found, right)
}

export function largestOf(cluster: Uint32Array): number {
  return sizesOf(cluster).reduce((most, size) => Math.max(most, size), 0)
}

/** Sizes of the clusters, by the record that stands for each. */
export function sizesOf(cluster: Uint32Array): Uint32Array {
  const sizes = new Uint32Array(cluster.length)
  for (const root of cluster) sizes[root] = (sizes[root] as number) + 1
  return sizes
}
