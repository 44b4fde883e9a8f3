/** The rows under each drawn line, with a hash of each: SHA-256 where anybody may check it, keyed where the row speaks of a protected person. */
import { createHash, createHmac } from 'node:crypto'
import type { Chart } from '@ringmap/model/chart'
import type { LinkKind } from '@ringmap/model/schema'
import type { TraceRow } from '@ringmap/evidence/exhibit-model'
import { isoTime } from '@ringmap/evidence/iso-time'
import { rawTable } from '@ringmap/store/tables'
import { sql } from '@ringmap/store/sql'
import { localClock } from './case-clock.ts'
import { LINK_COLUMNS, observationsUnder, type CaseView, type LinkRow } from './case-view.ts'
import { shownFile } from './mask-case.ts'
import { maskedRows } from './source-rows.ts'

interface Under {
  readonly at_ms: number | null
  readonly count: number
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly grade: string | null
  readonly source: string
  readonly file: string
  readonly row: number
}

export interface TraceOptions {
  /** Days of links with a protected end are told by the month. */
  readonly months: boolean
}

/** In order of time, then link, source and row. Public ids. */
export async function traceOf(view: CaseView, chart: Chart, options: TraceOptions): Promise<TraceRow[]> {
  const { database, file } = view.open
  const masked = new Set(chart.entities.filter((entity) => entity.masked).map(({ id }) => id))
  const local = localClock(file.timezone)
  const found: { readonly link: string; readonly kind: LinkKind; readonly coarse: boolean; readonly under: Under }[] = []
  for (const link of chart.links) {
    const row = await database.one<LinkRow>(sql`SELECT ${LINK_COLUMNS} FROM link WHERE id = ${link.id}`)
    if (row === null) throw new Error('broken promise: a drawn link is in the table')
    const rows = await database.rows<Under>(sql`SELECT u.at_ms, u.count, CAST(u.amount AS VARCHAR) AS amount, u.currency, u.duration_s, u.grade, s.name AS source, s.file, u.row FROM (${observationsUnder(row)}) u JOIN source s ON s.position = u.source`)
    for (const under of rows) found.push({ link: link.id, kind: link.kind, under, coarse: options.months && (masked.has(link.source) || masked.has(link.target)) })
  }
  const hashes = await rowHashes(view, found.map(({ under }) => under))
  return found.sort((a, b) => (a.under.at_ms ?? Number.MAX_SAFE_INTEGER) - (b.under.at_ms ?? Number.MAX_SAFE_INTEGER) || compare(a.link, b.link) || compare(a.under.source, b.under.source) || a.under.row - b.under.row)
    
    .map(({ link, kind, under, coarse }): TraceRow => {
      const { at_ms, source, row } = under
      const hash = hashes.get(`${source}:${row}`)
      const moment = at_ms === null ? '' : isoTime(at_ms)
      const clock = at_ms === null ? '' : `${isoTime(local(at_ms)).replace('T', ' ').slice(0, 19)} ${file.timezone}`
      return {
        link, source, file: shownFile(view.mask, under.file), row, row_sha256: hash?.protected === false ? hash.sha256 : null, row_hmac: hash?.protected === true ? hash.hmac : null, rule: kind === 'same_as_possible' ? 'comparison of persons' : `mapping of ${source}`, basis: kind === 'same_as_possible' ? 'inferred' : 'recorded',
        at: coarse ? moment.slice(0, 7) : moment, at_local: coarse ? clock.slice(0, 7) : clock,
        count: under.count, amount: under.amount, currency: under.currency, duration_s: under.duration_s, grade: under.grade,
      }
    })
}

/** SHA-256 of rows, whoever they speak of: for what goes under seal. */
export async function plainRowHashes(view: CaseView, places: readonly { readonly source: string; readonly row: number }[]): Promise<Map<string, string>> {
  return new Map([...(await rowHashes(view, places))].map(([place, { sha256 }]) => [place, sha256]))
}

/** By `source:row`. */
export async function rowHashes(view: CaseView, places: readonly { readonly source: string; readonly row: number }[]): Promise<Map<string, { readonly protected: boolean; readonly sha256: string; readonly hmac: string }>> {
  const { database, file, key } = view.open
  const hashes = new Map<string, { readonly protected: boolean; readonly sha256: string; readonly hmac: string }>()
  const own = createHmac('sha256', key).update('rows of exhibits').digest()
  for (const { name: source } of file.sources) {
    const wanted = [...new Set(places.filter((place) => place.source === source).map(({ row }) => row))]
    if (wanted.length === 0) continue
    const shielded = new Set((await maskedRows(view, wanted.map((row) => ({ source, row })))).filter(({ cells }) => cells.some((cell) => cell.masked === true)).map(({ ref }) => ref.row))
    const rows = await database.rows<Record<string, string | number | null>>(sql`SELECT * FROM ${rawTable(source)} WHERE CAST(row AS VARCHAR) IN ${wanted.map(String)}`)
    for (const { row, ...cells } of rows) {
      const text = Object.values(cells).map((cell) => (cell === null ? '' : String(cell))).join('\u001F')
      hashes.set(`${source}:${Number(row)}`, { protected: shielded.has(Number(row)), sha256: createHash('sha256').update(text, 'utf8').digest('hex'), hmac: createHmac('sha256', own).update(`${source}\u001F${text}`, 'utf8').digest('hex') })
    }
  }
  return hashes
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
