/** Small charts for tests, every field given. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'

export function entity(id: string, over: Partial<ChartEntity> = {}): ChartEntity {
  return { id, kind: 'Person', label: `Person ${id}`, roles: [], masked: false, x: 0, y: 0, focus: false, rank: null, ring: null, ...over }
}

export function link(id: string, source: string, target: string, over: Partial<ChartLink> = {}): ChartLink {
  return {
    id, kind: 'met', label: 'met', source, target, directed: false, count: 1, first_ms: null, last_ms: null, amount: null, currency: null,
    strength: 'unconfirmed', criminal: false, ...over,
  }
}

export function chartOf(entities: readonly ChartEntity[], links: readonly ChartLink[]): Chart {
  return {
    title: 'Ring 1', subtitle: '', entities, links,
    shown: { entities: entities.length, entities_of: entities.length + 5, links: links.length, links_of: links.length + 9, why: 'single links left out' },
  }
}
