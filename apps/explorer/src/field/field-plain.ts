/** Draws the whole case on a plain canvas, where the browser refuses WebGL or has taken it away: slower, piece by piece, the same picture. */
import { ENTITY_KIND_NAMES, ENTITY_KINDS } from '@ringmap/model/schema'
import { LINK_CLASSES, SCREEN } from '@ringmap/drawing/colours'
import { fieldCounter, type FieldCount, type FieldRule } from './field-count.ts'
import { CLASS_NAMES, classOf, type FieldData } from './field-data.ts'
import { pointSize, type FieldFrame, type FieldSurface } from './field-surface.ts'

/** Links drawn before the page gets its turn again. */
const PIECE = 4000
const POINTS = 20_000

export function openPlainSurface(canvas: HTMLCanvasElement, data: FieldData): FieldSurface | null {
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return null
  const count = fieldCounter(data)
  let job = 0
  let last: { readonly rule: FieldRule; readonly count: FieldCount } | null = null

  const draw = ({ view, rule, width, height, ratio }: FieldFrame): void => {
    const own = ++job
    // The same rule for every picture while the view alone moves.
    if (last?.rule !== rule) last = { rule, count: count(rule) }
    const { links, entities } = last.count
    const { source, target, x, y, kind, masked } = data
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (canvas.width !== wide) canvas.width = wide
    if (canvas.height !== high) canvas.height = high
    const scale = view.scale * ratio
    const px = (v: number): number => ((x[v] as number) - view.x) * scale + wide / 2
    const py = (v: number): number => high / 2 - ((y[v] as number) - view.y) * scale
    context.fillStyle = SCREEN
    context.fillRect(0, 0, wide, high)
    context.lineWidth = 1
    let at = 0
    let family = 0
    let point = 0
    const piece = (): void => {
      if (own !== job) return
      if (family < CLASS_NAMES.length) {
        const until = Math.min(source.length, at + PIECE * 4)
        context.globalAlpha = 0.3
        context.strokeStyle = LINK_CLASSES[CLASS_NAMES[family] as keyof typeof LINK_CLASSES].colour
        context.beginPath()
        for (let drawn = 0; at < until && drawn < PIECE; at++) {
          if (links[at] === 0 || classOf(data, at) !== family) continue
          drawn++
          context.moveTo(px(source[at] as number), py(source[at] as number))
          context.lineTo(px(target[at] as number), py(target[at] as number))
        }
        context.stroke()
        if (at >= source.length) {
          at = 0
          family++
        }
        setTimeout(piece, 0)
        return
      }
      context.globalAlpha = 1
      const size = pointSize(view.scale) * ratio
      const until = Math.min(x.length, point + POINTS)
      for (; point < until; point++) {
        if (entities[point] === 0) continue
        context.fillStyle = ENTITY_KINDS[ENTITY_KIND_NAMES[kind[point] as number] as keyof typeof ENTITY_KINDS].colour
        context.fillRect(px(point) - size / 2, py(point) - size / 2, size, size)
        if (masked[point] === 0 || size < 4) continue
        context.fillStyle = '#ffffff'
        context.fillRect(px(point) - size / 4, py(point) - size / 4, size / 2, size / 2)
      }
      if (point < x.length) setTimeout(piece, 0)
    }
    piece()
  }

  return {
    light: true,
    fill: () => false,
    show: () => undefined,
    draw,
    // A new picture takes the place of one that is still being drawn.
    idle: () => true,
    close: () => {
      job++
    },
  }
}
