/** What a network file of another program holds: the network, and what in it could not be understood. */
import type { ExportEntity, ExportGraph, ExportLink } from '@ringmap/model/exchange-graph'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES, ENTITY_KINDS, LINK_KIND_NAMES, LINK_KINDS, ROLES, type EntityKind, type LinkKind, type Role } from '@ringmap/model/schema'

/** Something that was left out or read in part, with where it stands: a line, or the id of an item. */
export interface ExchangeTrouble {
  readonly what: 'kind_unknown' | 'end_missing' | 'value_unreadable'
  readonly at: number
  readonly value: string
}

export interface ExchangeFile {
  readonly graph: ExportGraph
  readonly troubles: readonly ExchangeTrouble[]
}

/** Words for kinds that the file uses besides ours, from case.yaml. */
export interface ExchangeWords {
  readonly entity_kinds?: Readonly<Record<string, EntityKind>>
  readonly link_kinds?: Readonly<Record<string, LinkKind>>
}

/** By our name or label, whatever the case of its letters, or by the words given. */
export function entityKindOf(word: string, words: ExchangeWords): EntityKind | null {
  const own = words.entity_kinds?.[word]
  const low = word.trim().toLowerCase()
  return own ?? ENTITY_KIND_NAMES.find((kind) => kind.toLowerCase() === low || ENTITY_KINDS[kind].label.toLowerCase() === low) ?? null
}

export function linkKindOf(word: string, words: ExchangeWords): LinkKind | null {
  const own = words.link_kinds?.[word]
  const low = word.trim().toLowerCase()
  return own ?? LINK_KIND_NAMES.find((kind) => kind === low || LINK_KINDS[kind].label === low) ?? null
}

export function rolesOf(words: readonly string[]): Role[] {
  return words.filter((word): word is Role => (ROLES as readonly string[]).includes(word))
}

/** Milliseconds of an ISO time; one without a zone is read as UTC. Null for what is none. */
export function momentOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const at = Date.parse(/T\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(at) ? null : at
}

export function numberOf(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

/** Unset or a word that is not ours is unconfirmed. */
export function strengthOf(word: string | undefined): Strength {
  return STRENGTHS.find((strength) => strength === word) ?? 'unconfirmed'
}

/** What our own files say of a link beside its ends and times, under the names that `LINK_FIELDS` of the export gives. */
export function linkValues(values: ReadonlyMap<string, string>, kind: LinkKind): Pick<ExportLink, 'amount' | 'currency' | 'duration_s' | 'commodity' | 'criminal'> {
  const amount = values.get('amount_minor') ?? ''
  const duration = numberOf(values.get('duration_s'))
  const commodity = values.get('commodity')
  return {
    amount: /^-?\d+$/.test(amount) ? amount : null, currency: values.get('currency') ?? null, ...(duration === null ? {} : { duration_s: duration }), ...(commodity === undefined ? {} : { commodity }),
    criminal: values.has('criminal') ? values.get('criminal') === 'true' : LINK_KINDS[kind].criminal,
  }
}

/** Links whose ends are both there; the others are told. */
export function withEnds(name: string, entities: readonly ExportEntity[], links: readonly ExportLink[], troubles: ExchangeTrouble[]): ExchangeFile {
  const known = new Set(entities.map(({ id }) => id))
  const whole = links.filter((link, i) => {
    const missing = [link.source, link.target].find((end) => !known.has(end))
    if (missing !== undefined) troubles.push({ what: 'end_missing', at: i + 1, value: `${link.id}: ${missing}` })
    return missing === undefined
  })
  return { graph: { name, entities, links: whole }, troubles }
}
