import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { guardedClusters } from '@ringmap/linkage/batch/guarded-clusters'
import { clusterAccuracy } from '@ringmap/linkage/batch/link-accuracy'
import { benchLinkage, largestOf, type LinkBench } from '../src/link-bench.ts'
import { febrlTruth, LINKAGE_DATA, linkageDataMissing } from './linkage-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-linkage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach((context) => {
  const missing = linkageDataMissing()
  if (missing !== null) context.skip(missing)
})

/** No settings, no threshold: what a person gets who names the files and nothing else. */
async function bench(files: readonly string[], truth: string, more: { truth_column?: string; between?: boolean } = {}): Promise<LinkBench> {
  return await benchLinkage(files.map((file) => join(LINKAGE_DATA, file)), { truth, workers: 2, ...more })
}

/** Splink 5.0.0 with its own example settings, at its best threshold; bench/linkage.ts runs it beside. */
test('febrl3: duplicates within one file', async () => {
  const found = await bench(['dataset3.csv'], febrlTruth(join(folder, 'f3.csv'), 'dataset3.csv'))
  expect(found.true_pairs).toBe(6538)
  expect(found.clusters.f1).toBeGreaterThanOrEqual(0.998)
  expect(found.links.f1).toBeGreaterThanOrEqual(0.997)
})

test('febrl4: two files, each person at most once in each', async () => {
  const truth = febrlTruth(join(folder, 'f4.csv'), 'dataset4a.csv', 'dataset4b.csv')
  const between = await bench(['dataset4a.csv', 'dataset4b.csv'], truth, { between: true })
  expect(between.true_pairs).toBe(5000)
  expect(between.links.f1).toBeGreaterThanOrEqual(0.9996)
  expect(between.clusters.f1).toBeGreaterThanOrEqual(0.9996)
})

test('fake_1000: few columns, many gaps', async () => {
  const found = await bench(['fake_1000.csv'], join(LINKAGE_DATA, 'fake_1000_labels.csv'))
  expect(found.true_pairs).toBe(2031)
  expect(found.clusters.f1).toBeGreaterThanOrEqual(0.95)
  expect(found.best_clusters.f1 - found.clusters.f1).toBeLessThanOrEqual(0.02)
})

test('historical_50k: the chosen threshold is near the best, and one that is far too low does no harm', async () => {
  const file = 'historical_figures_with_errors_50k.parquet'
  const found = await bench([file], join(LINKAGE_DATA, file), { truth_column: 'cluster' })
  expect(found.true_pairs).toBe(303_961)
  expect(found.links.f1).toBeGreaterThanOrEqual(0.86)
  expect(found.clusters.f1).toBeGreaterThanOrEqual(0.92)
  expect(found.best_links.f1 - found.links.f1).toBeLessThanOrEqual(0.02)
  expect(found.best_clusters.f1 - found.clusters.f1).toBeLessThanOrEqual(0.02)
  const { batch } = found.run
  const low = guardedClusters(found.run.ids.length, batch.links, { threshold: batch.threshold - 8 })
  expect(largestOf(low.cluster)).toBeLessThanOrEqual(100)
  expect(clusterAccuracy(low.cluster, found.truth.group).precision).toBeGreaterThanOrEqual(0.95)
})
