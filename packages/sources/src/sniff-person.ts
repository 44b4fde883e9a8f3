/** The person of a row, his role, and the things in the row that are his. */
import type { EntityMapping, ValueMapping } from '@ringmap/model/case-file'
import { PROTECTED_ROLES, type IdentifierScheme, type LinkKind, type Role } from '@ringmap/model/schema'
import type { ColumnGuess } from './sniff-columns.ts'
import { thing, type Columns, type DraftEntity, type DraftLink } from './sniff-draft.ts'
import type { Meaning } from './sniff-headers.ts'

/** Scope of ids that several files share. */
export const SHARED_SCOPE = 'people'

const ROLE_WORDS: readonly (readonly [Role, RegExp])[] = [
  ['minor', /\b(?:minors?|juvenile|child|ccl|cncp|nabalig)\b|नाबालिग/i],
  ['victim', /\b(?:victims?|rescued|survivor|peedit|pidit|deceased|missing)\b|पीड़ित/i],
  ['witness', /\b(?:witness(?:es)?|pw ?\d*|gawah|panch|complainant|complaint)\b|गवाह/i],
  ['informant', /\b(?:informer|source|mukhbir|informant)\b/i],
  ['officer', /\b(?:officer|io|constable|inspector|si|asi|sho|police)\b/i],
  ['accused', /\b(?:accused|arrested|abhiyukt|aaropi|charge ?sheeted|absconding|absconder)\b|अभियुक्त|आरोपी/i],
  ['suspect', /\b(?:suspects?|sandigdh|suspected)\b|संदिग्ध/i],
  ['unknown', /\b(?:unknown|not known|other|na)\b/i],
]

/** Words of a role column to roles; null when it is no such column. */
export function roleWords(guess: ColumnGuess | null): Readonly<Record<string, Role>> | null {
  if (guess === null) return null
  const words = [...new Set(guess.values)].sort()
  if (words.length === 0 || words.length > 40) return null
  const map: Record<string, Role> = {}
  for (const word of words) {
    const role = ROLE_WORDS.find(([, pattern]) => pattern.test(word))?.[0]
    if (role !== undefined) map[word] = role
  }
  // One victim among many other words is reason enough: he must be masked.
  const telling = Object.keys(map).length * 2 >= words.length || Object.values(map).some((role) => PROTECTED_ROLES.includes(role))
  return telling ? Object.fromEntries(words.map((word) => [word, map[word] ?? 'unknown'])) : null
}

const PROPERTIES: readonly (readonly [string, Meaning])[] = [
  ['alias', 'alias'], ['father', 'father'], ['mother', 'mother'], ['spouse', 'spouse'], ['born', 'born'], ['age', 'age'], ['sex', 'sex'], ['nationality', 'nationality'], ['occupation', 'occupation'],
]
const PAPERS: readonly IdentifierScheme[] = ['pan', 'aadhaar', 'voter_id', 'passport', 'driving_licence']

/** @param name meaning of the column that holds the name. */
export function personOf(columns: Columns, name: Meaning = 'name', more: Partial<EntityMapping> = {}): DraftEntity {
  const comments: string[] = []
  const properties: Record<string, ValueMapping> = {}
  const identifiers: Partial<Record<IdentifierScheme, string>> = {}
  const named = columns.take(name)
  if (named !== null) properties['name'] = named.column
  else if (name === 'name') {
    const parts = [columns.take('given_name'), columns.take('surname')].flatMap((part) => (part === null ? [] : [part.column]))
    if (parts.length > 0) properties['name'] = { columns: parts, join: ' ' }
  }
  for (const [property, meaning] of PROPERTIES) {
    const found = columns.take(meaning)
    if (found !== null) properties[property] = found.column
  }
  const address = columns.take('address')
  if (address !== null) properties['address'] = address.column
  const note = columns.take('note') ?? columns.take('coming_from')
  if (note !== null) properties['note'] = note.column
  for (const scheme of PAPERS) {
    const found = columns.take(scheme as Meaning)
    if (found === null) continue
    identifiers[scheme] = found.column
    if (found.doubt !== null) comments.push(`${found.column}: ${found.doubt}`)
  }
  const id = columns.take('person_id')
  const roles = roleWords(columns.peek('role'))
  const role = roles === null ? undefined : { column: columns.take('role')?.column ?? '', map: Object.fromEntries(Object.entries(roles).filter(([word, to]) => word !== to)) }
  if (role !== undefined) comments.push('check the roles: they decide who is masked and who is never ranked')
  const mapping = {
    kind: 'Person' as const, ...(id === null ? {} : { id: id.column, scope: SHARED_SCOPE }), ...(role === undefined ? {} : { role }), ...more,
    ...(Object.keys(identifiers).length === 0 ? {} : { identifiers }), ...(Object.keys(properties).length === 0 ? {} : { properties }),
  }
  return { mapping, comment: comments.join('; ') || null }
}

/** Phones, addresses, accounts... of the row's person that nothing else has taken. */
export function belongings(columns: Columns, owner: string, entities: Record<string, DraftEntity>, links: DraftLink[], hold: LinkKind = 'uses'): void {
  const add = (alias: string, entity: DraftEntity, kind: LinkKind): void => {
    entities[alias] = entity
    links.push({ mapping: { kind, from: owner, to: alias }, comment: null })
  }
  for (let n = 0; n < 3; n++) {
    const phone = 'phone' in entities && n === 0 ? null : columns.take('phone', n)
    if (phone !== null) add(n === 0 ? 'phone' : `phone${n + 1}`, thing('Phone', phone), hold)
  }
  const email = columns.take('email')
  if (email !== null) add('email', thing('OnlineAccount', email, { scheme: 'email' }), hold)
  const upi = columns.take('upi')
  if (upi !== null) add('upi', thing('OnlineAccount', upi), hold)
  const handle = columns.take('handle')
  if (handle !== null) add('online', thing('OnlineAccount', handle, { scheme: 'handle' }), hold)
  const plate = 'vehicle' in entities ? null : columns.take('plate')
  if (plate !== null) add('vehicle', thing('Vehicle', plate), hold)
  const address = columns.take('address')
  if (address !== null) add('home', thing('Address', address), 'lives_at')
}
