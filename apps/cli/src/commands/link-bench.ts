/** `ringmap link bench`: how right the linking is on records whose answers are known. */
import { Command } from 'commander'
import { benchLinkage, type LinkBench } from '@ringmap/case/link-bench'
import type { Accuracy } from '@ringmap/linkage/batch/link-accuracy'
import { number, table, terminal } from '../terminal.ts'
import { stopSignal } from '../stop-signal.ts'
import { commonOptions } from '../with-case.ts'
import { dedupeOptions, linkFlags, type DedupeFlags } from '../link-flags.ts'
import { runLines } from '../link-report.ts'

interface BenchFlags extends DedupeFlags {
  readonly truth: string
  readonly truthColumn?: string
}

export function linkBenchCommand(): Command {
  return linkFlags(commonOptions(new Command('bench')))
    .description('Link records whose answers are known, and print precision, recall and F1 of links and clusters, at the threshold in use and at others.')
    .argument('<files...>', 'CSV, Excel or Parquet files of records')
    .requiredOption('--truth <file>', 'known answers: id and cluster columns, or pairs of ids (left, right, match); may be the file itself')
    .option('--truth-column <column>', 'column of the truth that says who is who; it is never compared')
    .addHelpText('after', '\nExamples:\n  ringmap link bench people.csv --truth answers.csv\n  ringmap link bench people.csv --truth people.csv --truth-column person\n  ringmap link bench a.csv b.csv --between --truth pairs.csv --json')
    .action(async (files: string[], flags: BenchFlags) => {
      const out = terminal(flags)
      const bench = await benchLinkage(files, { ...dedupeOptions(flags), truth: flags.truth, truth_column: flags.truthColumn, progress: out.progress, signal: stopSignal() })
      out.data(benchData(bench))
      for (const line of runLines(bench.run)) out.say(line)
      for (const line of benchLines(bench)) out.say(line)
    })
}

function benchData(bench: LinkBench): unknown {
  const { truth } = bench
  return {
    records: bench.run.ids.length, true_pairs: bench.true_pairs, compared_pairs: bench.run.batch.links.left.length, compared_recall: bench.compared_recall, threshold: bench.run.batch.threshold, threshold_chosen: bench.run.batch.chosen,
    links: bench.links, clusters: bench.clusters, largest_cluster: bench.largest_cluster, best_links: bench.best_links, best_clusters: bench.best_clusters, curve: bench.curve,
    truth: { unknown_ids: truth.unknown, unknown_examples: truth.unknown_examples, unnamed_records: truth.unnamed },
  }
}

function benchLines(bench: LinkBench): string[] {
  const { truth } = bench
  const row = (label: string, one: Accuracy, threshold: number): string[] => [label, threshold.toFixed(1), ...shares(one)]
  return [
    '',
    ...(truth.unknown > 0 ? [`${number(truth.unknown)} ids of the truth belong to no record and were left out: ${truth.unknown_examples.join(', ')}`] : []),
    ...(truth.unnamed > 0 ? [`${number(truth.unnamed)} records are not in the truth and count as alone.`] : []),
    `${number(bench.true_pairs)} true pairs; ${(bench.compared_recall * 100).toFixed(1)} % of them were compared.`,
    '',
    ...table([['', 'bits', 'precision', 'recall', 'F1'], row('links', bench.links, bench.run.batch.threshold), row('clusters', bench.clusters, bench.run.batch.threshold), row('links, best', bench.best_links, bench.best_links.threshold), row('clusters, best', bench.best_clusters, bench.best_clusters.threshold)]),
    '',
    'Threshold curve (bits; links; clusters):',
    ...table([['bits', 'precision', 'recall', 'F1', 'precision', 'recall', 'F1', 'largest'], ...bench.curve.map((point) => [point.threshold.toFixed(1), ...shares(point.links), ...shares(point.clusters), point.largest])]),
  ]
}

function shares(one: Accuracy): string[] {
  return [one.precision.toFixed(4), one.recall.toFixed(4), one.f1.toFixed(4)]
}
