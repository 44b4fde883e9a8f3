/** What an addition to a linkage run says, for people and for programs. */
import type { AddedToState } from '@ringmap/case/add-to-state'
import type { Deduped } from '@ringmap/case/dedupe-files'
import { number } from './terminal.ts'

export function idChangeLines(changes: Deduped['id_changes']): string[] {
  return changes.map(({ change, id, other, records }) => (change === 'joined' ? `${id} took in ${number(records)} records of ${other}.` : `${number(records)} records of ${other} now stand under ${id}.`))
}

export function additionLines({ addition, before, input, remarks, times_ms, settings }: AddedToState, dry: boolean): string[] {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
  return [
    ...remarks,
    ...(addition.known > 0 ? [`${number(addition.known)} records of ${input.files.join(' and ')} were known already, with the same values, and were left out.`] : []),
    `${number(addition.records)} records ${dry ? 'would be' : 'were'} added to ${number(before)}; ${number(addition.compared_pairs)} pairs were compared, at the threshold of the run, ${settings.threshold.toFixed(2)} bits.`,
    `${number(addition.touched)} records are tied to them by links; clusters of ${number(addition.changed.length)} records ${dry ? 'would change' : 'changed'}. ${number(addition.held)} links among them are held for a person to look at${addition.contradicted > 0 ? `, ${number(addition.contradicted)} of them because two papers or dates of birth contradict each other` : ''}.`,
    ...idChangeLines(addition.id_changes),
    `Reading the state ${seconds(times_ms.load)}, reading the new records ${seconds(times_ms.read)}, adding them ${seconds(times_ms.add)}, writing ${seconds(times_ms.save)}.${dry ? ' Nothing was written.' : ''}`,
  ]
}

export function additionData({ addition, before, input, remarks, rows, settings, times_ms }: AddedToState, dry: boolean): unknown {
  return {
    ...(dry ? { dry_run: true } : {}), files: input.files, id: input.id, records_before: before, added: addition.records, known: addition.known, threshold: settings.threshold, compared_pairs: addition.compared_pairs,
    touched: addition.touched, changed: addition.changed.length, held_links: addition.held, contradicted_links: addition.contradicted, id_changes: addition.id_changes, remarks, times_ms,
    records: rows.map(({ record_id, cluster_id, weight }) => ({ record_id, cluster_id, weight: Number.isNaN(weight) ? null : Number(weight.toFixed(3)) })),
  }
}
