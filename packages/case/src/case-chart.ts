/** Charts of a case: a ring, a person with his surroundings, or what is around a thing; and what one expansion adds. */
import type { Chart, ChartEntity, ChartLink, Shown } from '@ringmap/model/chart'
import { RingmapError } from '@ringmap/model/errors'
import type { Findings } from '@ringmap/model/finding'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { LINK_KIND_NAMES, LINK_KINDS, type LinkKind } from '@ringmap/model/schema'
import type { ExpandAnswer, Routes } from '@ringmap/model/wire'
import { linksAmong, selectChart, type ChartSelection } from '@ringmap/graph/chart-selection'
import { layoutChart } from '@ringmap/graph/layout'
import { neighbourhood } from '@ringmap/graph/neighbourhood'
import { sql } from '@ringmap/store/sql'
import { entitiesByNumber, entityNumber, findingsOf, LINK_COLUMNS, type CaseView, type LinkRow } from './case-view.ts'
import { communityMembers } from './case-overview.ts'
import { disputedLinks } from './disputed-links.ts'
import { internalId } from './mask-case.ts'

/** A chart beyond this is no longer read by a person. */
const LARGEST = 80

export interface ChartOptions {
  /** Bits from which whoever may be the same as a person of the chart stands beside that person; default nobody is added for it. */
  readonly doubles_from?: number
}

/** @param subject ring id or public entity id. @throws RingmapError not_found */
export async function chartOf(view: CaseView, subject: string, options: ChartOptions = {}): Promise<Chart> {
  const findings = await findingsOf(view)
  const ring = findings.rings.find((one) => one.id === subject)
  const { entities, links, network, link_numbers: numbers } = await view.network()
  if (ring !== undefined) {
    // In the order of the ring's ranking, then those who are not ranked.
    const ranked = ring.organisers.map((one) => one.subject)
    const members = [...ranked, ...ring.members.filter((id) => !ranked.includes(id))]
    const focus: number[] = []
    for (const entity of await numbersOf(view, members)) focus.push(network.actor_of[entity] as number)
    const selection = selectChart(entities, links, network, focus.filter((actor) => actor >= 0), { limit: LARGEST, subject: 'ring' })
    const title = ring.label
    const subtitle = `${ring.members.length} persons${ring.protected_members > 0 ? `, ${ring.protected_members} of them protected` : ''}; ${Math.round(ring.criminal_share * 100)} % with a link to an offence`
    return await drawn(view, { findings, title, subtitle, ...(await withDoubles(view, selection, options)), focus: new Set(ranked.slice(0, 1)) })
  }
  const group = await communityMembers(view, subject)
  if (group !== null) {
    const selection = selectChart(entities, links, network, group, { limit: LARGEST, subject: 'ring' })
    const title = `Group ${subject.replace('community-', '')}`
    return await drawn(view, { findings, title, subtitle: `${group.length} persons who keep to each other more than to the rest`, entities: [...selection.entities], rows: pick(numbers, selection.links), shown: { ...selection.shown, why: selection.shown.why.replaceAll('ring', 'group') }, focus: new Set() })
  }
  const number = await entityNumber(view, subject)
  const label = (await entitiesByNumber(view, [number])).get(number)?.label ?? subject
  const actor = network.actor_of[number] as number
  if (actor >= 0) {
    const selection = selectChart(entities, links, network, [actor], { limit: LARGEST, subject: 'person' })
    return await drawn(view, { findings, title: label, subtitle: 'with those tied to this person, and what joins them', ...(await withDoubles(view, selection, options)), focus: new Set([subject]) })
  }
  const around = neighbourhood(entities, links, number, { limit: LARGEST - 1 })
  const chosen = [number, ...around.nearest]
  const among = linksAmong(entities.kind.length, links, chosen)
  const why = around.of > around.nearest.length ? `The ${around.nearest.length} with most links to it, of ${around.of}.` : 'Everything linked to it.'
  return await drawn(view, { findings, title: label, subtitle: 'and what is linked to it', entities: chosen, rows: pick(numbers, among), shown: { entities: chosen.length, entities_of: around.of + 1, links: among.length, links_of: among.length, why }, focus: new Set([subject]) })
}

