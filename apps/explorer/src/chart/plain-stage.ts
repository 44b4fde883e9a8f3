/** The chart on a plain canvas, where WebGL is refused or was taken away: the same places, looks, names and picks, drawn by the processor. */
import type { Chart } from '@ringmap/model/chart'
import { pointAt } from '@ringmap/drawing/link-courses'
import type { Scene } from '@ringmap/drawing/scene'
import { bendsOf } from './bends.ts'
import { measured } from './canvas-drawing.ts'
import { drawShape } from './drawn-shape.ts'
import { emphasisOf, NO_ATTENTION, type Attention, type Pick } from './emphasis.ts'
import { entityLook } from './look.ts'
import type { Screen } from './names.ts'
import { paintScene, scenePicture } from './scene-picture.ts'
import { curveOf, screenScene } from './screen-scene.ts'
import type { Stage, StageEvents } from './stage.ts'

const EMPTY: Chart = { title: '', subtitle: '', entities: [], links: [], shown: { entities: 0, entities_of: 0, links: 0, links_of: 0, why: '' } }
const MARGIN = 62
/** Where a line is asked whether the pointer is on it: shares of its length. */
const ALONG = Array.from({ length: 17 }, (_, i) => i / 16)

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
  const watchers = new Set<() => void>()
  let held: { readonly x: number; readonly y: number; readonly camera: typeof camera } | null = null

  const show = (next: Chart): void => {
    chart = next
    bends = bendsOf(next.links)
  }
  const size = (): { width: number; height: number } => ({ width: Math.max(1, container.clientWidth), height: Math.max(1, container.clientHeight) })
  const screen = (): Screen => {
    const { width, height } = size()
    const emphasis = emphasisOf(chart, attention)
    const places = new Map(chart.entities.map((entity) => [entity.id, { x: (entity.x - camera.x) * camera.scale + width / 2, y: height / 2 - (entity.y - camera.y) * camera.scale, radius: entityLook(entity, chart.entities.length, emphasis.entity(entity.id)).size }]))
    return { width, height, place: (id) => places.get(id) ?? null, bend: (id) => bends.get(id) ?? 0 }
  }

  const scene = (at: Screen): Scene => screenScene(chart, at, attention, emphasisOf(chart, attention), measured)
  const draw = (): void => {
    const at = screen()
    paintScene(canvas, scene(at), { ...at, ratio: devicePixelRatio || 1 })
    for (const drawnOver of watchers) drawnOver()
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
    const loops = new Map<string, number>()
    const link = chart.links.find((one) => {
      const curve = curveOf(one, at, loops)
      return curve !== null && ALONG.some((t) => {
        const on = pointAt(curve, t)
        return Math.hypot(on.x - x, on.y - y) < 6
      })
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
    sift: (count) => {
      show({ ...whole, entities: whole.entities.filter((_, i) => count.entities[i] === 1), links: whole.links.filter((_, l) => count.links[l] === 1) })
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
    view: () => {
      const at = screen()
      return {
        ...at, toScreen: ({ x, y }) => ({ x: (x - camera.x) * camera.scale + at.width / 2, y: at.height / 2 - (y - camera.y) * camera.scale }),
        toChart: ({ x, y }) => ({ x: camera.x + (x - at.width / 2) / camera.scale, y: camera.y - (y - at.height / 2) / camera.scale }),
      }
    },
    watch: (drawnOver) => {
      watchers.add(drawnOver)
      return () => void watchers.delete(drawnOver)
    },
    snapshot: () => {
      const at = screen()
      return scenePicture(scene(at), at)
    },
    close: () => {
      cancelAnimationFrame(frame)
      stopShape()
      watcher.disconnect()
      container.replaceChildren()
    },
  }
}
