/** FollowTheMoney entities, a JSON line each, into a network: things first, then the links between them. */
import { MASKED_NOTE, type ExportEntity, type ExportLink, type Statement } from '@ringmap/model/exchange-graph'
import { LINK_KINDS, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import { entityKindOf, linkKindOf, momentOf, numberOf, rolesOf, strengthOf, withEnds, type ExchangeFile, type ExchangeTrouble, type ExchangeWords } from './exchange-file.ts'
import { rowsOf } from './read-anx.ts'

interface FtmLine {
  readonly at: number
  readonly id: string
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

const THINGS: Readonly<Record<string, EntityKind>> = {
  Person: 'Person', LegalEntity: 'Organisation', Organization: 'Organisation', Company: 'Organisation', PublicBody: 'Organisation', Vehicle: 'Vehicle', Vessel: 'Vehicle', Airplane: 'Vehicle', BankAccount: 'BankAccount', Address: 'Address',
  Document: 'Document', Pages: 'Document', Event: 'Event', Asset: 'Consignment', UserAccount: 'OnlineAccount',
}
/** Schema, the properties of its ends, and its kind; null: the kind stands in words. */
const RELATIONS: Readonly<Record<string, readonly [from: string, to: string, kind: LinkKind | null]>> = {
  Ownership: ['owner', 'asset', 'owns'], Family: ['person', 'relative', 'related_to'], Associate: ['person', 'associate', null], Membership: ['member', 'organization', 'member_of'],
  Directorship: ['director', 'organization', 'member_of'], Employment: ['employee', 'employer', 'employed_by'], UnknownLink: ['subject', 'object', null],
}
const STAND_IN = /^holder-of-/
const SOURCE = /^SHA-256 ([0-9a-f]{64})$/

/** Lines that are no JSON object with an id and a schema are told and left out. */
export function readFtm(text: string, words: ExchangeWords = {}): ExchangeFile {
  const troubles: ExchangeTrouble[] = []
  const lines = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : parsed(line, i + 1, troubles)))
  const documents = new Map(lines.flatMap(({ id, schema, properties }) => {
    const sha256 = SOURCE.exec(properties['summary']?.[0] ?? '')?.[1]
    return schema === 'Document' && sha256 !== undefined ? [[id, { file: properties['fileName']?.[0] ?? '', source: properties['title']?.[0] ?? '', sha256 }] as const] : []
  }))
  const entities = lines.filter(({ id, schema }) => schema in THINGS && !documents.has(id) && !STAND_IN.test(id)).map((line) => thing(line, documents, words))
  const ends = new Map(entities.map((one) => [one.id, one]))
  const byLabel = new Map<string, string>()
  for (const { id, label, kind } of entities) if (!byLabel.has(label) || kind === 'Phone') byLabel.set(label, id)
  const links: ExportLink[] = []
  for (const line of lines) {
    if (line.schema in THINGS) continue
    const link = relation(line, ends, byLabel, words)
    if (link === null) troubles.push({ what: 'kind_unknown', at: line.at, value: `${line.schema} ${line.properties['role']?.[0] ?? ''}`.trim() })
    else links.push({ ...link, ...underLink(line, documents) })
  }
  return withEnds('', entities, links, troubles)
}

function parsed(text: string, at: number, troubles: ExchangeTrouble[]): FtmLine[] {
  try {
    const { id, schema, properties } = JSON.parse(text) as Partial<FtmLine>
    if (typeof id === 'string' && typeof schema === 'string' && typeof properties === 'object') return [{ at, id, schema, properties }]
  } catch {
    // Told below, like every line that is none.
  }
  troubles.push({ what: 'value_unreadable', at, value: text.slice(0, 200) })
  return []
}

type Documents = ReadonlyMap<string, { readonly file: string; readonly source: string; readonly sha256: string }>

function thing({ id, schema, properties }: FtmLine, documents: Documents, words: ExchangeWords): ExportEntity {
  const notes = properties['notes'] ?? []
  const service = properties['service']?.[0] ?? ''
  const kind = words.entity_kinds?.[schema] ?? entityKindOf(notes[0] ?? '', {}) ?? (service === 'telephone' ? 'Phone' : service.startsWith('SIM') ? 'Sim' : service.startsWith('handset') ? 'Handset' : (THINGS[schema] as EntityKind))
  const place = notes.map((note) => /^place (\d+) in the order/.exec(note)?.[1]).find((found) => found !== undefined)
  const statements = (properties['proof'] ?? []).flatMap((proof): Statement[] => {
    const document = documents.get(proof)
    return document === undefined ? [] : [{ ...document, grade: null, count: 1, first_ms: null, last_ms: null, rows: [], rows_of: 0 }]
  })
  return {
    id, kind, label: properties['name']?.[0] ?? id, masked: notes.includes(MASKED_NOTE), rank: numberOf(place), ring: notes.find((note) => /^(?:ring-|community-)/.test(note)) ?? null,
    roles: rolesOf(notes.flatMap((note) => /^role in the case: (.*)$/.exec(note)?.[1] ?? [])), ...(statements.length === 0 ? {} : { statements }),
  }
}

