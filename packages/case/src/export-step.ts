/** Writes a case out: charts as SVG, PNG and ANX, the network as GraphML, GEXF, CSV, ANX and FollowTheMoney, findings as JSON and CSV. Masked unless a reason was given. */
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Chart } from '@ringmap/model/chart'
import { RingmapError } from '@ringmap/model/errors'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { LINK_KIND_NAMES, LINK_KINDS, type LinkKind } from '@ringmap/model/schema'
import { anx, anxBytes } from '@ringmap/evidence/anx'
import { chartPng } from '@ringmap/evidence/chart-png'
import { chartSvg } from '@ringmap/evidence/chart-svg'
import { graphOfChart, type ExportEntity, type ExportGraph, type ExportLink, type Statement } from '@ringmap/evidence/export-graph'
import { findingsJson, organisersCsv, ringsCsv } from '@ringmap/evidence/findings-files'
import { ftm } from '@ringmap/evidence/ftm'
import { gexf } from '@ringmap/evidence/gexf'
import { entitiesCsv, linksCsv } from '@ringmap/evidence/graph-csv'
import { graphml } from '@ringmap/evidence/graphml'
import { sql } from '@ringmap/store/sql'
import { entitiesByNumber, findingsOf, LINK_COLUMNS, type CaseView, type LinkRow } from './case-view.ts'
import { localClock } from './case-clock.ts'
import { statementsOfEntities, statementsOfLinks } from './export-statements.ts'
import type { GivenNetwork } from './given-network.ts'
import { stepFingerprint } from './link-step.ts'
import { internalId, maskedWords, shownFile } from './mask-case.ts'

