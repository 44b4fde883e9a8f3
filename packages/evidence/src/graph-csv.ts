/** A network as two tables, entities.csv and links.csv, for spreadsheets and for Gephi's import. */
import { BOM, csvLine } from './csv-text.ts'
import { byId, ENTITY_FIELDS, LINK_FIELDS, type ExportGraph, type Field } from './export-graph.ts'

export interface CsvOptions {
  /** A byte order mark, without which Excel misreads Hindi and Urdu; default true. */
  readonly bom?: boolean
}

/** Column names are those that Gephi's import knows: Id, Label; then ours. */
export function* entitiesCsv(graph: ExportGraph, options: CsvOptions = {}): Generator<string, void> {
  yield (options.bom ?? true ? BOM : '') + csvLine(['Id', 'Label', ...ENTITY_FIELDS.map(({ name }) => name)])
  for (const entity of byId(graph.entities)) yield csvLine([entity.id, entity.label, ...cells(ENTITY_FIELDS, entity)])
}

export function* linksCsv(graph: ExportGraph, options: CsvOptions = {}): Generator<string, void> {
  yield (options.bom ?? true ? BOM : '') + csvLine(['Id', 'Source', 'Target', 'Label', 'Weight', ...LINK_FIELDS.map(({ name }) => name)])
  for (const link of byId(graph.links)) yield csvLine([link.id, link.source, link.target, link.label, link.count, ...cells(LINK_FIELDS, link)])
}

function cells<T>(fields: readonly Field<T>[], item: T): (string | null)[] {
  return fields.map(({ value }) => value(item))
}
