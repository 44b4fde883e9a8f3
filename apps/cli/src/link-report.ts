/** What a linkage run says for people: what was compared and how, what the rules made, what came out. */
import type { Deduped } from '@ringmap/case/dedupe-files'
import { sizesOf } from '@ringmap/case/link-bench'
import { number, table } from './terminal.ts'

export function runLines(run: Deduped): string[] {
  const { batch, plan } = run
  const kinds = plan.columns.filter((column) => column.compared).map((column) => `${column.name} (${column.kind})`).join(', ')
  const ran = batch.prepared.counts.filter((count) => count.refused === null)
  const refused = batch.prepared.counts.filter((count) => count.refused !== null)
  const { first_found, only_found } = batch.pairs
  return [
    `${number(run.ids.length)} records of ${run.input.files.join(' and ')}; ${run.input.id === null ? 'records are named by their row' : `records are named by ${run.input.id}`}.`,
    `Compared: ${kinds}.`,
    ...batch.prepared.useless.map(({ column, why }) => `Left out: ${column}, because ${why}.`),
    ...(ran.length === 0 ? [] : ['Blocking rules:', ...table([['rule', 'pairs', 'new', 'alone', 'largest block'], ...ran.map((count, r) => [count.rule, count.pairs, first_found[r] ?? 0, only_found[r] ?? 0, count.largest])])]),
    ...refused.map((count) => `Rule refused: ${count.rule}, because ${count.refused ?? ''}; its largest block has ${number(count.largest)} records.`),
    ...run.remarks,
    ...outcomeLines(run),
  ]
}

function outcomeLines(run: Deduped): string[] {
  const { batch } = run
  const sizes = sizesOf(batch.clusters.cluster)
  let several = 0
  let clusters = 0
  let largest = 0
  for (const size of sizes) {
    if (size > 0) clusters++
    if (size > 1) several++
    if (size > largest) largest = size
  }
  const missed = Math.round(batch.missed_pairs)
  return [
    `${number(batch.links.left.length)} pairs were compared; about ${number(Math.round(batch.expected_pairs))} are expected to be the same person${missed > 0 ? `, and at least ${number(missed)} more to be missed by the rules` : ''}.`,
    `Threshold ${batch.threshold.toFixed(2)} bits${batch.chosen ? ', chosen by the model' : ''}.`,
    `${number(run.ids.length)} records became ${number(clusters)} clusters, ${number(several)} of them of several records; the largest has ${number(largest)}. ${number(batch.clusters.held.length)} links were held for a person to look at.`,
  ]
}
