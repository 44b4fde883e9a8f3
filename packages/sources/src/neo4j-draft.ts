/** A first case.yaml from a live Neo4j: labels become entities and relationship types links where their names and ends say so; the rest is named and left out. */
import { stringify } from 'yaml'
import { caseFile } from '@ringmap/model/case-file'
import { ENTITY_KINDS, LINK_KINDS, type EntityKind, type LinkKind, type Role } from '@ringmap/model/schema'
import { cypher, cypherList, cypherName } from './neo4j-cypher.ts'
import type { DatabaseShape, LabelShape, PropertyShape, TieShape } from './neo4j-schema.ts'

export interface Neo4jDraftOptions {
  readonly name: string
  readonly region: string
  readonly timezone: string
  readonly uri: string
  readonly user: string
  readonly database?: string | undefined
}

/** A label with what it is taken for. */
interface Thing {
  readonly shape: LabelShape
  readonly kind: EntityKind
  readonly role: Role | null
  /** Property that names it everywhere; null where only the id inside the database does. */
  readonly id: string | null
}

const KINDS: readonly (readonly [RegExp, EntityKind])[] = [
  [/phone_?call|call_?record|^cdr$|postcode|area|district|state|country/, 'Event'], [/officer|person|people|suspect|accused|victim|witness|individual|subscriber|customer|informant/, 'Person'],
  [/imsi|^sim/, 'Sim'], [/imei|handset|device/, 'Handset'], [/phone|mobile|msisdn|number/, 'Phone'], [/vehicle|^car$|truck|motor/, 'Vehicle'], [/account|iban/, 'BankAccount'],
  [/address|^house|residence/, 'Address'], [/location|place|site|tower|station/, 'Location'], [/email|e_?mail|handle|profile|upi/, 'OnlineAccount'], [/passport|document|licen[cs]e/, 'Document'],
  [/organi[sz]ation|company|firm|gang|business/, 'Organisation'], [/crime|incident|event|fir|case|meeting|offen[cs]e/, 'Event'], [/object|item|goods|consignment|parcel|seizure/, 'Consignment'],
]
const PASSED_OVER = /phone_?call|call_?record|^cdr$|postcode|area|district|state|country/
const IDS: Readonly<Partial<Record<EntityKind, RegExp>>> = {
  Phone: /phone|number|msisdn|mobile/, Sim: /imsi/, Handset: /imei/, Vehicle: /reg|plate|number/, BankAccount: /account|iban|number/, Address: /address/, Location: /^id$|name|address/,
  OnlineAccount: /email|address|handle|upi|id/, Document: /number|id/,
}
const ROLES: readonly (readonly [RegExp, Role])[] = [[/officer|police/, 'officer'], [/victim/, 'victim'], [/witness/, 'witness'], [/informant/, 'informant'], [/accused/, 'accused'], [/suspect/, 'suspect']]
const LINKS: readonly (readonly [RegExp, LinkKind])[] = [
  [/victim/, 'victim_in'], [/witness/, 'witness_in'], [/accus|suspect|commit|charged|arrest/, 'accused_in'], [/famil|relat|parent|sibling|spouse|married/, 'related_to'], [/member/, 'member_of'], [/employ|works/, 'employed_by'],
  [/\bmet\b|meets/, 'met'], [/messag|sms/, 'messaged'], [/call/, 'called'], [/paid|transfer|sent_money|payment/, 'paid'], [/seized/, 'seized_from'], [/carr/, 'carried'], [/travel/, 'travelled'], [/own/, 'owns'],
  [/address|lives|resid/, 'lives_at'], [/us(es|ed)|has_|drives/, 'uses'], [/know|associat|friend|contact/, 'associate_of'],
]
/** Where the name says nothing: what an end of this kind can mean without accusing anybody. */
const PLAINEST: readonly LinkKind[] = ['associate_of', 'uses', 'lives_at', 'present_at', 'member_of']

