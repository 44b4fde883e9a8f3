/** What a linkage run says for people: what was compared and how, what the rules made, what came out. */
import { heldBridges } from '@ringmap/case/held-bridges'
import type { DedupePlan, Deduped } from '@ringmap/case/dedupe-files'
import type { LinkPlan } from '@ringmap/linkage/batch/link-plan'
import type { RuleCount } from '@ringmap/linkage/batch/prepared-records'
import { sizesOf } from '@ringmap/case/link-bench'
import { number, table } from './terminal.ts'

export function runLines(run: Deduped): string[] {
  const { batch, plan } = run
  const kinds = plan.columns.filter((column) => column.compared).map((column) => `${column.name} (${column.kind})`).join(', ')
  const ran = batch.prepared.counts.filter((count) => count.refused === null)
  const { first_found, only_found } = batch.pairs
  return [
    `${number(run.ids.length)} records of ${run.input.files.join(' and ')}; ${run.input.id === null ? 'records are named by their row' : `records are named by ${run.input.id}`}.`,
    `Compared: ${kinds}.`,
    ...batch.prepared.useless.map(({ column, why }) => `Left out: ${column}, because ${why}.`),
    ...(ran.length === 0 ? [] : ['Blocking rules:', ...table([['rule', 'pairs', 'new', 'alone', 'largest block'], ...ran.map((count, r) => [count.rule, count.made, first_found[r] ?? 0, only_found[r] ?? 0, count.largest])])]),
    ...refusedLines(batch.prepared.counts, plan),
    ...run.remarks,
    ...outcomeLines(run),
  ]
}

/** What a run would do. */
export function planLines({ input, plan, counts, left_out, most_pairs, all_pairs, remarks }: DedupePlan): string[] {
  return [
    `${number(input.records)} records of ${input.files.join(' and ')}; ${input.id === null ? 'records would be named by their row' : `records would be named by ${input.id}`}.`,
    `Would be compared: ${plan.columns.filter((column) => column.compared).map((column) => `${column.name} (${column.kind})`).join(', ')}.`,
    ...left_out.map(({ column, why }) => `Left out: ${column}, because ${why}.`),
    ...(all_pairs ? ['The table is small: all its pairs would be compared.'] : []),
    'Blocking rules:',
    ...table([['rule', 'pairs', 'blocks', 'largest block'], ...counts.filter((count) => count.refused === null).map((count) => [count.rule, count.made, count.blocks, count.largest])]),
    ...refusedLines(counts, plan),
    ...remarks,
    `At most ${number(most_pairs)} pairs would be compared, those of several rules counted once for each. Nothing was compared or written.`,
  ]
}

/** Rules that are not run, and blocks that are left out of rules that are. */
function refusedLines(counts: readonly RuleCount[], plan: LinkPlan): string[] {
  return counts.flatMap(({ rule, refused, largest, left_out, pairs, made }) => {
    if (refused !== null) return [`Rule refused: ${rule}, because ${refused}; its largest block has ${number(largest)} records.`]
    return left_out === 0 ? [] : [`Left out of the rule ${rule}: ${left_out === 1 ? 'one block' : `${number(left_out)} blocks`} of more than ${number(plan.most_in_block)} records, ${number(pairs - made)} pairs; the largest has ${number(largest)} records.`]
  })
}

/** Shown of the groups that were kept apart. */
const BRIDGES = 5

/** Where chains were cut: groups of several records each, by the link that would have joined them. */
function bridgeLines(run: Deduped): string[] {
  const bridges = heldBridges(run.batch.links, run.batch.clusters).filter(({ sizes }) => sizes[0] > 1 && sizes[1] > 1)
  if (bridges.length === 0) return []
  const rows = bridges.slice(0, BRIDGES).map(({ groups, sizes, links, strongest, weight }) => [run.cluster_ids[groups[0]] ?? '', sizes[0], run.cluster_ids[groups[1]] ?? '', sizes[1], links, `${run.ids[strongest[0]] ?? ''} - ${run.ids[strongest[1]] ?? ''}`, weight.toFixed(1)])
  return [`Groups kept apart, the largest of ${number(bridges.length)}:`, ...table([['cluster', 'records', 'cluster', 'records', 'links held', 'strongest of them', 'bits'], ...rows])]
}

/** With the SQL engine most of them never came into memory. */
export function comparedPairs({ batch }: Deduped): number {
  return batch.pairs.counts.reduce((sum, n) => sum + n, 0)
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
    `${number(comparedPairs(run))} pairs were compared; about ${number(Math.round(batch.expected_pairs))} are expected to be the same person${missed > 0 ? `, and at least ${number(missed)} more to be missed by the rules` : ''}.`,
    `Threshold ${batch.threshold.toFixed(2)} bits${batch.chosen ? ', chosen by the model' : ''}.`,
    `${number(run.ids.length)} records became ${number(clusters)} clusters, ${number(several)} of them of several records; the largest has ${number(largest)}. ${number(batch.clusters.held.length)} links were held for a person to look at${batch.clusters.contradicted > 0 ? `, ${number(batch.clusters.contradicted)} of them because two papers or dates of birth contradict each other` : ''}.`,
    ...bridgeLines(run),
  ]
}
