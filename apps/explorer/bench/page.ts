/** One library draws one network in this page: the time to the first picture, and frames while the picture is panned. */
import { MultiDirectedGraph } from 'graphology'
import { Sigma } from 'sigma'
import { EdgeLineProgram, NodePointProgram } from 'sigma/rendering'
import { decodeColumns } from '@ringmap/model/columns'
import type { WholeCaseHead } from '@ringmap/model/wire'
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import { fieldCounter, noFieldRule } from '../src/field/field-count.ts'
import { fieldFrom, type FieldData } from '../src/field/field-data.ts'
import { createFieldStage } from '../src/field/field-stage.ts'
import { openFieldSurface } from '../src/field/field-surface.ts'

/** Moves the picture by some pixels; whoever draws does so before the next frame. */
type Pan = (dx: number) => void

interface Bench {
  readonly start: (who: string) => Promise<number>
  readonly pan: (frames: number) => Promise<readonly number[]>
  /** Script of each move, in ms: the renderer's own work is not in it. */
  readonly window: (moves: number) => Promise<readonly number[]>
}

const view = document.getElementById('view') as HTMLElement
let data: FieldData
let pan: Pan = () => undefined
let moveWindow: (share: number) => void = () => undefined

const STARTS: Readonly<Record<string, () => Promise<Pan> | Pan>> = {
  // Every frame is drawn anew, as the others do it.
  'ringmap': async () => {
    const canvas = document.createElement('canvas')
    canvas.width = view.clientWidth
    canvas.height = view.clientHeight
    view.append(canvas)
    const surface = openFieldSurface(canvas, data)
    if (surface === null) throw new Error('no WebGL')
    while (surface.fill()) await new Promise((done) => setTimeout(done, 0))
    const { left, right, low, high } = data.bounds
    let at = { x: (left + right) / 2, y: (low + high) / 2, scale: Math.min(view.clientWidth / (right - left), view.clientHeight / (high - low)) * 0.95 }
    let rule = noFieldRule(ENTITY_KIND_NAMES.length)
    const count = fieldCounter(data)
    const draw = (): void => surface.draw({ view: at, rule, width: view.clientWidth, height: view.clientHeight, ratio: 1 })
    draw()
    moveWindow = (share) => {
      rule = { ...rule, window: [share * 700, 1e30] }
      surface.show(count(rule).entities)
      draw()
    }
    return (dx) => {
      at = { ...at, x: at.x - dx / at.scale }
      draw()
    }
  },
  // As it stands in the explorer: without a graphics card the picture is moved, and drawn anew when the hand rests.
  'ringmap, as used': async () => {
    const none = (): void => undefined
    const stage = createFieldStage(view, data, { onPick: none, onOpen: none, onLasso: none, onPlain: none, onLight: none })
    while (view.dataset['filled'] !== 'true' || view.dataset['drawn'] === undefined) await new Promise((done) => setTimeout(done, 0))
    return (dx) => stage.pan(-dx, 0)
  },
  'sigma default': () => sigmaOf({}),
  'sigma points and lines': () => sigmaOf({ defaultNodeType: 'point', defaultEdgeType: 'thin', nodeProgramClasses: { point: NodePointProgram }, edgeProgramClasses: { thin: EdgeLineProgram } }),
  'force-graph': async () => {
    const { ForceGraph } = globalThis as unknown as { ForceGraph: new (element: HTMLElement) => Chain }
    const graph = new ForceGraph(view)
    graph.width(view.clientWidth).height(view.clientHeight).cooldownTicks(0).enableNodeDrag(false).nodeRelSize(2).linkColor(() => '#9fb0c0')
      .graphData({ nodes: [...data.x.keys()].map((id) => ({ id, x: data.x[id], y: -data.y[id], fx: data.x[id], fy: -data.y[id] })), links: [...data.source.keys()].map((l) => ({ source: data.source[l], target: data.target[l] })) })
    const scale = Math.min(view.clientWidth / (data.bounds.right - data.bounds.left), view.clientHeight / (data.bounds.high - data.bounds.low)) * 0.95
    const next = async (): Promise<void> => await new Promise((done) => graph.onRenderFramePost(() => done()))
    await next()
    graph.zoom(scale)
    graph.centerAt(0, 0)
    await next()
    let x = 0
    return (dx) => {
      x -= dx / scale
      graph.centerAt(x, 0)
    }
  },
  'cytoscape.js': () => {
    const { cytoscape } = globalThis as unknown as { cytoscape: (options: object) => { panBy: (by: { x: number; y: number }) => void } }
    const core = cytoscape({
      container: view, layout: { name: 'preset', fit: true }, style: [{ selector: 'node', style: { width: 1, height: 1 } }, { selector: 'edge', style: { width: 0.2, 'curve-style': 'haystack' } }],
      elements: [...[...data.x.keys()].map((id) => ({ data: { id: `n${id}` }, position: { x: data.x[id], y: -data.y[id] } })), ...[...data.source.keys()].map((l) => ({ data: { id: `e${l}`, source: `n${data.source[l]}`, target: `n${data.target[l]}` } }))],
    })
    return (dx) => core.panBy({ x: dx, y: 0 })
  },
  'vis-network': () => {
    const { vis } = globalThis as unknown as { vis: { Network: new (element: HTMLElement, data: object, options: object) => { moveTo: (to: object) => void; getViewPosition: () => { x: number; y: number }; getScale: () => number; fit: () => void } } }
    const network = new vis.Network(view, {
      nodes: [...data.x.keys()].map((id) => ({ id, x: data.x[id] * 10, y: -data.y[id] * 10 })), edges: [...data.source.keys()].map((l) => ({ id: l, from: data.source[l], to: data.target[l] })),
    }, { physics: false, nodes: { shape: 'dot', size: 3 }, edges: { smooth: false, width: 0.5 }, layout: { improvedLayout: false } })
    network.fit()
    return (dx) => {
      const at = network.getViewPosition()
      network.moveTo({ position: { x: at.x - dx / network.getScale(), y: at.y }, animation: false })
    }
  },
}

