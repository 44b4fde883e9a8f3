/** Source rows as written, on their way out: cells that say who a protected person is are replaced. */
import type { SourceRow } from '@ringmap/model/entity'
import type { SourceMapping } from '@ringmap/model/case-file'
import { rawTable } from '@ringmap/store/tables'
import { sql } from '@ringmap/store/sql'
import { columnsOf } from '@ringmap/sources/column-sql'
import { idColumns } from '@ringmap/sources/record-keys'
import { maskedWords, shownFile } from './mask-case.ts'
import type { CaseView } from './case-view.ts'

interface RowPlace {
  readonly source: string
  readonly row: number
}

/** Stands for a cell that is held back whole. */
export const HELD_BACK = '[protected]'

/** Rows in the order asked for; a place that does not exist is left out. */
export async function maskedRows(view: CaseView, places: readonly RowPlace[]): Promise<SourceRow[]> {
  const { database, file } = view.open
  const found = new Map<string, SourceRow>()
  for (const source of file.sources) {
    const wanted = [...new Set(places.filter((place) => place.source === source.name).map((place) => place.row))]
    if (wanted.length === 0) continue
    const meta = await database.one<{ file: string; sheet: string | null; sha256: string }>(sql`SELECT file, sheet, sha256 FROM source WHERE name = ${source.name}`)
    const held = await heldBack(view, source, wanted)
    const rows = await database.rows<Record<string, string | number | null>>(sql`SELECT * FROM ${rawTable(source.name)} WHERE CAST(row AS VARCHAR) IN ${wanted.map(String)}`)
    for (const { row, ...cells } of rows) {
      const at = Number(row)
      const open = held.get(at)
      found.set(`${source.name}:${at}`, {
        ref: { source: source.name, file: shownFile(view.mask, meta?.file ?? source.file), sha256: meta?.sha256 ?? '', ...(meta?.sheet ? { sheet: meta.sheet } : {}), row: at },
        cells: Object.entries(cells).map(([column, value]) => shownCell(view, column, value === null ? null : String(value), open)),
      })
    }
  }
  return places.flatMap((place) => found.get(`${place.source}:${place.row}`) ?? [])
}

function shownCell(view: CaseView, column: string, value: string | null, open: ReadonlySet<string> | undefined): SourceRow['cells'][number] {
  if (value === null || value === '') return { column, value }
  if (open !== undefined && !open.has(column)) return { column, value: HELD_BACK, masked: true }
  const shown = maskedWords(view.mask, value)
  return shown === value ? { column, value } : { column, value: shown, masked: true }
}

/**
 * Rows that describe a protected person or thing, with the columns that may still be read there: those which identify events and places, and
 * times. Every other cell of such a row may say who the person is, mapped or not.
 */
async function heldBack(view: CaseView, source: SourceMapping, rows: readonly number[]): Promise<Map<number, ReadonlySet<string>>> {
  if (view.mask.codes.size === 0) return new Map()
  const { database } = view.open
  const shielded = await database.rows<{ row: number }>(sql`SELECT DISTINCT rr.row FROM record_row rr JOIN source s ON s.position = rr.source JOIN entity_record er USING (record) JOIN entity e USING (entity)
    WHERE s.name = ${source.name} AND CAST(rr.row AS VARCHAR) IN ${rows.map(String)} AND e.id IN ${[...view.mask.codes.keys()]}`)
  const open = new Set<string>()
  for (const entity of Object.values(source.entities)) {
    if (entity.kind !== 'Event' && entity.kind !== 'Location') continue
    for (const column of idColumns(entity)) open.add(column)
    for (const name of ['type', 'date', 'place', 'sections', 'district'] as const) for (const column of columnsOf(entity.properties[name] ?? { value: '' })) open.add(column)
  }
  return new Map(shielded.map(({ row }) => [row, open]))
}

/** Rows that describe an entity, in the order of sources; where none does, those of its first observations. */
export async function rowsOfEntity(view: CaseView, entity: number, limit: number): Promise<{ readonly rows: SourceRow[]; readonly of: number }> {
  const { database } = view.open
  const describing = sql`SELECT DISTINCT rr.source, rr.row FROM record_row rr JOIN entity_record er USING (record) WHERE er.entity = ${entity}`
  const mentioning = sql`SELECT DISTINCT o.source, o.row FROM observation o WHERE o.from_record IN (SELECT record FROM entity_record WHERE entity = ${entity})
    OR o.to_record IN (SELECT record FROM entity_record WHERE entity = ${entity})`
  for (const query of [describing, mentioning]) {
    const of = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (${query})`))?.n ?? 0
    if (of === 0) continue
    const places = await database.rows<RowPlace>(sql`SELECT s.name AS source, q.row FROM (${query}) q JOIN source s ON s.position = q.source ORDER BY s.position, q.row LIMIT ${limit}`)
    return { rows: await maskedRows(view, places), of }
  }
  return { rows: [], of: 0 }
}
