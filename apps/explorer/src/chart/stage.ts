/** The one place that knows the renderer: draws a chart, moves the camera, says what was picked, hands out a picture. */
import { Sigma } from 'sigma'
import { nameParts } from '@ringmap/drawing/scene-drawing'
import type { Chart } from '@ringmap/model/chart'
import { dragging, type OnMoved } from './dragging.ts'
import { drawShape, type ShapeTool } from './drawn-shape.ts'
import { emphasisOf, NO_ATTENTION, type Attention, type Pick } from './emphasis.ts'
import { createEntityProgram } from './entity-program.ts'
import { createLinkProgram } from './link-program.ts'
import { NO_RULE, ruleOf } from './link-rule.ts'
import type { Filters } from './filters.ts'
import type { Window } from './link-times.ts'
import { entityLook, linkLook } from './look.ts'
import { drawOn, forgetWidths, measured } from './canvas-drawing.ts'
import { namesOf, type Screen } from './names.ts'
import { scenePicture, type FinePicture } from './scene-picture.ts'
import { disputedParts, screenScene } from './screen-scene.ts'
import { drawnOf, narrowed, sifted } from './stage-graph.ts'
import type { StageView } from './stage-view.ts'
import type { WindowCount } from './window-count.ts'

export interface StageEvents {
  readonly onPick: (pick: Pick | null) => void
  readonly onOpen: (entityId: string) => void
  readonly onMoved: OnMoved
  /** The drawing surface was taken away; the stage is of no more use. */
  readonly onLost: () => void
}

export interface Stage {
  /**
   * `chart`: everything that may come into sight by the window, sums or grades; `visible`: what is in sight of it.
   * `keepView`: the same chart grown or changed, so the camera stays.
   */
  readonly draw: (chart: Chart, visible: Chart, options: { readonly keepView: boolean }) => void
  /** Follows a window while it moves: the shader leaves out what lies outside, the count settles the rest. */
  readonly sift: (count: WindowCount, filters: Filters, window: Window) => void
  readonly attend: (attention: Omit<Attention, 'hovered'>) => void
  /** The next stroke of the hand goes around some: their ids. */
  readonly choose: (tool: ShapeTool, done: (entityIds: readonly string[]) => void) => void
  readonly fit: () => void
  readonly zoom: (factor: number) => void
  readonly centre: (entityId: string) => void
  /** Where things stand now. */
  readonly view: () => StageView
  /** Called after each drawing, for what is laid over it. Returns how to stop. */
  readonly watch: (drawn: () => void) => () => void
  /** Everything that is on the screen, on paper colour. */
  readonly snapshot: () => FinePicture
  readonly close: () => void
}

const EMPTY: Chart = { title: '', subtitle: '', entities: [], links: [], shown: { entities: 0, entities_of: 0, links: 0, links_of: 0, why: '' } }
/** Room for names at the edge of the view, pixels. */
const MARGIN = 44
const SIDE_MARGIN = 62
/** A pointer that only passes over should not make the chart flicker. */
const HOVER_PAUSE_ms = 70
const CURVE_PIECES = 12

