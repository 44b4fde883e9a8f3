/** One linkage run in a process of its own, so that CPU seconds and memory are its alone; prints one JSON line. Started by linkage.ts. */
import { benchLinkage } from '@ringmap/case/link-bench'
import { dedupeFiles, type DedupeOptions } from '@ringmap/case/dedupe-files'

interface Job {
  readonly files: readonly string[]
  readonly options: DedupeOptions
  /** Null: only the run is measured. */
  readonly truth: string | null
  readonly truth_column?: string
}

const job = JSON.parse(process.argv[2] ?? '') as Job
const began = performance.now()
const cpu = process.cpuUsage()
if (job.truth === null) {
  await dedupeFiles(job.files, job.options)
  report({})
} else {
  const bench = await benchLinkage(job.files, { ...job.options, truth: job.truth, ...(job.truth_column === undefined ? {} : { truth_column: job.truth_column }) })
  const court = bench.curve.find((point) => point.clusters.precision >= 0.99)
  const low = bench.curve.find((point) => point.threshold <= bench.run.batch.threshold - 7.9)
  report({
    links: bench.links.f1, clusters: bench.clusters.f1, best_links: bench.best_links.f1, best_clusters: bench.best_clusters.f1, compared: bench.compared_recall,
    court: court === undefined ? null : { bits: court.threshold, precision: court.clusters.precision, recall: court.clusters.recall }, low: low === undefined ? null : { precision: low.clusters.precision, largest: low.largest },
  })
}

function report(figures: object): void {
  const used = process.cpuUsage(cpu)
  process.stdout.write(`${JSON.stringify({ ...figures, cpu_s: (used.user + used.system) / 1e6, wall_s: (performance.now() - began) / 1000, peak_mb: process.resourceUsage().maxRSS / 1024 })}\n`)
}
