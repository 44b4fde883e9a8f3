/** What is linked to an entity: how many of which kind by which link, and those with most links to it. */
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { NeighbourCount } from '@ringmap/model/wire'
import type { EntityColumns, LinkColumns } from './case-columns.ts'

export interface NeighbourhoodOptions {
  /** Only by links of this kind; null for any. */
  readonly link?: LinkKind | null
  /** Only entities of this kind; null for any. */
  readonly kind?: EntityKind | null
  /** Entities that are on the chart already and so are not among the nearest. */
  readonly have?: Iterable<number>
  /** Most entities to return; default 25. */
  readonly limit?: number
}

export interface Neighbourhood {
  /** Distinct entities by link kind and entity kind, most first; over everything, whatever the options. */
  readonly counts: readonly NeighbourCount[]
  /** Entity indices, those with the highest count of calls, payments or observations with it first, then by index. */
  readonly nearest: Uint32Array
  /** How many there were to choose from. */
  readonly of: number
}

export function neighbourhood(entities: EntityColumns, links: LinkColumns, entity: number, options: NeighbourhoodOptions = {}): Neighbourhood {
  const { link = null, kind = null, have = [], limit = 25 } = options
  const present = new Set(have)
  const seen = new Map<number, Set<number>>()
  const counts = new Map<number, number>()
  for (let l = 0; l < links.kind.length; l++) {
    const source = links.source[l]
    const target = links.target[l]
    if (source === target || (source !== entity && target !== entity)) continue
    const other = source === entity ? target : source
    const sort = links.kind[l] * ENTITY_KIND_NAMES.length + entities.kind[other]
    let others = seen.get(sort)
    if (others === undefined) seen.set(sort, (others = new Set()))
    others.add(other)
    if (present.has(other) || (link !== null && LINK_KIND_NAMES[links.kind[l]] !== link)) continue
    if (kind === null || ENTITY_KIND_NAMES[entities.kind[other]] === kind) counts.set(other, (counts.get(other) ?? 0) + links.count[l])
  }
  const nearest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return {
    counts: [...seen].sort((a, b) => b[1].size - a[1].size || a[0] - b[0]).map(([sort, others]) => ({
      link: LINK_KIND_NAMES[Math.floor(sort / ENTITY_KIND_NAMES.length)],
      kind: ENTITY_KIND_NAMES[sort % ENTITY_KIND_NAMES.length],
      count: others.size,
    })),
    nearest: Uint32Array.from(nearest.slice(0, limit), ([other]) => other),
    of: nearest.length,
  }
}
