/** Hands layouts to the worker and waits for the places; where workers are refused the page does it itself. */
import type { Chart, ChartLink } from '@ringmap/model/chart'
import { layoutChart } from '@ringmap/graph/layout'
import { laidOut, type LayoutName, type LayoutOptions } from './layouts.ts'
import type { LayoutAnswer, LayoutQuestion } from './layout-worker.ts'

export type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>

let worker: Worker | null = null
let turns = 0
const waiting = new Map<number, { readonly done: (places: Places) => void; readonly failed: (cause: Error) => void }>()

export async function laidOutBeside(chart: Chart, name: LayoutName, options: LayoutOptions): Promise<Places> {
  const turn = ++turns
  const question: LayoutQuestion = { turn, type: 'lay', chart: slim(chart), name, options }
  return await asked(question, () => new Map(laidOut(chart, name, options).entities.map(({ id, x, y }) => [id, { x, y }])))
}

/** Seats for entities that have no place in `fixed`, about those that have; nothing that has one moves. */
export async function seatedBeside(chart: Chart, fixed: Places): Promise<Places> {
  return await asked({ turn: ++turns, type: 'seat', chart: slim(chart), fixed }, () => layoutChart(chart.entities, chart.links, { seed: 1, fixed }))
}

async function asked(question: LayoutQuestion, here: () => Places): Promise<Places> {
  const desk = opened()
  if (desk === null) return here()
  return await new Promise<Places>((done, failed) => {
    waiting.set(question.turn, { done, failed })
    desk.postMessage(question)
  })
}

function opened(): Worker | null {
  if (worker !== null || typeof Worker === 'undefined') return worker
  worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
    waiting.get(data.turn)?.done(data.places)
    waiting.delete(data.turn)
  })
  worker.addEventListener('error', (event) => {
    for (const { failed } of waiting.values()) failed(new Error(event.message === '' ? 'The layout could not be worked out.' : event.message))
    waiting.clear()
    worker?.terminate()
    worker = null
  })
  return worker
}

/** Names and amounts stay here: no layout reads them, and copying them takes time. */
function slim(chart: Chart): Chart {
  return {
    ...chart, title: '', subtitle: '',
    entities: chart.entities.map((entity) => ({ ...entity, label: '', roles: [] })),
    links: chart.links.map((link): ChartLink => ({ ...link, label: '' })),
  }
}
