/** The whole case on the screen: camera, pointer, lasso, names; draws when the last picture is there, and moves it meanwhile. */
import { PICKED } from '@ringmap/drawing/colours'
import { boxParts } from '@ringmap/drawing/scene-drawing'
import { drawOn, forgetWidths, measured } from '../chart/canvas-drawing.ts'
import { coreOf, placeNames, placesAround } from '../chart/name-placing.ts'
import { cut, nameBox, type Name } from '../chart/names.ts'
import { flattened } from '../chart/picture.ts'
import type { FinePicture } from '../chart/scene-picture.ts'
import { isolated } from '../words/isolated.ts'
import { fieldCounter, noFieldRule, type FieldCount, type FieldRule } from './field-count.ts'
import { entityAt, linkAt, type FieldData } from './field-data.ts'
import { openPlainSurface } from './field-plain.ts'
import { openFieldSurface, pointSize, type FieldSurface, type View } from './field-surface.ts'
import { entitiesInside, paintShape, type Spot } from './lasso.ts'

export interface FieldEvents {
  readonly onPick: (pick: { readonly type: 'entity' | 'link'; readonly index: number } | null) => void
  readonly onOpen: (entity: number) => void
  readonly onLasso: (entities: readonly number[]) => void
  /** Whether the processor draws in place of a graphics card. */
  readonly onLight: (light: boolean) => void
  /** The plain canvas has taken over, or WebGL draws again. */
  readonly onPlain: (plain: boolean) => void
}

export interface FieldStage {
  readonly rule: (rule: FieldRule) => FieldCount
  readonly fit: () => void
  readonly zoom: (factor: number) => void
  readonly pan: (dx: number, dy: number) => void
  readonly centre: (entity: number) => void
  /** Marks one entity; -1: none. */
  readonly mark: (entity: number, label: string) => void
  /** Entity in sight nearest to the middle of the picture; -1: none. */
  readonly middle: () => number
  readonly lasso: (on: boolean) => void
  readonly snapshot: () => FinePicture
  readonly close: () => void
}

/** Without a graphics card a new picture is drawn when the hand rests so long. */
const REST_ms = 110
const EDGE = 1.06
/** As long as the page may be kept waiting while the network is sent. */
const FILL_ms = 12
const SIZE = 12
const LETTERS = 30