interface Chain {
  readonly [name: string]: (...values: readonly unknown[]) => Chain
}

function sigmaOf(settings: object): Pan {
  const graph = new MultiDirectedGraph()
  for (const id of data.x.keys()) graph.addNode(id, { x: data.x[id], y: data.y[id], size: 2, color: '#1f5591' })
  for (const l of data.source.keys()) graph.addDirectedEdge(data.source[l], data.target[l], { size: 1, color: '#9fb0c0' })
  const sigma = new Sigma(graph, view, { renderLabels: false, enableEdgeEvents: true, ...settings })
  return (dx) => {
    const camera = sigma.getCamera()
    camera.setState({ x: camera.x - dx / 640 * camera.ratio })
  }
}

/** Until what was asked for is on the surfaces, and the browser had its turn. */
async function drawn(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  for (const canvas of view.querySelectorAll('canvas')) {
    const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
    if (gl !== null) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    else canvas.getContext('2d')?.getImageData(0, 0, 1, 1)
  }
}

const bench: Bench = {
  start: async (who) => {
    data = fieldFrom(decodeColumns<WholeCaseHead>(await (await fetch('/data')).arrayBuffer()))
    const begin = performance.now()
    pan = await (STARTS[who] as () => Promise<Pan>)()
    await drawn()
    return performance.now() - begin
  },
  pan: async (frames) => {
    const times: number[] = []
    let last = performance.now()
    for (let i = 0; i < frames; i++) {
      pan(i % 20 < 10 ? 6 : -6)
      await new Promise((done) => requestAnimationFrame(done))
      const now = performance.now()
      times.push(now - last)
      last = now
    }
    return times
  },
  window: async (moves) => {
    const times: number[] = []
    for (let i = 0; i < moves; i++) {
      const begin = performance.now()
      moveWindow(i / moves)
      times.push(performance.now() - begin)
      await new Promise((done) => requestAnimationFrame(done))
    }
    return times
  },
}

Object.assign(globalThis, { bench })
