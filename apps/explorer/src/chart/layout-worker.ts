/** Lays charts out beside the page, so that it stays at hand meanwhile: takes what a layout needs, gives back places. */
import { layoutChart } from '@ringmap/graph/layout'
import type { Chart } from '@ringmap/model/chart'
import { laidOut, type LayoutName, type LayoutOptions } from './layouts.ts'

export type LayoutQuestion =
  | { readonly turn: number; readonly type: 'lay'; readonly chart: Chart; readonly name: LayoutName; readonly options: LayoutOptions }
  | { readonly turn: number; readonly type: 'seat'; readonly chart: Chart; readonly fixed: ReadonlyMap<string, { readonly x: number; readonly y: number }> }

export interface LayoutAnswer {
  readonly turn: number
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>
}

addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const places = data.type === 'seat' ? layoutChart(data.chart.entities, data.chart.links, { seed: 1, fixed: data.fixed })
    : new Map(laidOut(data.chart, data.name, data.options).entities.map(({ id, x, y }) => [id, { x, y }]))
  postMessage({ turn: data.turn, places } satisfies LayoutAnswer)
})