export function createFieldStage(container: HTMLElement, data: FieldData, events: FieldEvents): FieldStage {
  const sheet = document.createElement('div')
  sheet.className = 'field-sheet'
  const names = document.createElement('canvas')
  names.className = 'field-names'
  let canvas = document.createElement('canvas')
  for (const each of [canvas, names]) each.setAttribute('aria-hidden', 'true')
  sheet.append(canvas, names)
  container.replaceChildren(sheet)
  const count = fieldCounter(data)
  let rule = noFieldRule()
  let counted = count(rule)
  let view: View = { x: 0, y: 0, scale: 1 }
  let drawn: View = view
  let closed = false
  let frame = 0
  let rested = 0
  let dirty = false
  let shape: Spot[] | null = null
  let marked = { entity: -1, label: '' }

  const size = (): { width: number; height: number } => ({ width: Math.max(1, container.clientWidth), height: Math.max(1, container.clientHeight) })
  const fitted = (): View => {
    const { left, right, low, high } = data.bounds
    const { width, height } = size()
    return { x: (left + right) / 2, y: (low + high) / 2, scale: Math.min(width / ((right - left) * EDGE + 4), height / ((high - low) * EDGE + 4)) }
  }
  const toChart = (x: number, y: number): Spot => ({ x: view.x + (x - size().width / 2) / view.scale, y: view.y - (y - size().height / 2) / view.scale })

  const plain = (): FieldSurface | null => {
    events.onPlain(true)
    container.dataset['surface'] = 'plain'
    return openPlainSurface(canvas, data)
  }
  /** A canvas that was WebGL's cannot be drawn on otherwise: another takes its place. */
  const afresh = (): void => {
    const next = document.createElement('canvas')
    next.setAttribute('aria-hidden', 'true')
    canvas.replaceWith(next)
    canvas = next
  }
  const open = (): FieldSurface | null => {
    container.dataset['surface'] = 'webgl'
    canvas.width = Math.round(size().width * (devicePixelRatio || 1))
    canvas.height = Math.round(size().height * (devicePixelRatio || 1))
    const made = openFieldSurface(canvas, data)
    if (made !== null) {
      events.onLight(made.light)
      return made
    }
    afresh()
    return plain()
  }
  let surface = open()
  const onLost = (event: Event): void => {
    event.preventDefault()
    if (closed) return
    afresh()
    surface = plain()
    draw()
  }
  canvas.addEventListener('webglcontextlost', onLost)

  const fill = (): void => {
    if (closed || surface === null) return
    const until = performance.now() + FILL_ms
    let more = surface.fill()
    while (more && performance.now() < until) more = surface.fill()
    if (more) setTimeout(fill, 0)
    else {
      surface.show(counted.entities)
      container.dataset['filled'] = 'true'
      ask()
    }
  }

  const draw = (): void => {
    if (surface === null) return
    const { width, height } = size()
    surface.draw({ view, rule, width, height, ratio: devicePixelRatio || 1 })
    drawn = view
    dirty = false
    sheet.style.transform = ''
    container.dataset['drawn'] = String(Number(container.dataset['drawn'] ?? 0) + 1)
    drawNamesOver()
  }

  /** Moves the picture that is there; a new one is drawn when the last is done and, without a graphics card, the hand rests. */
  const ask = (): void => {
    dirty = true
    if (frame !== 0 || closed) return
    const tick = (): void => {
      frame = 0
      if (closed || !dirty) return
      const moved = view !== drawn
      if (surface !== null && surface.idle() && (!surface.light || !moved || performance.now() - rested > REST_ms)) draw()
      else if (moved) {
        const factor = view.scale / drawn.scale
        sheet.style.transform = `translate(${(drawn.x - view.x) * view.scale}px, ${(view.y - drawn.y) * view.scale}px) scale(${factor})`
      }
      if (dirty) frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
  }
  const look = (next: View): void => {
    view = { ...next, scale: Math.max(fitted().scale / 4, Math.min(120, next.scale)) }
    rested = performance.now()
    ask()
  }
  const zoomAt = (factor: number, x: number, y: number): void => {
    const before = toChart(x, y)
    const scale = Math.max(fitted().scale / 4, Math.min(120, view.scale * factor))
    const { width, height } = size()
    look({ scale, x: before.x - (x - width / 2) / scale, y: before.y + (y - height / 2) / scale })
  }

  const drawNamesOver = (): void => {
    const { width, height } = size()
    const ratio = devicePixelRatio || 1
    if (names.width !== Math.round(width * ratio)) names.width = Math.round(width * ratio)
    if (names.height !== Math.round(height * ratio)) names.height = Math.round(height * ratio)
    const context = names.getContext('2d')
    if (context === null) return
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    const radius = pointSize(view.scale) / 2
    const wanted = marked.entity < 0 ? data.head.named : [{ ...marked, forced: true }, ...data.head.named.filter(({ entity }) => entity !== marked.entity)]
    const boxed = new Map<string, Name>()
    const requests = wanted.flatMap((name, i) => {
      if (counted.entities[name.entity] !== 1 && !('forced' in name)) return []
      const x = ((data.x[name.entity] as number) - view.x) * view.scale + width / 2
      const y = height / 2 - ((data.y[name.entity] as number) - view.y) * view.scale
      if (x < 0 || y < 0 || x > width || y > height) return []
      const text = isolated(cut(name.label, LETTERS))
      const wide = measured(text, SIZE, 'regular') + 10
      boxed.set(String(name.entity), { text, size: SIZE, weight: 'regular', kind: 'forced' in name ? 'picked' : 'plain' })
      return [{ id: String(name.entity), owner: coreOf(x, y, radius), forced: 'forced' in name, importance: wanted.length - i, candidates: placesAround(x, y, radius, wide, 18) }]
    })
    for (const box of placeNames(requests)) {
      const name = boxed.get(box.id)
      if (name !== undefined) drawOn(context, boxParts(nameBox(box, name)))
    }
    if (marked.entity >= 0) {
      context.beginPath()
      context.arc(((data.x[marked.entity] as number) - view.x) * view.scale + width / 2, height / 2 - ((data.y[marked.entity] as number) - view.y) * view.scale, Math.max(7, radius + 4), 0, 2 * Math.PI)
      context.lineWidth = 3
      context.strokeStyle = PICKED
      context.stroke()
    }
    if (shape !== null && shape.length > 1) paintShape(context, shape.map((spot) => ({ x: (spot.x - view.x) * view.scale + width / 2, y: height / 2 - (spot.y - view.y) * view.scale })))
  }

  const found = (x: number, y: number): { readonly type: 'entity' | 'link'; readonly index: number } | null => {
    const at = toChart(x, y)
    const entity = entityAt(data, counted.entities, at, Math.max(9, pointSize(view.scale) / 2 + 3) / view.scale)
    if (entity >= 0) return { type: 'entity', index: entity }
    const link = linkAt(data, counted.links, at, 4 / view.scale)
    return link < 0 ? null : { type: 'link', index: link }
  }

  let held: { readonly x: number; readonly y: number; readonly view: View } | null = null
  let lassoing = false
  const place = (event: MouseEvent): readonly [number, number] => {
    const box = container.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    const [x, y] = place(event)
    container.setPointerCapture(event.pointerId)
    held = { x, y, view }
    if (lassoing || event.shiftKey) shape = [toChart(x, y)]
  }
  const onMove = (event: PointerEvent): void => {
    const [x, y] = place(event)
    if (held === null) {
      container.style.cursor = lassoing ? 'crosshair' : entityAt(data, counted.entities, toChart(x, y), 9 / view.scale) >= 0 ? 'pointer' : ''
    } else if (shape !== null) {
      shape.push(toChart(x, y))
      drawNamesOver()
    } else look({ ...held.view, x: held.view.x - (x - held.x) / view.scale, y: held.view.y + (y - held.y) / view.scale })
  }
  const onUp = (event: PointerEvent): void => {
    const from = held
    held = null
    if (from === null) return
    const [x, y] = place(event)
    if (shape !== null) {
      const inside = entitiesInside(shape, data, counted.entities)
      shape = null
      lassoing = false
      drawNamesOver()
      events.onLasso(inside)
    } else if (Math.hypot(x - from.x, y - from.y) < 4) events.onPick(found(x, y))
  }
  const onDouble = (event: MouseEvent): void => {
    const pick = found(...place(event))
    if (pick?.type === 'entity') events.onOpen(pick.index)
  }
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    zoomAt(Math.exp(-event.deltaY * 0.0015), ...place(event))
  }
  container.addEventListener('pointerdown', onDown)
  container.addEventListener('pointermove', onMove)
  container.addEventListener('pointerup', onUp)
  container.addEventListener('dblclick', onDouble)
  container.addEventListener('wheel', onWheel, { passive: false })
  // Names that were measured with a font which has since been replaced by a better one.
  const onFontsReady = (): void => {
    forgetWidths()
    ask()
  }
  document.fonts.addEventListener('loadingdone', onFontsReady)
  const watcher = new ResizeObserver(() => ask())
  watcher.observe(container)
  view = drawn = fitted()
  setTimeout(fill, 0)

  return {
    rule: (next) => {
      rule = next
      counted = count(rule)
      surface?.show(counted.entities)
      ask()
      return counted
    },
    fit: () => look(fitted()),
    zoom: (factor) => zoomAt(factor, size().width / 2, size().height / 2),
    pan: (dx, dy) => look({ ...view, x: view.x + dx / view.scale, y: view.y - dy / view.scale }),
    centre: (entity) => look({ x: data.x[entity] as number, y: data.y[entity] as number, scale: Math.max(view.scale, 6) }),
    mark: (entity, label) => {
      marked = { entity, label }
      drawNamesOver()
    },
    middle: () => entityAt(data, counted.entities, view, Math.max(size().width, size().height) / 2 / view.scale),
    lasso: (on) => {
      lassoing = on
      container.style.cursor = on ? 'crosshair' : ''
    },
    snapshot: () => {
      // Drawn and copied in one task: the surface is emptied once the browser has shown it.
      draw()
      return { canvas: flattened({ edges: canvas, nodes: canvas, labels: names }), ratio: devicePixelRatio || 1 }
    },
    close: () => {
      closed = true
      cancelAnimationFrame(frame)
      watcher.disconnect()
      document.fonts.removeEventListener('loadingdone', onFontsReady)
      container.removeEventListener('pointerdown', onDown)
      container.removeEventListener('pointermove', onMove)
      container.removeEventListener('pointerup', onUp)
      container.removeEventListener('dblclick', onDouble)
      container.removeEventListener('wheel', onWheel)
      surface?.close()
      container.replaceChildren()
    },
  }
}
