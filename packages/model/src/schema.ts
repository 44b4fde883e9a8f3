/** The kinds of things and ties a case can hold, as data: what each is called, what identifies it, how it is drawn. */

/** How a string that identifies something is brought to one form; the forms themselves live in `identifiers`. */
export const IDENTIFIER_SCHEMES = [
  'phone', 'imsi', 'imei', 'plate', 'account', 'ifsc', 'upi', 'email', 'handle', 'pan', 'aadhaar',
  'voter_id', 'passport', 'driving_licence', 'document', 'address', 'text',
] as const
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number]

/**
 * Schemes whose equal values mean the same person or organisation, so that the link step may join on them alone.
 * A phone, an address or a name never does: they are shared.
 */
export const JOINING_SCHEMES: readonly IdentifierScheme[] = ['pan', 'voter_id', 'passport', 'driving_licence']

export interface EntityKindSpec {
  /** Singular, as printed. */
  readonly label: string
  readonly plural: string
  /** Scheme of the `id` column in a mapping; `text` where the id is only a name in its own scope. */
  readonly scheme: IdentifierScheme
  /** Whether equal ids mean the same entity in every source (a phone number) or only within a stated scope (a row id). */
  readonly global_id: boolean
  /** Property names an analyst may expect; a mapping may add others. */
  readonly properties: readonly string[]
  /** Name of the icon, from the lucide set. */
  readonly icon: string
  /** Drawing colour, chosen apart for the three kinds of colour blindness together with the icon. */
  readonly colour: string
}

export const ENTITY_KINDS = {
  Person: {
    label: 'person', plural: 'persons', scheme: 'text', global_id: false, icon: 'user', colour: '#1f4e79',
    properties: ['name', 'alias', 'father', 'mother', 'spouse', 'born', 'age', 'sex', 'nationality', 'address', 'occupation', 'note'],
  },
  Organisation: {
    label: 'organisation', plural: 'organisations', scheme: 'text', global_id: false, icon: 'building-2', colour: '#5b3f8c',
    properties: ['name', 'registration', 'address', 'note'],
  },
  Phone: {
    label: 'phone', plural: 'phones', scheme: 'phone', global_id: true, icon: 'phone', colour: '#0b7a75',
    properties: ['operator', 'activated', 'note'],
  },
  Sim: { label: 'SIM', plural: 'SIMs', scheme: 'imsi', global_id: true, icon: 'card-sim', colour: '#3b8686', properties: ['operator', 'note'] },
  Handset: { label: 'handset', plural: 'handsets', scheme: 'imei', global_id: true, icon: 'smartphone', colour: '#4a7c59', properties: ['model', 'note'] },
  Vehicle: {
    label: 'vehicle', plural: 'vehicles', scheme: 'plate', global_id: true, icon: 'car', colour: '#8a5a00',
    properties: ['model', 'colour', 'note'],
  },
  BankAccount: {
    label: 'bank account', plural: 'bank accounts', scheme: 'account', global_id: true, icon: 'landmark', colour: '#7a4b00',
    properties: ['bank', 'branch', 'opened', 'note'],
  },
  Address: { label: 'address', plural: 'addresses', scheme: 'address', global_id: true, icon: 'house', colour: '#6b6b00', properties: ['village', 'district', 'pin', 'note'] },
  Location: {
    label: 'location', plural: 'locations', scheme: 'text', global_id: true, icon: 'map-pin', colour: '#6d6875',
    properties: ['name', 'place', 'district', 'latitude', 'longitude', 'azimuth', 'radius_m', 'note'],
  },
  Document: { label: 'document', plural: 'documents', scheme: 'document', global_id: true, icon: 'id-card', colour: '#556270', properties: ['type', 'issued_by', 'note'] },
  OnlineAccount: { label: 'online account', plural: 'online accounts', scheme: 'upi', global_id: true, icon: 'at-sign', colour: '#315c9c', properties: ['service', 'note'] },
  Event: {
    label: 'event', plural: 'events', scheme: 'text', global_id: false, icon: 'calendar', colour: '#9c2c4b',
    properties: ['type', 'name', 'date', 'place', 'sections', 'note'],
  },
  Consignment: {
    label: 'consignment', plural: 'consignments', scheme: 'text', global_id: false, icon: 'package', colour: '#8c3b00',
    properties: ['commodity', 'quantity', 'date', 'note'],
  },
} as const satisfies Record<string, EntityKindSpec>
export type EntityKind = keyof typeof ENTITY_KINDS
export const ENTITY_KIND_NAMES: readonly EntityKind[] = Object.keys(ENTITY_KINDS) as EntityKind[]

/** How a link kind takes part in the person network; the rules are written out in docs/method.md. */
export type ProjectionRole =
  /** Joins two actors, or things whose users are actors: a call, a payment, kinship. */
  | 'tie'
  /** Says that an actor stands behind a thing: uses, owns. */
  | 'attribution'
  /** Puts an actor at a shared event or consignment. */
  | 'participation'
  /** Takes no part. */
  | 'none'

