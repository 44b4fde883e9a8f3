/** How a network file of another program is mapped: one table of entities and links, the same for every file, so that case.yaml need not say it. */
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, LINK_KINDS, type EntityKind } from './schema.ts'

export const EXCHANGE_KINDS = ['graphml', 'anx', 'ftm'] as const
/**
 * What was read is kept as a table of the case, so that it can be looked at row by row. `stated` is the item as a file of ours states it, with what
 * a case finds for itself and takes from nobody (ranks, places, strengths): JSON, empty for files of others. One row of such a file, `network`, is the file as a whole.
 */
export const EXCHANGE_FOLDER = 'exchange'
export const EXCHANGE_COLUMNS = [
  'what', 'id', 'key', 'kind', 'label', 'role', 'source', 'source_key', 'source_kind', 'target', 'target_key', 'target_kind', 'link_kind', 'count', 'first', 'last', 'amount_minor', 'duration_s', 'commodity', 'grade', 'stated',
] as const
export type ExchangeColumn = (typeof EXCHANGE_COLUMNS)[number]

const only = (column: ExchangeColumn, value: string): { column: ExchangeColumn; in: string[] } => ({ column, in: [value] })

/** Entities and links as case.yaml would state them. @param scope of its ids. @param currency of the amounts. */
export function exchangeMapping(scope: string, currency: string): { readonly entities: Record<string, object>; readonly links: object[] } {
  const entities: Record<string, object> = {}
  for (const kind of ENTITY_KIND_NAMES) {
    const named = kind === 'Person' || kind === 'Organisation'
    entities[kind] = { kind, id: 'key', scope, label: { column: 'label' }, role: { column: 'role' }, ...(named ? { properties: { name: { column: 'label' } } } : {}), where: [only('what', 'entity'), only('kind', kind)] }
    for (const end of ['source', 'target'] as const) entities[`${end}_${kind}`] = { kind, id: `${end}_key`, scope, where: [only('what', 'link'), only(`${end}_kind`, kind)] }
  }
  const any = (kinds: readonly EntityKind[]): readonly EntityKind[] => (kinds.length === 0 ? ENTITY_KIND_NAMES : kinds)
  const links = LINK_KIND_NAMES.filter((kind) => kind !== 'same_as_possible').flatMap((kind) => any(LINK_KINDS[kind].from).flatMap((from) => any(LINK_KINDS[kind].to).map((to) => ({
    kind, from: `source_${from}`, to: `target_${to}`, at: 'first', until: 'last', duration_s: 'duration_s', count: 'count', commodity: { column: 'commodity' }, grade: 'grade',
    ...(LINK_KINDS[kind].counts === 'amount' ? { amount: { column: 'amount_minor', unit: 'minor', currency } } : {}), where: [only('link_kind', kind), only('source_kind', from), only('target_kind', to)],
  }))))
  return { entities, links }
}
