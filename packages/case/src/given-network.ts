/** The network file that a case was taken from and that nobody has added anything to: such a case gives back the very file, ids and places and strengths with it. */
import type { ExchangeSource } from '@ringmap/model/case-file'
import type { ExportEntity, ExportGraph, ExportLink } from '@ringmap/model/exchange-graph'
import { protectedEntities } from '@ringmap/evidence/mask'
import { sql } from '@ringmap/store/sql'
import { rawTable } from '@ringmap/store/tables'
import { written } from './exchange-sources.ts'
import { readJudgements } from './judgement-log.ts'
import { maskCase } from './mask-case.ts'
import type { OpenCase } from './open-case.ts'

export interface GivenNetwork {
  readonly source: string
  readonly kind: ExchangeSource['kind']
  /** The bytes that were imported. */
  readonly chunks: readonly (string | Uint8Array)[]
}

/**
 * Null where the case must speak for itself: it has another source or one of another format, the file is not of our writing or not whole any more, a person
 * has decided something about its records, or somebody whom this case protects stands open in it.
 */
export async function givenNetwork(open: OpenCase, kind: string): Promise<GivenNetwork | null> {
  const [source, ...more] = open.file.sources
  if (source === undefined || more.length > 0 || !isExchange(source, kind) || readJudgements(open).length > 0) return null
  const kept = await open.database.rows<{ columns: string }>(sql`SELECT columns FROM source WHERE name = ${source.name}`)
  if (kept.length === 0 || !(JSON.parse((kept[0] as { columns: string }).columns) as string[]).includes('stated')) return null
  const rows = await open.database.rows<{ what: string; label: string | null; stated: string }>(sql`SELECT what, label, stated FROM ${rawTable(source.name)} WHERE stated <> '' ORDER BY row`)
  const head = rows.find(({ what }) => what === 'network')
  if (head === undefined) return null
  const of = <T>(wanted: string): T[] => rows.filter(({ what }) => what === wanted).map(({ stated }) => JSON.parse(stated) as T)
  const graph: ExportGraph = { name: head.label ?? '', entities: of<ExportEntity>('entity'), links: of<ExportLink>('link') }
  const { chunks, sha256 } = written(open, source, graph)
  if (sha256 !== (JSON.parse(head.stated) as { sha256: string }).sha256) return null
  const masked = new Set(graph.entities.filter((entity) => entity.masked).map(({ id }) => id))
  return (await toMask(open, source, graph)).every((id) => masked.has(id)) ? { source: source.name, kind: source.kind, chunks } : null
}

function isExchange(source: OpenCase['file']['sources'][number], kind: string): source is ExchangeSource {
  return source.kind === kind && (source.kind === 'graphml' || source.kind === 'anx' || source.kind === 'ftm')
}

/** Ids in the file of whom this case protects: by its rules over the file itself, and by what linking found besides. */
async function toMask(open: OpenCase, source: ExchangeSource, graph: ExportGraph): Promise<string[]> {
  const { protect } = open.file
  const also = new Set(graph.entities.filter(({ id, label }) => protect.entities.includes(id) || protect.entities.includes(label)).map(({ id }) => id))
  const first = protectedEntities(graph.entities, graph.links, also).map(({ id }) => id)
  const kin = protect.kin ? graph.links.filter(({ kind }) => kind === 'related_to').flatMap((link) => (first.includes(link.source) ? [link.target] : first.includes(link.target) ? [link.source] : [])) : []
  const ids = protectedEntities(graph.entities, graph.links, new Set([...also, ...kin])).map(({ id }) => id)
  if ((await open.database.rows(sql`SELECT 1 FROM step WHERE name = 'link'`)).length === 0) return ids
  const codes = [...(await maskCase(open)).codes.keys()]
  const linked = await open.database.rows<{ id: string }>(sql`SELECT DISTINCT r.id FROM ${rawTable(source.name)} r JOIN record_row rr ON rr.row = r.row JOIN entity_record er USING (record) JOIN entity e USING (entity)
    WHERE r.what = 'entity' AND e.id IN ${codes}`)
  return [...ids, ...linked.map(({ id }) => id)]
}
