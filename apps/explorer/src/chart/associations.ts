/** Who of a chart is joined to whom: by links between them, or by a thing that both have a link to. */
import type { Chart, ChartEntity } from '@ringmap/model/chart'

export interface Association {
  /** Links between the two. */
  readonly direct: number
  /** Things on the chart that both are linked to. */
  readonly things: number
}

export interface Associations {
  /** Best linked first, at most the number asked for. */
  readonly people: readonly ChartEntity[]
  readonly of: number
  readonly cell: (one: string, other: string) => Association | null
}

export function associations(chart: Chart, most: number): Associations {
  const persons = chart.entities.filter(({ kind }) => kind === 'Person' || kind === 'Organisation')
  const beside = new Map<string, Map<string, number>>(chart.entities.map(({ id }) => [id, new Map()]))
  for (const { source, target } of chart.links) {
    for (const [one, other] of [[source, target], [target, source]] as const) beside.get(one)?.set(other, (beside.get(one)?.get(other) ?? 0) + 1)
  }
  const person = new Set(persons.map(({ id }) => id))
  const people = persons.toSorted((a, b) => (beside.get(b.id)?.size ?? 0) - (beside.get(a.id)?.size ?? 0) || (a.id < b.id ? -1 : 1)).slice(0, most)
  return {
    people, of: persons.length,
    cell: (one, other) => {
      const near = beside.get(one) ?? new Map<string, number>()
      const far = beside.get(other) ?? new Map<string, number>()
      const direct = near.get(other) ?? 0
      const things = [...near.keys()].filter((id) => !person.has(id) && far.has(id)).length
      return direct + things === 0 ? null : { direct, things }
    },
  }
}
