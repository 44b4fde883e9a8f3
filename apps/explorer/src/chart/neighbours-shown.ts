/** Which neighbours of an entity are on the chart already, by link kind and entity kind. */
import type { Chart } from '@ringmap/model/chart'

/** Distinct neighbours, keyed `called Phone`. */
export function neighboursShown(chart: Chart, id: string): ReadonlyMap<string, number> {
  const kinds = new Map(chart.entities.map((entity) => [entity.id, entity.kind]))
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const link of chart.links) {
    const other = link.source === id ? link.target : link.target === id ? link.source : null
    const kind = other === null || other === id ? undefined : kinds.get(other)
    if (kind === undefined || seen.has(`${link.kind} ${other}`)) continue
    seen.add(`${link.kind} ${other}`)
    counts.set(`${link.kind} ${kind}`, (counts.get(`${link.kind} ${kind}`) ?? 0) + 1)
  }
  return counts
}
