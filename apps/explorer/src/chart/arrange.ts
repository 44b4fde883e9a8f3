/** Lays the chart on the screen out again, by the same layout that the first drawing came from. */
import { layoutChart } from '@ringmap/graph/layout'
import type { Chart } from '@ringmap/model/chart'

export interface Place {
  readonly x: number
  readonly y: number
}

/** Places by entity id; the same for the same chart and seed. */
export function arrange(chart: Chart, seed: number): ReadonlyMap<string, Place> {
  return layoutChart(chart.entities, chart.links, { seed })
}