export const EXPORT_KINDS = ['graphml', 'gexf', 'csv', 'anx', 'ftm', 'findings'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

export interface Written {
  readonly file: string
  readonly sha256: string
  readonly size_bytes: number
}

/** Version printed in pictures. */
export const VERSION = '0.1.0'

/** A chart as an SVG text. */
export async function chartPicture(view: CaseView, chart: Chart): Promise<string> {
  return chartSvg(chart, {
    caseName: maskedWords(view.mask, view.open.file.name), reference: 'Working chart', dataHash: await dataHash(view), version: VERSION, timezone: view.open.file.timezone, maskedStatement: maskedStatement(view),
  })
}

/** @param path ends in .svg, .png or .anx. */
export async function writeChart(view: CaseView, chart: Chart, path: string): Promise<Written> {
  if (/\.anx$/i.test(path)) return writeWhole(path, anxBytes(anx(await chartWithStatements(view, chart), { local: localClock(view.open.file.timezone) })))
  const picture = await chartPicture(view, chart)
  if (/\.svg$/i.test(path)) return writeWhole(path, [picture])
  if (/\.png$/i.test(path)) return writeWhole(path, [chartPng(picture)])
  throw new RingmapError('usage', { what: `A chart is written to a file ending in .svg, .png or .anx, not to ${basename(path)}` })
}

/** Writes one kind of export into a folder. */
export async function writeExport(view: CaseView, kind: ExportKind, folder: string): Promise<Written[]> {
  if (kind === 'findings') {
    const findings = await findingsOf(view)
    return [
      writeWhole(join(folder, 'findings.json'), [findingsJson(findings)]),
      writeWhole(join(folder, 'organisers.csv'), [organisersCsv(findings)]),
      writeWhole(join(folder, 'rings.csv'), [ringsCsv(findings)]),
    ]
  }
  const graph = await exportGraph(view, kind === 'anx' || kind === 'ftm')
  if (kind === 'anx') return [writeWhole(join(folder, NETWORK_FILES.anx), anxBytes(anx(graph, { local: localClock(view.open.file.timezone) })))]
  if (kind === 'ftm') return [writeWhole(join(folder, NETWORK_FILES.ftm), ftm(graph))]
  if (kind === 'graphml') return [writeWhole(join(folder, NETWORK_FILES.graphml), graphml(graph))]
  if (kind === 'gexf') return [writeWhole(join(folder, 'network.gexf'), gexf(graph))]
  return [writeWhole(join(folder, 'entities.csv'), entitiesCsv(graph)), writeWhole(join(folder, 'links.csv'), linksCsv(graph))]
}

const NETWORK_FILES = { anx: 'network.anx', ftm: 'network.ftm.json', graphml: 'network.graphml' } as const

/** Writes the file that the case was taken from, as it was received. */
export function writeGiven({ kind, chunks }: GivenNetwork, folder: string): Written[] {
  return [writeWhole(join(folder, NETWORK_FILES[kind]), chunks)]
}

/** A chart with what the sources say under each of its lines. */
export async function chartWithStatements(view: CaseView, chart: Chart): Promise<ExportGraph> {
  const { database } = view.open
  const graph = graphOfChart(chart)
  const numbers = (rows: readonly { id: string; number: number }[]): Map<string, number> => new Map(rows.map(({ id, number }) => [id, number]))
  const entities = numbers(await database.rows(sql`SELECT id, entity AS number FROM entity WHERE id IN ${graph.entities.flatMap(({ id }) => internalId(view.mask, id) ?? [])}`))
  const links = numbers(await database.rows(sql`SELECT id, link AS number FROM link WHERE id IN ${graph.links.map(({ id }) => id)}`))
  const ofEntities = await statementsOfEntities(database, [...entities.values()])
  const ofLinks = await statementsOfLinks(database, [...links.values()])
  return {
    ...graph,
    entities: graph.entities.map((entity) => ({ ...entity, statements: shownStatements(view, ofEntities.get(entities.get(internalId(view.mask, entity.id) ?? '') ?? -1)) })),
    links: graph.links.map((link) => ({ ...link, statements: shownStatements(view, ofLinks.get(links.get(link.id) ?? -1)) })),
  }
}

function shownStatements({ mask }: CaseView, statements: readonly Statement[] | undefined): Statement[] {
  return (statements ?? []).map((one) => ({ ...one, file: shownFile(mask, one.file) }))
}

/** The whole case as it may go out. @param provenance with what the sources say under each entity and link. */
export async function exportGraph(view: CaseView, provenance = false): Promise<ExportGraph> {
  const { database, file } = view.open
  const findings = await findingsOf(view)
  const ranks = new Map(findings.organisers.map((one) => [one.subject, one.rank]))
  const rings = new Map(findings.rings.flatMap((ring) => ring.members.map((id) => [id, ring.id])))
  const numbers = (await database.rows<{ entity: number }>(sql`SELECT entity FROM entity ORDER BY entity`)).map(({ entity }) => entity)
  const known = await entitiesByNumber(view, numbers)
  const rows = await database.rows<LinkRow>(sql`SELECT ${LINK_COLUMNS} FROM link ORDER BY link`)
  const ofEntities = provenance ? await statementsOfEntities(database, null) : new Map<number, never>()
  const ofLinks = provenance ? await statementsOfLinks(database, null) : new Map<number, never>()
  return {
    name: maskedWords(view.mask, file.name),
    entities: [...known].map(([number, entity]): ExportEntity => ({ ...(provenance ? { statements: shownStatements(view, ofEntities.get(number)) } : {}), id: entity.id, kind: entity.kind, label: entity.label, roles: entity.roles, masked: entity.masked, rank: ranks.get(entity.id) ?? null, ring: rings.get(entity.id) ?? null })),
    links: rows.map((row): ExportLink => {
      const kind = LINK_KIND_NAMES[row.kind] as LinkKind
      return {
        ...(provenance ? { statements: shownStatements(view, ofLinks.get(row.link)) } : {}),
        id: row.id, kind, label: LINK_KINDS[kind].label, source: known.get(row.source)?.id ?? '', target: known.get(row.target)?.id ?? '', directed: LINK_KINDS[kind].directed, count: row.count,
        first_ms: row.first_ms, last_ms: row.last_ms, amount: row.amount, currency: row.currency, duration_s: row.duration_s, commodity: row.commodity, strength: STRENGTHS[row.strength] as Strength, criminal: row.criminal,
      }
    }),
  }
}

/** What the picture was drawn from: every source's hash and every rule that led here. */
export async function dataHash(view: CaseView): Promise<string> {
  const sources = await view.open.database.rows<{ name: string; sha256: string }>(sql`SELECT name, sha256 FROM source ORDER BY position`)
  return createHash('sha256').update(JSON.stringify({ sources, find: await stepFingerprint(view.open, 'find') })).digest('hex')
}

/** @param sealed_with who keeps what leads from the codes back to the persons, where the statement shall say so. */
export function maskedStatement(view: CaseView, sealed_with: string | null = null): string {
  if (view.mask.shown_reason !== null) return 'Identities of protected persons are SHOWN. Handle accordingly.'
  if (view.mask.codes.size === 0) return 'No protected person is recorded in this case.'
  return `Masked version: victims, witnesses, minors and informants stand under codes${sealed_with === null ? '' : `; the key to them is sealed with ${sealed_with}`}.`
}

/** To a temporary name beside it, then renamed: nobody ever finds half a file. */
function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Written {
  const hash = createHash('sha256')
  let size = 0
  const draft = join(dirname(path), `.${basename(path)}.part`)
  mkdirSync(dirname(path), { recursive: true })
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
      hash.update(bytes)
      size += bytes.length
    }
    closeSync(descriptor)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new RingmapError('export_failed', { what: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
  return { file: path, sha256: hash.digest('hex'), size_bytes: size }
}
