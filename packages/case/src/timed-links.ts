/** The observations under every link of a case as columns: when, on which layer, in which row; and the case with only some of them. */
import { LAYERS, layerOfKind, LAYER_NAMES } from '@ringmap/model/layer'
import { LINK_KIND_NAMES, LINK_KINDS } from '@ringmap/model/schema'
import type { LinkColumns } from '@ringmap/graph/case-columns'
import { joined, sql } from '@ringmap/store/sql'
import type { CaseColumns } from './case-network.ts'
import type { OpenCase } from './open-case.ts'

/** One entry for each observation, in the order of links, layers, sources and rows. */
export interface TimedLinks {
  /** Position of its link in the case's columns. */
  readonly link: Uint32Array
  /** Milliseconds since 1970 UTC; NaN where the row states no time. */
  readonly at: Float64Array
  readonly count: Float64Array
  /** Place in `layers`, or NO_LAYER. */
  readonly layer: Uint8Array
  /** Position of the source in case.yaml. */
  readonly source: Uint32Array
  readonly row: Uint32Array
  readonly layers: readonly { readonly layer: string; readonly label: string }[]
}

export const NO_LAYER = 255

export interface TimedLinksOptions {
  /**
   * `row`: every observation. `layer`: one entry for each link and layer, without times and rows: all that an order by layer needs, and small however many calls there are. Default `row`.
   */
  readonly each?: 'row' | 'layer'
}

