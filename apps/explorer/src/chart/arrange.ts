/** Fits a chart to the view that it is drawn in. */
import type { Chart } from '@ringmap/model/chart'
import { spread, type View } from './spread.ts'
import { movedChart } from './moved-chart.ts'

/** The places at hand, fitted to the view. */
export function fitted(chart: Chart, view: View): Chart {
  return chart.entities.length === 0 ? chart : movedChart(chart, spread(chart.entities, view))
}
