/** What there is on a chart, by kind of entity, class of link and strength, each with how many: what legends list and filters offer. */
import type { Chart } from '@ringmap/model/chart'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES, type EntityKind } from '@ringmap/model/schema'
import { LINK_CLASSES, linkClass, type LinkClass } from '@ringmap/drawing/colours'
import { isGroup } from './shape.ts'

export interface Contents {
  readonly kinds: readonly { readonly kind: EntityKind; readonly count: number }[]
  readonly classes: readonly { readonly name: LinkClass; readonly count: number }[]
  readonly strengths: readonly { readonly strength: Strength; readonly count: number }[]
}

/** In the order of the schema, without what there is none of; several drawn as one are of no kind. */
export function contentsOf({ entities, links }: Chart): Contents {
  const some = <T extends { readonly count: number }>(counted: readonly T[]): readonly T[] => counted.filter(({ count }) => count > 0)
  return {
    kinds: some(ENTITY_KIND_NAMES.map((kind) => ({ kind, count: entities.filter((entity) => entity.kind === kind && !isGroup(entity.id)).length }))),
    classes: some((Object.keys(LINK_CLASSES) as LinkClass[]).map((name) => ({ name, count: links.filter((link) => linkClass(link) === name).length }))),
    strengths: some(STRENGTHS.map((strength) => ({ strength, count: links.filter((link) => link.strength === strength).length }))),
  }
}