/** What an expansion adds: the nearest neighbours of one kind, links among them, and links to what is on the chart already. */
export async function expandFrom(view: CaseView, body: Routes['POST /api/expand']['body']): Promise<ExpandAnswer> {
  const { entities, links, link_numbers: numbers } = await view.network()
  const number = await entityNumber(view, body.id)
  const have = await numbersOf(view, body.have)
  const around = neighbourhood(entities, links, number, { link: body.link, kind: body.kind, have, limit: body.limit })
  const fresh = new Set(around.nearest)
  const among = linksAmong(entities.kind.length, links, [...new Set([...have, number, ...fresh])]).filter((l) => fresh.has(links.source[l] as number) || fresh.has(links.target[l] as number))
  const why = around.of > fresh.size ? `The ${fresh.size} with most links, of ${around.of}.` : 'All there are.'
  const chart = await drawn(view, {
    findings: await findingsOf(view), title: '', subtitle: '', entities: [...fresh], rows: pick(numbers, among), focus: new Set(),
    shown: { entities: fresh.size, entities_of: around.of, links: among.length, links_of: among.length, why },
  })
  return { chart, around: body.id, of: around.of }
}

/** Whoever a machine thinks the same as a person of the chart, and did not join, belongs beside that person: what may be one is not to be read as two. */
async function withDoubles(view: CaseView, selection: ChartSelection, { doubles_from }: ChartOptions): Promise<Pick<Drawing, 'entities' | 'rows' | 'shown'>> {
  const { entities: columns, links, link_numbers: numbers } = await view.network()
  const chosen = [...selection.entities]
  const more = doubles_from === undefined || chosen.length === 0 ? [] : await view.open.database.rows<{ entity: number }>(sql`WITH pair AS (
      SELECT a.entity AS one, b.entity AS other FROM possible_same p JOIN entity_record a ON a.record = p.left_record JOIN entity_record b ON b.record = p.right_record WHERE p.weight >= ${doubles_from} AND p.state <> 'contradicted'),
    either_way AS (SELECT one, other FROM pair UNION SELECT other, one FROM pair)
    SELECT DISTINCT other AS entity FROM either_way WHERE CAST(one AS VARCHAR) IN ${chosen.map(String)} AND CAST(other AS VARCHAR) NOT IN ${chosen.map(String)} ORDER BY 1`)
  if (more.length === 0) return { entities: chosen, rows: pick(numbers, selection.links), shown: selection.shown }
  const entities = [...chosen, ...more.map(({ entity }) => entity)]
  const among = linksAmong(columns.kind.length, links, entities)
  const { shown } = selection
  const added = among.length - selection.links.length
  return {
    entities, rows: pick(numbers, among),
    shown: { entities: entities.length, entities_of: shown.entities_of + more.length, links: among.length, links_of: shown.links_of + added, why: `${shown.why} ${more.length} ${more.length === 1 ? 'record of a person that is possibly the same as one drawn stands beside it' : 'records of persons that are possibly the same as some drawn stand beside them'}, not joined.` },
  }
}

function pick(numbers: Uint32Array, rows: Uint32Array): number[] {
  return [...rows].map((row) => numbers[row] as number)
}

/** Numbers of the entities that are known, in the order given. */
async function numbersOf(view: CaseView, ids: readonly string[]): Promise<number[]> {
  const inside = ids.map((id) => internalId(view.mask, id)).filter((id) => id !== null)
  if (inside.length === 0) return []
  const rows = await view.open.database.rows<{ id: string; entity: number }>(sql`SELECT id, entity FROM entity WHERE id IN ${inside}`)
  const byId = new Map(rows.map(({ id, entity }) => [id, entity]))
  return inside.map((id) => byId.get(id)).filter((entity) => entity !== undefined)
}

interface Drawing {
  readonly findings: Findings
  readonly title: string
  readonly subtitle: string
  readonly entities: readonly number[]
  /** Numbers of links in the table. */
  readonly rows: readonly number[]
  readonly shown: Shown
  /** Public ids. */
  readonly focus: ReadonlySet<string>
  /** By public id; laid out when left out. */
  readonly places?: ReadonlyMap<string, { readonly x: number; readonly y: number }> | undefined
}