export interface LinkKindSpec {
  /** As printed on a chart, read from source end to target end. */
  readonly label: string
  /** Entity kinds allowed at each end; empty means any. */
  readonly from: readonly EntityKind[]
  readonly to: readonly EntityKind[]
  readonly directed: boolean
  /** What adds up over observations. */
  readonly counts: 'calls' | 'amount' | 'observations'
  readonly projection: ProjectionRole
  /** Whether a link of this kind is itself evidence of an offence; a mapping can say so of others. */
  readonly criminal: boolean
}

const ANYONE = ['Person', 'Organisation'] as const
const HOLDER = ['Person', 'Organisation'] as const

export const LINK_KINDS = {
  called: { label: 'called', from: ['Phone', 'Person'], to: ['Phone', 'Person'], directed: true, counts: 'calls', projection: 'tie', criminal: false },
  messaged: { label: 'messaged', from: ['Phone', 'OnlineAccount', 'Person'], to: ['Phone', 'OnlineAccount', 'Person'], directed: true, counts: 'calls', projection: 'tie', criminal: false },
  uses: { label: 'uses', from: ['Person', 'Organisation', 'Phone', 'Sim'], to: ['Phone', 'Sim', 'Handset', 'Vehicle', 'BankAccount', 'OnlineAccount', 'Document'], directed: true, counts: 'observations', projection: 'attribution', criminal: false },
  owns: { label: 'owns', from: HOLDER, to: ['Phone', 'Sim', 'Handset', 'Vehicle', 'BankAccount', 'OnlineAccount', 'Document', 'Address', 'Organisation'], directed: true, counts: 'observations', projection: 'attribution', criminal: false },
  paid: { label: 'paid', from: ['BankAccount', 'OnlineAccount', 'Person', 'Organisation'], to: ['BankAccount', 'OnlineAccount', 'Person', 'Organisation'], directed: true, counts: 'amount', projection: 'tie', criminal: false },
  travelled: { label: 'travelled', from: ['Person', 'Vehicle'], to: ['Event', 'Location', 'Vehicle'], directed: true, counts: 'observations', projection: 'participation', criminal: false },
  present_at: { label: 'present at', from: ['Person', 'Vehicle', 'Phone', 'Handset', 'Sim'], to: ['Event', 'Location', 'Address'], directed: true, counts: 'observations', projection: 'participation', criminal: false },
  lives_at: { label: 'lives at', from: HOLDER, to: ['Address'], directed: true, counts: 'observations', projection: 'attribution', criminal: false },
  related_to: { label: 'related to', from: ['Person'], to: ['Person'], directed: false, counts: 'observations', projection: 'tie', criminal: false },
  associate_of: { label: 'associate of', from: ANYONE, to: ANYONE, directed: false, counts: 'observations', projection: 'tie', criminal: false },
  met: { label: 'met', from: ['Person'], to: ['Person'], directed: false, counts: 'observations', projection: 'tie', criminal: false },
  member_of: { label: 'member of', from: ANYONE, to: ['Organisation'], directed: true, counts: 'observations', projection: 'participation', criminal: false },
  employed_by: { label: 'employed by', from: ['Person'], to: ANYONE, directed: true, counts: 'observations', projection: 'tie', criminal: false },
  accused_in: { label: 'accused in', from: ANYONE, to: ['Event'], directed: true, counts: 'observations', projection: 'participation', criminal: true },
  victim_in: { label: 'victim in', from: ['Person'], to: ['Event'], directed: true, counts: 'observations', projection: 'none', criminal: false },
  witness_in: { label: 'witness in', from: ['Person'], to: ['Event'], directed: true, counts: 'observations', projection: 'none', criminal: false },
  seized_from: { label: 'seized from', from: ['Phone', 'Sim', 'Handset', 'Vehicle', 'Document', 'Consignment'], to: ['Person', 'Event'], directed: true, counts: 'observations', projection: 'attribution', criminal: true },
  carried: { label: 'carried', from: ['Person', 'Vehicle'], to: ['Consignment'], directed: true, counts: 'observations', projection: 'participation', criminal: true },
  same_as_possible: { label: 'possibly the same', from: [], to: [], directed: false, counts: 'observations', projection: 'none', criminal: false },
} as const satisfies Record<string, LinkKindSpec>
export type LinkKind = keyof typeof LINK_KINDS
export const LINK_KIND_NAMES: readonly LinkKind[] = Object.keys(LINK_KINDS) as LinkKind[]

/** What a person is to the case. One person can hold several; the most protected one decides how he is shown. */
export const ROLES = ['suspect', 'accused', 'victim', 'witness', 'minor', 'informant', 'officer', 'unknown'] as const
export type Role = (typeof ROLES)[number]

/** Roles whose identity is masked in everything that leaves the case. */
export const PROTECTED_ROLES: readonly Role[] = ['victim', 'witness', 'minor', 'informant']

/** Roles that are never ranked as a suspect; they stay in the network. */
export const UNRANKED_ROLES: readonly Role[] = ['victim', 'witness', 'minor', 'informant', 'officer']
