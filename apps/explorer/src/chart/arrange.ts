/** Lays the chart on the screen out again: forces first, then apart where discs would touch; the same chart always comes out the same. */
import { MultiDirectedGraph } from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import noverlap from 'graphology-layout-noverlap'
import type { Chart } from '@ringmap/model/chart'

/** Side of the square that the result fills, chart units. */
const SIDE = 1000

/** Places by entity id. Starts from the places at hand, so what people remember of the picture mostly stays. */
export function arrange(chart: Chart): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const graph = new MultiDirectedGraph()
  chart.entities.forEach((entity, i) => {
    // Two in one place would never part: a fixed spiral, too small to see, sets them apart.
    const turn = i * 2.399963
    graph.addNode(entity.id, { x: entity.x + Math.cos(turn) * 0.01 * (i + 1), y: entity.y + Math.sin(turn) * 0.01 * (i + 1), size: 26 })
  })
  for (const link of chart.links) {
    if (link.source !== link.target && graph.hasNode(link.source) && graph.hasNode(link.target)) {
      graph.addDirectedEdgeWithKey(link.id, link.source, link.target, { weight: 1 + Math.log10(Math.max(1, link.count)) })
    }
  }
  if (graph.order < 2) return new Map(graph.mapNodes((id, at) => [id, { x: Number(at['x']), y: Number(at['y']) }]))
  const settings = { ...forceAtlas2.inferSettings(graph), scalingRatio: 12, gravity: 0.6, linLogMode: false, strongGravityMode: true, barnesHutOptimize: graph.order > 400 }
  forceAtlas2.assign(graph, { iterations: graph.order > 400 ? 150 : 400, settings, getEdgeWeight: 'weight' })
  spread(graph)
  noverlap.assign(graph, { maxIterations: 200, settings: { margin: 10, ratio: 1.2, speed: 3 } })
  return new Map(graph.mapNodes((id, at) => [id, { x: Number(at['x']), y: Number(at['y']) }]))
}

function spread(graph: MultiDirectedGraph): void {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  graph.forEachNode((_, { x, y }) => {
    left = Math.min(left, Number(x))
    right = Math.max(right, Number(x))
    low = Math.min(low, Number(y))
    high = Math.max(high, Number(y))
  })
  const scale = SIDE / Math.max(right - left, high - low, 1e-9)
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: (Number(at['x']) - left) * scale, y: (Number(at['y']) - low) * scale }))
}
