/** What an addition to a linkage run says, for people and for programs. */
import type { AddedToState } from '@ringmap/case/add-to-state'
import type { Deduped } from '@ringmap/case/dedupe-files'
import { many, number } from './terminal.ts'

/** Shown of joins and splits. */
const MOST = 20

export function idChangeLines(changes: Deduped['id_changes']): string[] {
  const more = changes.length - MOST
  const lines = changes.slice(0, MOST).map(({ change, id, other, records }) => (change === 'joined' ? `${id} took in ${many(records, 'record')} of ${other}.` : `${many(records, 'record')} of ${other} now ${records === 1 ? 'stands' : 'stand'} under ${id}.`))
  return more > 0 ? [...lines, `And ${number(more)} more joins and splits; --json lists all.`] : lines
}

export function additionLines({ addition, before, input, remarks, times_ms, settings }: AddedToState, dry: boolean): string[] {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
  return [
    ...remarks,
    ...(addition.known > 0 ? [`Known already, with the same values, and left out: ${many(addition.known, 'record')} of ${input.files.join(' and ')}.`] : []),
    `${many(addition.records, 'record')} ${dry ? 'would be' : addition.records === 1 ? 'was' : 'were'} added to ${number(before)}; compared: ${many(addition.compared_pairs, 'pair')}, at the threshold of the run, ${settings.threshold.toFixed(2)} bits.`,
    `Looked at again because links lead to them: ${many(addition.touched, 'record')}; in clusters that ${dry ? 'would change' : 'changed'}: ${many(addition.changed.length, 'record')}. Held for a person to look at: ${many(addition.held, 'link')}${addition.contradicted > 0 ? `, ${number(addition.contradicted)} of them because two papers or dates of birth contradict each other` : ''}.`,
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
