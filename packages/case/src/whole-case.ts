/** Every entity and link of a case as columns with their places: laid out once, kept with the case, redone when the links change. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Chart } from '@ringmap/model/chart'
import { decodeColumns, encodeColumns } from '@ringmap/model/columns'
import { RingmapError } from '@ringmap/model/errors'
import type { WholeCaseHead } from '@ringmap/model/wire'
import { louvain } from '@ringmap/analysis/louvain'
import { csrFromEdges } from '@ringmap/graph/csr'
import { largePlaces, type LargePlaces } from '@ringmap/graph/large-places'
import { sql } from '@ringmap/store/sql'
import { drawnAmong } from './case-chart.ts'
import { entitiesByNumber, type CaseView } from './case-view.ts'
import { stepFingerprint } from './link-step.ts'
import { publicId } from './mask-case.ts'

/** Raised when places are found in another way. */
const LAYOUT_VERSION = 1
const DAY_ms = 86_400_000
/** Names that stand on the drawing. */
const NAMED = 80
/** A chart of more than this is no longer worked on by hand. */
export const AMONG_AT_MOST = 600

interface Ends {
  readonly source: Uint32Array
  readonly target: Uint32Array
}

const kept = new WeakMap<CaseView, Promise<Uint8Array<ArrayBuffer>>>()

/** As `WholeCaseHead` says; built once for each open case. */
export async function wholeCase(view: CaseView): Promise<Uint8Array<ArrayBuffer>> {
  let answer = kept.get(view)
  if (answer === undefined) {
    answer = built(view)
    kept.set(view, answer)
    // A failure is not kept: the next one who asks tries again.
    answer.catch(() => kept.delete(view))
  }
  return await answer
}

/** @throws RingmapError usage: none or too many */
export async function chartAmong(view: CaseView, ids: readonly string[]): Promise<Chart> {
  if (ids.length === 0 || ids.length > AMONG_AT_MOST) throw new RingmapError('usage', { what: `A chart takes 1 to ${AMONG_AT_MOST} entities; ${ids.length} were chosen.` })
  const chart = await drawnAmong(view, `${ids.length} chosen entities`, 'chosen by hand, with every link among them', ids.map((id) => ({ id, focus: false })))
  return { ...chart, shown: { ...chart.shown, why: 'chosen by hand' } }
}

async function built(view: CaseView): Promise<Uint8Array<ArrayBuffer>> {
  const { database } = view.open
  const counts = await database.one<{ entities: number; links: number; loops: number; from_ms: number | null; until_ms: number | null }>(sql`SELECT (SELECT count(*) FROM entity) AS entities,
    count(*) FILTER (WHERE source <> target) AS links, count(*) FILTER (WHERE source = target) AS loops, min(first_ms) AS from_ms, max(coalesce(last_ms, first_ms)) AS until_ms FROM link`)
  const { entities, links, loops, from_ms, until_ms } = counts ?? { entities: 0, links: 0, loops: 0, from_ms: null, until_ms: null }
  const origin = from_ms ?? 0
  const [kind] = await database.columns(sql`SELECT kind_index FROM entity ORDER BY entity`, ['u8'] as const, entities)
  const [source, target, linkKind, strength, criminal, first, last, amount, count] = await database.columns(
    sql`SELECT source, target, kind, strength, CAST(criminal AS UTINYINT), CAST(first_ms - ${origin} AS DOUBLE) / ${DAY_ms}, CAST(coalesce(last_ms, first_ms) - ${origin} AS DOUBLE) / ${DAY_ms},
      coalesce(CAST(amount AS DOUBLE), -1), CAST(count AS DOUBLE) FROM link WHERE source <> target ORDER BY link`,
    ['u32', 'u32', 'u8', 'u8', 'u8', 'f64', 'f64', 'f64', 'f64'] as const, links,
  )
  const [x, y, group] = await placesOf(view, { source, target }, entities)
  const { id_ends, id_bytes, masked } = await idsOf(view, entities)
  return encodeColumns<WholeCaseHead>({
    head: { entities, links, origin_ms: origin, from_ms, until_ms, loops, named: await bestLinked(view, { source, target }, entities) },
    columns: {
      kind, masked, x, y, group, id_ends, id_bytes, source, target, link_kind: linkKind, strength, criminal,
      first: Float32Array.from(first), last: Float32Array.from(last), amount: Float32Array.from(amount), count: Float32Array.from(count),
    },
  })
}

/** Those kept with the case, if they are of these links; else found anew and kept. */
async function placesOf(view: CaseView, { source, target }: Ends, entities: number): Promise<readonly [Float32Array, Float32Array, Uint32Array]> {
  const path = join(view.open.work, 'charts', 'whole-case.places')
  const of = `${LAYOUT_VERSION} ${await stepFingerprint(view.open, 'link')} ${view.open.file.find.seed} ${entities} ${source.length}`
  const known = storedPlaces(path, of)
  if (known !== null) return known
  const csr = csrFromEdges(entities, source, target)
  const { community, count } = louvain(csr, { seed: view.open.file.find.seed })
  const { x, y }: LargePlaces = largePlaces(csr, community, count)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, encodeColumns({ head: { of }, columns: { x, y, group: community } }), { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return [x, y, community]
}

function storedPlaces(path: string, of: string): readonly [Float32Array, Float32Array, Uint32Array] | null {
  if (!existsSync(path)) return null
  try {
    const bytes = readFileSync(path)
    const { head, columns } = decodeColumns<{ of: string }>(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    return head.of === of ? [columns['x'] as Float32Array, columns['y'] as Float32Array, columns['group'] as Uint32Array] : null
  } catch {
    // Cut off or damaged: places can always be found again.
    return null
  }
}

/** Public ids one after the other: a protected entity stands under its code from here on. */
async function idsOf(view: CaseView, entities: number): Promise<{ readonly id_ends: Uint32Array; readonly id_bytes: Uint8Array; readonly masked: Uint8Array }> {
  const ends = new Uint32Array(entities)
  const masked = new Uint8Array(entities)
  const pieces: string[] = []
  let length = 0
  let at = 0
  await view.open.database.eachText(sql`SELECT id FROM entity ORDER BY entity`, (id) => {
    const shown = publicId(view.mask, id ?? '')
    masked[at] = view.mask.codes.has(id ?? '') ? 1 : 0
    length += shown.length
    ends[at++] = length
    pieces.push(shown)
  })
  return { id_ends: ends, id_bytes: new TextEncoder().encode(pieces.join('')), masked }
}

async function bestLinked(view: CaseView, { source, target }: Ends, entities: number): Promise<WholeCaseHead['named']> {
  const degree = new Uint32Array(entities)
  for (const v of source) degree[v] = (degree[v] as number) + 1
  for (const v of target) degree[v] = (degree[v] as number) + 1
  const best = [...degree.keys()].sort((a, b) => (degree[b] as number) - (degree[a] as number) || a - b).slice(0, NAMED)
  const names = await entitiesByNumber(view, best)
  return best.map((entity) => ({ entity, label: names.get(entity)?.label ?? '' }))
}