export async function timedLinks(open: OpenCase, columns: CaseColumns, options: TimedLinksOptions = {}): Promise<TimedLinks> {
  const { database } = open
  const layers = await layersOf(open)
  const code = joined([...layers.keys()].map((layer, i) => sql`(${layer}, ${i})`))
  const ofKind = joined(LINK_KIND_NAMES.map((kind, i) => sql`(${i}, ${layerOfKind(kind) ?? ''})`))
  const undirected = LINK_KIND_NAMES.flatMap((kind, i) => (LINK_KINDS[kind].directed ? [] : [String(i)]))
  const turned = sql`(CAST(o.kind AS VARCHAR) IN ${undirected} AND a.entity > b.entity)`
  // The ends are settled before links are looked for: with ends that rest on two tables at once DuckDB joins on the kind alone, every call with every link.
  const all = sql`WITH code(layer, code) AS (VALUES ${code}), of_kind(kind, layer) AS (VALUES ${ofKind}), placed AS MATERIALIZED (
    SELECT o.kind, o.layer, o.at_ms, o.count, o.source, o.row, coalesce(o.currency, '') AS currency,
      CASE WHEN ${turned} THEN b.entity ELSE a.entity END AS one, CASE WHEN ${turned} THEN a.entity ELSE b.entity END AS other
    FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record)
    SELECT l.link, CAST(o.at_ms AS DOUBLE) AS moment, CAST(coalesce(o.count, 1) AS DOUBLE) AS count, CAST(coalesce(c.code, ${NO_LAYER}) AS UTINYINT) AS layer,
      o.source AS source, CAST(o.row AS INTEGER) AS row
    FROM placed o JOIN link l ON l.kind = o.kind AND l.source = o.one AND l.target = o.other AND coalesce(l.currency, '') = o.currency
    LEFT JOIN of_kind k ON k.kind = o.kind LEFT JOIN code c ON c.layer = coalesce(o.layer, k.layer)`
  const rows = options.each === 'layer'
    ? sql`SELECT link, CAST(NULL AS DOUBLE) AS moment, sum(count) AS count, layer, 0 AS source, 0 AS row FROM (${all}) GROUP BY link, layer` : all
  const total = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM (${rows})`))?.n ?? 0
  const [number, at, count, layer, source, row] = await database.columns(sql`SELECT * FROM (${rows}) ORDER BY link, layer, source, row, moment`, ['u32', 'f64', 'f64', 'u8', 'u32', 'u32'] as const, total)
  const { link, kept } = positions(number, columns)
  const pick = <A extends Uint8Array | Uint32Array | Float64Array>(column: A): A => (kept === null ? column : (column.filter((_, i) => kept[i] === 1) as A))
  return {
    link: pick(link), at: pick(at), count: pick(count), layer: pick(layer), source: pick(source), row: pick(row),
    layers: [...layers].map(([name, label]) => ({ layer: name, label })),
  }
}

/** Layers that the case has, in the order of LAYERS and then by name. */
async function layersOf(open: OpenCase): Promise<Map<string, string>> {
  const found = await open.database.rows<{ kind: number; layer: string | null }>(sql`SELECT DISTINCT kind, layer FROM observation ORDER BY kind, layer`)
  const names = new Set<string>(found.flatMap(({ kind, layer }) => layer ?? layerOfKind(LINK_KIND_NAMES[kind] as (typeof LINK_KIND_NAMES)[number]) ?? []))
  const known = LAYER_NAMES.filter((name) => names.has(name))
  const own = [...names].filter((name) => !(LAYER_NAMES as readonly string[]).includes(name)).sort()
  return new Map([...known.map((name) => [name, LAYERS[name].label] as const), ...own.map((name) => [name, name] as const)])
}

/** From numbers in the table to positions in the columns, which may hold fewer. */
function positions(number: Uint32Array, columns: CaseColumns): { link: Uint32Array; kept: Uint8Array | null } {
  const place = new Map(Array.from(columns.link_numbers, (n, l) => [n, l]))
  const whole = columns.link_numbers.every((n, l) => n === l)
  if (whole && columns.link_numbers.length > 0 && (number.at(-1) ?? 0) < columns.link_numbers.length) return { link: number, kept: null }
  return { link: number.map((n) => place.get(n) ?? 0), kept: Uint8Array.from(number, (n) => (place.has(n) ? 1 : 0)) }
}

export interface NarrowOptions {
  /**
   * `stays`: links that say who stands behind a thing stay, and only tie nobody where none of their own observations is kept: knowing whose phone it is does not end with a window
   * or a layer. `goes`: they go like the rest: the row is not there.
   */
  readonly attribution: 'stays' | 'goes'
}

/** Links with the observations marked 1. Links without any have no part in the network left. */
export function narrowed(links: LinkColumns, timed: TimedLinks, kept: Uint8Array, { attribution }: NarrowOptions): LinkColumns {
  const count = new Float64Array(links.kind.length)
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) count[timed.link[i] as number] = (count[timed.link[i] as number] as number) + (timed.count[i] as number)
  const stands = LINK_KIND_NAMES.map((kind) => LINK_KINDS[kind].projection === 'attribution')
  const ties = new Uint8Array(count.length)
  const there = new Uint8Array(count.length)
  for (let l = 0; l < count.length; l++) {
    ties[l] = (count[l] as number) > 0 ? 1 : 0
    there[l] = ties[l] === 1 || (attribution === 'stays' && stands[links.kind[l] as number] === true) ? 1 : 0
  }
  return onlyLinks({ ...links, count: count.map((n, l) => (n > 0 ? n : (links.count[l] as number))), ties }, there)
}

/** The links marked 1; the columns keep their order and lose the others. */
export function onlyLinks(links: LinkColumns, there: Uint8Array): LinkColumns {
  const keep = <A extends Uint8Array | Uint32Array | Float64Array>(column: A): A => column.filter((_, l) => there[l] === 1) as A
  return { kind: keep(links.kind), source: keep(links.source), target: keep(links.target), count: keep(links.count), criminal: keep(links.criminal), ...(links.ties === undefined ? {} : { ties: keep(links.ties) }) }
}

/** The observations of the links marked 1, numbered as `onlyLinks` numbers them. */
export function restricted(timed: TimedLinks, there: Uint8Array): TimedLinks {
  const place = new Uint32Array(there.length)
  for (let l = 0, at = 0; l < there.length; l++) if (there[l] === 1) place[l] = at++
  const keep = <A extends Uint8Array | Uint32Array | Float64Array>(column: A): A => column.filter((_, i) => there[timed.link[i] as number] === 1) as A
  return { link: keep(timed.link).map((l) => place[l] as number), at: keep(timed.at), count: keep(timed.count), layer: keep(timed.layer), source: keep(timed.source), row: keep(timed.row), layers: timed.layers }
}

export function observationsWhere(timed: TimedLinks, keep: (i: number) => boolean): Uint8Array {
  const kept = new Uint8Array(timed.link.length)
  for (let i = 0; i < kept.length; i++) if (keep(i)) kept[i] = 1
  return kept
}
