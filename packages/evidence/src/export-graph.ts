/** A network on its way into a file of another program: whole or a chart, masked already, in the order of ids. */
import type { Chart } from '@ringmap/model/chart'
import type { ExportEntity, ExportGraph, ExportLink, Statement } from '@ringmap/model/exchange-graph'
import { isoTime } from './iso-time.ts'

export type { ExportEntity, ExportGraph, ExportLink, Statement }

export function graphOfChart(chart: Chart): ExportGraph {
  return { name: chart.title, entities: chart.entities, links: chart.links }
}

/** A column of the file: its name, its type, and its value; null leaves the cell out. */
export interface Field<T> {
  readonly name: string
  readonly type: 'string' | 'long' | 'double' | 'boolean'
  readonly value: (item: T) => string | null
}

/** Everything about an entity but its id and label, which every format has a place of its own for. */
export const ENTITY_FIELDS: readonly Field<ExportEntity>[] = [
  { name: 'kind', type: 'string', value: ({ kind }) => kind },
  { name: 'roles', type: 'string', value: ({ roles }) => (roles.length === 0 ? null : roles.join(' ')) },
  { name: 'masked', type: 'boolean', value: ({ masked }) => String(masked) },
  { name: 'rank', type: 'long', value: ({ rank }) => (rank === null ? null : String(rank)) },
  { name: 'ring', type: 'string', value: ({ ring }) => ring },
]

/** Direction is a field too: no reader opens a file that mixes directed and undirected links. */
export const LINK_FIELDS: readonly Field<ExportLink>[] = [
  { name: 'kind', type: 'string', value: ({ kind }) => kind },
  { name: 'directed', type: 'boolean', value: ({ directed }) => String(directed) },
  { name: 'count', type: 'long', value: ({ count }) => String(count) },
  { name: 'first', type: 'string', value: ({ first_ms }) => (first_ms === null ? null : isoTime(first_ms)) },
  { name: 'last', type: 'string', value: ({ last_ms }) => (last_ms === null ? null : isoTime(last_ms)) },
  { name: 'amount_minor', type: 'long', value: ({ amount }) => (amount !== null && /^-?\d+$/.test(amount) ? amount : null) },
  { name: 'currency', type: 'string', value: ({ currency }) => currency },
  { name: 'duration_s', type: 'double', value: ({ duration_s }) => (Number.isFinite(duration_s) ? String(duration_s) : null) },
  { name: 'commodity', type: 'string', value: ({ commodity }) => commodity ?? null },
  { name: 'strength', type: 'string', value: ({ strength }) => strength },
  { name: 'criminal', type: 'boolean', value: ({ criminal }) => String(criminal) },
]

/** `calls.csv rows 3, 9 and 4 more`: where to look it up. */
export function sourceReference({ file, rows, rows_of: of }: Statement): string {
  const more = of - rows.length
  return `${file} ${of === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

export function isPlaced(entity: ExportEntity): entity is ExportEntity & { readonly x: number; readonly y: number } {
  return Number.isFinite(entity.x) && Number.isFinite(entity.y)
}

/** By id, in code units: the same for any order of input. */
export function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Joins what a writer yields, with what it returned at the end. */
export function collected<R>(chunks: Generator<string, R>): { readonly text: string; readonly result: R } {
  const parts: string[] = []
  for (;;) {
    const { value, done } = chunks.next()
    if (done === true) return { text: parts.join(''), result: value }
    parts.push(value)
  }
}
