/** The chart as the renderer wants it, and which of it is left on the screen at the moment. */
import { MultiDirectedGraph } from 'graphology'
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { groupImage, kindImage } from '../icons/kind-images.ts'
import { bendsOf } from './bends.ts'
import { factsOf, originOf, type LinkFacts, type LinkRule } from './link-rule.ts'
import { isGroup } from './shape.ts'
import type { WindowCount } from './window-count.ts'

export interface Drawn {
  /** Everything the renderer holds. */
  readonly chart: Chart
  readonly graph: MultiDirectedGraph
  readonly bends: ReadonlyMap<string, number>
  /** As drawn, with counts of the window; what is not in them is out of sight. */
  readonly entities: Map<string, ChartEntity>
  readonly links: Map<string, ChartLink>
  readonly facts: readonly LinkFacts[]
  /** Moment that the times of `facts` count from. */
  readonly origin: number
}

export function drawnOf(chart: Chart): Drawn {
  const graph = new MultiDirectedGraph()
  const bends = bendsOf(chart.links)
  const origin = originOf(chart.links)
  const facts = chart.links.map((link) => factsOf(link, origin))
  for (const entity of chart.entities) graph.addNode(entity.id, { x: entity.x, y: entity.y, image: isGroup(entity.id) ? groupImage() : kindImage(entity.kind), color: '#000000', size: 10 })
  chart.links.forEach((link, i) => {
    if (!graph.hasNode(link.source) || !graph.hasNode(link.target)) return
    const bend = bends.get(link.id) ?? 0
    graph.addDirectedEdgeWithKey(link.id, link.source, link.target, { bend, type: bend === 0 && link.source !== link.target ? 'line' : 'curve', ...facts[i] })
  })
  return {
    chart, graph, bends, facts, origin,
    entities: new Map(chart.entities.map((entity) => [entity.id, entity])), links: new Map(chart.links.map((link) => [link.id, link])),
  }
}

/** Keeps to what is visible. */
export function narrowed({ entities, links }: Drawn, visible: Chart): void {
  entities.clear()
  links.clear()
  for (const entity of visible.entities) entities.set(entity.id, entity)
  for (const link of visible.links) links.set(link.id, link)
}

/**
 * Follows a moving window: entities that come and go, and links that the rule of the renderer leaves on though nothing of them lies inside.
 * Returns the ids that changed; all other links are ruled out, or let through, by the renderer itself.
 */
export function sifted({ chart, entities, links, facts }: Drawn, count: WindowCount, rule: LinkRule): { readonly nodes: string[]; readonly edges: string[] } {
  const nodes: string[] = []
  const edges: string[] = []
  chart.entities.forEach((entity, i) => {
    const on = count.entities[i] === 1
    if (on === entities.has(entity.id)) return
    if (on) entities.set(entity.id, entity)
    else entities.delete(entity.id)
    nodes.push(entity.id)
  })
  chart.links.forEach((link, l) => {
    const kept = count.links[l] === 1 || !letsThrough(rule, facts[l] as LinkFacts)
    if (kept === links.has(link.id)) return
    if (kept) links.set(link.id, link)
    else links.delete(link.id)
    edges.push(link.id)
  })
  return { nodes, edges }
}

/** The same question that the shader asks. */
function letsThrough({ window, amounts, grades }: LinkRule, { first, last, amount, grade }: LinkFacts): boolean {
  return first <= window[1] && last >= window[0] && grades[grade] === 1 && (amount < 0 || (amount >= amounts[0] && amount <= amounts[1]))
}
