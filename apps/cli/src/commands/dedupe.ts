/** `ringmap dedupe`: which records of files are the same person, without a case. */
import { Command } from 'commander'
import { csvCell } from '@ringmap/model/csv-cell'
import { RingmapError } from '@ringmap/model/errors'
import { addToState, type ClusterRow } from '@ringmap/case/add-to-state'
import { heldBridges } from '@ringmap/case/held-bridges'
import { dedupeFiles, planDedupe, sqlSteps, type DedupePlan, type Deduped } from '@ringmap/case/dedupe-files'
import { dedupeOptions, linkFlags, type DedupeFlags } from '../link-flags.ts'
import { additionData, additionLines, idChangeLines } from '../addition-report.ts'
import { comparedPairs, planLines, runLines } from '../link-report.ts'
import { stopSignal } from '../stop-signal.ts'
import { terminal, type Terminal } from '../terminal.ts'
import { commonOptions } from '../with-case.ts'

export function dedupeCommand(): Command {
  return linkFlags(commonOptions(new Command('dedupe')))
    .description('Find which records are the same person or thing and print record_id,cluster_id,weight as CSV: a cluster is named by its first record, the weight is the strongest link of a record within it, in bits.')
    .argument('<files...>', 'CSV, Excel or Parquet files of records; columns of the same heading are one')
    .option('--keep-ids <file>', 'clusters of an earlier run: a cluster keeps the id that most of its records had; joins and splits are said')
    .option('--resume <folder>', 'keep compared pairs in this folder as the run goes; the same command goes on from there after it was killed, and takes the folder away at the end')
    .option('--save-state <folder>', 'keep what is needed to add records later without comparing the others again')
    .option('--add-to <folder>', 'add the records of the files to a run kept with --save-state: only clusters that change are printed, ids stay, joins and splits are said')
    .option('--all', 'with --add-to: print every record and not only those of clusters that changed')
    .option('--dry-run', 'say which columns and rules would be used and how many pairs each rule makes; compare nothing, write nothing')
    .option('--print-sql', 'print the model as named SQL steps instead of clusters')
    .addHelpText('after', '\nExamples:\n  ringmap dedupe people.csv > clusters.csv\n  ringmap dedupe accused.csv guests.csv --id serial > clusters.csv\n  ringmap dedupe a.csv b.csv --config link.yaml --between --save-model model.json > clusters.csv\n  ringmap dedupe people.csv --dry-run\n  ringmap dedupe people.csv new.csv --model model.json --keep-ids clusters.csv > clusters2.csv\n  ringmap dedupe people.csv --save-state people.state > clusters.csv\n  ringmap dedupe new.csv --add-to people.state > changed.csv')
    .action(async (files: string[], flags: RunFlags, command: Command) => {
      const out = terminal(flags)
      if (flags.addTo !== undefined) return await addTo(flags.addTo, files, flags, command, out)
      if (flags.all === true) throw new RingmapError('usage', { what: '--all goes with --add-to; a whole run prints every record anyway.' })
      if (flags.dryRun === true) {
        const planned = await planDedupe(files, { ...dedupeOptions(flags), progress: out.progress, signal: stopSignal() })
        out.data(planData(planned))
        for (const line of planLines(planned)) out.say(line)
        return
      }
      const run = await dedupeFiles(files, { ...dedupeOptions(flags), keep_ids: flags.keepIds, save_state: flags.saveState, resume: flags.resume, progress: out.progress, signal: stopSignal() })
      for (const line of runLines(run)) out.note(line)
      for (const line of idChangeLines(run.id_changes)) out.note(line)
      if (flags.printSql === true) {
        process.stdout.write(sqlText(run))
        return
      }
      out.data(dedupeData(run))
      if (!out.json) process.stdout.write(clustersCsv(run))
      run.finish()
    })
}

interface RunFlags extends DedupeFlags {
  readonly printSql?: boolean
  readonly keepIds?: string
  readonly dryRun?: boolean
  readonly saveState?: string
  readonly resume?: string
  readonly addTo?: string
  readonly all?: boolean
}

/** Flags that a state has answered once and for all. */
const SETTLED = ['config', 'id', 'ignore', 'between', 'threshold', 'model', 'saveModel', 'keepIds', 'engine', 'printSql', 'saveState', 'resume', 'seed'] as const

async function addTo(folder: string, files: readonly string[], flags: RunFlags, command: Command, out: Terminal): Promise<void> {
  const asked = command.options.find((option) => (SETTLED as readonly string[]).includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli')
  if (asked !== undefined) throw new RingmapError('usage', { what: `${asked.long ?? ''} cannot be given with --add-to: columns, rules, model and threshold are those of the run that was kept.` })
  const found = await addToState(folder, files, { all: flags.all, dry_run: flags.dryRun, progress: out.progress, signal: stopSignal() })
  for (const line of additionLines(found, flags.dryRun === true)) out.note(line)
  out.data(additionData(found, flags.dryRun === true))
  if (!out.json) process.stdout.write(csvText(found.rows))
}

/** `link_clean` (record, source, a column for each comparison), `link_key` (rule, record, key) and `link_frequency` (comparison, value, bits) are what the steps start from. */
function sqlText(run: Deduped): string {
  const tables = '-- From link_clean (record, source, c0, c1, ...: cleaned values), link_key (rule, record, key) and link_frequency (comparison, value, bits).\n'
  return tables + sqlSteps(run).map((step) => `\n-- ${step.name}: ${step.what}\n${step.statement.text};\n`).join('')
}

function clustersCsv(run: Deduped): string {
  return csvText(run.ids.map((id, r) => ({ record_id: id, cluster_id: run.cluster_ids[r] ?? id, weight: run.weights[r] as number })))
}

function csvText(rows: readonly ClusterRow[]): string {
  return ['record_id,cluster_id,weight', ...rows.map(({ record_id, cluster_id, weight }) => `${csvCell(record_id)},${csvCell(cluster_id)},${weightText(weight)}`), ''].join('\n')
}

function dedupeData(run: Deduped): unknown {
  const { batch } = run
  return {
    files: run.input.files, id: run.input.id, threshold: batch.threshold, threshold_chosen: batch.chosen,
    columns: run.plan.columns.map(({ name, kind, compared }) => ({ name, kind, compared })), rules: batch.prepared.counts, left_out: batch.prepared.useless, remarks: run.remarks,
    compared_pairs: comparedPairs(run), expected_pairs: batch.expected_pairs, missed_pairs_at_least: batch.missed_pairs, held_links: batch.clusters.held.length,
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
