/** Adjustment for rare and common values: agreement on a value weighs by how often that value occurs, not by the average. */
import { NULL_INDEX } from '@ringmap/store/database'
import type { Field } from './fields.ts'
import type { ComparisonModel } from './match-model.ts'
import { exactLevel } from './match-model.ts'

/** Bits added for each value of a field when a pair agrees on it exactly. */
export function frequencyBits(field: Field, comparison: ComparisonModel, groups: Uint32Array | null = null): Float32Array {
  const u = comparison.u[exactLevel(comparison.kind)] as number
  const { counts, total } = groups === null ? { counts: field.counts, total: field.counts.reduce((sum, n) => sum + n, 0) } : distinctGroups(field, groups)
  return Float32Array.from(counts, (n) => (n === 0 ? 0 : Math.log2(u / Math.min(0.9, n / total))))
}

interface Spread {
  readonly counts: Uint32Array
  readonly total: number
}

/** What was counted over clusters, for as long as these are: chances and rarities both ask for it. */
const known = new WeakMap<Uint32Array, { readonly order: Uint32Array; readonly of: WeakMap<Field, Spread> }>()

/** In how many clusters each value occurs: a person written down fifteen times does not make their name common. */
export function distinctGroups(field: Field, groups: Uint32Array): Spread {
  let over = known.get(groups)
  if (over === undefined) known.set(groups, over = { order: byGroup(groups), of: new WeakMap() })
  let spread = over.of.get(field)
  if (spread === undefined) over.of.set(field, spread = countedOver(field, groups, over.order))
  return spread
}

function countedOver(field: Field, groups: Uint32Array, order: Uint32Array): Spread {
  const counts = new Uint32Array(field.values.length)
  const last = new Uint32Array(field.values.length).fill(NULL_INDEX)
  let total = 0
  for (const r of order) {
    const code = field.codes[r] as number
    if (code === NULL_INDEX || last[code] === groups[r]) continue
    last[code] = groups[r] as number
    counts[code] = (counts[code] as number) + 1
    total++
  }
  return { counts, total }
}

/** Records so that those of one group stand together. */
export function byGroup(groups: Uint32Array): Uint32Array {
  const starts = new Uint32Array(groups.length + 1)
  for (const group of groups) starts[group + 1] = (starts[group + 1] as number) + 1
  for (let g = 0; g < groups.length; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number)
  const order = new Uint32Array(groups.length)
  groups.forEach((group, r) => {
    const place = starts[group] as number
    order[place] = r
    starts[group] = place + 1
  })
  return order
}
