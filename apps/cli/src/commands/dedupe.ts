/** `ringmap dedupe`: which records of files are the same person, without a case. */
import { Command } from 'commander'
import { heldBridges } from '@ringmap/case/held-bridges'
import { dedupeFiles, planDedupe, sqlSteps, type DedupePlan, type Deduped } from '@ringmap/case/dedupe-files'
import { dedupeOptions, linkFlags, type DedupeFlags } from '../link-flags.ts'
import { planLines, runLines } from '../link-report.ts'
import { stopSignal } from '../stop-signal.ts'
import { number, terminal } from '../terminal.ts'
import { commonOptions } from '../with-case.ts'

export function dedupeCommand(): Command {
  return linkFlags(commonOptions(new Command('dedupe')))
    .description('Find which records are the same person or thing and print record_id,cluster_id,weight as CSV: a cluster is named by its first record, the weight is the strongest link of a record within it, in bits.')
    .argument('<files...>', 'CSV, Excel or Parquet files of records; columns of the same heading are one')
    .option('--keep-ids <file>', 'clusters of an earlier run: a cluster keeps the id that most of its records had; joins and splits are said')
    .option('--dry-run', 'say which columns and rules would be used and how many pairs each rule makes; compare nothing, write nothing')
    .option('--print-sql', 'print the model as named SQL steps instead of clusters')
    .addHelpText('after', '\nExamples:\n  ringmap dedupe people.csv > clusters.csv\n  ringmap dedupe accused.csv guests.csv --id serial > clusters.csv\n  ringmap dedupe a.csv b.csv --config link.yaml --between --save-model model.json > clusters.csv\n  ringmap dedupe people.csv --dry-run\n  ringmap dedupe people.csv new.csv --model model.json --keep-ids clusters.csv > clusters2.csv')
    .action(async (files: string[], flags: DedupeFlags & { readonly printSql?: boolean; readonly keepIds?: string; readonly dryRun?: boolean }) => {
      const out = terminal(flags)
      if (flags.dryRun === true) {
        const planned = await planDedupe(files, { ...dedupeOptions(flags), progress: out.progress, signal: stopSignal() })
        out.data(planData(planned))
        for (const line of planLines(planned)) out.say(line)
        return
      }
      const run = await dedupeFiles(files, { ...dedupeOptions(flags), keep_ids: flags.keepIds, progress: out.progress, signal: stopSignal() })
      for (const line of runLines(run)) out.note(line)
      for (const { change, id, other, records } of run.id_changes) out.note(change === 'joined' ? `${id} took in ${number(records)} records of ${other}.` : `${number(records)} records of ${other} now stand under ${id}.`)
      if (flags.printSql === true) {
        process.stdout.write(sqlText(run))
        return
      }
      out.data(dedupeData(run))
      if (!out.json) process.stdout.write(clustersCsv(run))
    })
}

/** `link_clean` (record, source, a column for each comparison), `link_key` (rule, record, key) and `link_frequency` (comparison, value, bits) are what the steps start from. */
function sqlText(run: Deduped): string {
  const tables = '-- From link_clean (record, source, c0, c1, ...: cleaned values), link_key (rule, record, key) and link_frequency (comparison, value, bits).\n'
  return tables + sqlSteps(run).map((step) => `\n-- ${step.name}: ${step.what}\n${step.statement.text};\n`).join('')
}

function clustersCsv(run: Deduped): string {
  const lines = run.ids.map((id, r) => `${quoted(id)},${quoted(run.cluster_ids[r] ?? id)},${weightText(run.weights[r] as number)}`)
  return ['record_id,cluster_id,weight', ...lines, ''].join('\n')
}

function dedupeData(run: Deduped): unknown {
  const { batch } = run
  return {
    files: run.input.files, id: run.input.id, threshold: batch.threshold, threshold_chosen: batch.chosen,
    columns: run.plan.columns.map(({ name, kind, compared }) => ({ name, kind, compared })), rules: batch.prepared.counts, left_out: batch.prepared.useless, remarks: run.remarks,
    compared_pairs: batch.links.left.length, expected_pairs: batch.expected_pairs, missed_pairs_at_least: batch.missed_pairs, held_links: batch.clusters.held.length,
    id_changes: run.id_changes, contradicted_links: batch.clusters.contradicted,
    kept_apart: heldBridges(batch.links, batch.clusters).map(({ groups, sizes, links, strongest, weight }) => ({ clusters: groups.map((root) => run.cluster_ids[root]), sizes, links, strongest: strongest.map((r) => run.ids[r]), weight: Number(weight.toFixed(3)) })),
    records: run.ids.map((id, r) => ({ record_id: id, cluster_id: run.cluster_ids[r] ?? id, weight: Number.isNaN(run.weights[r]) ? null : Number((run.weights[r] as number).toFixed(3)) })),
  }
}

function planData({ input, plan, counts, left_out, most_pairs, all_pairs, remarks }: DedupePlan): unknown {
  return { dry_run: true, files: input.files, id: input.id, records: input.records, columns: plan.columns.map(({ name, kind, compared }) => ({ name, kind, compared })), rules: counts, left_out, most_pairs, all_pairs, remarks }
}

function weightText(weight: number): string {
  return Number.isNaN(weight) ? '' : weight.toFixed(3)
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