export function draftNeo4jCase(shape: DatabaseShape, options: Neo4jDraftOptions): { readonly yaml: string; readonly notes: readonly string[] } {
  const notes: string[] = []
  const things = new Map<string, Thing>()
  for (const label of shape.labels) {
    const thing = thingOf(label)
    if (thing === null) notes.push(`(:${label.label}), ${label.count} nodes: left out, its name says nothing that could be mapped`)
    else things.set(label.label, thing)
  }
  const at = { kind: 'neo4j', uri: options.uri, ...(options.database === undefined ? {} : { database: options.database }), user: options.user }
  const names = new Set<string>()
  const named = (wanted: string): string => {
    const plain = wanted.replaceAll(/[^\w -]+/g, ' ').trim() || 'source'
    let name = plain
    for (let n = 2; names.has(name); n++) name = `${plain} ${n}`
    names.add(name)
    return name
  }
  const sources: unknown[] = []
  for (const thing of things.values())
    sources.push({ name: named(thing.shape.label), ...at, read: { nodes: thing.shape.label }, entities: { it: { ...entity(thing, ''), ...(thing.role === null ? {} : { role: thing.role }), ...properties(thing) } } })
  const calls = callRecords(shape, things)
  for (const { source, text } of calls) {
    sources.push({ name: named(source), ...at, ...text })
    notes.push(`${source}: each node is a call between two phones`)
  }
  for (const tie of shape.ties) {
    if (calls.some(({ source }) => source === tie.from)) continue
    const from = things.get(tie.from)
    const to = things.get(tie.to)
    const kind = from === undefined || to === undefined ? null : linkOf(tie.type, from.kind, to.kind)
    if (from === undefined || to === undefined || kind === null) {
      notes.push(`(:${tie.from})-[:${tie.type}]->(:${tie.to}), ${tie.count}: left out, no link kind fits`)
      continue
    }
    if (kind === 'present_at' && to.kind === 'Event') notes.push(`${tie.type}: drafted as present_at; where it says who did it, write accused_in, and victim_in or witness_in for those who must be protected`)
    sources.push({
      name: named(`${tie.from} ${tie.type} ${tie.to}`), ...at, read: { relationships: tie.type, from: tie.from, to: tie.to },
      entities: { from: entity(from, 'from'), to: entity(to, 'to') }, links: [{ kind, from: 'from', to: 'to', ...timeOf(tie.properties) }],
    })
  }
  const body = { version: 1, name: options.name, region: options.region, timezone: options.timezone, sources }
  caseFile.parse(body)
  const head = '# Drafted by ringmap from the labels and relationship types of a Neo4j database. Correct what is wrong: docs/sources.md lists every key.\n'
  return { yaml: head + stringify(body, { lineWidth: 160 }) + notes.map((note) => `# ${note.replaceAll(/\s+/g, ' ')}\n`).join(''), notes }
}

function thingOf(shape: LabelShape): Thing | null {
  const word = plain(shape.label)
  if (PASSED_OVER.test(word)) return null
  const found = KINDS.find(([pattern]) => pattern.test(word))?.[1]
  if (found === undefined) return null
  const has = (pattern: RegExp): PropertyShape | undefined => shape.properties.find(({ name, present }) => pattern.test(plain(name)) && present > 0)
  // A location that is known by its address is where people live.
  const kind = found === 'Location' && has(/^address$/) !== undefined ? 'Address' : found
  const own = IDS[kind] === undefined ? undefined : has(IDS[kind])
  if (ENTITY_KINDS[kind].global_id && own === undefined) return null
  return { shape, kind, role: kind === 'Person' ? (ROLES.find(([pattern]) => pattern.test(word))?.[1] ?? null) : null, id: ENTITY_KINDS[kind].global_id ? (own?.name ?? null) : null }
}

/** @param end '' for the node itself, `from` or `to` for the end of a relationship. */
function entity(thing: Thing, end: '' | 'from' | 'to'): Record<string, unknown> {
  const id = thing.id === null ? `~${end === '' ? 'id' : end}` : `${end === '' ? '' : `${end}.`}${thing.id}`
  const email = thing.kind === 'OnlineAccount' && /mail/i.test(`${thing.shape.label}${thing.id}`)
  return { kind: thing.kind, id, ...(thing.id === null ? { scope: 'neo4j' } : {}), ...(email ? { scheme: 'email' } : {}) }
}