/** A chart of entities in the places given, or laid out where one has none, with every link among them; those the case no longer holds are left out and counted. */
export async function drawnAmong(
  view: CaseView, title: string, subtitle: string, wanted: readonly { readonly id: string; readonly x?: number; readonly y?: number; readonly focus: boolean }[],
): Promise<Chart> {
  const { entities, links, link_numbers: numbers } = await view.network()
  const known = await numbersOf(view, wanted.map(({ id }) => id))
  const among = linksAmong(entities.kind.length, links, known)
  const gone = wanted.length - known.length
  const placed = wanted.flatMap(({ id, x, y }) => x === undefined || y === undefined ? [] : [[id, { x, y }] as const])
  return await drawn(view, {
    findings: await findingsOf(view), title, subtitle, entities: known, rows: pick(numbers, among), focus: new Set(wanted.filter(({ focus }) => focus).map(({ id }) => id)),
    shown: { entities: known.length, entities_of: wanted.length, links: among.length, links_of: among.length, why: gone === 0 ? 'As it was saved, with all links among them' : `${gone} of the saved entities are no longer in the case: merged or gone with their source` },
    places: placed.length === wanted.length ? new Map(placed) : undefined,
  })
}

/** A chart of given entities and links with the names that numbers have on it. */
export async function drawnChart(view: CaseView, drawing: Omit<Drawing, 'findings'>): Promise<{ readonly chart: Chart; readonly idOf: (entity: number) => string; readonly linkOf: (link: number) => string | null }> {
  const chart = await drawn(view, { ...drawing, findings: await findingsOf(view) })
  const known = await entitiesByNumber(view, drawing.entities)
  const ids = new Map((drawing.rows.length === 0 ? [] : await view.open.database.rows<{ link: number; id: string }>(sql`SELECT link, id FROM link WHERE CAST(link AS VARCHAR) IN ${drawing.rows.map(String)}`)).map(({ link, id }) => [link, id]))
  return { chart, idOf: (entity) => known.get(entity)?.id ?? '', linkOf: (link) => ids.get(link) ?? null }
}

async function drawn(view: CaseView, drawing: Drawing): Promise<Chart> {
  const known = await entitiesByNumber(view, drawing.entities)
  const ranks = new Map(drawing.findings.organisers.map((one) => [one.subject, one.rank]))
  const rings = new Map(drawing.findings.rings.flatMap((ring) => ring.members.map((id) => [id, ring.id])))
  const rows = drawing.rows.length === 0 ? [] : await view.open.database.rows<LinkRow>(sql`SELECT ${LINK_COLUMNS} FROM link WHERE CAST(link AS VARCHAR) IN ${drawing.rows.map(String)} ORDER BY link`)
  const disputed = await disputedLinks(view.open.database, drawing.rows)
  // What an expansion brings is linked to what is on the chart already.
  const beside = await entitiesByNumber(view, new Set(rows.flatMap(({ source, target }) => [source, target]).filter((entity) => !known.has(entity))))
  const idOf = (entity: number): string => (known.get(entity) ?? beside.get(entity))?.id ?? ''
  const links = rows.map((row): ChartLink => ({
    id: row.id, kind: LINK_KIND_NAMES[row.kind] as LinkKind, label: linkLabel(row), source: idOf(row.source), target: idOf(row.target),
    directed: LINK_KINDS[LINK_KIND_NAMES[row.kind] as LinkKind].directed, count: row.count, first_ms: row.first_ms, last_ms: row.last_ms,
    amount: row.amount, currency: row.currency, strength: STRENGTHS[row.strength] as Strength, criminal: row.criminal,
    ...(disputed.has(row.id) ? { disputed: true } : {}),
  }))
  const list = [...known.values()]
  const places = drawing.places ?? layoutChart(list, links, { seed: view.open.file.find.seed })
  const entities = list.map((entity): ChartEntity => ({
    ...entity, x: places.get(entity.id)?.x ?? 0, y: places.get(entity.id)?.y ?? 0, focus: drawing.focus.has(entity.id), rank: ranks.get(entity.id) ?? null, ring: rings.get(entity.id) ?? null,
  })).sort((a, b) => (a.id < b.id ? -1 : 1))
  return { title: drawing.title, subtitle: drawing.subtitle, entities, links, shown: drawing.shown }
}

/** `called 42 times`, `paid`. */
function linkLabel(row: LinkRow): string {
  const spec = LINK_KINDS[LINK_KIND_NAMES[row.kind] as LinkKind]
  return spec.counts === 'calls' && row.count > 1 ? `${spec.label} ${row.count} times` : spec.label
}

/** Subjects that a chart can have, for help and completion. @throws RingmapError not_found */
export async function firstSubject(view: CaseView): Promise<string> {
  const findings = await findingsOf(view)
  const subject = findings.rings[0]?.id ?? findings.organisers[0]?.subject
  if (subject === undefined) throw new RingmapError('not_found', { what: 'A ring or a ranked person' })
  return subject
}
