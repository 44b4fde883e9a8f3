/** Draws the operations of a picture on a canvas: the same list that paper is drawn from; text is shaped by the browser. */
import type { BoxOperation, Measure, Operation, Paint, PathStep, Weight } from '@ringmap/drawing/operations'
import { iconStrokes } from '../icons/kind-images.ts'

export const CHART_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", "Noto Naskh Arabic", Arial, sans-serif'
const WEIGHTS: Readonly<Record<Weight, number>> = { regular: 500, bold: 600 }

/** What is used of a canvas: a recorder can stand in its place. */
export type Surface = Pick<CanvasRenderingContext2D,
  | 'beginPath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'closePath' | 'arc' | 'roundRect' | 'fill' | 'stroke' | 'fillText' | 'save' | 'restore' | 'translate' | 'scale' | 'setLineDash'
  | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineCap' | 'lineJoin' | 'globalAlpha' | 'font' | 'textAlign' | 'textBaseline'>

export function drawOn(surface: Surface, operations: readonly Operation[]): void {
  for (const operation of operations) drawOne(surface, operation)
}

function drawOne(surface: Surface, operation: Operation): void {
  switch (operation.op) {
    case 'group':
      if (operation.at === undefined && operation.scale === undefined) {
        drawOn(surface, operation.parts)
        return
      }
      surface.save()
      surface.translate(operation.at?.x ?? 0, operation.at?.y ?? 0)
      surface.scale(operation.scale ?? 1, operation.scale ?? 1)
      drawOn(surface, operation.parts)
      surface.restore()
      return
    case 'words':
      surface.font = fontOf(operation.size, operation.weight)
      surface.fillStyle = operation.colour
      surface.textBaseline = 'alphabetic'
      surface.textAlign = operation.anchor === 'middle' ? 'center' : operation.anchor === 'end' ? 'right' : 'left'
      surface.fillText(operation.text, operation.x, operation.y)
      return
    case 'icon':
      surface.save()
      surface.scale(operation.size / 24, operation.size / 24)
      surface.translate(-12, -12)
      surface.strokeStyle = operation.colour
      surface.lineWidth = 2.2
      surface.lineCap = surface.lineJoin = 'round'
      surface.setLineDash([])
      surface.stroke(iconStrokes(operation.icon))
      surface.restore()
      return
    default:
      surface.beginPath()
      outline(surface, operation)
      paint(surface, operation.paint)
  }
}

function outline(surface: Surface, operation: Exclude<Operation, { readonly op: 'group' | 'words' | 'icon' }>): void {
  switch (operation.op) {
    case 'path':
      for (const step of operation.steps) follow(surface, step)
      return
    case 'circle':
      surface.arc(operation.x, operation.y, Math.max(0, operation.radius), 0, 2 * Math.PI)
      return
    case 'polygon':
      operation.corners.forEach(({ x, y }, i) => i === 0 ? surface.moveTo(x, y) : surface.lineTo(x, y))
      surface.closePath()
      return
    case 'box': box(surface, operation)
  }
}

function box(surface: Surface, { x, y, width, height, round }: BoxOperation): void {
  surface.roundRect(x, y, width, height, round)
}

function follow(surface: Surface, step: PathStep): void {
  if (step[0] === 'M') surface.moveTo(step[1], step[2])
  else if (step[0] === 'L') surface.lineTo(step[1], step[2])
  else if (step[0] === 'Q') surface.quadraticCurveTo(step[1], step[2], step[3], step[4])
  else surface.closePath()
}

function paint(surface: Surface, { fill, opacity = 1, stroke }: Paint): void {
  if (fill !== null) {
    surface.globalAlpha = opacity
    surface.fillStyle = fill
    surface.fill()
    surface.globalAlpha = 1
  }
  // A width of nothing would be taken for "as before".
  if (stroke === undefined || stroke.width <= 0) return
  surface.strokeStyle = stroke.colour
  surface.lineWidth = stroke.width
  surface.lineCap = stroke.cap ?? 'butt'
  surface.lineJoin = stroke.join ?? 'miter'
  surface.setLineDash([...stroke.dashes ?? []])
  surface.stroke()
}

function fontOf(size: number, weight: Weight): string {
  return `${WEIGHTS[weight]} ${size}px ${CHART_FONT}`
}

const widths = new Map<string, number>()
let ruler: CanvasRenderingContext2D | null | undefined

/** Widths as the browser draws them, in whole pixels; kept from frame to frame. */
export const measured: Measure = (text, size, weight) => {
  const key = `${size} ${weight}\n${text}`
  let width = widths.get(key)
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d')
    if (!ruler) return text.length * size * 0.6
    ruler.font = fontOf(size, weight)
    width = Math.ceil(ruler.measureText(text).width)
    if (widths.size > 20_000) widths.clear()
    widths.set(key, width)
  }
  return width
}

/** Names were measured with a font that has since been replaced by a better one. */
export function forgetWidths(): void {
  widths.clear()
}
