/** The sources of a case that are network files of other programs: read into a table of the case before import takes them as it takes every file. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { ExchangeSource } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { EXCHANGE_COLUMNS, type ExchangeColumn } from '@ringmap/model/exchange-mapping'
import type { ExportEntity, ExportGraph, ExportLink } from '@ringmap/model/exchange-graph'
import type { Issue } from '@ringmap/model/issue'
import { ENTITY_KINDS, PROTECTED_ROLES } from '@ringmap/model/schema'
import { anx, anxBytes } from '@ringmap/evidence/anx'
import { ftm } from '@ringmap/evidence/ftm'
import { graphml } from '@ringmap/evidence/graphml'
import { isoTime } from '@ringmap/evidence/iso-time'
import { csvCell } from '@ringmap/model/csv-cell'
import type { ExchangeFile, ExchangeTrouble } from '@ringmap/sources/exchange-file'
import { readAnx } from '@ringmap/sources/read-anx'
import { readFtm } from '@ringmap/sources/read-ftm'
import { readGraphml } from '@ringmap/sources/read-graphml'
import { localClock, utcClock } from './case-clock.ts'
import type { OpenCase } from './open-case.ts'

/** @throws RingmapError source_missing, exchange_unreadable */
export function readExchangeSources(open: OpenCase): void {
  for (const source of open.file.sources) if (source.kind === 'graphml' || source.kind === 'anx' || source.kind === 'ftm') readOne(open, source)
}

export function exchangeIssues(open: OpenCase, source: ExchangeSource, shown: string): Issue[] {
  const path = issuePath(open, source)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Issue[]).map((issue) => ({ ...issue, file: shown })) : []
}

function readOne(open: OpenCase, source: ExchangeSource): void {
  const named = source.original.replaceAll('${RINGMAP_DATA}', open.data)
  const path = isAbsolute(named) ? named : join(open.folder, named)
  if (!existsSync(path)) throw new RingmapError('source_missing', { source: source.name, file: source.original })
  const bytes = readFileSync(path)
  const { graph, troubles } = readNetwork(open, source, bytes)
  const kinds = new Map(graph.entities.map((entity) => [entity.id, entity]))
  const own = wroteOurselves(open, source, bytes, graph, troubles)
  const rows = [...own, ...[...graph.entities.map(entityRow), ...graph.links.map((link) => linkRow(link, kinds))].map((row, i) => (own.length === 0 ? row : { ...row, stated: JSON.stringify(graph.entities[i] ?? graph.links[i - graph.entities.length]) }))]
  const text = [EXCHANGE_COLUMNS, ...rows.map((row) => EXCHANGE_COLUMNS.map((column) => row[column] ?? ''))].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
  write(join(open.work, source.file), text)
  const foreign = graph.links.filter(({ currency, amount }) => amount !== null && currency !== null && currency !== source.currency).map(({ id, currency }): ExchangeTrouble => ({ what: 'value_unreadable', at: 0, value: `${id}: amount in ${currency ?? ''}` }))
  write(issuePath(open, source), JSON.stringify(issuesOf(source, [...troubles, ...foreign])))
}

function readNetwork(open: OpenCase, source: ExchangeSource, bytes: Buffer): ExchangeFile {
  const words = { entity_kinds: source.entity_kinds, link_kinds: source.link_kinds }
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  if (source.kind === 'ftm') return readFtm(text, words)
  return source.kind === 'anx' ? readAnx(text, source.original, { ...words, utc: utcClock(source.timezone ?? open.file.timezone) }) : readGraphml(text, source.original, words)
}

/** Of a file that our own writer makes again to the byte, the row that says so; of others none. */
function wroteOurselves(open: OpenCase, source: ExchangeSource, bytes: Buffer, graph: ExportGraph, troubles: readonly ExchangeTrouble[]): Row[] {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (troubles.length > 0 || written(open, source, graph).sha256 !== sha256) return []
  return [{ what: 'network', label: graph.name, stated: JSON.stringify({ sha256 }) }]
}

/** A network in the format of a source, on the clock of its times. */
export function written(open: OpenCase, source: ExchangeSource, graph: ExportGraph): { readonly chunks: readonly (string | Uint8Array)[]; readonly sha256: string } {
  const chunks = [...(source.kind === 'anx' ? anxBytes(anx(graph, { local: localClock(source.timezone ?? open.file.timezone) })) : source.kind === 'ftm' ? ftm(graph) : graphml(graph))]
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return { chunks, sha256: hash.digest('hex') }
}

type Row = Partial<Readonly<Record<ExchangeColumn, string>>>

/** A phone is its number in every source; a person of another program is known by the id it has there. */
function keyOf(entity: ExportEntity | undefined, id: string): string {
  return entity !== undefined && ENTITY_KINDS[entity.kind].global_id && !entity.masked && entity.label !== '' ? entity.label : id
}

function entityRow(entity: ExportEntity): Row {
  const { id, kind, label, roles } = entity
  return { what: 'entity', id, key: keyOf(entity, id), kind, label, role: PROTECTED_ROLES.find((role) => roles.includes(role)) ?? roles[0] ?? '' }
}

function linkRow(link: ExportLink, entities: ReadonlyMap<string, ExportEntity>): Row {
  const [from, to] = [entities.get(link.source), entities.get(link.target)]
  const grades = [...new Set((link.statements ?? []).map(({ grade }) => grade ?? ''))]
  const moment = (at_ms: number | null): string => (at_ms === null ? '' : isoTime(at_ms))
  return {
    what: 'link', id: link.id, label: link.label, source: link.source, source_key: keyOf(from, link.source), source_kind: from?.kind ?? '', target: link.target, target_key: keyOf(to, link.target), target_kind: to?.kind ?? '', link_kind: link.kind,
    count: String(link.count), first: moment(link.first_ms), last: moment(link.last_ms), amount_minor: link.amount ?? '', duration_s: link.duration_s === undefined || link.duration_s === null ? '' : String(Math.round(link.duration_s)), commodity: link.commodity ?? '',
    // Grades that differ are not made one.
    grade: grades.length === 1 ? (grades[0] as string) : '',
  }
}

const CODES: Readonly<Record<ExchangeTrouble['what'], Issue['code']>> = { kind_unknown: 'kind_unknown', end_missing: 'value_missing', value_unreadable: 'value_flattened' }

function issuesOf(source: ExchangeSource, troubles: readonly ExchangeTrouble[]): Issue[] {
  return (['kind_unknown', 'end_missing', 'value_unreadable'] as const).flatMap((what): Issue[] => {
    const own = troubles.filter((one) => one.what === what)
    if (own.length === 0) return []
    return [{ code: CODES[what], source: source.name, file: source.original, column: null, count: own.length, examples: own.slice(0, 10).map(({ at, value }) => ({ row: at, value })), message: MESSAGES[what] }]
  })
}

const MESSAGES: Readonly<Record<ExchangeTrouble['what'], string>> = {
  kind_unknown: 'items of a kind that is not known were left out; entity_kinds and link_kinds of the source say what their words mean',
  end_missing: 'links of which an end is not in the file were left out',
  value_unreadable: 'values or lines that could not be read were left out',
}

function issuePath(open: OpenCase, source: ExchangeSource): string {
  return join(open.work, source.file.replace(/\.csv$/, '.issues.json'))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.part`, text, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}
