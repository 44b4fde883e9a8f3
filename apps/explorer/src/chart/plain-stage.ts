/** The chart on a plain canvas, where WebGL is refused or was taken away: the same places, looks, names and picks, drawn by the processor. */
import type { Chart } from '@ringmap/model/chart'
import { bendsOf } from './bends.ts'
import { drawShape } from './drawn-shape.ts'
import { emphasisOf, NO_ATTENTION, type Attention, type Pick } from './emphasis.ts'
import { visibleOf } from './filters.ts'
import { entityLook, entitySize, linkLook, PAPER } from './look.ts'
import { drawNames, type Screen } from './names.ts'
import type { Stage, StageEvents } from './stage.ts'

const EMPTY: Chart = { title: '', subtitle: '', entities: [], links: [], shown: { entities: 0, entities_of: 0, links: 0, links_of: 0, why: '' } }
const MARGIN = 62
const DASHES: readonly (readonly number[])[] = [[], [9, 5], [2, 4]]

export function createPlainStage(container: HTMLElement, events: StageEvents): Stage {
  const canvas = document.createElement('canvas')
  canvas.className = 'plain-chart'
  canvas.setAttribute('aria-hidden', 'true')
  container.replaceChildren(canvas)
  let chart = EMPTY
  let bends = bendsOf(chart.links)
  let whole = EMPTY
  let attention: Attention = NO_ATTENTION
  let camera = { x: 0, y: 0, scale: 1 }
  let frame = 0
  let stopShape = (): void => undefined
  let held: { readonly x: number; readonly y: number; readonly camera: typeof camera } | null = null

  const show = (next: Chart): void => {
    chart = next
    bends = bendsOf(next.links)
  }
  const size = (): { width: number; height: number } => ({ width: Math.max(1, container.clientWidth), height: Math.max(1, container.clientHeight) })
  const screen = (): Screen => {
    const { width, height } = size()
    const places = new Map(chart.entities.map((entity) => [entity.id, { x: (entity.x - camera.x) * camera.scale + width / 2, y: height / 2 - (entity.y - camera.y) * camera.scale, radius: entitySize(entity, chart.entities.length) }]))
    return { width, height, place: (id) => places.get(id) ?? null, bend: (id) => bends.get(id) ?? 0 }
  }

  const draw = (): void => {
    const context = canvas.getContext('2d')
    if (context === null) return
    const ratio = devicePixelRatio || 1
    const at = screen()
    canvas.width = Math.round(at.width * ratio)
    canvas.height = Math.round(at.height * ratio)
    context.scale(ratio, ratio)
    context.fillStyle = PAPER
    context.fillRect(0, 0, at.width, at.height)
    const emphasis = emphasisOf(chart, attention)
    for (const link of chart.links) {
      const [from, to] = [at.place(link.source), at.place(link.target)]
      if (from === null || to === null) continue
      const { size: width, color, style, arrow } = linkLook(link, chart.links.length, emphasis.link(link.id))
      const middle = bent(from, to, at.bend(link.id) * 2)
      const [start, end] = [rim(from, middle), rim(to, middle)]
      context.strokeStyle = context.fillStyle = color
      context.lineWidth = width
      context.setLineDash([...DASHES[style] ?? []])
      context.beginPath()
      context.moveTo(start.x, start.y)
      context.quadraticCurveTo(middle.x, middle.y, end.x, end.y)
      context.stroke()
      context.setLineDash([])
      if (!arrow) continue
      const turn = Math.atan2(end.y - middle.y, end.x - middle.x)
      const head = 5 + width * 1.5
      context.beginPath()
      context.moveTo(end.x, end.y)
      for (const side of [-0.42, 0.42]) context.lineTo(end.x - Math.cos(turn + side) * head, end.y - Math.sin(turn + side) * head)
      context.fill()
    }
    for (const entity of chart.entities) {
      const place = at.place(entity.id)
      if (place === null) continue
      const look = entityLook(entity, chart.entities.length, emphasis.entity(entity.id))
      for (const [radius, colour] of [[look.size, look.ringColour], [look.size - look.ringSize, look.gapColour], [look.size - look.ringSize - look.gapSize, look.fill]] as const) {
        context.beginPath()
        context.arc(place.x, place.y, Math.max(0, radius), 0, 2 * Math.PI)
        context.fillStyle = colour
        context.fill()
      }
      context.fillStyle = look.iconColour
      context.font = `600 ${look.size}px system-ui, sans-serif`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      // Two letters of the kind: pictures of icons would have to be waited for.
      context.fillText(entity.kind.slice(0, 2), place.x, place.y)
    }
    drawNames(context, chart, at, attention, emphasis)
  }
  const ask = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(draw)
  }
  const fit = (): void => {
    const { width, height } = size()
    const [xs, ys] = [chart.entities.map(({ x }) => x), chart.entities.map(({ y }) => y)]
    if (xs.length === 0) return
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    camera = { x: (left + right) / 2, y: (low + high) / 2, scale: Math.min((width - MARGIN * 2) / Math.max(1, right - left), (height - MARGIN * 2) / Math.max(1, high - low), 4) }
    ask()
  }
  const found = (x: number, y: number): Pick | null => {
    const at = screen()
    const entity = chart.entities.findLast(({ id }) => {
      const place = at.place(id)
      return place !== null && Math.hypot(place.x - x, place.y - y) <= place.radius + 2
    })
    if (entity !== undefined) return { type: 'entity', id: entity.id }
    const link = chart.links.find(({ id, source, target }) => {
      const [from, to] = [at.place(source), at.place(target)]
      if (from === null || to === null) return false
      const middle = bent(from, to, at.bend(id) * 2)
      return Array.from({ length: 17 }, (_, i) => i / 16).some((t) => Math.hypot((1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t * t * to.x - x, (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t * t * to.y - y) < 6)
    })
    return link === undefined ? null : { type: 'link', id: link.id }
  }
  const spot = (event: MouseEvent): readonly [number, number] => {
    const box = canvas.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  canvas.addEventListener('pointerdown', (event) => {
    const [x, y] = spot(event)
    canvas.setPointerCapture(event.pointerId)
    held = { x, y, camera }
  })
  canvas.addEventListener('pointermove', (event) => {
    if (held === null) return
    const [x, y] = spot(event)
    camera = { ...held.camera, x: held.camera.x - (x - held.x) / camera.scale, y: held.camera.y + (y - held.y) / camera.scale }
    ask()
  })
  canvas.addEventListener('pointerup', (event) => {
    const [x, y] = spot(event)
    if (held !== null && Math.hypot(x - held.x, y - held.y) < 4) events.onPick(found(x, y))
    held = null
  })
  canvas.addEventListener('dblclick', (event) => {
    const pick = found(...spot(event))
    if (pick?.type === 'entity') events.onOpen(pick.id)
  })
  const zoom = (factor: number): void => {
    camera = { ...camera, scale: Math.max(0.02, Math.min(20, camera.scale * factor)) }
    ask()
  }
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault()
    zoom(Math.exp(-event.deltaY * 0.0015))
  }, { passive: false })
  const watcher = new ResizeObserver(ask)
  watcher.observe(container)

  return {
    draw: (all, visible, { keepView }) => {
      whole = all
      show(visible)
      if (keepView) ask()
      else fit()
    },
    sift: (_count, filters, window) => {
      show(visibleOf(whole, { ...filters, window }, null).chart)
      ask()
    },
    attend: (next) => {
      attention = { ...next, hovered: null }
      ask()
    },
    choose: (tool, done) => {
      stopShape()
      stopShape = drawShape(container, tool, (inside) => {
        const at = screen()
        done(chart.entities.flatMap(({ id }) => {
          const place = at.place(id)
          return place !== null && inside(place.x, place.y) ? [id] : []
        }))
      })
    },
    fit,
    zoom,
    centre: (id) => {
      const entity = chart.entities.find((one) => one.id === id)
      if (entity === undefined) return
      camera = { ...camera, x: entity.x, y: entity.y }
      ask()
    },
    snapshot: () => {
      draw()
      return canvas
    },
    close: () => {
      cancelAnimationFrame(frame)
      stopShape()
      watcher.disconnect()
      container.replaceChildren()
    },
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Control point of the curve; screen y runs down while the bend was given with y up. */
function bent(from: Point, to: Point, bend: number): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const span = Math.hypot(dx, dy) || 1
  return { x: (from.x + to.x) / 2 + dy / span * bend, y: (from.y + to.y) / 2 - dx / span * bend }
}

function rim(place: Point & { readonly radius: number }, towards: Point): Point {
  const span = Math.hypot(towards.x - place.x, towards.y - place.y) || 1
  return { x: place.x + (towards.x - place.x) / span * (place.radius + 1.5), y: place.y + (towards.y - place.y) / span * (place.radius + 1.5) }
}
