/** Saves what is on the screen as a PNG, with its title and what is not shown written into the picture itself. */
import { say } from '../words/say.ts'
import { ringLabel } from '../words/terms.ts'
import { SCREEN } from '@ringmap/drawing/colours'
import { CHART_FONT } from './canvas-drawing.ts'
import type { Visible } from './filters.ts'
import { currentChart, shownLine, type Steps } from './steps.ts'

const HEAD = 46
const LINE = 18

export function savePicture(drawing: HTMLCanvasElement, steps: Steps, visible: Visible): void {
  savePictureOf(drawing, ringLabel(currentChart(steps).title), shownLine(steps, visible))
}

/** @param shown how much of what is in the picture, and what hides the rest */
export function savePictureOf(drawing: HTMLCanvasElement, title: string, shown: string): void {
  const scale = window.devicePixelRatio || 1
  const width = drawing.width / scale
  const picture = document.createElement('canvas')
  const context = picture.getContext('2d')
  if (context === null) return
  const small = `12px ${CHART_FONT}`
  context.font = small
  const lines = wrapped(context, `${shown}. ${say('chart.distance')}`, width - 24)
  const height = HEAD + drawing.height / scale + lines.length * LINE + 14
  picture.width = drawing.width
  picture.height = Math.ceil(height * scale)
  context.scale(scale, scale)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#1b2a3a'
  context.font = `600 17px ${CHART_FONT}`
  context.fillText(title, 12, 29, width - 24)
  context.drawImage(drawing, 0, HEAD, width, drawing.height / scale)
  context.font = small
  lines.forEach((line, i) => context.fillText(line, 12, HEAD + drawing.height / scale + 18 + i * LINE))
  picture.toBlob((blob) => {
    if (blob === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = 'chart.png'
    link.click()
    URL.revokeObjectURL(link.href)
  }, 'image/png')
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && context.measureText(longer).width > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
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
