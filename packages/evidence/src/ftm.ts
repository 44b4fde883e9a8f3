/** A network as FollowTheMoney entities, one JSON line each, for Aleph and the tools around it; proof leads to the source files. */
import { MASKED_NOTE } from '@ringmap/model/exchange-graph'
import type { EntityKind, LinkKind } from '@ringmap/model/schema'
import { byId, sourceReference, type ExportEntity, type ExportGraph, type ExportLink, type Statement } from './export-graph.ts'
import { isoTime } from './iso-time.ts'

export interface FtmReport {
  /** Written as `UnknownLink`, with the name of the link as its role: the model has no kind of its own for them. */
  readonly plain_links: number
  /** Payments between accounts whose holder is not known: a holder without a name stands for him, because a payment must have parties. */
  readonly unknown_holders: number
}

type Properties = Readonly<Record<string, readonly (string | null | undefined)[]>>

/**
 * Schema of each kind. The model knows no phone, SIM or handset as a thing of its own: each becomes an account of its service, known by its
 * number. Consignments become assets.
 */
const THINGS: Readonly<Record<EntityKind, { readonly schema: string; readonly properties: (label: string) => Properties }>> = {
  Person: { schema: 'Person', properties: (label) => ({ name: [label] }) },
  Organisation: { schema: 'Organization', properties: (label) => ({ name: [label] }) },
  Phone: { schema: 'UserAccount', properties: (label) => ({ name: [label], username: [label], service: ['telephone'], phone: [international(label)] }) },
  Sim: { schema: 'UserAccount', properties: (label) => ({ name: [label], username: [label], service: ['SIM (IMSI)'] }) },
  Handset: { schema: 'UserAccount', properties: (label) => ({ name: [label], username: [label], service: ['handset (IMEI)'] }) },
  OnlineAccount: { schema: 'UserAccount', properties: (label) => ({ name: [label], username: [label] }) },
  Vehicle: { schema: 'Vehicle', properties: (label) => ({ name: [label], registrationNumber: [label] }) },
  BankAccount: { schema: 'BankAccount', properties: (label) => ({ name: [label], accountNumber: [label] }) },
  Address: { schema: 'Address', properties: (label) => ({ name: [label], full: [label] }) },
  Location: { schema: 'Address', properties: (label) => ({ name: [label], full: [label] }) },
  Document: { schema: 'Document', properties: (label) => ({ name: [label], title: [label] }) },
  Event: { schema: 'Event', properties: (label) => ({ name: [label] }) },
  Consignment: { schema: 'Asset', properties: (label) => ({ name: [label] }) },
}
const PARTY: readonly EntityKind[] = ['Person', 'Organisation']
const ASSET: readonly EntityKind[] = ['Vehicle', 'BankAccount', 'Consignment', 'Organisation']

/** Chunks of the file, a line each, in the order of ids; things before the links between them. */
export function* ftm(graph: ExportGraph): Generator<string, FtmReport> {
  const entities = byId(graph.entities)
  const links = byId(graph.links)
  const byEntity = new Map(entities.map((entity) => [entity.id, entity]))
  const sources = sourcesOf(graph)
  for (const [id, { file, sha256, name }] of sources) yield line(id, 'Document', { name: [file], title: [name], fileName: [file], summary: [`SHA-256 ${sha256}`] })
  const proof = (statements: readonly Statement[] | undefined): readonly string[] => [...new Set((statements ?? []).map(({ sha256 }) => documentId(sha256)))].sort()
  for (const entity of entities) {
    const { schema, properties } = THINGS[entity.kind]
    yield line(entity.id, schema, { ...properties(entity.label === '' ? entity.id : entity.label), notes: notes(entity), proof: proof(entity.statements) })
  }
  const holders = holdersOf(links, byEntity)
  const stands = new Set<string>()
  for (const link of links) {
    if (link.kind !== 'paid') continue
    for (const end of [link.source, link.target]) {
      const kind = byEntity.get(end)?.kind
      if (kind === undefined || PARTY.includes(kind) || holders.has(end) || stands.has(end)) continue
      stands.add(end)
      yield line(standIn(end), 'LegalEntity', { name: [`unknown holder of ${byEntity.get(end)?.label ?? end}`] })
    }
  }
  let plain = 0
  for (const link of links) {
    const source = byEntity.get(link.source)
    const target = byEntity.get(link.target)
    if (source === undefined || target === undefined) continue
    const { schema, properties } = relation(link, source, target, (id) => holders.get(id) ?? [standIn(id)])
    if (schema === 'UnknownLink') plain++
    yield line(link.id, schema, {
      ...properties, ...times(link), proof: proof(link.statements), recordId: (link.statements ?? []).map(sourceReference),
      summary: [`${link.label}: ${link.count} recorded, ${link.strength}${link.amount === null ? '' : `, in all ${major(link.amount)} ${link.currency ?? ''}`}`],
    })
  }
  return { plain_links: plain, unknown_holders: stands.size }
}

