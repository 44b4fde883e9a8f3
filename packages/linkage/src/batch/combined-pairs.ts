/** Two lots of compared pairs as one, with common pattern numbers. */
import type { ComparedPairs } from './compare-range.ts'
import { sharedU32 } from './shared-arrays.ts'

/** Rule counts stay those of the first. */
export function combinedPairs(first: ComparedPairs, more: ComparedPairs): ComparedPairs {
  if (more.left.length === 0) return first
  const places = new Map<number, number>()
  first.patterns.forEach((key, id) => places.set(key, id))
  const rules = first.first_found.length
  const to = Uint32Array.from(more.patterns, (key) => {
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, places.size)
    return places.size - 1
  })
  const by_rule = new Uint32Array(places.size * rules)
  by_rule.set(first.by_rule)
  const counts = new Float64Array(places.size)
  counts.set(first.counts)
  more.counts.forEach((n, p) => { counts[to[p] as number] = (counts[to[p] as number] as number) + n })
  const by_times = new Uint32Array(places.size * 2)
  by_times.set(first.by_times)
  return { ...first, left: joined(first.left, more.left), right: joined(first.right, more.right), pattern: joined(first.pattern, more.pattern.map((p) => to[p] as number)), patterns: Float64Array.from(places.keys()), counts, by_rule, by_times }
}

function joined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = sharedU32(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
