/** What the sources of an exhibit do not hold: the period asked and received, the days without any record, and operators none of whose numbers has records. */
import type { SourceCoverage } from '@ringmap/evidence/exhibit-model'
import { isoTime } from '@ringmap/evidence/iso-time'
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'
import { sql } from '@ringmap/store/sql'
import { localClock } from './case-clock.ts'
import type { CaseView } from './case-view.ts'
import { missingOperators, silences } from './find-gaps.ts'
import { kindList } from './happenings.ts'
import { maskedWords } from './mask-case.ts'

/** In the order of names; days are those of the case's zone. */
export async function coverageOf({ open }: CaseView, settings: ExhibitSettings): Promise<SourceCoverage[]> {
  const local = localClock(open.file.timezone)
  const day = (at_ms: number): string => isoTime(local(at_ms)).slice(0, 10)
  const silent = await silences(open)
  const rows = await open.database.rows<{ name: string; first: number | null; last: number | null; calls: boolean }>(sql`SELECT s.name, min(o.at_ms) AS first, max(o.at_ms) AS last, coalesce(bool_or(CAST(o.kind AS VARCHAR) IN ${kindList(['called', 'messaged'])}), FALSE) AS calls
    FROM source s LEFT JOIN observation o ON o.source = s.position GROUP BY s.name ORDER BY s.name`)
  return rows.map(({ name, first, last, calls }) => ({
    source: name, asked: settings.sources[name]?.asked ?? '', received: settings.sources[name]?.received ?? '', first: first === null ? '' : day(first), last: last === null ? '' : day(last),
    silent: calls ? silent.filter(({ source }) => source === name).map(({ from_ms, to_ms, days }) => ({ from: day(from_ms), to: day(to_ms), days })).sort((a, b) => (a.from < b.from ? -1 : 1)) : null,
  }))
}

/** Sentences. */
export async function unheardOperators({ open, mask }: CaseView): Promise<string[]> {
  return (await missingOperators(open)).map(({ text }) => `${maskedWords(mask, text)}.`)
}
