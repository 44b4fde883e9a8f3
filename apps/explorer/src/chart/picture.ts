/** Saves what is on the screen as a PNG, with its title, its legend and what is not shown written into the picture itself. */
import type { Chart } from '@ringmap/model/chart'
import { PAPER, SCREEN, SCREEN_INK } from '@ringmap/drawing/colours'
import { legendDrawing } from '@ringmap/drawing/legend'
import { say } from '../words/say.ts'
import { ringLabel } from '../words/terms.ts'
import { CHART_FONT, drawOn, measured } from './canvas-drawing.ts'
import type { Visible } from './filters.ts'
import { overlayOf } from './overlay.ts'
import type { Comparison } from './comparison.ts'
import { pictureLegend } from './picture-legend.ts'
import type { FinePicture } from './scene-picture.ts'
import type { Stage } from './stage.ts'
import { currentChart, currentStep, shownLine, type Steps } from './steps.ts'
import { wrapped } from './wrapped.ts'
import { drawnAs } from '../visible.ts'

const HEAD = 46
const LINE = 18
const LEGEND = 226

export function savePicture(stage: Stage, steps: Steps, visible: Visible): void {
  const step = currentStep(steps)
  saved(framed(pictureOf(stage, steps, visible), ringLabel(currentChart(steps).title), shownLine(steps, visible), { chart: drawnAs(visible.chart, step).chart, comparison: step.comparison }))
}

/** The drawing with what is laid over it. */
export function pictureOf(stage: Stage, steps: Steps, visible: Visible): FinePicture {
  const picture = stage.snapshot()
  const context = picture.canvas.getContext('2d')
  context?.setTransform(picture.ratio, 0, 0, picture.ratio, 0, 0)
  if (context) drawOn(context, overlayOf(visible.chart, currentStep(steps), stage.view()).drawing)
  return picture
}

/** @param shown how much of what is in the picture, and what hides the rest */
export function savePictureOf(drawing: FinePicture, title: string, shown: string): void {
  saved(framed(drawing, title, shown, null))
}

/** What a legend tells of. */
export interface Told {
  readonly chart: Chart
  readonly comparison: Comparison | null
}

/** @param legend null: what is drawn has none. */
export function framed({ canvas, ratio }: FinePicture, title: string, shown: string, legend: Told | null): HTMLCanvasElement {
  const [view, high] = [canvas.width / ratio, canvas.height / ratio]
  const width = view + (legend === null ? 0 : LEGEND)
  const picture = document.createElement('canvas')
  const context = picture.getContext('2d')
  if (context === null) return picture
  const small = `12px ${CHART_FONT}`
  context.font = small
  const lines = wrapped(`${shown}. ${say('chart.distance')}`, width - 24, (text) => measured(text, 12, 'regular'))
  const height = HEAD + high + lines.length * LINE + 14
  picture.width = Math.round(width * ratio)
  picture.height = Math.ceil(height * ratio)
  context.scale(ratio, ratio)
  context.fillStyle = PAPER
  context.fillRect(0, 0, width, height)
  context.fillStyle = SCREEN_INK
  context.font = `600 17px ${CHART_FONT}`
  context.fillText(title, 12, 29, width - 24)
  context.drawImage(canvas, 0, HEAD, view, high)
  context.font = small
  lines.forEach((line, i) => context.fillText(line, 12, HEAD + high + 18 + i * LINE))
  if (legend !== null) drawOn(context, [legendDrawing(pictureLegend(legend.chart, legend.comparison), '', { x: view + 14, y: HEAD, width: LEGEND - 22, height: high }, measured)])
  return picture
}

function saved(picture: HTMLCanvasElement): void {
  picture.toBlob((blob) => {
    if (blob === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = 'chart.png'
    link.click()
    URL.revokeObjectURL(link.href)
  }, 'image/png')
}

/** The layers of the stage as one picture, on paper colour. */
export function flattened(layers: Readonly<Record<string, HTMLCanvasElement>>): HTMLCanvasElement {
  const picture = document.createElement('canvas')
  picture.width = layers['nodes']?.width ?? 0
  picture.height = layers['nodes']?.height ?? 0
  const context = picture.getContext('2d')
  if (context === null) return picture
  context.fillStyle = SCREEN
  context.fillRect(0, 0, picture.width, picture.height)
  for (const name of ['edges', 'nodes', 'labels']) {
    const layer = layers[name]
    if (layer !== undefined) context.drawImage(layer, 0, 0)
  }
  return picture
}
