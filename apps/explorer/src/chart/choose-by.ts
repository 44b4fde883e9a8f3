/** Choosing by what things are instead of by a stroke of the hand: for those who work by keys, and for what no lasso goes around. */
import type { Chart } from '@ringmap/model/chart'
import type { EntityKind } from '@ringmap/model/schema'

export interface ChooseRule {
  /** Empty: any. */
  readonly kind: EntityKind | ''
  /** In the name, in any case; empty: any. */
  readonly words: string
  /** Links on the chart at least. */
  readonly least: number
  /** Has a link that is evidence of an offence. */
  readonly criminal: boolean
  /** Has a place in the organiser order. */
  readonly ranked: boolean
}

export const ANY: ChooseRule = { kind: '', words: '', least: 0, criminal: false, ranked: false }

/** Ids of those on the chart that fulfil all of it, in the order of the chart. */
export function chosenBy({ entities, links }: Chart, { kind, words, least, criminal, ranked }: ChooseRule): readonly string[] {
  const degrees = new Map<string, number>()
  const marked = new Set<string>()
  for (const link of links) {
    for (const id of new Set([link.source, link.target])) {
      degrees.set(id, (degrees.get(id) ?? 0) + 1)
      if (link.criminal) marked.add(id)
    }
  }
  const wanted = words.trim().toLowerCase()
  return entities.filter((entity) => (kind === '' || entity.kind === kind) && (wanted === '' || entity.label.toLowerCase().includes(wanted))
    && (degrees.get(entity.id) ?? 0) >= least && (!criminal || marked.has(entity.id)) && (!ranked || entity.rank !== null)).map(({ id }) => id)
}
