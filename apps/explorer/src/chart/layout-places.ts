/** What a layout is asked for, and the places that answer it: the same in the worker and, where workers are refused, in the page. */
import type { Chart } from '@ringmap/model/chart'
import { layoutChart } from '@ringmap/graph/layout'
import { laidOut, type LayoutName, type LayoutOptions } from './layouts.ts'

export type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>

/** `seat`: places for entities that have none in `fixed`, about those that have; nothing that has one moves. */
export type LayoutQuestion =
  | { readonly type: 'lay'; readonly chart: Chart; readonly name: LayoutName; readonly options: LayoutOptions }
  | { readonly type: 'seat'; readonly chart: Chart; readonly fixed: Places }

export function placesFor(question: LayoutQuestion): Places {
  if (question.type === 'seat') return layoutChart(question.chart.entities, question.chart.links, { seed: 1, fixed: question.fixed })
  return new Map(laidOut(question.chart, question.name, question.options).entities.map(({ id, x, y }) => [id, { x, y }]))
}