export function createStage(container: HTMLElement, events: StageEvents): Stage {
  let drawn = drawnOf(EMPTY)
  /** What is in sight. */
  let chart = EMPTY
  let rule = NO_RULE
  let attention: Attention = NO_ATTENTION
  let emphasis = emphasisOf(chart, attention)
  let closed = false
  let settled = 0
  let sifting = false
  let stopShape = (): void => undefined
  const watchers = new Set<() => void>()
  /** Sizes follow how many there are; while a window moves they stay. */
  let crowd = { entities: 0, links: 0 }

  const sigma = new Sigma(drawn.graph, container, {
    // A panel that is folded away or not printed has no size for a while; the watcher below draws when it has one again.
    allowInvalidContainer: true,
    renderLabels: false,
    renderEdgeLabels: false,
    enableEdgeEvents: true,
    zIndex: true,
    stagePadding: MARGIN,
    minCameraRatio: 0.05,
    maxCameraRatio: 8,
    defaultNodeType: 'entity',
    defaultEdgeType: 'line',
    nodeProgramClasses: { entity: createEntityProgram() },
    edgeProgramClasses: { line: createLinkProgram(1, () => rule), curve: createLinkProgram(CURVE_PIECES, () => rule) },
    // The names are ours: the renderer's own hover box knows nothing of room or language.
    defaultDrawNodeHover: () => undefined,
    nodeReducer: (id) => {
      const entity = drawn.entities.get(id)
      const attributes = drawn.graph.getNodeAttributes(id)
      return entity === undefined ? { ...attributes, hidden: true } : { ...attributes, ...entityLook(entity, crowd.entities, emphasis.entity(id)) }
    },
    edgeReducer: (id) => {
      const link = drawn.links.get(id)
      const attributes = drawn.graph.getEdgeAttributes(id)
      return link === undefined ? { ...attributes, hidden: true } : { ...attributes, ...linkLook(link, crowd.links, emphasis.link(id)) }
    },
  })

  /**
   * In the chart's own units. What the renderer keeps of an entity has these too from a change until the drawing that follows, and the frame's units after it: whoever moved the
   * camera there in between looked at nothing.
   */
  const placeOf = (id: string): { x: number; y: number } => {
    const { x, y } = drawn.graph.getNodeAttributes(id)
    return { x, y }
  }
  const framed = (id: string): { x: number; y: number } => sigma.viewportToFramedGraph(sigma.graphToViewport(placeOf(id)))

  const screen = (): Screen => {
    const { width, height } = sigma.getDimensions()
    return {
      width, height,
      place: (id) => {
        const data = sigma.getNodeDisplayData(id)
        return data === undefined || data.hidden ? null : { ...sigma.graphToViewport(placeOf(id)), radius: sigma.scaleSize(data.size) }
      },
      bend: (id) => sigma.scaleSize(drawn.bends.get(id) ?? 0),
    }
  }

  const refresh = (): void => {
    emphasis = emphasisOf(chart, attention)
    sigma.refresh({ schedule: true })
  }

  let pause: ReturnType<typeof setTimeout> | undefined
  const hover = (pick: Pick | null): void => {
    clearTimeout(pause)
    container.style.cursor = pick === null ? '' : 'pointer'
    if (pick === null) delete container.dataset['hover']
    else container.dataset['hover'] = `${pick.type}:${pick.id}`
    pause = setTimeout(() => {
      if (attention.hovered?.id === pick?.id) return
      attention = { ...attention, hovered: pick }
      refresh()
    }, HOVER_PAUSE_ms)
  }

  const onAfterRender = (): void => {
    const context = sigma.getCanvases()['labels']?.getContext('2d')
    if (context) drawOn(context, [...disputedParts(chart, drawn.links, screen()), ...nameParts(namesOf(chart, screen(), attention, emphasis, measured))])
    for (const drawnOver of watchers) drawnOver()
  }
  const onFontsReady = (): void => {
    forgetWidths()
    sigma.scheduleRender()
  }

  sigma.on('afterRender', onAfterRender)
  sigma.on('enterNode', ({ node }) => hover({ type: 'entity', id: node }))
  sigma.on('leaveNode', () => hover(null))
  sigma.on('enterEdge', ({ edge }) => hover({ type: 'link', id: edge }))
  sigma.on('leaveEdge', () => hover(null))
  sigma.on('clickNode', ({ node }) => events.onPick({ type: 'entity', id: node }))
  sigma.on('clickEdge', ({ edge }) => events.onPick({ type: 'link', id: edge }))
  sigma.on('clickStage', () => events.onPick(null))
  sigma.on('doubleClickNode', (event) => {
    event.preventSigmaDefault()
    events.onOpen(event.node)
  })
  const stopDragging = dragging(sigma, () => drawn.graph, events.onMoved)
  document.fonts.addEventListener('loadingdone', onFontsReady)

  for (const [name, canvas] of Object.entries(sigma.getCanvases())) {
    canvas.setAttribute('aria-hidden', 'true')
    canvas.dataset['layer'] = name
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault()
      // Closing gives the surfaces back, which is told in the same way.
      if (!closed) events.onLost()
    })
  }
  const watcher = new ResizeObserver(() => {
    if (container.offsetWidth > 0 && container.offsetHeight > 0) sigma.scheduleRefresh()
  })
  watcher.observe(container)

  const fitState = (): { x: number; y: number; ratio: number } | null => {
    const dimensions = sigma.getDimensions()
    const places = chart.entities.map(({ id }) => framed(id))
    if (places.length === 0) return null
    const xs = places.map((p) => p.x)
    const ys = places.map((p) => p.y)
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const cameraState = { x: 0.5, y: 0.5, angle: 0, ratio: 1 }
    const from = sigma.framedGraphToViewport({ x: left, y: high }, { cameraState })
    const to = sigma.framedGraphToViewport({ x: right, y: low }, { cameraState })
    const ratio = Math.max((to.x - from.x) / Math.max(1, dimensions.width - SIDE_MARGIN * 2), (to.y - from.y) / Math.max(1, dimensions.height - MARGIN * 2), 0.25)
    return { x: (left + right) / 2, y: (low + high) / 2, ratio }
  }

  const fitAtOnce = (): void => {
    const state = fitState()
    if (state !== null) sigma.getCamera().setState({ ...state, angle: 0 })
  }

  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const move = (state: Partial<{ x: number; y: number; ratio: number }>): void => {
    if (still.matches) sigma.getCamera().setState(state)
    else void sigma.getCamera().animate(state, { duration: 250 })
  }

  return {
    draw: (whole, visible, { keepView }) => {
      chart = visible
      rule = NO_RULE
      sifting = false
      crowd = { entities: visible.entities.length, links: visible.links.length }
      if (!keepView) sigma.setCustomBBox(null)
      const same = drawn.chart === whole
      if (!same) drawn = drawnOf(whole)
      narrowed(drawn, visible)
      const { hovered } = attention
      if (hovered !== null && !drawn.entities.has(hovered.id) && !drawn.links.has(hovered.id)) attention = { ...attention, hovered: null }
      emphasis = emphasisOf(chart, attention)
      if (!same) sigma.setGraph(drawn.graph)
      sigma.refresh()
      if (keepView) return
      // Growing must not shift what is there: the frame of the first drawing is kept. Taken now, since a refresh that waits for its frame has none.
      sigma.setCustomBBox(sigma.getBBox())
      fitAtOnce()
      // A new chart often comes with new room (a card closes, a list opens). The renderer takes a new size in with its next drawing, which empties the
      // surfaces, so it is drawn and fitted once more when the page has settled.
      cancelAnimationFrame(settled)
      settled = requestAnimationFrame(() => {
        if (closed) return
        sigma.refresh()
        fitAtOnce()
      })
    },
    sift: (count, filters, window) => {
      rule = ruleOf(filters, window, drawn.origin)
      const first = !sifting
      sifting = true
      if (first) {
        narrowed(drawn, drawn.chart)
        chart = drawn.chart
      }
      const { nodes, edges } = sifted(drawn, count, rule)
      if (first) sigma.refresh({ schedule: true })
      else sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: true, schedule: true })
    },
    attend: (next) => {
      attention = { ...next, hovered: attention.hovered }
      refresh()
    },
    choose: (tool, done) => {
      stopShape()
      stopShape = drawShape(container, tool, (inside) => {
        const { place } = screen()
        done(chart.entities.flatMap(({ id }) => {
          const at = place(id)
          return at !== null && inside(at.x, at.y) ? [id] : []
        }))
      })
    },
    fit: () => {
      const state = fitState()
      if (state !== null) move(state)
    },
    zoom: (factor) => move({ ratio: sigma.getCamera().getBoundedRatio(sigma.getCamera().ratio / factor) }),
    centre: (id) => {
      if (!drawn.graph.hasNode(id)) return
      const { x, y } = sigma.graphToViewport(placeOf(id))
      const { width, height } = sigma.getDimensions()
      // What can be seen already stays where it is.
      if (x < 40 || y < 40 || x > width - 40 || y > height - 40) move(framed(id))
    },
    view: () => ({ ...screen(), toScreen: (point) => sigma.graphToViewport(point), toChart: (pixel) => sigma.viewportToGraph(pixel) }),
    watch: (drawnOver) => {
      watchers.add(drawnOver)
      return () => void watchers.delete(drawnOver)
    },
    snapshot: () => {
      const at = screen()
      return scenePicture(screenScene(chart, at, attention, emphasis, measured), at)
    },
    close: () => {
      closed = true
      cancelAnimationFrame(settled)
      clearTimeout(pause)
      stopShape()
      stopDragging()
      watcher.disconnect()
      document.fonts.removeEventListener('loadingdone', onFontsReady)
      sigma.kill()
    },
  }
}
