/** What the audit trail says of a step that was run, the same from the command line and from the explorer. */
import type { LinkedCounts } from '@ringmap/linkage/link-records'
import type { Findings } from '@ringmap/model/finding'
import type { ImportReport } from './import-step.ts'

const NOTHING = 'nothing changed'

export function importAct({ changed, sources, removed }: ImportReport): string {
  const gone = removed.map(({ id, hmac }) => `deleted with all its rows: ${id}, HMAC ${hmac}`)
  return changed ? [...sources.map((source) => `${source.name}: ${source.rows} rows of ${source.file}`), ...gone].join('; ') : NOTHING
}

export function linkAct(counts: LinkedCounts | null): string {
  return counts === null ? NOTHING : `${counts.records} records became ${counts.entities} entities`
}

export function findAct({ rings, organisers, seed, engine }: Findings): string {
  return `${rings.length} rings, ${organisers.length} in the order listed, seed ${seed}${engine === undefined ? '' : `, Graph Data Science ${engine.version}`}`
}
