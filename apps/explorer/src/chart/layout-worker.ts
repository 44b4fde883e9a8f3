/** Lays charts out beside the page, so that it stays at hand meanwhile: takes what a layout needs, gives back places. */
import { placesFor, type LayoutQuestion, type Places } from './layout-places.ts'

export interface LayoutTask {
  readonly turn: number
  readonly question: LayoutQuestion
}

export interface LayoutAnswer {
  readonly turn: number
  readonly places: Places
}

addEventListener('message', ({ data: { turn, question } }: MessageEvent<LayoutTask>) => {
  postMessage({ turn, places: placesFor(question) } satisfies LayoutAnswer)
})