function relation(line: FtmLine, ends: ReadonlyMap<string, ExportEntity>, byLabel: ReadonlyMap<string, string>, words: ExchangeWords): ExportLink | null {
  const { id, schema, properties } = line
  const one = (name: string): string | undefined => properties[name]?.[0]
  const said = /^(.*): (\d+) recorded, (\w+)(?:, in all (-?[\d.]+) (.*))?$/s.exec(one('summary') ?? '')
  const found = endsOf(line, ends, byLabel)
  const kind = words.link_kinds?.[one('role') ?? schema] ?? (schema === 'Call' ? 'called' : schema === 'Payment' ? 'paid' : (RELATIONS[schema]?.[2] ?? linkKindOf((one('role') ?? one('relationship') ?? '').replace(/ [\d,]+ times$/, ''), words)))
  if (kind === null || found === null) return null
  const amount = one('amount') ?? said?.[4]
  const duration = numberOf(one('duration'))
  return {
    id, kind, label: said?.[1] ?? one('role') ?? one('relationship') ?? LINK_KINDS[kind].label, source: found[0], target: found[1], directed: LINK_KINDS[kind].directed, count: Number(said?.[2] ?? 1),
    first_ms: momentOf(one('startDate') ?? one('date')), last_ms: momentOf(one('endDate')), amount: amount === undefined ? null : minor(amount), currency: one('currency') ?? (said?.[5] || null),
    ...(duration === null ? {} : { duration_s: duration }), strength: strengthOf(said?.[3]), criminal: LINK_KINDS[kind].criminal,
  }
}

function endsOf({ schema, properties }: FtmLine, ends: ReadonlyMap<string, ExportEntity>, byLabel: ReadonlyMap<string, string>): readonly [string, string] | null {
  const one = (name: string): string | undefined => properties[name]?.[0]
  const spoken = spokenEnds(one('description') ?? '', byLabel)
  const known = (id: string | undefined): string | undefined => (id !== undefined && ends.has(id) ? id : undefined)
  if (schema === 'Call') {
    const from = one('caller') ?? spoken?.[0] ?? byLabel.get(one('callerNumber') ?? '')
    const to = one('receiver') ?? spoken?.[1] ?? byLabel.get(one('receiverNumber') ?? '')
    return from === undefined || to === undefined ? null : [from, to]
  }
  if (schema === 'Payment') {
    const from = one('payerAccount') ?? spoken?.[0] ?? known(one('payer'))
    const to = one('beneficiaryAccount') ?? spoken?.[1] ?? known(one('beneficiary'))
    return from === undefined || to === undefined ? null : [from, to]
  }
  const names = RELATIONS[schema]
  const [from, to] = [names === undefined ? undefined : one(names[0]), names === undefined ? undefined : one(names[1])]
  return from === undefined || to === undefined ? null : [from, to]
}

/** `from A to B`: whichever way of parting it names two that are known. */
function spokenEnds(description: string, byLabel: ReadonlyMap<string, string>): readonly [string, string] | null {
  if (!description.startsWith('from ')) return null
  const text = description.slice(5)
  for (let at = text.indexOf(' to '); at >= 0; at = text.indexOf(' to ', at + 1)) {
    const [from, to] = [byLabel.get(text.slice(0, at)), byLabel.get(text.slice(at + 4))]
    if (from !== undefined && to !== undefined) return [from, to]
  }
  return null
}

function underLink({ properties }: FtmLine, documents: Documents): { readonly statements?: Statement[] } {
  const own = (properties['proof'] ?? []).flatMap((proof) => documents.get(proof) ?? [])
  const statements = (properties['recordId'] ?? []).flatMap((reference): Statement[] => {
    const document = own.find(({ file }) => reference.startsWith(`${file} row`))
    return document === undefined ? [] : [{ ...document, grade: null, count: 1, first_ms: null, last_ms: null, ...rowsOf(reference) }]
  })
  return statements.length === 0 ? {} : { statements }
}

/** Smallest unit, by moving the point in the digits; null for what is no amount. */
function minor(major: string): string | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(major.trim())
  return found === null ? null : `${found[1]}${`${found[2]}${(found[3] ?? '').padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')}`
}