function line(id: string, schema: string, properties: Properties): string {
  const given = Object.entries(properties).flatMap(([name, values]) => {
    const present = values.filter((value): value is string => typeof value === 'string' && value !== '')
    return present.length === 0 ? [] : [[name, present] as const]
  })
  return `${JSON.stringify({ id, schema, properties: Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1))) })}\n`
}

function documentId(sha256: string): string {
  return `source-${sha256.slice(0, 16)}`
}

function sourcesOf(graph: ExportGraph): Map<string, { readonly file: string; readonly sha256: string; readonly name: string }> {
  const all = [...graph.entities, ...graph.links].flatMap(({ statements }) => statements ?? []).map(({ file, sha256, source }) => [documentId(sha256), { file, sha256, name: source }] as const)
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function notes({ roles, rank, ring, kind, masked }: ExportEntity): string[] {
  return [kind, ...(masked ? [MASKED_NOTE] : []), ...roles.map((role) => `role in the case: ${role}`), ...(rank === null ? [] : [`place ${rank} in the order by current-flow betweenness; a place in recorded contacts and nothing else`]), ...(ring === null ? [] : [ring])]
}

function times({ first_ms: first, last_ms: last }: ExportLink): Properties {
  return { startDate: [first === null ? null : isoTime(first).slice(0, 19)], endDate: [last === null ? null : isoTime(last).slice(0, 19)] }
}

/** Owners and users of each account. */
function holdersOf(links: readonly ExportLink[], entities: ReadonlyMap<string, ExportEntity>): Map<string, string[]> {
  const holders = new Map<string, string[]>()
  for (const { kind, source, target } of links) {
    if ((kind !== 'owns' && kind !== 'uses') || !PARTY.includes(entities.get(source)?.kind as EntityKind)) continue
    const known = holders.get(target)
    if (known === undefined) holders.set(target, [source])
    else if (!known.includes(source)) known.push(source)
  }
  for (const known of holders.values()) known.sort()
  return holders
}

function standIn(account: string): string {
  return `holder-of-${account}`
}

interface Relation {
  readonly schema: string
  readonly properties: Properties
}

function relation(link: ExportLink, source: ExportEntity, target: ExportEntity, holders: (id: string) => readonly string[]): Relation {
  const party = (entity: ExportEntity): boolean => PARTY.includes(entity.kind)
  const pair = (kind: LinkKind, a: EntityKind | null, b: EntityKind | null): boolean => link.kind === kind && (a === null || source.kind === a) && (b === null || target.kind === b)
  if (link.kind === 'called') {
    return { schema: 'Call', properties: {
      ...(party(source) ? { caller: [source.id] } : { callerNumber: [international(source.label)] }), ...(party(target) ? { receiver: [target.id] } : { receiverNumber: [international(target.label)] }),
      // Codes of masked numbers and short codes are no telephone numbers to the model, so both ends stand in words too.
      description: [`from ${source.label} to ${target.label}`],
      duration: [link.duration_s === undefined || link.duration_s === null ? null : String(link.duration_s)],
    } }
  }
  if (link.kind === 'paid') {
    return { schema: 'Payment', properties: {
      payer: party(source) ? [source.id] : holders(source.id), beneficiary: party(target) ? [target.id] : holders(target.id),
      payerAccount: [source.kind === 'BankAccount' ? source.id : null], beneficiaryAccount: [target.kind === 'BankAccount' ? target.id : null],
      amount: [link.amount === null ? null : major(link.amount)], currency: [link.currency],
      // The model knows bank accounts alone as accounts of a payment: other ends stand in words.
      description: [[source, target].every((end) => party(end) || end.kind === 'BankAccount') ? null : `from ${source.label} to ${target.label}`],
    } }
  }
  if (link.kind === 'owns' && party(source) && ASSET.includes(target.kind)) return { schema: 'Ownership', properties: { owner: [source.id], asset: [target.id], role: [link.label] } }
  if (pair('related_to', 'Person', 'Person')) return { schema: 'Family', properties: { person: [source.id], relative: [target.id], relationship: [link.label] } }
  if ((link.kind === 'associate_of' || link.kind === 'met') && source.kind === 'Person' && target.kind === 'Person') return { schema: 'Associate', properties: { person: [source.id], associate: [target.id], relationship: [link.label] } }
  if (link.kind === 'member_of' && party(source)) return { schema: 'Membership', properties: { member: [source.id], organization: [target.id], role: [link.label] } }
  if (pair('employed_by', 'Person', 'Organisation')) return { schema: 'Employment', properties: { employee: [source.id], employer: [target.id], role: [link.label] } }
  return { schema: 'UnknownLink', properties: { subject: [source.id], object: [target.id], role: [link.label] } }
}

/** A number in E.164, or null. */
function international(label: string): string | null {
  return /^\+\d{7,15}$/.test(label) ? label : null
}

/** Two decimals, by moving the point in the digits: no float touches money. */
function major(minor: string): string {
  const sign = minor.startsWith('-') ? '-' : ''
  const digits = minor.replace('-', '').padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
