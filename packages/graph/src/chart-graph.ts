/** A chart as a graphology graph, for programs that draw or write one: every field is an attribute. */
import { MultiGraph } from 'graphology'
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { invariant } from '@ringmap/model/errors'

export type EntityAttributes = Omit<ChartEntity, 'id'>
export type LinkAttributes = Omit<ChartLink, 'id' | 'source' | 'target' | 'directed'>
export type ChartGraph = MultiGraph<EntityAttributes, LinkAttributes, { title: string; subtitle: string }>

/**
 * Keys are the ids; links that have a direction become directed edges, the others undirected ones; two entities may be joined by
 * several. Nodes and edges stand in the order of ids, so that what is written from the graph does not depend on the order of the chart.
 */
export function chartGraph(chart: Chart): ChartGraph {
  const graph: ChartGraph = new MultiGraph()
  graph.setAttribute('title', chart.title)
  graph.setAttribute('subtitle', chart.subtitle)
  for (const { id, ...attributes } of sortedById(chart.entities)) graph.addNode(id, attributes)
  for (const { id, source, target, directed, ...attributes } of sortedById(chart.links)) {
    invariant(graph.hasNode(source) && graph.hasNode(target), 'both ends of a link are on the chart')
    if (directed) graph.addDirectedEdgeWithKey(id, source, target, attributes)
    else graph.addUndirectedEdgeWithKey(id, source, target, attributes)
  }
  return graph
}

function sortedById<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