function properties(thing: Thing): { properties?: Record<string, unknown>; identifiers?: Record<string, string> } {
  const names = thing.shape.properties.map(({ name }) => name)
  const find = (pattern: RegExp): string | undefined => names.find((name) => pattern.test(plain(name)))
  const given = find(/^(?:name|full_?name|first_?name|given_?name|forename)$/)
  const surname = find(/^(?:surname|last_?name|family_?name)$/)
  const kept: Record<string, unknown> = {}
  if (given !== undefined) kept['name'] = surname === undefined ? given : { columns: [given, surname] }
  for (const name of names) {
    const word = plain(name)
    if (name !== thing.id && name !== given && name !== surname && (ENTITY_KINDS[thing.kind].properties as readonly string[]).includes(word)) kept[word] = name
  }
  return Object.keys(kept).length === 0 ? {} : { properties: kept }
}

function linkOf(type: string, from: EntityKind, to: EntityKind): LinkKind | null {
  const word = plain(type)
  const fits = (kind: LinkKind): boolean => {
    const spec = LINK_KINDS[kind]
    return (spec.from as readonly EntityKind[]).includes(from) && (spec.to as readonly EntityKind[]).includes(to)
  }
  return LINKS.find(([pattern, kind]) => pattern.test(word) && fits(kind))?.[1] ?? PLAINEST.find(fits) ?? null
}

/** Calls that are nodes of their own, with a tie to each of two phones. */
function callRecords(shape: DatabaseShape, things: ReadonlyMap<string, Thing>): { readonly source: string; readonly text: Record<string, unknown> }[] {
  return shape.labels.flatMap(({ label, properties: own }) => {
    const phone = (pattern: RegExp): TieShape | undefined => shape.ties.find((tie) => tie.from === label && pattern.test(plain(tie.type)) && things.get(tie.to)?.kind === 'Phone')
    const caller = phone(/^(?:caller|from|made_by)/)
    const called = phone(/^(?:called|callee|to|received)/)
    const a = things.get(caller?.to ?? '')?.id
    const b = things.get(called?.to ?? '')?.id
    if (caller === undefined || called === undefined || !a || !b) return []
    const rest = own.map(({ name }) => name).filter((name) => name !== 'caller' && name !== 'called')
    const columns = cypherList(rest.map((name) => cypher`c.${cypherName(name)} AS ${cypherName(name)}`))
    const query = cypher`MATCH (c:${cypherName(label)})-[:${cypherName(caller.type)}]->(a:${cypherName(caller.to)}), (c)-[:${cypherName(called.type)}]->(b:${cypherName(called.to)}) RETURN a.${cypherName(a)} AS caller, b.${cypherName(b)} AS called`
    const duration = rest.find((name) => /duration/.test(plain(name)))
    return [{
      source: label,
      text: {
        read: { query: rest.length === 0 ? query.text : `${query.text}, ${columns.text}` }, entities: { caller: { kind: 'Phone', id: 'caller' }, called: { kind: 'Phone', id: 'called' } },
        links: [{ kind: 'called', from: 'caller', to: 'called', ...timeOf(own), ...(duration === undefined ? {} : { duration_s: duration }) }],
      },
    }]
  })
}

function timeOf(given: readonly PropertyShape[]): { at?: unknown } {
  const date = given.find(({ name, samples }) => /date|time|^at$|since/.test(plain(name)) && samples.every((sample) => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(sample)))
  if (date === undefined) return {}
  const clock = given.find(({ name, samples }) => name !== date.name && samples.every((sample) => /^\d{1,2}:\d{2}/.test(sample)))
  const format = date.samples.every((sample) => /^\d{4}-/.test(sample)) ? 'iso' : 'dmy'
  return { at: format === 'iso' && clock === undefined ? date.name : { column: date.name, ...(clock === undefined ? {} : { time_column: clock.name }), format } }
}

/** `PhoneCall` and `PHONE_CALL` as `phone_call`. */
function plain(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().replaceAll(/[ -]+/g, '_')
}
