/** What filters leave of the whole case: counted over the columns in one pass, so that it can follow every move of a slider. */
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import type { LinkRule } from '../chart/link-rule.ts'
import { NO_RULE } from '../chart/link-rule.ts'
import { CLASS_NAMES, classOf, type FieldData } from './field-data.ts'

export interface FieldRule extends LinkRule {
  /** 1 where shown, by place in ENTITY_KIND_NAMES and in CLASS_NAMES. */
  readonly kinds: readonly number[]
  readonly classes: readonly number[]
}

export interface FieldCount {
  /** Overwritten by the next count. */
  readonly links: Uint8Array
  readonly entities: Uint8Array
  readonly links_shown: number
  readonly entities_shown: number
}

export function noFieldRule(): FieldRule {
  return { ...NO_RULE, kinds: ENTITY_KIND_NAMES.map(() => 1), classes: CLASS_NAMES.map(() => 1) }
}

/** A link without a time is ruled out by no window; an entity that loses its last link by a filter goes too. Agrees with the shader. */
export function fieldCounter(data: FieldData): (rule: FieldRule) => FieldCount {
  const { kind, source, target, strength, first, last, amount } = data
  const links = new Uint8Array(source.length)
  const entities = new Uint8Array(kind.length)
  const linked = new Uint8Array(kind.length)
  const classes = Uint8Array.from(source, (_, l) => classOf(data, l))
  for (let l = 0; l < source.length; l++) linked[source[l] as number] = linked[target[l] as number] = 1
  return ({ window: [from, until], amounts: [least, most], grades, kinds, classes: shown }) => {
    for (let v = 0; v < kind.length; v++) entities[v] = linked[v] === 0 ? kinds[kind[v] as number] as number : 0
    let links_shown = 0
    for (let l = 0; l < source.length; l++) {
      const sum = amount[l] as number
      const on = !((first[l] as number) > until) && !((last[l] as number) < from) && grades[strength[l] as number] === 1 && (sum < 0 || (sum >= least && sum <= most))
        && shown[classes[l] as number] === 1 && kinds[kind[source[l] as number] as number] === 1 && kinds[kind[target[l] as number] as number] === 1
      links[l] = on ? 1 : 0
      if (!on) continue
      links_shown++
      entities[source[l] as number] = 1
      entities[target[l] as number] = 1
    }
    let entities_shown = 0
    for (let v = 0; v < entities.length; v++) entities_shown += entities[v] as number
    return { links, entities, links_shown, entities_shown }
  }
}
