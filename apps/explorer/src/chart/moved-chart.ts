/** The same chart with some entities in new places. */
import type { Chart } from '@ringmap/model/chart'

export function movedChart(chart: Chart, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): Chart {
  return { ...chart, entities: chart.entities.map((entity) => ({ ...entity, ...places.get(entity.id) })) }
}
