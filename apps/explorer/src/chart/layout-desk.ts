/** Hands layouts to the worker and waits for the places; where workers are refused the page does it itself. */
import type { Chart, ChartLink } from '@ringmap/model/chart'
import type { LayoutQuestion, Places } from './layout-places.ts'
import type { LayoutAnswer, LayoutTask } from './layout-worker.ts'
import type { LayoutName, LayoutOptions } from './layouts.ts'

let worker: Worker | null = null
let turns = 0
const waiting = new Map<number, { readonly done: (places: Places) => void; readonly failed: (cause: Error) => void }>()

export async function laidOutBeside(chart: Chart, name: LayoutName, options: LayoutOptions): Promise<Places> {
  return await asked({ type: 'lay', chart: slim(chart), name, options })
}

/** Seats for newcomers: see `LayoutQuestion`. */
export async function seatedBeside(chart: Chart, fixed: Places): Promise<Places> {
  return await asked({ type: 'seat', chart: slim(chart), fixed })
}

async function asked(question: LayoutQuestion): Promise<Places> {
  const desk = opened()
  if (desk === null) return (await import('./layout-places.ts')).placesFor(question)
  const turn = ++turns
  return await new Promise<Places>((done, failed) => {
    waiting.set(turn, { done, failed })
    desk.postMessage({ turn, question } satisfies LayoutTask)
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
