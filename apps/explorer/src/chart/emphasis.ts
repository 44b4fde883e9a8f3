/** Which entities and links stand out at the moment, and which step back: from what is picked, under the pointer, or named by a reason. */
import type { Chart } from '@ringmap/model/chart'
import type { EntityState } from './look.ts'

export interface Pick {
  readonly type: 'entity' | 'link'
  readonly id: string
}

export interface Attention {
  readonly picked: Pick | null
  readonly hovered: Pick | null
  /** Entities that were chosen together. */
  readonly chosen?: ReadonlySet<string>
  /** Ids that a reason stands on; the rest steps back. Null: no reason is shown. */
  readonly named: ReadonlySet<string> | null
}

export interface Emphasis {
  readonly entity: (id: string) => EntityState
  readonly link: (id: string) => EntityState
}

export const NO_ATTENTION: Attention = { picked: null, hovered: null, named: null }

export function emphasisOf(chart: Chart, attention: Attention): Emphasis {
  const kept = keptIn(chart, attention)
  const stateOf = (type: Pick['type']) => (id: string): EntityState => {
    if (attention.picked?.type === type && attention.picked.id === id) return 'picked'
    if (type === 'entity' && attention.chosen?.has(id) === true) return 'chosen'
    if (attention.hovered?.type === type && attention.hovered.id === id) return 'hovered'
    return kept !== null && !kept.has(id) ? 'dimmed' : 'rest'
  }
  return { entity: stateOf('entity'), link: stateOf('link') }
}

/** Everything that does not step back; null when nothing does. */
function keptIn(chart: Chart, { hovered, named }: Attention): ReadonlySet<string> | null {
  if (hovered !== null) return surroundings(chart, hovered)
  if (named === null) return null
  const kept = new Set(named)
  for (const link of chart.links) {
    if (named.has(link.id)) kept.add(link.source).add(link.target)
    // A link between two named entities belongs to what was said of them.
    if (named.has(link.source) && named.has(link.target)) kept.add(link.id)
  }
  return kept
}

/** The entity with its links and neighbours, or the link with its ends. */
export function surroundings(chart: Chart, pick: Pick): ReadonlySet<string> {
  const kept = new Set([pick.id])
  for (const link of chart.links) {
    if (pick.type === 'link' ? link.id === pick.id : link.source === pick.id || link.target === pick.id) kept.add(link.id).add(link.source).add(link.target)
  }
  return kept
}
