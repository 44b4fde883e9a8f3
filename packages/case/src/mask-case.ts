/** What a case must not let out: its protected entities with their codes, and every way in which they are written. */
import { maskCodes, protectedEntities, type MaskableEntity } from '@ringmap/evidence/mask'
import { maskerOf, maskText, type Masker, type Secret } from '@ringmap/evidence/mask-text'
import { LINK_KIND_NAMES, LINK_KINDS, PROTECTED_ROLES, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { Findings, Reason } from '@ringmap/model/finding'
import { sql } from '@ringmap/store/sql'
import { orderedRoles } from './case-network.ts'
import type { OpenCase } from './open-case.ts'

export interface CaseMask {
  /** Code of each protected entity, by id; empty where everything is shown. */
  readonly codes: ReadonlyMap<string, string>
  /** Entity id behind each code. */
  readonly ids: ReadonlyMap<string, string>
  readonly masker: Masker
  readonly shown_reason: string | null
}

/** How far attribution is followed from a protected person: phone, SIM, handset, and what is seen in it. */
const HOPS = 4

/** @param reason set when a person asked, in so many words, to see identities; the caller writes it to the audit trail first. */
export async function maskCase(open: OpenCase, reason: string | null = null): Promise<CaseMask> {
  const none: CaseMask = { codes: new Map(), ids: new Map(), masker: maskerOf(new Map(), []), shown_reason: reason }
  if (reason !== null) return none
  const { entities, links, also } = await reachOfProtected(open)
  if (entities.length === 0) return none
  const codes = maskCodes(open.key, protectedEntities(entities, links, also))
  const masker = maskerOf(codes, await secretsOf(open, codes))
  return { codes, ids: new Map([...codes].map(([id, code]) => [code, id])), masker, shown_reason: null }
}

/** The mask of a case as it stood earlier: whoever and whatever is protected today is protected there too, by every value that is known today. */
export async function maskOfPast(past: OpenCase, today: { readonly open: OpenCase; readonly mask: CaseMask }): Promise<CaseMask> {
  const { entities, links, also } = await reachOfProtected({ ...past, file: { ...past.file, protect: { ...past.file.protect, entities: [...past.file.protect.entities, ...today.mask.codes.keys()] } } })
  const codes = maskCodes(past.key, protectedEntities(entities, links, also))
  const masker = maskerOf(new Map([...today.mask.codes, ...codes]), [...(await secretsOf(past, codes)), ...(await secretsOf(today.open, today.mask.codes))])
  return { codes, ids: new Map([...codes].map(([id, code]) => [code, id])), masker, shown_reason: null }
}

/** Bits from which somebody is masked because he may be a protected person under another spelling: then his name would give hers away. */
const MASKED_FROM = 5

/** Ids of persons who are likely the same as a protected one and have not been told apart. */
async function likelyDoubles(open: OpenCase): Promise<string[]> {
  const pairs = sql`SELECT a.entity AS one, b.entity AS other FROM possible_same p JOIN entity_record a ON a.record = p.left_record JOIN entity_record b ON b.record = p.right_record
    WHERE p.weight >= ${MASKED_FROM} AND p.state <> 'contradicted'`
  const rows = await open.database.rows<{ id: string }>(sql`SELECT DISTINCT e.id FROM (SELECT one, other FROM (${pairs}) UNION ALL SELECT other, one FROM (${pairs})) p
    JOIN entity_role r ON r.entity = p.one AND r.role IN ${PROTECTED_ROLES} JOIN entity e ON e.entity = p.other ORDER BY e.id`)
  return rows.map((row) => row.id)
}

/** Ids of persons who are recorded as related to a protected one. */
async function kinOfProtected(open: OpenCase): Promise<string[]> {
  const kind = LINK_KIND_NAMES.indexOf('related_to')
  const ends = sql`SELECT source AS one, target AS other FROM link WHERE kind = ${kind} UNION ALL SELECT target, source FROM link WHERE kind = ${kind}`
  return (await open.database.rows<{ id: string }>(sql`SELECT DISTINCT e.id FROM (${ends}) k JOIN reached r ON r.entity = k.one JOIN entity e ON e.entity = k.other ORDER BY e.id`)).map(({ id }) => id)
}

interface Reach {
  readonly entities: MaskableEntity[]
  readonly links: { kind: LinkKind; source: string; target: string }[]
  readonly also: ReadonlySet<string>
}

/** The protected persons, and the part of the attribution links that hangs on them: all that the rule needs, however large the case. */
async function reachOfProtected(open: OpenCase): Promise<Reach> {
  const { database, file } = open
  const attribution = LINK_KIND_NAMES.flatMap((kind, i) => (LINK_KINDS[kind].projection === 'attribution' ? [String(i)] : []))
  await database.run(sql`CREATE OR REPLACE TEMP TABLE reached AS
    SELECT DISTINCT entity FROM entity_role WHERE role IN ${PROTECTED_ROLES} UNION SELECT entity FROM entity WHERE id IN ${file.protect.entities} OR label IN ${file.protect.entities}`)
  const doubles = [...(await likelyDoubles(open)), ...(file.protect.kin ? await kinOfProtected(open) : [])]
  await database.run(sql`INSERT INTO reached SELECT entity FROM entity WHERE id IN ${doubles} AND entity NOT IN (SELECT entity FROM reached)`)
  // Of ten million links few say whose a thing is: looked for once.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE standing AS SELECT link, kind, source, target FROM link WHERE CAST(kind AS VARCHAR) IN ${attribution}`)
  for (let hop = 0; hop < HOPS; hop++) {
    await database.run(sql`CREATE OR REPLACE TEMP TABLE reached AS SELECT entity FROM reached
      UNION SELECT l.target FROM standing l JOIN reached r ON l.source = r.entity UNION SELECT l.source FROM standing l JOIN reached r ON l.target = r.entity`)
  }
  const entities = await database.rows<{ id: string; kind: EntityKind; label: string; roles: string | null }>(sql`SELECT e.id, e.kind, e.label,
    (SELECT string_agg(role, ',' ORDER BY role) FROM entity_role x WHERE x.entity = e.entity) AS roles FROM entity e JOIN reached USING (entity) ORDER BY e.entity`)
  const links = await database.rows<{ kind: number; source: string; target: string }>(sql`SELECT l.kind, s.id AS source, t.id AS target FROM standing l
    JOIN reached rs ON rs.entity = l.source JOIN reached rt ON rt.entity = l.target JOIN entity s ON s.entity = l.source JOIN entity t ON t.entity = l.target ORDER BY l.link`)
  for (const table of [sql`standing`, sql`reached`]) await database.run(sql`DROP TABLE ${table}`)
  const named = new Set([...file.protect.entities, ...doubles])
  return {
    entities: entities.map(({ id, kind, roles }) => ({ id, kind, roles: orderedRoles(roles) })),
    links: links.map((link) => ({ ...link, kind: LINK_KIND_NAMES[link.kind] as LinkKind })),
    also: new Set(entities.filter(({ id, label }) => named.has(id) || named.has(label)).map(({ id }) => id)),
  }
}

/** Properties that name a person or lead to him, parentage among them (she must not be discernible from any matter); the rest (occupation, sections) says nothing of who he is. */
const TELLING = ['name', 'alias', 'label', 'address', 'village', 'registration', 'father', 'mother', 'spouse', 'guardian']

async function secretsOf(open: OpenCase, codes: ReadonlyMap<string, string>): Promise<Secret[]> {
  const { database } = open
  const ids = [...codes.keys()]
  const values = await database.rows<{ id: string; kind: EntityKind; scheme: string | null; value: string }>(sql`
    WITH shielded AS (SELECT e.entity, e.id, e.kind, e.label, er.record FROM entity e JOIN entity_record er USING (entity) WHERE e.id IN ${ids})
    SELECT id, kind, NULL AS scheme, label AS value FROM shielded WHERE label NOT LIKE 'unnamed %'
    UNION SELECT p.id, p.kind, NULL, pr.value FROM shielded p JOIN property pr USING (record) WHERE pr.name IN ${TELLING}
    UNION SELECT p.id, p.kind, i.scheme, i.value FROM shielded p JOIN identifier i USING (record)
    UNION SELECT p.id, p.kind, i.scheme, i.as_written FROM shielded p JOIN identifier i USING (record) ORDER BY ALL`)
  return values.flatMap(({ id, kind, scheme, value }) => {
    const code = codes.get(id)
    if (code === undefined || value === '') return []
    const secret: Secret = { code, value, scheme: scheme === 'phone' ? 'phone' : scheme === null && (kind === 'Person' || kind === 'Organisation') ? 'name' : 'identifier' }
    return [secret]
  })
}

/** The id under which an entity goes out. */
export function publicId(mask: CaseMask, id: string): string {
  return mask.codes.get(id) ?? id
}

/** The id behind what came in: a code or an id. A raw id of a protected entity is refused like one that does not exist. */
export function internalId(mask: CaseMask, id: string): string | null {
  const behind = mask.ids.get(id)
  if (behind !== undefined) return behind
  return mask.codes.has(id) ? null : id
}

/** Labels are free text: a firm or "relative of" may name a victim. A person whose whole name is the same as hers keeps it: he is somebody else. */
export function maskedLabel(mask: CaseMask, id: string, label: string): string {
  const code = mask.codes.get(id)
  if (code !== undefined) return code
  const words = maskedWords(mask, label)
  return ONLY_CODES.test(words) ? label : words
}

const ONLY_CODES = /^[VWMIX]-[0-9A-Z]+(?:[ /][VWMIX]-[0-9A-Z]+)*$/

/** Free text of anything, rid of protected values. */
export function maskedWords(mask: CaseMask, text: string): string {
  return mask.codes.size === 0 ? text : maskText(text, mask.masker)
}

const FILES_SHOWN = new WeakMap<CaseMask, Map<string, string>>()

/** Name of a file as it may be shown: whoever sent it named it, after the victim often enough. Looked up once for each file, since every row has one. */
export function shownFile(mask: CaseMask, file: string): string {
  const known = FILES_SHOWN.get(mask) ?? new Map<string, string>()
  FILES_SHOWN.set(mask, known)
  const shown = known.get(file) ?? maskedWords(mask, file)
  known.set(file, shown)
  return shown
}

/** Findings as they may leave the case: ids, labels and the `{id}` places in reasons. */
export function maskedFindings(findings: Findings, mask: CaseMask, labels: ReadonlyMap<string, string>): Findings {
  const told = <T extends Told>(finding: T): T => maskedTold(finding, mask, labels)
  const place = <T extends { readonly subject: string; readonly label: string }>(one: T): T => ({ ...one, subject: publicId(mask, one.subject), label: maskedLabel(mask, one.subject, one.label) })
  return {
    ...findings, organisers: findings.organisers.map(told),
    rings: findings.rings.map((ring) => ({ ...ring, members: ring.members.map((id) => publicId(mask, id)), organisers: ring.organisers.map(told), ...(ring.edge === undefined ? {} : { edge: ring.edge.map(place) }) })),
    ...(findings.layers === undefined ? {} : { layers: findings.layers.map((layer) => ({ ...layer, organisers: layer.organisers.map(place), unseen: layer.unseen.map((id) => publicId(mask, id)) })) }),
    ...(findings.insulated === undefined ? {} : { insulated: findings.insulated.map(told) }),
    ...(findings.engine === undefined ? {} : { engine: { ...findings.engine, first: findings.engine.first.map((one) => ({ ...one, places: one.places.map(place) })) } }),
    ...(findings.contact_only === undefined ? {} : { contact_only: findings.contact_only.map(place) }),
    exclusions: findings.exclusions.map((exclusion) => ({ ...exclusion, entity: publicId(mask, exclusion.entity), label: maskedLabel(mask, exclusion.entity, exclusion.label) })),
  }
}

interface Told {
  readonly subject: string
  readonly label: string
  readonly because: readonly Reason[]
}

function maskedTold<T extends Told>(finding: T, mask: CaseMask, labels: ReadonlyMap<string, string>): T {
  return {
    ...finding, subject: publicId(mask, finding.subject), label: maskedLabel(mask, finding.subject, finding.label),
    because: finding.because.map((reason) => ({ ...reason, entities: reason.entities.map((id) => publicId(mask, id)), text: labelled(reason.text, mask, labels) })),
  }
}

/** A text with a label, or a code, for each `{id}` in it. */
export function labelled(text: string, mask: CaseMask, labels: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{([^}]+)\}/g, (_, id: string) => maskedLabel(mask, id, labels.get(id) ?? id))
}
