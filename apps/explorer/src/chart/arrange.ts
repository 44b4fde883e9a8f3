/** Lays the chart on the screen out again, by the same layout that the first drawing came from. */
import { layoutChart } from '@ringmap/graph/layout'
import type { Chart } from '@ringmap/model/chart'
import { spread, type View } from './spread.ts'
import { movedChart } from './moved-chart.ts'

/** The same for the same chart, seed and view. */
export function arranged(chart: Chart, seed: number, view: View): Chart {
  return fitted(movedChart(chart, layoutChart(chart.entities, chart.links, { seed })), view)
}

/** The places at hand, fitted to the view. */
export function fitted(chart: Chart, view: View): Chart {
  return chart.entities.length === 0 ? chart : movedChart(chart, spread(chart.entities, view))
}
